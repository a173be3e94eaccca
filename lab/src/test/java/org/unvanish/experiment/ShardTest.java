package org.unvanish.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unvanish.comparison.Examples;

class ShardTest {

  private static final Experiment WHOLE = whole(List.of(1L, 2L, 3L), List.of(5L, 4L), List.of(7L));

  @SafeVarargs
  private static Experiment whole(List<Long>... seeds) {
    List<Arm> arms = new ArrayList<>();
    for (List<Long> own : seeds) {
      arms.add(Examples.arm("arm " + arms.size(), own.toArray(Long[]::new)));
    }
    return new Experiment("example", "An example", Examples.data(), arms);
  }

  @Test
  void everyRunIsInOneShardAndNoShardHasTwoMore() {
    for (int count = 1; count <= 6; count++) {
      int shards = count;
      List<Experiment> parts =
          IntStream.rangeClosed(1, count)
              .mapToObj(number -> new Shard(number, shards).of(WHOLE))
              .toList();
      assertThat(parts.stream().flatMap(part -> names(part).stream()))
          .containsExactlyInAnyOrderElementsOf(names(WHOLE));
      List<Integer> sizes = parts.stream().map(part -> part.runs().size()).sorted().toList();
      assertThat(sizes.get(count - 1) - sizes.get(0)).isLessThanOrEqualTo(1);
      for (int number = 1; number <= count; number++) {
        assertThat(new Shard(number, count).size(6)).isEqualTo(parts.get(number - 1).runs().size());
      }
    }
  }

  @Test
  void runsAreDealtOutArmByArmAndTheTitleSaysThatItIsAPart() {
    Experiment part = new Shard(2, 4).of(WHOLE);
    assertThat(names(part)).containsExactly("arm 0 with seed 2", "arm 2 with seed 7");
    assertThat(part.name()).isEqualTo(WHOLE.name());
    assertThat(part.title()).isEqualTo(WHOLE.title() + " (shard 2 of 4: 2 of 6 runs)");
  }

  @Test
  void aShardWithoutARunIsRefused() {
    assertThatThrownBy(() -> new Shard(7, 8).of(WHOLE))
        .hasMessageContaining("has 6 runs, so that shard 7 of 8 has none: make 6 shards or fewer");
  }

  private static List<String> names(Experiment experiment) {
    return experiment.runs().stream().map(Run::toString).toList();
  }

  @Test
  void aShardIsReadAsPeopleWriteIt() {
    assertThat(Shard.parse(" 2/4 ")).isEqualTo(new Shard(2, 4));
    assertThat(new Shard(2, 4)).hasToString("shard 2 of 4");
    assertThat(new Shard(2, 4).suffix()).isEqualTo("-2-of-4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0/4 | counted from 1. Where a job array counts from 0, add 1: $((INDEX + 1))/4",
        "5/4 | there is no shard 5 of 4: the last is 4/4",
        "1/0 | there must be 1 to 100000 shards, but are 0",
        "2 | which shard of how many, such as 2/4",
        "-1/4 | which shard of how many, such as 2/4",
        "99999999999/4 | which shard of how many, such as 2/4",
      })
  void whatIsNoShardIsRefusedWithWhatIsWanted(String text, String message) {
    assertThatThrownBy(() -> Shard.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
