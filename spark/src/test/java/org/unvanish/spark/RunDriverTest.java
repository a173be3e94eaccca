package org.unvanish.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.cluster.ClusterException;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.experiment.execution.RunTask;
import org.unvanish.loss.Scores;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.TrainingDecision;

/** What the driver makes of executors that are lost, fail, repeat themselves or disagree. */
class RunDriverTest {

  private static final int EPOCHS = 5;
  private static final Experiment EXPERIMENT = Trained.experiment(1, EPOCHS);
  private static final long EXECUTION = 7;

  private final List<String> told = new ArrayList<>();
  private final RunBook book = new RunBook(EXECUTION, tasks(), listener());

  @Test
  void aRunIsTrainedSliceBySliceFromWhereItStands() {
    List<Integer> starts = new ArrayList<>();
    drive(
        0,
        slice -> {
          starts.add(slice.epochsDone());
          return slice.epochsDone() + 2 < EPOCHS ? report(slice, 2) : finish(slice);
        });
    assertThat(starts).containsExactly(0, 2, 4);
    assertThat(told)
        .containsExactly(
            "started 0", "epoch 1", "epoch 2", "epoch 3", "epoch 4", "epoch 5", "finished");
  }

  @Test
  void aLostTaskGoesOnAfterItsLastEpoch() {
    List<Integer> starts = new ArrayList<>();
    drive(
        0,
        slice -> {
          starts.add(slice.epochsDone());
          if (starts.size() < EPOCHS) {
            report(slice, 1);
            throw new IOException("executor lost");
          }
          return finish(slice);
        });
    assertThat(starts).containsExactly(0, 1, 2, 3, 4);
    assertThat(told).endsWith("epoch 5", "finished").hasSize(EPOCHS + 2);
  }

  @Test
  void aTaskThatFailsAgainAndAgainIsReportedAndLeavesTheOthersAlone() {
    List<String> attempts = new ArrayList<>();
    RunDriver.Launcher launcher =
        slice -> {
          if (slice.number() == 0) {
            attempts.add("attempt");
            throw new IOException(
                "Job aborted due to stage failure: Lost task 0.0 in stage 3.0 (TID 5) (10.0.0.7 executor 2):"
                    + " ExecutorLostFailure: exit code 137\nDriver stacktrace:");
          }
          return finish(slice);
        };
    drive(0, launcher);
    drive(1, launcher);
    assertThat(attempts).hasSize(RunDriver.ATTEMPTS);
    assertThat(told)
        .startsWith(
            "started 0",
            "failed: 4 attempts at an epoch failed; the last, on 10.0.0.7 executor 2:"
                + " ExecutorLostFailure: exit code 137",
            "started 0",
            "epoch 1")
        .endsWith("finished");
  }

  @Test
  void anErrorOfTheDriverIsReportedAsAFailure() {
    drive(
        0,
        slice -> {
          throw new NoClassDefFoundError("org/unvanish/Missing");
        });
    assertThat(told)
        .containsExactly(
            "started 0", "failed: java.lang.NoClassDefFoundError: org/unvanish/Missing");
  }

  @Test
  void whatTrainingThrowsIsTriedAgainElsewhere() {
    List<String> hosts = new ArrayList<>(List.of("a", "b"));
    drive(
        0,
        slice ->
            hosts.isEmpty()
                ? finish(slice)
                : new SliceEnd(
                    hosts.remove(0),
                    Optional.of(new RunOutcome.Failed("out of memory", "")),
                    Optional.empty()));
    assertThat(told).startsWith("started 0", "epoch 1").endsWith("finished");
  }

  @Test
  void anEpochThatTwoTrainIsToldOnce() {
    Slice slice = book.slice(0, 0);
    report(slice, 3);
    report(slice, 4);
    report(slice, 2);
    assertThat(told).containsExactly("started 0", "epoch 1", "epoch 2", "epoch 3", "epoch 4");
    book.rethrow();
  }

  @Test
  void twoWhoDisagreeAreNamed() {
    Slice slice = book.slice(0, 0);
    report(slice, 2);
    Report other = new Report(EXECUTION, 0, "host b", epoch(2, "other bits"));
    assertThat(book.accept(other)).isEqualTo(TrainingDecision.STOP);
    assertThat(book.isStopped()).isTrue();
    assertThatThrownBy(book::rethrow)
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining(
            "epoch 2 of tanh with seed 1 came to other bits on host b than on host a");
  }

  @Test
  void anExecutorThatCannotBeTrustedEndsAll() {
    drive(0, slice -> new SliceEnd("a", Optional.empty(), Optional.of("other bits")));
    assertThat(told).isEmpty();
    assertThatThrownBy(book::rethrow).isInstanceOf(ClusterException.class).hasMessage("other bits");
  }

  @Test
  void aReportOfAnEarlierExecutionIsNotHeard() {
    Report late = new Report(EXECUTION - 1, 0, "host a", new Report.Started());
    assertThat(book.accept(late)).isEqualTo(TrainingDecision.STOP);
    assertThat(told).isEmpty();
  }

  @Test
  void aRunThatIsStoppedHasBeenInterrupted() {
    drive(
        0,
        slice -> {
          report(slice, 1);
          book.stop();
          throw new IOException("cancelled");
        });
    assertThat(told).containsExactly("started 0", "epoch 1", "interrupted");
  }

  private void drive(int run, RunDriver.Launcher launcher) {
    new RunDriver(book, launcher, 0).drive(run);
  }

  private SliceEnd finish(Slice slice) {
    report(slice, EPOCHS - slice.epochsDone());
    return new SliceEnd("host a", Optional.of(new RunOutcome.Finished()), Optional.empty());
  }

  /** An executor begins a slice and does some epochs. */
  private SliceEnd report(Slice slice, int epochs) {
    Function<Report.News, TrainingDecision> ask =
        news -> book.accept(new Report(EXECUTION, slice.number(), "host a", news));
    ask.apply(new Report.Started());
    for (int i = 1; i <= epochs; i++) {
      int epoch = slice.epochsDone() + i;
      ask.apply(epoch(epoch, "bits of " + epoch));
    }
    return new SliceEnd("host a", Optional.empty(), Optional.empty());
  }

  private static Report.Epoch epoch(int number, String bits) {
    Scores scores = Scores.ofClasses(1, 0);
    return new Report.Epoch(
        new EpochRecord(number, scores, scores, 0, List.of(), List.of()),
        new Checkpoint(number, number, new float[1], new float[1], new float[0]),
        bits);
  }

  private static List<RunTask> tasks() {
    return EXPERIMENT.runs().stream()
        .map(
            run ->
                new RunTask(
                    run,
                    0,
                    () -> {
                      throw new IllegalStateException("no run of these has a checkpoint");
                    },
                    false))
        .toList();
  }

  private RunEvents listener() {
    return new RunEvents() {
      @Override
      public TrainingDecision started(Run run, int epochsDone) {
        told.add("started " + epochsDone);
        return TrainingDecision.CONTINUE;
      }

      @Override
      public TrainingDecision epochFinished(Run run, EpochRecord epoch, Checkpoint checkpoint) {
        told.add("epoch " + epoch.epoch());
        return TrainingDecision.CONTINUE;
      }

      @Override
      public void ended(Run run, RunOutcome outcome) {
        told.add(outcome.label() + (outcome.detail().isEmpty() ? "" : ": " + outcome.detail()));
      }
    };
  }
}
