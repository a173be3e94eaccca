package org.unvanish.theory;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Tries a statement on its grid and on random cases, in parallel.
 *
 * <p>Cases come in blocks, each with a random stream of its own, and the blocks' results are
 * combined in their order: the outcome depends on the seed and on nothing else.
 */
final class Search<C extends Statement.Case> {

  private static final int BLOCK = 4096;

  private final Statement<C> statement;
  private final long seed;

  Search(Statement<C> statement, long seed) {
    this.statement = statement;
    this.seed = seed;
  }

  /**
   * What came out.
   *
   * @param outside violations that the statement's condition excludes
   * @param simplest the violation with the fewest neurons or layers, the grid's first
   * @param earliest the violation with the smallest t
   */
  record Tally<C extends Statement.Case>(
      long cases, long violations, long outside, @Nullable C simplest, @Nullable C earliest) {

    static <C extends Statement.Case> Tally<C> none() {
      return new Tally<>(0, 0, 0, null, null);
    }

    Tally<C> plus(Tally<C> o) {
      return new Tally<>(
          cases + o.cases,
          violations + o.violations,
          outside + o.outside,
          better(simplest, o.simplest, (a, b) -> b.size() < a.size()),
          better(earliest, o.earliest, (a, b) -> b.t() < a.t()));
    }

    private static <C> @Nullable C better(
        @Nullable C first, @Nullable C second, BiPredicate<C, C> secondIsBetter) {
      if (first == null || second == null) {
        return first == null ? second : first;
      }
      return secondIsBetter.test(first, second) ? second : first;
    }
  }

  Tally<C> run(long asked, LongConsumer done) {
    Tally<C> onGrid = Tally.none();
    List<C> grid = statement.cases().grid();
    for (C c : grid) {
      onGrid = onGrid.plus(examine(c));
    }
    long cases = statement.randomCases(asked);
    long size = Math.max(1, BLOCK / statement.cases().cost());
    long blocks = (cases + size - 1) / size;
    Tally<C> random =
        LongStream.range(0, blocks)
            .parallel()
            .mapToObj(
                block -> {
                  Tally<C> tally = block(block, Math.min(size, cases - block * size));
                  done.accept(tally.cases());
                  return tally;
                })
            .reduce(Tally.none(), Tally::plus);
    Tally<C> all = onGrid.plus(random);
    // The grid's numbers are the ones to calculate with by hand.
    return onGrid.simplest() == null
        ? all
        : new Tally<>(
            all.cases(), all.violations(), all.outside(), onGrid.simplest(), all.earliest());
  }

  private Tally<C> block(long block, long cases) {
    SplittableRandom random = stream(block);
    Tally<C> tally = Tally.none();
    for (long n = 0; n < cases; n++) {
      tally = tally.plus(examine(statement.cases().draw(random)));
    }
    return tally;
  }

  private Tally<C> examine(C c) {
    if (!statement.sides().apply(c).isViolated()) {
      return new Tally<>(1, 0, 0, null, null);
    }
    Statement.Condition<C> condition = statement.condition();
    boolean excluded = condition != null && !condition.admits().test(c);
    return new Tally<>(1, 1, excluded ? 1 : 0, c, c);
  }

  /** By small changes from a violation, as far as they lead. */
  double smallestViolatingT(C violation) {
    return statement.cases().smallestT(statement, violation, stream(-1));
  }

  private SplittableRandom stream(long block) {
    long mixed = seed * 0x9E3779B97F4A7C15L + statement.text().hashCode();
    return new SplittableRandom(
        new SplittableRandom(mixed * 31 + statement.function().ordinal()).nextLong()
            + block * 0xD1342543DE82EF95L);
  }
}
