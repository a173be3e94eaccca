package org.unvanish.spark;

import java.util.List;
import java.util.stream.LongStream;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.network.Network;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.TrainingSettings;

/** A small experiment that tests train here and there, and what it comes to. */
final class Trained {

  static final Dataset DATA = data();

  private Trained() {}

  /** Rows of numbers without order, whose sum is positive or not. */
  private static Dataset data() {
    float[][] rows = new float[200][6];
    int[] labels = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      float sum = 0;
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = (i * 37 + j * 53) % 101 / 50f - 1;
        sum += rows[i][j];
      }
      labels[i] = sum > 0 ? 1 : 0;
    }
    return Dataset.of("rows", rows, labels);
  }

  /** Two arms. */
  static Experiment experiment(int seeds, int epochs) {
    TrainingSettings settings = TrainingSettings.DEFAULT.withEpochs(epochs);
    return new Experiment(
        "small",
        "A small experiment",
        DATA,
        List.of(
            arm("tanh", 1, settings, seeds),
            arm("scaled", 2, settings.withPenalty(Penalty.l2(0.01)), seeds)));
  }

  private static Arm arm(String name, double alpha, TrainingSettings settings, int seeds) {
    Network network =
        Network.builder(DATA.shape())
            .dense(16)
            .activation(Activation.scaled(ActivationFunction.TANH, alpha))
            .dense(2)
            .build();
    return new Arm(name, network, settings, LongStream.rangeClosed(1, seeds).boxed().toList());
  }

  /** Every number of every epoch but the times, a line each. */
  static List<String> lines(ExperimentResult result) {
    return result.runs().stream()
        .flatMap(
            run ->
                run.epochs().stream()
                    .map(epoch -> run.run() + " " + run.outcome() + " " + epoch.withSeconds(0)))
        .toList();
  }
}
