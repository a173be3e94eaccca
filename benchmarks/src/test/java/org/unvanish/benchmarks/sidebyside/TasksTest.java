package org.unvanish.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unvanish.contest.Op;
import org.unvanish.contest.Task;
import org.unvanish.data.Dataset;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.network.Network;

class TasksTest {

  private static final Dataset DATA = SyntheticImages.draw(1, 400, 10);

  @ParameterizedTest
  @EnumSource
  void aTaskHasItsNetworksParametersInTheirPlaces(BenchNetwork which) {
    Task task = Tasks.of(which, DATA, 32);
    Network network = which.network(DATA);
    List<Integer> offsets =
        task.ops().stream().filter(op -> op.parameters() > 0).map(Op::offset).toList();
    List<Integer> sizes = task.ops().stream().map(Op::parameters).filter(size -> size > 0).toList();
    assertThat(offsets)
        .isEqualTo(network.parameters().stream().map(tensor -> tensor.offset()).toList());
    assertThat(sizes)
        .isEqualTo(network.parameters().stream().map(tensor -> tensor.size()).toList());
  }

  @Test
  void table1sSeparableConvolutionsAreTwoOperationsEach() {
    Task task = Tasks.of(BenchNetwork.TABLE1, DATA, 32);
    assertThat(task.ops().stream().filter(op -> op.kind() == Op.Kind.DEPTHWISE)).hasSize(6);
    assertThat(task.ops().stream().filter(op -> op.kind() == Op.Kind.CONVOLUTION))
        .hasSize(6)
        .allMatch(op -> op.size() == 1);
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
