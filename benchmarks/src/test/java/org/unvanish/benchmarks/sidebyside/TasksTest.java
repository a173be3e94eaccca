package org.unvanish.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unvanish.contest.Layout;
import org.unvanish.contest.Op;
import org.unvanish.contest.Task;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Network;
import org.unvanish.network.Residual;

class TasksTest {

  private static final Dataset DATA = SyntheticImages.draw(1, 400, 10);

  @ParameterizedTest
  @EnumSource
  void aTaskHasItsNetworksParametersInTheirPlaces(BenchNetwork which) {
    Task task = Tasks.of(which, DATA, 32);
    Network network = which.network(which.data(DATA));
    List<Op.Tensor> tensors = task.ops().stream().flatMap(op -> op.tensors().stream()).toList();
    assertThat(tensors.stream().map(Op.Tensor::offset))
        .isEqualTo(network.parameters().stream().map(tensor -> tensor.offset()).toList());
    assertThat(tensors.stream().map(Op.Tensor::size))
        .isEqualTo(network.parameters().stream().map(tensor -> tensor.size()).toList());
  }

  @Test
  void aSequenceHasTwoMarksAndTheClassOfTheirSum() {
    Task task = Tasks.of(BenchNetwork.LSTM, DATA, 32);
    assertThat(task.input()).isEqualTo(new Op.Dimensions(2, MarkedSum.STEPS, 1));
    float[] values = task.pixels(0, Layout.CHANNELS_LAST);
    for (int i = 0; i < 32; i++) {
      double sum = 0;
      int marks = 0;
      for (int step = 0; step < MarkedSum.STEPS; step++) {
        int at = (i * MarkedSum.STEPS + step) * 2;
        sum += values[at] * values[at + 1];
        marks += (int) values[at + 1];
      }
      assertThat(marks).isEqualTo(2);
      assertThat(task.labels(0)[i]).isEqualTo(sum > 1.001 ? 1 : 0);
    }
  }

  @Test
  void table1sSeparableConvolutionsAreTwoOperationsEach() {
    Task task = Tasks.of(BenchNetwork.TABLE1, DATA, 32);
    assertThat(task.ops().stream().filter(op -> op.kind() == Op.Kind.DEPTHWISE)).hasSize(6);
    assertThat(task.ops().stream().filter(op -> op.kind() == Op.Kind.CONVOLUTION))
        .hasSize(6)
        .allMatch(op -> op.size() == 1);
  }

  @Test
  void aResidualBlockKeepsWhatItReadsAndAddsIt() {
    List<Op> ops = Tasks.of(BenchNetwork.RESNET, DATA, 32).ops();
    List<Op.Kind> kinds = ops.stream().map(Op::kind).toList();
    assertThat(kinds.subList(0, 9))
        .containsExactly(
            Op.Kind.CONVOLUTION,
            Op.Kind.TANH,
            Op.Kind.MAX_POOLING,
            Op.Kind.KEEP,
            Op.Kind.CONVOLUTION,
            Op.Kind.TANH,
            Op.Kind.CONVOLUTION,
            Op.Kind.SUM,
            Op.Kind.TANH);
    assertThat(kinds).endsWith(Op.Kind.TANH, Op.Kind.MEAN, Op.Kind.DENSE, Op.Kind.BIAS);
    assertThat(ops.stream().filter(op -> op.kind() == Op.Kind.SUM))
        .hasSize(15)
        .allMatch(op -> op.in().equals(op.out()) && op.in().channels() == 16);
    assertThat(ops.stream().filter(op -> op.kind() == Op.Kind.MEAN))
        .allMatch(op -> op.in().equals(new Op.Dimensions(16, 8, 8)));
  }

  @Test
  void aBlockWithAProjectionIsRefused() {
    Network network =
        new Network(
            new Shape(1, 4, 4), List.of(new Residual(List.of(new Convolution(3, 2, false)), true)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tasks.ops(network))
        .withMessageContaining("no task has a layer like Residual");
  }

  @ParameterizedTest
  @EnumSource
  void theEngineTakesPartInItsOwnTasks(BenchNetwork which) {
    // It would refuse a task with other parameters or another order.
    new EngineContestant(Tasks.of(which, DATA, 32), 1).close();
  }

  @Test
  void atMostSoManyImagesAreTaken() {
    Dataset many = SyntheticImages.draw(1, Tasks.IMAGES + 100, 1);
    Task task = Tasks.of(BenchNetwork.TABLE2, many, 256);
    assertThat(task.labels()).hasSize(Tasks.IMAGES);
    assertThat(task.batches()).isEqualTo(32);
  }
}
