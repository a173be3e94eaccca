package org.unvanish.cli.execution;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.unvanish.cli.option.Version;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.execution.RunTrainer;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.store.Provenance;
import org.unvanish.torch.PyTorch;
import org.unvanish.torch.PyTorchTraining;

/** What computes the runs of some experiments: the engine, and PyTorch if any arm asks for it. */
public final class Backends {

  private final Map<Backend, RunTrainer> trainers = new EnumMap<>(Backend.class);
  private final Map<Backend, Provenance> provenances = new EnumMap<>(Backend.class);

  /**
   * Loads what the experiments need.
   *
   * @throws org.unvanish.torch.PyTorchMissingException if they need PyTorch and it is not there
   */
  public Backends(List<ExperimentSpec> specs) {
    Provenance here = Provenance.here(Version.number());
    trainers.put(Backend.ENGINE, RunTrainer.ENGINE);
    provenances.put(Backend.ENGINE, here);
    if (specs.stream()
        .flatMap(spec -> spec.arms().stream())
        .anyMatch(arm -> arm.backend() == Backend.PYTORCH)) {
      PyTorch torch = PyTorch.load();
      trainers.put(Backend.PYTORCH, new PyTorchTraining(torch));
      provenances.put(Backend.PYTORCH, here.with(torch.toString()));
    }
  }

  /** How each backend trains. */
  Map<Backend, RunTrainer> trainers() {
    return trainers;
  }

  /** Of the runs of a backend. */
  Provenance provenance(Backend backend) {
    Provenance provenance = provenances.get(backend);
    if (provenance == null) {
      throw new IllegalStateException(backend + " is not loaded");
    }
    return provenance;
  }
}
