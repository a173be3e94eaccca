package org.unvanish.experiment;

import java.io.PrintWriter;
import java.io.StringWriter;
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
   * Its arm was dropped from a race before the run's last epoch; the epochs that it has are kept.
   *
   * @param arm when, and why
   */
  record Dropped(DroppedArm arm) implements RunOutcome {
    @Override
    public String label() {
      return "dropped";
    }

    @Override
    public String detail() {
      return arm.detail();
    }
  }

  /**
   * It threw: out of memory, or a fault of this program. Text, so that it can be stored.
   *
   * @param detail what was thrown, with its message
   * @param stackTrace where, on many lines
   */
  record Failed(String detail, String stackTrace) implements RunOutcome {
    /** Of what was thrown. */
    public static Failed of(Throwable cause) {
      StringWriter trace = new StringWriter();
      cause.printStackTrace(new PrintWriter(trace));
      return new Failed(cause.toString(), trace.toString());
    }

    /**
     * Of a run for which there was too little memory: no fault of this program's.
     *
     * @param bytes what it takes at least
     */
    public static Failed ofMemory(OutOfMemoryError error, long bytes) {
      String reason =
          "Java ran out of memory (%s): this run takes at least %d MiB beside the data, and Java may use %d MiB for all"
              .formatted(error.getMessage(), bytes >> 20, Runtime.getRuntime().maxMemory() >> 20);
      return new Failed(reason, reason + "\n");
    }

    @Override
    public String label() {
      return "failed";
    }
  }

  /** The trainer's outcome, seen as a run's. */
  static RunOutcome of(TrainingOutcome outcome) {
    if (outcome instanceof TrainingOutcome.Diverged diverged) {
      return new Diverged(diverged.epoch(), diverged.step());
    }
    if (outcome instanceof TrainingOutcome.Stopped
        || outcome instanceof TrainingOutcome.Interrupted) {
      return new Interrupted();
    }
    if (outcome instanceof TrainingOutcome.Finished) {
      return new Finished();
    }
    throw new IllegalStateException("unknown outcome " + outcome);
  }

  /**
   * One word: {@code finished}, {@code diverged}, {@code interrupted}, {@code dropped} or {@code
   * failed}.
   */
  String label();

  /** Where it diverged, why it was dropped or failed; empty for the others. */
  default String detail() {
    return "";
  }
}
