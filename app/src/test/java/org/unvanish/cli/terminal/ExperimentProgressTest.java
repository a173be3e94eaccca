package org.unvanish.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.spec.Overrides;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;

class ExperimentProgressTest {

  private final StringWriter out = new StringWriter();
  private final AtomicLong clock = new AtomicLong();
  private final Experiment experiment =
      PaperSpecs.spec("figure2")
          .with(Overrides.runs(List.of(1L, 2L), 4))
          .experiment(SyntheticImages.draw(1, 10, 10));
  private final ExperimentProgress progress =
      new ExperimentProgress(experiment, new ProgressLine(new PrintWriter(out), 200, clock::get));

  private String shown() {
    return out.toString().substring(out.toString().lastIndexOf('\r') + 1).strip();
  }

  private void pass(long seconds) {
    clock.addAndGet(seconds * 1_000_000_000);
  }

  @Test
  void itTellsRunsTimeLeftArmSeedEpochAndAccuracy() {
    Run first = experiment.runs().get(0);
    progress.started(first, 0);
    pass(1);
    progress.stepTaken(first, 1, 5, 10);
    assertThat(shown()).isEqualTo("figure2: 0 of 4 runs done | tanh with seed 1, epoch 1 of 4");
    progress.epochFinished(
        first,
        new EpochRecord(1, 2, 0.2, 2, 0.25, 1, List.of()),
        new Checkpoint(1, 1, new float[0], new float[0], new float[0]));
    pass(9);
    // One of 16 epochs took 10 seconds.
    progress.stepTaken(first, 1, 10, 10);
    assertThat(shown())
        .isEqualTo(
            "figure2: 0 of 4 runs done, about 2 min 30 s left"
                + " | tanh with seed 1, epoch 1 of 4, test accuracy 25.0 %");
  }

  @Test
  void whatADivergedRunDidNotDoIsNotLeftToDo() {
    Run first = experiment.runs().get(0);
    Run second = experiment.runs().get(1);
    progress.ended(first, new RunOutcome.Diverged(1, 3));
    pass(10);
    progress.stepTaken(second, 4, 10, 10);
    assertThat(shown()).startsWith("figure2: 1 of 4 runs done, about 10 s left | tanh, α = 2");
  }
}
