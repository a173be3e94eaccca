package org.unvanish.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.comparison.Examples;
import org.unvanish.train.EpochRecord;

class StoredEpochsTest {

  private static final Run RUN = new Run(Examples.arm("tanh", 1L), 1);

  private final List<EpochRecord> kept =
      new ArrayList<>(
          List.of(
              Examples.epoch(1, 0.1, 1),
              Examples.epoch(2, 0.2, 1),
              Examples.epoch(3, 0.3, 1),
              Examples.epoch(4, 0.4, 1)));

  private int reads;

  private StoredEpochs stored(int size) {
    return new StoredEpochs(
        size,
        () -> {
          reads++;
          return List.copyOf(kept);
        });
  }

  @Test
  void aResultReadsNothingUntilAnEpochIsAskedFor() {
    RunResult result = new RunResult(RUN, new RunOutcome.Finished(), stored(4));
    assertThat(result.epochs().size()).isEqualTo(4);
    assertThat(result.epochs().isEmpty()).isFalse();
    assertThat(result.epochs().subList(0, 2).size()).isEqualTo(2);
    assertThat(reads).isZero();
    assertThat(result.epochs().get(3)).isEqualTo(kept.get(3));
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void whoeverGoesThroughAllEpochsReadsOnce() {
    StoredEpochs epochs = stored(4);
    assertThat(epochs.stream().mapToInt(EpochRecord::epoch).sum()).isEqualTo(10);
    assertThat(reads).isEqualTo(1);
    for (EpochRecord epoch : epochs) {
      assertThat(epoch.gradients()).isNotEmpty();
    }
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void whatIsAddedLaterIsNotSeen() {
    StoredEpochs epochs = stored(4);
    List<EpochRecord> before = List.copyOf(epochs);
    kept.add(Examples.epoch(5, 0.5, 1));
    assertThat(epochs).isEqualTo(before);
    assertThatThrownBy(() -> epochs.get(4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(epochs.subList(2, 4)).isEqualTo(before.subList(2, 4));
    assertThat(epochs.subList(0, 3)).isEqualTo(before.subList(0, 3));
  }

  @Test
  void ofNoEpochsNothingIsEverRead() {
    assertThat(stored(0)).isEqualTo(List.of());
    assertThat(stored(0).stream()).isEmpty();
    assertThat(reads).isZero();
  }
}
