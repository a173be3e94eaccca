package org.unvanish.cli.terminal;

import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.experiment.ExperimentListener;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunResult;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;

/** Passes everything on to one listener and then to another. */
public final class BothListeners implements ExperimentListener {

  private final ExperimentListener first;
  private final ExperimentListener second;

  public BothListeners(ExperimentListener first, ExperimentListener second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public void runFound(RunResult result) {
    first.runFound(result);
    second.runFound(result);
  }

  @Override
  public void runStarted(Run run, int epochsDone) {
    first.runStarted(run, epochsDone);
    second.runStarted(run, epochsDone);
  }

  @Override
  public void stepTaken(Run run, int epoch, int step, int stepsPerEpoch) {
    first.stepTaken(run, epoch, step, stepsPerEpoch);
    second.stepTaken(run, epoch, step, stepsPerEpoch);
  }

  @Override
  public void epochFinished(Run run, EpochRecord epoch, Checkpoint checkpoint) {
    first.epochFinished(run, epoch, checkpoint);
    second.epochFinished(run, epoch, checkpoint);
  }

  @Override
  public void snapshotProbed(Run run, SnapshotDiagnosis snapshot) {
    first.snapshotProbed(run, snapshot);
    second.snapshotProbed(run, snapshot);
  }

  @Override
  public void runEnded(RunResult result) {
    first.runEnded(result);
    second.runEnded(result);
  }
}
