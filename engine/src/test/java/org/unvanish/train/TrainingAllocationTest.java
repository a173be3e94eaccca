package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.internal.kernel.OwnJvm;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.ClassWeights;
import org.unvanish.loss.Huber;
import org.unvanish.loss.Loss;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.loss.OneHot;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.network.Losses;
import org.unvanish.network.Network;
import org.unvanish.penalty.Penalty;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.PaperCases;

/** A training step whose vectors are not kept in registers allocates megabytes, and takes long. */
class TrainingAllocationTest {

  private static final List<Loss> LOSSES =
      List.of(
          new MeanSquaredError(),
          new Huber(),
          new BinaryCrossEntropy(),
          new OneHot(new MeanSquaredError(), 10),
          new SoftmaxCrossEntropy(new ClassWeights.Balanced()));

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
    for (Loss loss : LOSSES) {
      assertThat(output.lines()).contains(loss + " allocates hardly anything");
    }
    assertThat(output.lines()).contains("table 1 allocates hardly anything");
  }

  /**
   * For each function: probes as a diagnosis does, trains without and with a scale, and tells what
   * the training allocates; then table 1's network.
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
    for (Loss loss : LOSSES) {
      Dataset own = Losses.data(loss, 10, data.shape(), new Random(1), STEPS * 32, 16);
      train(
          loss.toString(),
          PaperCases.table2(ActivationFunction.TANH),
          settings.withLoss(loss),
          own);
    }
    train("table 1", PaperCases.table1(ActivationFunction.TANH), settings, data);
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
