package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Columns;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Lengths;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.internal.kernel.OwnJvm;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.ClassWeights;
import org.unvanish.loss.Huber;
import org.unvanish.loss.Loss;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.loss.OneHot;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Dropout;
import org.unvanish.network.Embedding;
import org.unvanish.network.Kinds;
import org.unvanish.network.Layer;
import org.unvanish.network.Losses;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.Normalization.GroupNormalization;
import org.unvanish.network.Normalization.LayerNormalization;
import org.unvanish.network.Padding;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Recurrent.Direction;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.Output;
import org.unvanish.network.Recurrent.SimpleRecurrent;
import org.unvanish.network.Residual;
import org.unvanish.network.Softmax;
import org.unvanish.network.Tables;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.optimizer.Schedule;
import org.unvanish.optimizer.Schedule.Decay;
import org.unvanish.optimizer.Schedule.Unit;
import org.unvanish.optimizer.Schedule.WarmUp;
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

  /** Many times as many as the compiler needs to have seen. */
  private static final int EPOCHS = 60;

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
            "a network with strides allocates hardly anything",
            "a batch allocates hardly anything",
            "embeddings allocates hardly anything",
            "recurrent layers allocates hardly anything",
            "padded sequences allocates hardly anything");
    for (Optimizer optimizer : Kinds.of(Optimizer.class)) {
      assertThat(output.lines())
          .contains(
              optimizer.getClass().getSimpleName() + " with a schedule allocates hardly anything");
    }
    for (Loss loss : LOSSES) {
      assertThat(output.lines()).contains(loss + " allocates hardly anything");
    }
  }

  /**
   * For each function: probes as a diagnosis does, trains without and with a scale, and tells what
   * the training allocates; then table 1's network, one with strides, and one that looks at
   * batches.
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
    Network table1 = PaperCases.table1(ActivationFunction.TANH);
    train("table 1", table1, settings, data);
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
    TrainingSettings scheduled =
        settings
            .withSchedule(new Schedule(new WarmUp(1, Unit.EPOCHS), new Decay.Cosine(9, 0)))
            .withClipping(new Clipping.Norm(0.1));
    for (Optimizer optimizer : Kinds.of(Optimizer.class)) {
      String name = optimizer.getClass().getSimpleName();
      train(
          name + " with a schedule",
          table1,
          scheduled.withOptimizer(optimizer.withLearningRate(1e-3)),
          data);
    }
    for (Loss loss : LOSSES) {
      Dataset own = Losses.data(loss, 10, data.shape(), new Random(1), STEPS * 32, 16);
      train(
          loss.toString(),
          PaperCases.table2(ActivationFunction.TANH),
          settings.withLoss(loss),
          own);
    }
    train("a batch", batches(data.train().shape()), settings, data);
    Network embeddings =
        new Network(
            Shape.flat(4),
            List.of(new Embedding(2, 7, 5), new Embedding(0, 3, 2), new Dense(10, true)));
    train("embeddings", embeddings, settings, table(embeddings));
    train("recurrent layers", recurrent(), settings, sequences(false));
    train("padded sequences", recurrent(), settings, sequences(true));
  }

  /** All kinds, with an α that is learned and a way back that is cut. */
  private static Network recurrent() {
    Activation tanh = Activation.of(ActivationFunction.TANH);
    return new Network(
        new Shape(3, 12, 1),
        List.of(
            new SimpleRecurrent(8, tanh, Output.ALL, Direction.BOTH, true, 0),
            new Gru(8, tanh, ActivationFunction.LOGISTIC, Output.ALL, Direction.FORWARD, true, 5),
            new Lstm(8, Activation.learned(ActivationFunction.TANH, 2)),
            new Dense(10, true)));
  }

  private static Dataset sequences(boolean padded) {
    byte[] bytes = new byte[STEPS * 32 * 36];
    new Random(1).nextBytes(bytes);
    int[] steps = IntStream.range(0, STEPS * 32).map(i -> padded ? 1 + i % 12 : 12).toArray();
    ImageSet samples =
        new ImageSet(
            new Shape(3, 12, 1),
            new Pixels.Bytes(bytes),
            new Targets.Labels(new byte[STEPS * 32]),
            Columns.NONE,
            Lengths.of(steps));
    List<String> classes = IntStream.range(0, 10).mapToObj(i -> "class " + i).toList();
    return new Dataset("sequences", "sequences", classes, samples, samples, "");
  }

  private static Dataset table(Network network) {
    byte[] bytes = new byte[STEPS * 32 * network.input().size()];
    new Random(1).nextBytes(bytes);
    ImageSet samples = Tables.samples(network, bytes, new byte[STEPS * 32]);
    List<String> classes = IntStream.range(0, 10).mapToObj(i -> "class " + i).toList();
    return new Dataset("table", "a table", classes, samples, samples, "");
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
            new Residual(List.of(new Convolution(3, 4, false, 2, Padding.SAME), norm), true),
            new GroupNormalization(2, 1e-5),
            new Dense(16, false),
            LayerNormalization.DEFAULT,
            tanh,
            new Residual(List.of(new Dense(16, true), new Softmax()), false),
            new Dense(10, true)));
  }

  private static void train(String name, Network network, TrainingSettings settings, Dataset data) {
    Fewest fewest = new Fewest();
    new Trainer(network, settings.withEpochs(EPOCHS), data, 1).run(fewest);
    System.out.println(
        name
            + " allocates "
            + (fewest.perStep <= ALLOWED ? "hardly anything" : fewest.perStep + " bytes a step"));
  }

  /** Stops the training when it is compiled for good. */
  private static final class Fewest implements TrainingObserver {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long before;
    private long perStep = Long.MAX_VALUE;

    @Override
    public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
      long now = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      if (epoch.epoch() > 1) {
        perStep = Math.min(perStep, (now - before) / STEPS);
      }
      before = now;
      return perStep <= ALLOWED ? TrainingDecision.STOP : TrainingDecision.CONTINUE;
    }
  }
}
