package org.unvanish.cli.execution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.codec.LayerSpec;
import org.unvanish.codec.Sha256;
import org.unvanish.codec.yaml.Place;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.DataDescription;
import org.unvanish.file.ResultFile;
import org.unvanish.initialization.Initialization;
import org.unvanish.loss.Loss;
import org.unvanish.loss.OneHot;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.network.GraphNetwork;
import org.unvanish.model.safetensors.SafetensorsFile;
import org.unvanish.model.torch.NamedWeights;
import org.unvanish.network.Network;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.optimizer.Schedule;
import org.unvanish.penalty.Penalty;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.train.RecordedSteps;

/** Somebody's model as a spec that starts from a file with the model's weights. */
public final class ModelSpec {

  /** The only arm. */
  private static final String ARM = "model";

  private static final int EPOCHS = 10;
  private static final int SEEDS = 6;
  private static final String WEIGHTS = ".safetensors";

  private final ExperimentSpec spec;
  private final DataDescription data;
  private final byte[] weights;

  private ModelSpec(ExperimentSpec spec, DataDescription data, Network network, float[] weights) {
    this.spec = spec;
    this.data = data;
    this.weights = SafetensorsFile.bytes(network, weights);
  }

  /**
   * Of a model that was diagnosed.
   *
   * @param samples what it was diagnosed with
   * @param name of the spec
   * @throws CommandFailure if the engine does not have the model's layers
   */
  public static ModelSpec of(ExaminedModel examined, ModelSamples samples, String name) {
    GraphNetwork made;
    try {
      made = GraphNetwork.of(examined.found().stack(), samples.data().shape());
    } catch (ModelRefusedException e) {
      throw new CommandFailure(
          ("%s cannot become a spec: %s Leave out --write and --apply to diagnose it without a "
                  + "spec.")
              .formatted(examined.experiment(), e.getMessage()),
          e);
    }
    Place place = new Place(examined.experiment(), 1, 1);
    List<LayerSpec> layers =
        made.network().layers().stream()
            .map(layer -> (LayerSpec) new LayerSpec.Fixed(layer, place))
            .toList();
    Initialization drawn = new Initialization.Glorot();
    ArmSpec arm =
        new ArmSpec(
            ARM,
            layers,
            List.of(),
            examined.found().loss().map(ModelSpec::plain),
            Penalty.none(),
            drawn,
            drawn,
            new Initialization.Zeros(),
            Optimizer.Adam.DEFAULT,
            Schedule.CONSTANT,
            Clipping.none(),
            Backend.ENGINE,
            examined.diagnosis().decisive().evidence().batchSize(),
            EPOCHS,
            RecordedSteps.AUTOMATIC,
            ArmSpec.seeds(SEEDS));
    ExperimentSpec spec =
        new ExperimentSpec(
            ExperimentSpec.nameOf(name, ARM),
            examined.experiment(),
            samples.source(),
            samples.scaling(),
            List.of(arm));
    return new ModelSpec(
        spec, DataDescription.of(samples.data()), made.network(), made.parameters());
  }

  /**
   * Of weights without a network.
   *
   * @param file with a {@code state_dict} of PyTorch, or safetensors
   * @param spec says what is computed with them
   * @param chosen the arm whose network they are of
   * @param data those of the spec
   * @throws CommandFailure if they do not fit the network
   */
  public static ModelSpec of(Path file, ExperimentSpec spec, ArmSpec chosen, DataDescription data) {
    Network network = spec.experiment(data).arms().get(spec.arms().indexOf(chosen)).network();
    float[] parameters;
    try {
      parameters = NamedWeights.read(file, Limits.DEFAULT).onto(network);
    } catch (ModelRefusedException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CommandFailure("%s cannot be read: %s".formatted(file, OutputFolder.reason(e)), e);
    }
    ExperimentSpec one =
        new ExperimentSpec(
            spec.name(),
            spec.title(),
            spec.dataSource(),
            spec.pixels(),
            List.of(chosen),
            Optional.empty(),
            spec.written());
    return new ModelSpec(one, data, network, parameters);
  }

  /** A spec says the kind of the targets by its data. */
  private static Loss plain(Loss loss) {
    return loss instanceof OneHot oneHot ? oneHot.of() : loss;
  }

  /** {@code own} of {@code folder/own.yaml}. */
  public static String stem(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("(?<=.)\\.[^.]*$", "");
  }

  /** The spec, whose parameters are drawn yet. */
  public ExperimentSpec spec() {
    return spec;
  }

  /**
   * Writes the weights.
   *
   * @param folder where they go
   * @return the spec that starts from them
   * @throws CommandFailure if something else is there
   */
  public ExperimentSpec in(Path folder) {
    Path file = folder.resolve(spec.name() + WEIGHTS);
    ExperimentSpec starting = from(file);
    writeWeights(file);
    return starting;
  }

  /**
   * Writes the spec, and its weights beside it.
   *
   * @param file of the spec
   * @return what was written
   * @throws CommandFailure if something else is there
   */
  public List<Path> write(Path file) {
    Path beside = file.resolveSibling(stem(file) + WEIGHTS);
    ExperimentSpec starting = from(beside);
    try {
      ResultFile.requireReplaceable(file);
      writeWeights(beside);
      ResultFile.write(file, starting.toYaml().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failure(file, e);
    }
    return List.of(file, beside);
  }

  /** As the reader of specs reads it, on the data: what it would refuse is not written. */
  private ExperimentSpec from(Path file) {
    Initialization.FromFile start =
        new Initialization.FromFile(file.toString(), Sha256.of(weights));
    ExperimentSpec starting =
        new ExperimentSpec(
            spec.name(),
            spec.title(),
            spec.dataSource(),
            spec.pixels(),
            List.of(spec.arms().get(0).from(start)));
    try {
      ExperimentSpec read = ExperimentSpec.parse(starting.toYaml(), spec.name() + ".yaml");
      read.experiment(data);
      return read;
    } catch (SpecException e) {
      throw new CommandFailure(
          "%s cannot become a spec: %s".formatted(spec.title(), e.getMessage()), e);
    }
  }

  private void writeWeights(Path file) {
    try {
      ResultFile.write(file, weights);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private static CommandFailure failure(Path file, IOException e) {
    return new CommandFailure(
        "cannot write %s: %s. Move that file, or name another"
            .formatted(file, OutputFolder.reason(e)),
        e);
  }
}
