package org.unvanish.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of an experiment's runs, for one machine of several: of all runs, arm by arm and each
 * arm's seeds in their order, every {@code count}th, from the {@code number}th on. So no shard has
 * two runs more than another, and each run is in one shard.
 *
 * @param number which it is, from 1
 * @param count how many there are
 */
public record Shard(int number, int count) {

  /** The most that there can be. */
  public static final int MOST = 100_000;

  private static final Pattern TEXT = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

  /**
   * @throws IllegalArgumentException if there is no such shard; the message says what is wanted
   */
  public Shard {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException(
          "there must be 1 to %d shards, but are %d".formatted(MOST, count));
    }
    if (number < 1) {
      throw new IllegalArgumentException(
          "shards are counted from 1. Where a job array counts from 0, add 1: $((INDEX + 1))/"
              + count);
    }
    if (number > count) {
      throw new IllegalArgumentException(
          "there is no shard %d of %d: the last is %d/%d".formatted(number, count, count, count));
    }
  }

  /**
   * Reads {@code 2/4}.
   *
   * @throws IllegalArgumentException if there is no such shard; the message says what is wanted
   */
  public static Shard parse(String text) {
    Matcher parts = TEXT.matcher(text.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException("wanted is which shard of how many, such as 2/4");
    }
    return new Shard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
  }

  /** What names of folders end with: {@code -2-of-4}. */
  public String suffix() {
    return "-%d-of-%d".formatted(number, count);
  }

  /** How many of so many runs are in it. */
  public int size(int runs) {
    return (runs - number + count) / count;
  }

  /**
   * The experiment with the runs of this shard alone. Its title says so; arms without a run are
   * left out. The bits of a run are those that it has in the whole.
   *
   * @throws IllegalArgumentException if no run is in this shard, as there are fewer runs than
   *     shards
   */
  public Experiment of(Experiment whole) {
    List<Arm> arms = new ArrayList<>();
    int index = 0;
    for (Arm arm : whole.arms()) {
      List<Long> seeds = new ArrayList<>();
      for (Long seed : arm.seeds()) {
        if (index % count == number - 1) {
          seeds.add(seed);
        }
        index++;
      }
      if (!seeds.isEmpty()) {
        arms.add(new Arm(arm.name(), arm.recipe(), seeds));
      }
    }
    if (arms.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has %d runs, so that %s has none: make %d shards or fewer"
              .formatted(whole.name(), index, this, index));
    }
    return new Experiment(
        whole.name(),
        "%s (%s: %d of %d runs)".formatted(whole.title(), this, size(index), index),
        whole.data(),
        arms,
        whole.sweep());
  }

  /** {@code shard 2 of 4}. */
  @Override
  public String toString() {
    return "shard %d of %d".formatted(number, count);
  }
}
