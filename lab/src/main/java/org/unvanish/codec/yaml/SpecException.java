package org.unvanish.codec.yaml;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A spec cannot be read. The message is made for users: of each problem a line with file, line and
 * column, what is wrong there and, where something is misspelt or another program's word, what to
 * write.
 */
public final class SpecException extends RuntimeException {

  /** Problems that are told one by one; who has more has another problem. */
  private static final int MOST = 20;

  private final Place place;

  /** A line for each problem. */
  private final List<String> lines;

  SpecException(Place place, String problem) {
    super(place + ": " + problem);
    this.place = place;
    this.lines = List.of(place + ": " + problem);
  }

  private SpecException(List<String> lines, Place place) {
    super(String.join("\n", lines));
    this.place = place;
    this.lines = List.copyOf(lines);
  }

  /**
   * All problems as one, in the order of the text.
   *
   * @param problems at least one, each with one place
   */
  static SpecException of(List<SpecException> problems) {
    List<SpecException> sorted =
        problems.stream()
            .sorted(
                Comparator.comparingInt((SpecException e) -> e.place.line())
                    .thenComparingInt(e -> e.place.column()))
            .toList();
    // Arms share networks, and a network that does not fit the data is one problem.
    List<String> lines =
        sorted.stream().flatMap(e -> e.lines.stream()).distinct().collect(Collectors.toList());
    int more = lines.size() - MOST;
    if (more > 0) {
      lines.subList(MOST, lines.size()).clear();
      lines.add("… and " + more + " more");
    }
    return new SpecException(lines, sorted.get(0).place);
  }

  /** What is told: a line for each problem, and one that says how many are not told. */
  public List<String> lines() {
    return lines;
  }

  /** Where the problem is; of several, the first. */
  public Place place() {
    return place;
  }
}
