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
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Pooling.MaxPooling;
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
    for (List<Layer> layers : List.of(dense, convolution)) {
      Network network = new Network(new Shape(3, 32, 32), layers);
      for (Penalty penalty : List.of(Penalty.none(), Penalty.l2(0.1))) {
        TrainingSettings settings = PaperCases.settings(PaperCases.NARROW, penalty);
        long allocated = allocated(network, settings);
        assertThat(MemoryNeed.ofRun(network, settings, DATA.train().count()))
            .isBetween((long) (0.7 * allocated), allocated);
      }
    }
  }

  private static long allocated(Network network, TrainingSettings settings) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    LaneBackend run = new LaneBackend(network, settings, DATA);
    new Trainer(network, settings, DATA, 1, run);
    run.update();
    run.checkpoint(1);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void dataTakeABytePerPixelAndLabel() {
    assertThat(MemoryNeed.ofData(DATA)).isEqualTo(30L * (3 * 32 * 32 + 1));
  }
}
