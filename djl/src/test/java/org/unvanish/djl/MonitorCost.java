package org.unvanish.djl;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Shape;
import org.unvanish.network.Activated;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;
import org.unvanish.penalty.Penalty;

/**
 * What a monitor costs, with batches of 32: time on the paper's table 3 network and on a dense one
 * with 800 times as many parameters, memory on the former.
 *
 * <pre>
 * mvn -pl djl dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java --add-modules jdk.incubator.vector -Dai.djl.pytorch.num_threads=1 -cp djl/target/test-classes:djl/target/classes:\
 *   $(cat djl/target/classpath) org.unvanish.djl.MonitorCost
 * </pre>
 */
public final class MonitorCost {

  private static final int STEPS = 50;
  private static final int ROUNDS = 7;

  private MonitorCost() {}

  public static void main(String[] arguments) throws Exception {
    Activation activation = Activation.scaled(ActivationFunction.TANH, 2);
    time("table 3", Twin.table3(activation));
    time("dense", dense(activation));
    memory(Twin.table3(activation));
  }

  /** 855,050 parameters. */
  private static Network dense(Activation activation) {
    return new Network(
        new Shape(3, 32, 32),
        List.of(
            new Dense(256, true),
            new Activated(activation),
            new Dense(256, true),
            new Activated(activation),
            new Dense(10, true)));
  }

  private static void time(String name, Network network) throws Exception {
    for (double r : new double[] {0, 0.01}) {
      double[] without = new double[ROUNDS];
      double[] with = new double[ROUNDS];
      measure(network, r, true, 2);
      for (int round = 0; round < ROUNDS; round++) {
        // In turns, so that both see the same neighbours on the machine.
        without[round] = measure(network, r, false, 1);
        with[round] = measure(network, r, true, 1);
      }
      double[] ratios = new double[ROUNDS];
      Arrays.setAll(ratios, i -> with[i] / without[i]);
      System.out.printf(
          "%s, r = %s: %.3f ms a step without, %.3f ms with; median ratio %.3f%n",
          name, r, 1e3 * median(without), 1e3 * median(with), median(ratios));
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Seconds of processor time a step. */
  private static double measure(Network network, double r, boolean watched, int epochs)
      throws Exception {
    try (Model model = model(network);
        Trainer trainer = model.newTrainer(config(model, r, watched));
        NDManager manager = model.getNDManager().newSubManager()) {
      ArrayDataset data = Twin.data(Twin.images(32 * STEPS, 1).train(), 32, manager);
      long start = cpuNanoseconds();
      EasyTrain.fit(trainer, epochs, data, null);
      return (cpuNanoseconds() - start) * 1e-9 / STEPS / epochs;
    }
  }

  /** Of this thread, on which PyTorch computes if it has one: neighbours do not count. */
  private static long cpuNanoseconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void memory(Network network) throws Exception {
    try (Model model = model(network);
        Trainer trainer = model.newTrainer(config(model, 0.01, true));
        NDManager manager = model.getNDManager().newSubManager()) {
      ArrayDataset data = Twin.data(Twin.images(32 * STEPS, 1).train(), 32, manager);
      EasyTrain.fit(trainer, 5, data, null);
      for (int steps = 0; steps <= 2000; steps += 500) {
        System.gc();
        System.out.printf("%d steps: %.1f MB resident%n", steps, residentMegabytes());
        EasyTrain.fit(trainer, 500 / STEPS, data, null);
      }
    }
  }

  private static double residentMegabytes() throws Exception {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
    return Long.parseLong(pages) * 4096 / 1e6;
  }

  private static Model model(Network network) {
    float[] parameters = new float[network.parameterCount()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) Math.sin(i) / 2;
    }
    return Twin.model("cost", network, parameters);
  }

  private static DefaultTrainingConfig config(Model model, double r, boolean watched) {
    Loss loss = Loss.softmaxCrossEntropyLoss();
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(
                r == 0 ? loss : new PenaltyLoss(loss, model.getBlock(), Penalty.l2(r)))
            .optOptimizer(Optimizer.adam().optLearningRateTracker(Tracker.fixed(1e-3f)).build());
    return watched ? config.addTrainingListeners(GradientMonitor.to(epoch -> {})) : config;
  }
}
