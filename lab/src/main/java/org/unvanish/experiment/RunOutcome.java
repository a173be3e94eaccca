package org.unvanish.experiment;

import org.unvanish.train.TrainingOutcome;

/** What became of a run: how its training ended, or that it failed. */
public sealed interface RunOutcome {

  /** All epochs are done. */
  record Finished() implements RunOutcome {
    @Override
    public String label() {
      return "finished";
    }
  }

  /**
   * Loss or parameters became NaN or infinite; the epochs before are kept.
   *
   * @param epoch from 1
   * @param step within the epoch, from 1
   */
  record Diverged(int epoch, int step) implements RunOutcome {
    @Override
    public String label() {
      return "diverged";
    }

    @Override
    public String detail() {
      return "in epoch " + epoch + " at step " + step;
    }
  }

  /** It was stopped, or never started because the experiment was stopped. */
  record Interrupted() implements RunOutcome {
    @Override
    public String label() {
      return "interrupted";
    }
  }

  /**
   * It threw: out of memory, or a fault of this program.
   *
   * @param cause what was thrown
   */
  record Failed(Throwable cause) implements RunOutcome {
    @Override
    public String label() {
      return "failed";
    }

    @Override
    public String detail() {
      return cause.toString();
    }
  }

  /** The trainer's outcome, seen as a run's. */
  static RunOutcome of(TrainingOutcome outcome) {
    if (outcome instanceof TrainingOutcome.Diverged diverged) {
      return new Diverged(diverged.epoch(), diverged.step());
    }
    return outcome instanceof TrainingOutcome.Finished ? new Finished() : new Interrupted();
  }

  /** One word: {@code finished}, {@code diverged}, {@code interrupted} or {@code failed}. */
  String label();

  /** Where it diverged or why it failed; empty for the others. */
  default String detail() {
    return "";
  }
}
