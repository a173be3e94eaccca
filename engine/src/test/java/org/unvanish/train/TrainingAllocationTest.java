package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.internal.kernel.OwnJvm;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Network;
import org.unvanish.network.Padding;
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
        .contains(
            "table 1 allocates hardly anything",
            "a network with strides allocates hardly anything");
  }

  /**
   * For each function: probes as a diagnosis does, trains without and with a scale, and tells what
   * the training allocates; then table 1's network, and one with strides.
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
    Network strides =
        Network.builder(data.train().shape())
            .convolution(3, 8, 2, Padding.SAME)
            .activation(ActivationFunction.TANH)
            .layer(new SeparableConvolution(4, 8, true, 3, Padding.VALID))
            .maxPooling(3)
            .globalAveragePooling()
            .convolution1d(3, 4, 2, Padding.SAME)
            .dense(10)
            .build();
    train("a network with strides", strides, settings, data);
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
