package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.internal.kernel.OwnJvm;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Dropout;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.Normalization.GroupNormalization;
import org.unvanish.network.Normalization.LayerNormalization;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Residual;
import org.unvanish.network.Softmax;
import org.unvanish.penalty.Penalty;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.PaperCases;

/** A training step whose vectors are not kept in registers allocates megabytes, and takes long. */
class TrainingAllocationTest {

  private static final int STEPS = 50;

  /** Far below what a single layer's boxes come to; arrays and records of a step are 3 KB. */
  private static final long ALLOWED = 300_000;

  @Test
  void aTrainingAllocatesHardlyAnythingWhateverWasDoneBefore()
      throws IOException, InterruptedException {
    String output = OwnJvm.run(TrainingAllocationTest.class);
    for (ActivationFunction function : ActivationFunction.values()) {
      assertThat(output.lines())
          .contains(
              function + " allocates hardly anything",
              function + " with a scale allocates hardly anything");
    }
    assertThat(output.lines())
        .contains("table 1 allocates hardly anything", "a batch allocates hardly anything");
  }

  /**
   * For each function: probes as a diagnosis does, trains without and with a scale, and tells what
   * the training allocates; then table 1's network, and one that looks at batches.
   */
  public static void main(String[] arguments) {
    Dataset data = SyntheticImages.draw(1, STEPS * 32, 16);
    TrainingSettings settings = PaperCases.settings(PaperCases.NARROW, Penalty.none());
    for (ActivationFunction function : ActivationFunction.values()) {
      Network network = PaperCases.table2(function);
      GradientProbe probe = new GradientProbe(network, settings, data, 1);
      for (int i = 0; i < 5; i++) {
        probe.initial();
      }
      train(function.toString(), network, settings, data);
      train(function + " with a scale", network.scaled(2), settings, data);
    }
    train("table 1", PaperCases.table1(ActivationFunction.TANH), settings, data);
    train("a batch", batches(data.train().shape()), settings, data);
  }

  /** Layers that look at a batch, draw at random or hold others. */
  private static Network batches(Shape shape) {
    Layer tanh = new Activated(Activation.of(ActivationFunction.TANH));
    Layer norm = BatchNormalization.DEFAULT;
    return new Network(
        shape,
        List.of(
            new MaxPooling(4),
            new Convolution(3, 4, false),
            norm,
            tanh,
            new Residual(List.of(new Convolution(3, 4, false), norm, tanh, new Dropout(0.2)), true),
            new GroupNormalization(2, 1e-5),
            new Dense(16, false),
            LayerNormalization.DEFAULT,
            tanh,
            new Residual(List.of(new Dense(16, true), new Softmax()), false),
            new Dense(10, true)));
  }

  private static void train(String name, Network network, TrainingSettings settings, Dataset data) {
    Fewest fewest = new Fewest();
    new Trainer(network, settings.withEpochs(1000), data, 1).run(fewest);
    System.out.println(
        name
            + " allocates "
            + (fewest.perStep <= ALLOWED ? "hardly anything" : fewest.perStep + " bytes a step"));
  }

  /** Stops the training when it is compiled for good, or after twenty seconds. */
  private static final class Fewest implements TrainingObserver {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long deadline = System.nanoTime() + 20_000_000_000L;
    private long before;
    private long perStep = Long.MAX_VALUE;

    @Override
    public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
      long now = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      if (epoch.epoch() > 1) {
        perStep = Math.min(perStep, (now - before) / STEPS);
      }
      before = now;
      return perStep <= ALLOWED || System.nanoTime() > deadline
          ? TrainingDecision.STOP
          : TrainingDecision.CONTINUE;
    }
  }
}
