package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Embedding;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.SimpleRecurrent;
import org.unvanish.network.Residual;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.probe.PaperCases;

class MemoryNeedTest {

  private static final Layer TANH = new Activated(Activation.of(ActivationFunction.TANH));
  private static final Dataset DATA = SyntheticImages.draw(1, 20, 10);

  @Test
  void aRunTakesWhatIsCountedAndLittleMore() {
    List<Layer> dense = List.of(new Dense(400, true), TANH, new Dense(10, true));
    List<Layer> convolution =
        List.of(
            new Convolution(3, 64, false),
            TANH,
            new Convolution(3, 64, false),
            TANH,
            new MaxPooling(4),
            new Dense(10, true));
    List<Layer> normalized =
        List.of(
            new Convolution(3, 64, false),
            BatchNormalization.DEFAULT,
            TANH,
            new Residual(List.of(new Convolution(3, 64, true), BatchNormalization.DEFAULT), false),
            new MaxPooling(4),
            new Dense(10, true));
    for (List<Layer> layers : List.of(dense, convolution, normalized)) {
      Network network = new Network(new Shape(3, 32, 32), layers);
      for (Penalty penalty : List.of(Penalty.none(), Penalty.l2(0.1))) {
        // Of a batch with several blocks, the others come when it is there.
        TrainingSettings settings =
            PaperCases.settings(PaperCases.NARROW, penalty).withBatchSize(Lanes.COUNT);
        long allocated = allocated(network, settings, DATA);
        assertThat(MemoryNeed.ofRun(network, settings, DATA.train().count()))
            .isBetween((long) (0.7 * allocated), allocated);
      }
    }
  }

  @Test
  void aBatchKeepsNoMoreBlocksThanThereAreSamples() {
    Network network =
        new Network(
            DATA.shape(),
            List.of(new Convolution(3, 8, false), BatchNormalization.DEFAULT, new Dense(10, true)));
    TrainingSettings settings = TrainingSettings.DEFAULT.withBatchSize(1 << 20);
    assertThat(MemoryNeed.ofRun(network, settings, 33))
        .isEqualTo(MemoryNeed.ofRun(network, settings.withBatchSize(48), 1000))
        .isLessThan(MemoryNeed.ofRun(network, settings.withBatchSize(49), 1000));
  }

  @Test
  void anEmbeddingKeepsItsValuesOnceAndTheirGradients() {
    Network network =
        new Network(Shape.flat(2), List.of(new Embedding(1, 50_000, 8), new Dense(2, true)));
    TrainingSettings settings = TrainingSettings.DEFAULT.withOptimizer(new Optimizer.Sgd(0.1, 0));
    long values = 4L * 50_000 * 8;
    // Two arrays of the kernel, four of the run, its momentum, and a checkpoint of both.
    assertThat(MemoryNeed.ofRun(network, settings, 10)).isBetween(9 * values, 9 * values + 4_000);
  }

  @Test
  void recurrentLayersKeepAllSteps() {
    Activation tanh = Activation.of(ActivationFunction.TANH);
    TrainingSettings settings = TrainingSettings.DEFAULT.withBatchSize(Lanes.COUNT);
    for (Layer layer :
        List.of(new SimpleRecurrent(64, tanh), new Lstm(64, tanh), new Gru(64, tanh))) {
      Network network = new Network(new Shape(2, 300, 1), List.of(layer, new Dense(2, true)));
      Dataset data = new RandomCases(1).data(network, 20, 10);
      long allocated = allocated(network, settings, data);
      assertThat(MemoryNeed.ofRun(network, settings, 20))
          .isBetween((long) (0.7 * allocated), allocated);
    }
  }

  /** The second time: the first one may load classes. */
  private static long allocated(Network network, TrainingSettings settings, Dataset data) {
    allocatedOnce(network, settings, data);
    return allocatedOnce(network, settings, data);
  }

  private static long allocatedOnce(Network network, TrainingSettings settings, Dataset data) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    LaneBackend run = new LaneBackend(network, settings, data);
    new Trainer(network, settings, data, 1, run);
    long made = threads.getCurrentThreadAllocatedBytes() - before;
    // Not counted: until it is compiled, a step puts its vectors into memory.
    run.update();
    before = threads.getCurrentThreadAllocatedBytes();
    run.checkpoint(1);
    return made + threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void dataTakeABytePerPixelAndLabel() {
    assertThat(MemoryNeed.ofData(DATA)).isEqualTo(30L * (3 * 32 * 32 + 1));
  }
}
