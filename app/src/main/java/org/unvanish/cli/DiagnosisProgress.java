package org.unvanish.cli;

import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingStep;

/** Shows how far the training of an examination is. */
final class DiagnosisProgress implements TrainingObserver {

  private final long last;
  private final ProgressLine line;
  private final long start;

  /**
   * @param last how many steps are done at the last moment; what comes then is the prescription
   */
  DiagnosisProgress(long last, ProgressLine line) {
    this.last = last;
    this.line = line;
    this.start = line.now();
  }

  @Override
  public void stepTaken(TrainingStep step) {
    long done = (long) (step.epoch() - 1) * step.stepsPerEpoch() + step.step() - 1;
    line.update(
        () -> {
          if (done == last) {
            return "diagnosis: trying remedies";
          }
          String left = TimeLeft.of((double) done, (double) last, (line.now() - start) / 1e9);
          return "diagnosis: step %d of %d%s"
              .formatted(done, last, left.isEmpty() ? "" : ", " + left);
        });
  }

  @Override
  public void epochFinished(EpochRecord epoch, Checkpoint checkpoint) {}
}
