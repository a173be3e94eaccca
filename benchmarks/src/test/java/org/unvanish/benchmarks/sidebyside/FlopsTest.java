package org.unvanish.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.unvanish.contest.Task;
import org.unvanish.data.synthetic.SyntheticImages;

class FlopsTest {

  @Test
  void table2sNetworkCostsWhatAHandCountSays() {
    Task task = Tasks.of(BenchNetwork.TABLE2, SyntheticImages.draw(1, 400, 10), 32);
    long convolution = 2 * 81;
    long pixels = 3 * (1024 + 256 + 64);
    long dense = 2 * (48 * 8 + 3 * 64 + 80);
    long withoutGradientByImages = convolution * 1024;
    assertThat(Flops.ofSample(task.ops()))
        .isEqualTo(3 * (convolution * pixels + dense) - withoutGradientByImages);
  }

  @Test
  void residualBlocksCostWhatTheirConvolutionsDo() {
    Task task = Tasks.of(BenchNetwork.RESNET, SyntheticImages.draw(1, 400, 10), 32);
    long first = 2 * 3 * 16 * 9 * 1024;
    long blocks = 2 * 2 * 16 * 16 * 9 * (8 * 256 + 7 * 64);
    long dense = 2 * 160;
    assertThat(Flops.ofSample(task.ops())).isEqualTo(2 * first + 3 * (blocks + dense));
  }

  @Test
  void theFirstLayersInputGradientIsNotCountedWhateverItIs() {
    Task task = Tasks.of(BenchNetwork.TABLE1, SyntheticImages.draw(1, 400, 10), 32);
    long depthwise = 2 * 27;
    long pointwise = 2 * 9;
    long pixels = 2 * (1024 + 256 + 64);
    long dense = 2 * (48 * 8 + 80);
    assertThat(Flops.ofSample(task.ops()))
        .isEqualTo(3 * ((depthwise + pointwise) * pixels + dense) - depthwise * 1024);
  }

  @Test
  void theWayThroughStatesIsCountedInAFirstLayerToo() {
    Task task = Tasks.of(BenchNetwork.LSTM, SyntheticImages.draw(1, 400, 10), 32);
    long input = 2 * 2 * 256 * 100;
    long states = 2 * 64 * 256 * 100;
    long dense = 2 * 2 * 64;
    assertThat(Flops.ofSample(task.ops())).isEqualTo(2 * input + 3 * states + 3 * dense);
  }
}
