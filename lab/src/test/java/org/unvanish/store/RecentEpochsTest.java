package org.unvanish.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unvanish.comparison.Examples;
import org.unvanish.experiment.StoredEpochs;
import org.unvanish.train.EpochRecord;

class RecentEpochsTest {

  private static final int EPOCHS = 5;

  /** One for the epoch, six gradients, an update and two sizes. */
  private static final int STATISTICS = EPOCHS * 10;

  private final List<Long> read = new ArrayList<>();

  private List<EpochRecord> read(long run, int epochs) {
    read.add(run);
    return IntStream.rangeClosed(1, epochs)
        .mapToObj(epoch -> Examples.epoch(epoch, 0.5, run + 1))
        .toList();
  }

  private StoredEpochs of(RecentEpochs recent, long run) {
    return recent.of(run, EPOCHS, () -> read(run, EPOCHS));
  }

  @Test
  void howeverManyRunsAreReadNoMoreAreKeptThanFit() {
    RecentEpochs recent = new RecentEpochs(3 * STATISTICS);
    for (long run = 0; run < 1000; run++) {
      assertThat(of(recent, run)).hasSize(EPOCHS).allMatch(e -> e.seconds() == 1.25);
      assertThat(recent.statistics()).isLessThanOrEqualTo(3 * STATISTICS);
    }
    assertThat(read).hasSize(1000);
    assertThat(recent.statistics()).isEqualTo(3 * STATISTICS);
  }

  @Test
  void theRunsThatWereReadLastAreNotReadAgain() {
    RecentEpochs recent = new RecentEpochs(3 * STATISTICS);
    for (long run : new long[] {1, 2, 3, 2, 1, 3, 4, 1, 3, 2}) {
      assertThat(of(recent, run).get(0).epoch()).isEqualTo(1);
    }
    assertThat(read).as("4 puts 2 out, which is read again").containsExactly(1L, 2L, 3L, 4L, 2L);
  }

  @Test
  void aRunThatAloneIsTooLargeIsKeptWhileItIsTheLast() {
    RecentEpochs recent = new RecentEpochs(1);
    StoredEpochs epochs = of(recent, 7);
    for (int i = 0; i < EPOCHS; i++) {
      assertThat(epochs.get(i).epoch()).isEqualTo(i + 1);
    }
    assertThat(read).containsExactly(7L);
    assertThat(of(recent, 8)).hasSize(EPOCHS).isNotEmpty().allMatch(e -> e.epoch() > 0);
    assertThat(recent.statistics()).isEqualTo(STATISTICS);
  }

  @Test
  void aRunThatHasGoneOnIsReadAgainForWhoeverNeedsMore() {
    RecentEpochs recent = new RecentEpochs(10 * STATISTICS);
    StoredEpochs before = of(recent, 1);
    assertThat(before.get(4).epoch()).isEqualTo(5);
    StoredEpochs after = recent.of(1, EPOCHS + 1, () -> read(1, EPOCHS + 1));
    assertThat(after.get(5).epoch()).isEqualTo(6);
    assertThat(List.copyOf(before)).isEqualTo(after.subList(0, EPOCHS));
    assertThat(read).containsExactly(1L, 1L);
    assertThat(recent.statistics()).isEqualTo(STATISTICS + STATISTICS / EPOCHS);
  }

  @Test
  void afterTheStoreIsClosedNothingIsReadAndNothingKept() {
    RecentEpochs recent = new RecentEpochs(10 * STATISTICS);
    StoredEpochs epochs = of(recent, 1);
    assertThat(epochs.get(0).epoch()).isEqualTo(1);
    recent.close();
    assertThat(recent.statistics()).isZero();
    assertThatThrownBy(() -> epochs.get(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
