package org.unvanish.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.RunResult;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.spec.Overrides;
import org.unvanish.train.EpochRecord;

/** The real trainer under the real runner. */
class WorkersTest {

  private static final Shape INPUT = new Shape(3, 32, 32);

  @Test
  void figure2HasTheSameBitsForAnyNumberOfWorkers() {
    Dataset data = noise();
    Experiment figure =
        PaperSpecs.spec("figure2").with(Overrides.runs(List.of(1L, 2L, 3L), 2)).experiment(data);
    List<RunResult> one = new ExperimentRunner(1).run(figure, data).runs();
    assertThat(one).allSatisfy(r -> assertThat(r.isFinished()).isTrue()).hasSize(6);
    for (int workers : new int[] {2, 4}) {
      List<RunResult> more = new ExperimentRunner(workers).run(figure, data).runs();
      assertThat(more.stream().map(WorkersTest::withoutTimes).toList())
          .as("%d workers", workers)
          .isEqualTo(one.stream().map(WorkersTest::withoutTimes).toList());
    }
    assertThat(one.stream().map(r -> r.epochs().get(0).trainLoss()).distinct().count())
        .isGreaterThan(3);
  }

  private static List<EpochRecord> withoutTimes(RunResult run) {
    return run.epochs().stream().map(e -> e.withSeconds(0)).toList();
  }

  private static Dataset noise() {
    Random random = new Random(1);
    return new Dataset(
        "noise",
        "noise",
        Collections.nCopies(10, "any"),
        images(random, 200),
        images(random, 50),
        "");
  }

  private static ImageSet images(Random random, int count) {
    byte[] pixels = new byte[count * INPUT.size()];
    random.nextBytes(pixels);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(10);
    }
    return new ImageSet(INPUT, pixels, labels);
  }
}
