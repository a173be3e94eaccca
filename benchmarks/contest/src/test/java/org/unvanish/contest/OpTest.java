package org.unvanish.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.contest.Op.Dimensions;
import org.unvanish.contest.Op.Kind;
import org.unvanish.contest.Op.Tensor;

class OpTest {

  private static final Dimensions SEQUENCE = new Dimensions(2, 100, 1);
  private static final Dimensions STATE = new Dimensions(64, 1, 1);

  @Test
  void aRecurrentLayersThreeTensorsFollowEachOther() {
    Op op = new Op(Kind.RECURRENT, 1, SEQUENCE, STATE, 7);
    assertThat(op.tensors())
        .containsExactly(
            new Tensor(7, List.of(64, 2)),
            new Tensor(7 + 128, List.of(64, 64)),
            new Tensor(7 + 128 + 4096, List.of(64)));
    assertThat(op.parameters()).isEqualTo(128 + 4096 + 64);
  }

  @Test
  void thoseOfAnLstmHaveFourSumsForEachUnit() {
    Op op = new Op(Kind.LSTM, 1, SEQUENCE, STATE, 0);
    assertThat(op.tensors())
        .containsExactly(
            new Tensor(0, List.of(256, 2)),
            new Tensor(512, List.of(256, 64)),
            new Tensor(512 + 16_384, List.of(256)));
  }

  @Test
  void whatHasNoParametersHasNoTensors() {
    Op op = new Op(Kind.TANH, 1, STATE, STATE, 0);
    assertThat(op.tensors()).isEmpty();
    assertThat(op.parameters()).isZero();
  }
}
