package org.unvanish.theory;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.theory.chain.ChainCase;

/**
 * Tries a statement on its grid and on random cases, in parallel.
 *
 * <p>Cases come in blocks, each with a random stream of its own, and the blocks' results are
 * combined in their order: the outcome depends on the seed and on nothing else.
 */
final class Search {

  private static final int BLOCK = 4096;

  private final Statement statement;
  private final long seed;

  Search(Statement statement, long seed) {
    this.statement = statement;
    this.seed = seed;
  }

  /**
   * What came out.
   *
   * @param outside violations that the statement's condition excludes
   * @param simplest the violation with the shortest chain, the grid's first
   * @param earliest the violation with the smallest t
   */
  record Tally(
      long cases,
      long violations,
      long outside,
      @Nullable ChainCase simplest,
      @Nullable ChainCase earliest) {

    static final Tally NONE = new Tally(0, 0, 0, null, null);

    Tally plus(Tally o) {
      return new Tally(
          cases + o.cases,
          violations + o.violations,
          outside + o.outside,
          better(simplest, o.simplest, (a, b) -> b.length() < a.length()),
          better(earliest, o.earliest, (a, b) -> b.t < a.t));
    }

    private static @Nullable ChainCase better(
        @Nullable ChainCase first,
        @Nullable ChainCase second,
        BiPredicate<ChainCase, ChainCase> secondIsBetter) {
      if (first == null || second == null) {
        return first == null ? second : first;
      }
      return secondIsBetter.test(first, second) ? second : first;
    }
  }

  Tally run(long cases, LongConsumer done) {
    Tally onGrid = Tally.NONE;
    List<ChainCase> grid = statement.cases().grid();
    for (ChainCase c : grid) {
      onGrid = onGrid.plus(examine(c));
    }
    long blocks = (cases + BLOCK - 1) / BLOCK;
    Tally random =
        LongStream.range(0, blocks)
            .parallel()
            .mapToObj(
                block -> {
                  Tally tally = block(block, Math.min(BLOCK, cases - block * BLOCK));
                  done.accept(tally.cases());
                  return tally;
                })
            .reduce(Tally.NONE, Tally::plus);
    Tally all = onGrid.plus(random);
    // The grid's numbers are the ones to calculate with by hand.
    return onGrid.simplest() == null
        ? all
        : new Tally(
            all.cases(), all.violations(), all.outside(), onGrid.simplest(), all.earliest());
  }

  private Tally block(long block, long cases) {
    SplittableRandom random = stream(block);
    Tally tally = Tally.NONE;
    for (long n = 0; n < cases; n++) {
      tally = tally.plus(examine(statement.cases().draw(random)));
    }
    return tally;
  }

  private Tally examine(ChainCase c) {
    if (!statement.sides().apply(c).isViolated()) {
      return new Tally(1, 0, 0, null, null);
    }
    Statement.Condition condition = statement.condition();
    boolean excluded = condition != null && !condition.admits().test(c);
    return new Tally(1, 1, excluded ? 1 : 0, c, c);
  }

  /** By small changes from a violation of a statement of theorem 1's kind, as far as they lead. */
  double smallestViolatingT(ChainCase start) {
    return new Descent(statement, start, stream(-1)).smallestT();
  }

  private SplittableRandom stream(long block) {
    long mixed = seed * 0x9E3779B97F4A7C15L + statement.text().hashCode();
    return new SplittableRandom(
        new SplittableRandom(mixed * 31 + statement.function().ordinal()).nextLong()
            + block * 0xD1342543DE82EF95L);
  }
}
