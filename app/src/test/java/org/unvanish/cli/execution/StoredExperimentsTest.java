package org.unvanish.cli.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.store.RunStore;

class StoredExperimentsTest {

  @TempDir Path folder;

  @Test
  void whatIsPlannedAndNotTrainedHasNotEnded() {
    ExperimentSpec spec = PaperSpecs.spec("figure2");
    List<ExperimentResult> results = new ArrayList<>();
    assertThat(StoredExperiments.ended(folder, List.of(spec), results::add)).isFalse();
    try (RunStore store = RunStore.open(folder)) {
      store.plan(spec.experiment(SyntheticImages.draw(1, 20, 10)), spec.toYaml(), "figure2");
    }
    assertThat(StoredExperiments.ended(folder, List.of(spec), results::add)).isFalse();
    assertThat(results).isEmpty();
  }
}
