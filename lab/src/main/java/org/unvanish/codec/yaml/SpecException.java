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

  SpecException(Place place, String problem) {
    super(place + ": " + problem);
    this.place = place;
  }

  private SpecException(List<SpecException> sorted) {
    super(
        sorted.stream()
            .limit(MOST)
            .map(SpecException::getMessage)
            .collect(
                Collectors.joining(
                    "\n",
                    "",
                    sorted.size() > MOST ? "\n… and " + (sorted.size() - MOST) + " more" : "")));
    this.place = sorted.get(0).place;
  }

  /**
   * All problems as one, in the order of the text.
   *
   * @param problems at least one, each with one place
   */
  static SpecException of(List<SpecException> problems) {
    return problems.size() == 1
        ? problems.get(0)
        : new SpecException(
            problems.stream()
                .sorted(
                    Comparator.comparingInt((SpecException e) -> e.place.line())
                        .thenComparingInt(e -> e.place.column()))
                .toList());
  }

  /** Where the problem is; of several, the first. */
  public Place place() {
    return place;
  }
}
