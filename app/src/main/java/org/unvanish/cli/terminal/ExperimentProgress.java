package org.unvanish.cli.terminal;

import java.util.HashMap;
import java.util.Map;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.loss.Score;
import org.unvanish.race.RaceStage;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.TrainingDecision;

/**
 * Shows how far an experiment is: runs ended, the latest run's arm, seed, epoch and headline score.
 */
public final class ExperimentProgress implements RunEvents {

  private final ProgressLine line;
  private final String name;
  private final int runs;

  /** When the first run began: to read what there is from earlier takes its time as well. */
  private long start;

  /** The epochs that each run has now, of those that it is asked for. */
  private final Map<Run, Double> done = new HashMap<>();

  private final Map<Run, EpochRecord> latest = new HashMap<>();

  /** Epochs of all runs, but those that were there from earlier, as far as that is known. */
  private double asked;

  private double earlier;
  private int ended;

  public ExperimentProgress(Experiment experiment, ProgressLine line) {
    this(experiment, experiment.name(), line);
  }

  /** Of a stage of a race. */
  public ExperimentProgress(RaceStage stage, ProgressLine line) {
    this(
        stage.experiment(),
        "%s, stage %d of %d".formatted(stage.experiment().name(), stage.number(), stage.of()),
        line);
  }

  private ExperimentProgress(Experiment experiment, String name, ProgressLine line) {
    this.line = line;
    this.name = name;
    this.runs = experiment.runs().size();
    this.asked = experiment.runs().stream().mapToInt(ExperimentProgress::epochs).sum();
    this.start = line.now();
  }

  @Override
  public void found(RunResult result) {
    asked -= epochs(result.run());
    ended++;
  }

  @Override
  public TrainingDecision started(Run run, int epochsDone) {
    if (done.isEmpty()) {
      start = line.now();
    }
    earlier += epochsDone;
    done.put(run, (double) epochsDone);
    return TrainingDecision.CONTINUE;
  }

  @Override
  public TrainingDecision stepTaken(Run run, int epoch, int step, int stepsPerEpoch) {
    done.put(run, epoch - 1 + (double) step / stepsPerEpoch);
    line.update(() -> text(run, epoch));
    return TrainingDecision.CONTINUE;
  }

  @Override
  public TrainingDecision epochFinished(Run run, EpochRecord epoch, Checkpoint checkpoint) {
    latest.put(run, epoch);
    return TrainingDecision.CONTINUE;
  }

  @Override
  public void ended(Run run, RunOutcome outcome) {
    // Also after a run that diverged: what it did not do is not left to do.
    done.put(run, (double) epochs(run));
    ended++;
  }

  private String text(Run run, int epoch) {
    StringBuilder text = new StringBuilder();
    text.append("%s: %d of %d runs done".formatted(name, ended, runs));
    double now = done.values().stream().mapToDouble(Double::doubleValue).sum() - earlier;
    String left = TimeLeft.of(now, asked - earlier, (line.now() - start) / 1e9);
    if (!left.isEmpty()) {
      text.append(", ").append(left);
    }
    text.append(" | %s, epoch %d of %d".formatted(run, epoch, epochs(run)));
    EpochRecord measured = latest.get(run);
    if (measured != null) {
      Score score = run.arm().recipe().headline();
      text.append(", test %s ".formatted(score.title()))
          .append(RunMeasure.last(score).format(measured.test().of(score)));
    }
    return text.toString();
  }

  private static int epochs(Run run) {
    return run.arm().settings().epochs();
  }
}
