package org.unvanish.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.comparison.BestArms;
import org.unvanish.comparison.Examples;
import org.unvanish.data.Shape;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Recipe;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.store.Provenance;
import org.unvanish.store.RunStore;
import org.unvanish.store.WatchedRun;

/** The page of more arms than anybody looks at one by one. */
class ManyArmsTest {

  @TempDir Path folder;

  private static Experiment experiment(int arms) {
    return new Experiment(
        "many",
        "many",
        new DataDescription("unknown", "data", "unknown", Shape.flat(4), 3, 0, 0),
        IntStream.range(0, arms)
            .mapToObj(
                i ->
                    new Arm(
                        "arm " + i,
                        new Recipe.Watched(new Definition("arm: " + i + "\n"), 1),
                        List.of(1L)))
            .toList());
  }

  /** Arm i ends at i thousandths; the first one diverges after its epoch. */
  private ExperimentModel model(int arms) {
    Path place = folder.resolve("of-" + arms);
    try (RunStore store = RunStore.open(place)) {
      Experiment experiment = experiment(arms);
      store.plan(experiment, "", "");
      for (int i = 0; i < arms; i++) {
        Run run = experiment.arms().get(i).runs().get(0);
        WatchedRun watched = store.watch(experiment, run, new Provenance("0", "a JVM", "a CPU"));
        watched.epoch(Examples.epoch(1, i / 1000.0, 0.1));
        watched.ended(i == 0 ? new RunOutcome.Diverged(2, 1) : new RunOutcome.Finished());
      }
    }
    try (RunStore store = RunStore.read(place)) {
      return PageModel.of(store, "0", Instant.EPOCH).experiments().get(0);
    }
  }

  @Test
  void fewArmsAreAllShown() {
    ExperimentModel few = model(BestArms.FEW);
    assertThat(few.arms()).hasSize(BestArms.FEW);
    assertThat(few.others()).isEmpty();
  }

  @Test
  void ofManyTheBestAreShownAndTheOthersCounted() {
    ExperimentModel many = model(50);
    assertThat(many.arms())
        .extracting(ArmModel::name)
        .containsExactlyElementsOf(IntStream.range(38, 50).mapToObj(i -> "arm " + i).toList());
    OthersModel others = many.others().orElseThrow();
    assertThat(others.arms()).isEqualTo(38);
    assertThat(others.runs()).isEqualTo(Map.of("finished", 37, "diverged", 1));
    assertThat(others.done()).isEqualTo(38);
    assertThat(others.faults())
        .containsExactly("“arm 0” with seed 1 diverged: in epoch 2 at step 1");
    assertThat(others.note()).startsWith("Of 50 arms, these are the 12 with the best mean final");
    assertThat(many.tables().results().rows()).as("a header and the best").hasSize(13);
  }

  @Test
  void thePageDoesNotGrowWithTheArmsThatItDoesNotShow() {
    ExperimentModel some = model(40);
    ExperimentModel more = model(120);
    // Three times the arms; but for digits, the page is the same.
    for (Function<ExperimentModel, Object> part :
        List.<Function<ExperimentModel, Object>>of(
            ExperimentModel::arms, ExperimentModel::tables, ExperimentModel::others)) {
      int size = PageJson.text(part.apply(some)).length();
      assertThat(PageJson.text(part.apply(more)).length()).isLessThan(size + size / 5);
    }
  }
}
