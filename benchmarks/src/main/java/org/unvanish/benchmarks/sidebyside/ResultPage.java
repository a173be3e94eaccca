package org.unvanish.benchmarks.sidebyside;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unvanish.contest.Task;

/** The result as a page of Markdown. Nothing in it is typed by hand. */
final class ResultPage {

  private final Conditions conditions;
  private final List<Comparison> comparisons;

  ResultPage(Conditions conditions, List<Comparison> comparisons) {
    this.conditions = conditions;
    this.comparisons = comparisons;
  }

  /**
   * The page.
   *
   * @param chart the chart's file name beside the page
   */
  String markdown(String chart) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Side by side

        This page is written by `./unvanish-bench frameworks --docs`; do not edit it. What is measured and how:
        [performance.md](performance.md#side-by-side).

        """);
    List<Comparison> compared =
        comparisons.stream().filter(c -> c.advantage().isPresent()).toList();
    if (!compared.isEmpty()) {
      appendConclusion(page, compared);
    }
    page.append("![Samples a second of each contestant](").append(chart).append(")\n\n");
    for (Comparison comparison : comparisons) {
      append(page, comparison);
    }
    page.append("## Every setting that was tried\n\n");
    page.append("Samples a second, measured once each, in a window of half the length.\n\n");
    for (Comparison comparison : comparisons) {
      appendPilot(page, comparison);
    }
    appendConditions(page);
    return page.toString();
  }

  /** How many times as fast, and where somebody else is faster. */
  private static void appendConclusion(StringBuilder page, List<Comparison> compared) {
    List<Comparison> lost =
        compared.stream().filter(c -> c.advantage().orElseThrow().median() < 1).toList();
    page.append(
        "%s is faster than all others with %d of %d networks."
            .formatted(
                Names.title(compared.get(0).engines().get(0).contestant()),
                compared.size() - lost.size(),
                compared.size()));
    for (Comparison comparison : lost) {
      Standing other = comparison.fastestOther().orElseThrow();
      page.append(" With ").append(comparison.network()).append(", ");
      page.append(Names.title(other.contestant())).append(" is faster: ");
      page.append(times(other.timesAsFastAs(comparison.engines().get(0)))).append(".");
    }
    page.append("\n\n");
    List<String> engines =
        compared.stream()
            .flatMap(comparison -> comparison.engines().stream())
            .map(Standing::contestant)
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList();
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("network", "fastest of the others"));
    engines.forEach(engine -> head.add(Names.title(engine)));
    head.add("newest Java to oldest");
    rows.add(head);
    for (Comparison comparison : compared) {
      Standing other = comparison.fastestOther().orElseThrow();
      List<String> row =
          new ArrayList<>(List.of(comparison.network(), Names.title(other.contestant())));
      for (String engine : engines) {
        row.add(
            comparison
                .engine(engine)
                .map(own -> "**" + times(own.timesAsFastAs(other)).replace(" (", "** ("))
                .orElse("–"));
      }
      row.add(comparison.newestToOldest().map(ResultPage::times).orElse("–"));
      rows.add(row);
    }
    table(page, rows);
    page.append(
        """
        How many times as fast as the fastest of the others Unvanish is, and on its newest Java as on its oldest: the
        median of the rounds (lowest to highest). Below 1 it is slower.

        """);
  }

  private static void append(StringBuilder page, Comparison comparison) {
    page.append("## ").append(BenchNetwork.of(comparison.network()).description()).append("\n\n");
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "contestant",
            "best setting",
            "samples a second: median (lowest to highest)",
            "GFLOP/s",
            "share of the processors",
            "peak memory, MB",
            "start to first step, s"));
    for (Standing standing : comparison.standings()) {
      rows.add(
          List.of(
              Names.title(standing.contestant()),
              standing.setting().describe(),
              "%s (%s to %s)"
                  .formatted(
                      whole(standing.rate().median()),
                      whole(standing.rate().lowest()),
                      whole(standing.rate().highest())),
              whole(standing.rate().median() * comparison.flopsOfSample() / 1e9),
              number("%.0f %%", 100 * standing.ownShare().median()),
              whole(standing.peakMegabytes().median()),
              number("%.1f", standing.firstStepSeconds().median())));
    }
    table(page, rows);
    page.append(number("A step costs %.2f MFLOP a sample.", comparison.flopsOfSample() / 1e6));
    Optional<Standing> other = comparison.fastestOther();
    if (other.isPresent()) {
      comparison.engines().forEach(engine -> append(page, engine, other.get()));
    }
    page.append("\n\n");
    for (String failure : comparison.failures()) {
      page.append("Not counted: ").append(failure).append(".\n\n");
    }
  }

  /** How many times as fast the faster one of two is. */
  private static void append(StringBuilder page, Standing engine, Standing other) {
    page.append(" ").append(Names.title(engine.contestant()));
    Middle ratio = engine.timesAsFastAs(other);
    Middle byTime = engine.timesAsFastByProcessorTime(other);
    if (ratio.median() >= 1) {
      page.append(
          " is **%s times** as fast as the fastest of the others, "
              .formatted(ratio(ratio.median())));
      page.append(Names.title(other.contestant()));
    } else {
      ratio = other.timesAsFastAs(engine);
      byTime = other.timesAsFastByProcessorTime(engine);
      page.append(" is slower: the fastest of the others, ");
      page.append(Names.title(other.contestant()));
      page.append(", is **%s times** as fast".formatted(ratio(ratio.median())));
    }
    page.append(
        " (%s to %s, round by round), by processor time %s."
            .formatted(ratio(ratio.lowest()), ratio(ratio.highest()), times(byTime)));
  }

  private static String times(Middle ratio) {
    return "%s times (%s to %s)"
        .formatted(ratio(ratio.median()), ratio(ratio.lowest()), ratio(ratio.highest()));
  }

  /** Near 1, a digit more tells who is ahead. */
  private static String ratio(double ratio) {
    return number(ratio < 2 ? "%.2f" : "%.1f", ratio);
  }

  private static void appendPilot(StringBuilder page, Comparison comparison) {
    List<Setting> settings =
        comparison.pilot().stream().map(Measurement::setting).distinct().toList();
    List<String> contestants =
        comparison.pilot().stream().map(Measurement::contestant).distinct().toList();
    if (settings.isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(comparison.network()));
    contestants.forEach(contestant -> head.add(Names.title(contestant)));
    rows.add(head);
    for (Setting setting : settings) {
      List<String> row = new ArrayList<>(List.of(setting.describe()));
      for (String contestant : contestants) {
        row.add(
            comparison.pilot().stream()
                .filter(m -> m.isOf(Measurement.PILOT, comparison.network(), contestant, setting))
                .findFirst()
                .map(m -> m.reading() == null ? "failed" : whole(m.rate()))
                .orElse("–"));
      }
      rows.add(row);
    }
    table(page, rows);
  }

  private void appendConditions(StringBuilder page) {
    page.append("## Conditions\n\n");
    List<Standing> standings =
        comparisons.stream().flatMap(comparison -> comparison.standings().stream()).toList();
    page.append("* Processor: ").append(conditions.machine().describe()).append(".\n");
    page.append("* Java: Unvanish on ").append(String.join(" and on ", conditions.javas()));
    page.append("; the others on ").append(conditions.javas().get(0));
    page.append(", as native code does their work.\n");
    List<String> frameworks = standings.stream().map(Standing::framework).distinct().toList();
    page.append("* Versions: ").append(String.join("; ", frameworks)).append(".\n");
    page.append("* Flags of Unvanish: `");
    page.append(String.join(" ", Entrants.ENGINE_FLAGS)).append("`; of the others: `");
    page.append(Entrants.FRAMEWORK_FLAG).append("`, oneDNN on.\n");
    page.append(
        "* Data: %s, the first %d images at most; of recurrent networks as many sequences, drawn by code.%n"
            .formatted(conditions.data(), Tasks.IMAGES));
    page.append(
        number(
            "* Each measurement: %.1f s of warming up, then a window of %.1f s. Rounds: %s.%n",
            conditions.warmUpSeconds(),
            conditions.windowSeconds(),
            standings.stream().mapToInt(s -> s.rates().size()).max().orElse(0)));
    page.append(
        number(
            "* Losses of the first %d steps differ from Unvanish's by at most %.1g of their size"
                + " (allowed: %.0g).%n",
            Task.CHECKED_STEPS,
            standings.stream().mapToDouble(Standing::largestLossDifference).max().orElse(0),
            LossCheck.TOLERANCE));
    page.append(
        number(
            "* Other programs took at most %.1f %% of the processors' time in a round.%n",
            100 * standings.stream().mapToDouble(Standing::largestOtherShare).max().orElse(0)));
  }

  private static void table(StringBuilder page, List<List<String>> rows) {
    for (int i = 0; i < rows.size(); i++) {
      page.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
      if (i == 0) {
        page.append("|").append(" --- |".repeat(rows.get(0).size())).append("\n");
      }
    }
    page.append("\n");
  }

  private static String whole(double value) {
    return number("%,.0f", value);
  }

  private static String number(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
