package org.unvanish.cli.terminal;

import org.unvanish.probe.ProbeProgress;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingStep;

/** Shows how far an examination is: the training by its steps, all else by its probes. */
public final class DiagnosisProgress implements TrainingObserver, ProbeProgress {

  private final long last;
  private final ProgressLine line;

  /** Of the training alone, by the line's clock. */
  private long trained;

  private long resumed;

  private String purpose = "";
  private int mostProbes;
  private int probesDone;
  private long probingSince;

  /**
   * @param last how many steps are done at the last snapshot
   */
  public DiagnosisProgress(long last, ProgressLine line) {
    this.last = last;
    this.line = line;
    this.resumed = line.now();
  }

  @Override
  public void stepTaken(TrainingStep step) {
    countTraining();
    long done = (long) (step.epoch() - 1) * step.stepsPerEpoch() + step.step() - 1;
    line.update(
        () ->
            "diagnosis: training, step %d of %d%s"
                .formatted(done, last, left((double) done, (double) last, trained)));
  }

  @Override
  public void epochFinished(EpochRecord epoch, Checkpoint checkpoint) {}

  @Override
  public void began(String newPurpose, int most) {
    countTraining();
    purpose = newPurpose;
    mostProbes = most;
    probesDone = 0;
    probingSince = resumed;
  }

  @Override
  public void batchProbed(int done, int batches) {
    resumed = line.now();
    line.update(() -> probing(done, batches));
    probesDone += done == batches ? 1 : 0;
  }

  @Override
  public void trained(int done, int trainings) {
    line.update(
        () -> "diagnosis: trying remedies, short training %d of %d".formatted(done, trainings));
  }

  private String probing(int done, int batches) {
    String probe =
        mostProbes == 1 ? "" : ", probe %d of at most %d".formatted(probesDone + 1, mostProbes);
    double all = (double) probesDone * batches + done;
    return "diagnosis: %s%s, mini-batch %d of %d%s"
        .formatted(
            purpose,
            probe,
            done,
            batches,
            left(all, (double) mostProbes * batches, resumed - probingSince));
  }

  private void countTraining() {
    long now = line.now();
    trained += now - resumed;
    resumed = now;
  }

  private static String left(double done, double total, long nanos) {
    String left = TimeLeft.of(done, total, nanos / 1e9);
    return left.isEmpty() ? "" : ", " + left;
  }
}
