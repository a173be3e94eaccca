package org.unvanish.benchmarks.sidebyside;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import org.unvanish.contest.Clock;
import org.unvanish.contest.Contest;
import org.unvanish.contest.Contestant;
import org.unvanish.contest.Task;
import org.unvanish.data.Dataset;
import org.unvanish.network.Network;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingStep;

/**
 * Unvanish's engine as a contestant: as many runs at once as it has threads, each a whole training
 * with the statistics of every gradient of every step, and with shuffling.
 */
public final class EngineContestant implements Contestant {

  private final List<Trainer> trainers = new ArrayList<>();

  EngineContestant(Task task, int threads) {
    Dataset data = Tasks.data(task);
    Network network = BenchNetwork.of(task.network()).network(data);
    for (int i = 0; i < threads; i++) {
      trainers.add(new Trainer(network, BenchNetwork.settings(task.batch()), data, task.seed()));
    }
    // What the task says is what the engine does by itself.
    if (!Arrays.equals(trainers.get(0).parameters(), task.parameters())
        || !Arrays.equals(Trainer.firstOrder(task.seed(), task.order().length), task.order())) {
      throw new IllegalStateException("the task was written by another version of the engine");
    }
  }

  @Override
  public void train(Clock clock) {
    for (Trainer helper : trainers.subList(1, trainers.size())) {
      Thread thread = new Thread(() -> train(helper, loss -> clock.helpersStepDone()), "helper");
      thread.setDaemon(true);
      thread.start();
    }
    train(trainers.get(0), clock::stepDone);
  }

  private static void train(Trainer trainer, DoublePredicate goesOn) {
    trainer.run(
        new TrainingObserver() {
          @Override
          public TrainingDecision stepTaken(TrainingStep step) {
            return goesOn.test(step.loss()) ? TrainingDecision.CONTINUE : TrainingDecision.STOP;
          }

          @Override
          public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
            return TrainingDecision.CONTINUE;
          }
        });
  }

  @Override
  public String framework() {
    return "Unvanish on Java " + Runtime.version();
  }

  /**
   * Takes part.
   *
   * @throws IOException if the task cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    Contest.run(arguments, EngineContestant::new);
  }
}
