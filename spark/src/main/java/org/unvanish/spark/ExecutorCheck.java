package org.unvanish.spark;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.network.Network;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingSettings;

/**
 * Whether an executor's Java computes what the driver's does: it has the vector module, and a tiny
 * training comes to the same bits. Done once in each process.
 */
final class ExecutorCheck {

  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private static @Nullable String own;

  private ExecutorCheck() {}

  /** The bits that the tiny training comes to here. */
  static synchronized String bits() {
    String known = own;
    if (known == null) {
      known = train();
      own = known;
    }
    return known;
  }

  /**
   * Why this process cannot be trusted with a run.
   *
   * @param expected the driver's bits
   * @param driver the driver's Java
   * @param host where this is, for people
   */
  static Optional<String> refusal(String expected, String driver, String host) {
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      return Optional.of(
          "Java on %s runs without its vector module. Start executors with --add-modules %s, in spark.executor.extraJavaOptions or in their image"
              .formatted(host, VECTOR_MODULE));
    }
    return bits().equals(expected)
        ? Optional.empty()
        : Optional.of(
            ("%s on %s computes other bits than %s on the driver. Use the same Java and the "
            + "same version of Unvanish on all machines")
                .formatted(java(), host, driver));
  }

  /** Name and version of this Java. */
  static String java() {
    return "Java " + System.getProperty("java.runtime.version");
  }

  static String train() {
    Dataset data = data();
    Network network =
        Network.builder(data.shape())
            .dense(20)
            .activation(Activation.scaled(ActivationFunction.TANH, 2))
            .dense(2)
            .build();
    StringBuilder bits = new StringBuilder();
    new Trainer(network, TrainingSettings.DEFAULT.withEpochs(2).withBatchSize(8), data, 1)
        .run(
            new TrainingObserver() {
              @Override
              public TrainingDecision epochFinished(EpochRecord record, Checkpoint checkpoint) {
                bits.append(Bits.of(record, checkpoint)).append(' ');
                return TrainingDecision.CONTINUE;
              }
            });
    return bits.toString();
  }

  /** Numbers between −1 and 1 without order, whose sign of the sum is to be learnt. */
  private static Dataset data() {
    float[][] rows = new float[40][5];
    int[] labels = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      float sum = 0;
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = (i * 29 + j * 47) % 61 / 30f - 1;
        sum += rows[i][j];
      }
      labels[i] = sum > 0 ? 1 : 0;
    }
    return Dataset.of("check", rows, labels);
  }
}
