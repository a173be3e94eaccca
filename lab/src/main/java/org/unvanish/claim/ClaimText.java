package org.unvanish.claim;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.experiment.DataDescription;
import org.unvanish.text.StyledText;

/** Judged claims as text for the terminal. */
public final class ClaimText {

  private static final int INDENT = 16;

  private ClaimText() {}

  /**
   * A heading that says on what data, then the verdict before each statement, the evidence below it
   * where that is asked for.
   *
   * @param data what the findings come from
   * @param width of a line in characters
   * @param evidence whether that is told, too
   * @return empty for no findings
   */
  public static StyledText of(
      DataDescription data, List<JudgedClaim> findings, int width, boolean evidence) {
    StyledText text = new StyledText();
    if (findings.isEmpty()) {
      return text;
    }
    JudgedClaim first = findings.get(0);
    boolean elsewhere =
        first.data().equals(DataCatalog.CIFAR10) && !data.name().equals(DataCatalog.CIFAR10);
    text.paragraph(
        first.words().title()
            + (elsewhere ? ", which are about CIFAR-10, on %s:".formatted(data.title()) : ":"),
        width);
    for (JudgedClaim finding : findings) {
      text.item(
              finding.label(),
              INDENT,
              finding.claim().experiment() + ": " + finding.claim().statement(),
              width)
          .item("", INDENT, evidence ? finding.evidence() : "", width);
    }
    return text;
  }

  /** How many came out how, in a sentence; empty for no findings. */
  public static String summary(List<JudgedClaim> findings) {
    if (findings.isEmpty()) {
      return "";
    }
    Map<String, Long> counts =
        findings.stream().collect(groupingBy(JudgedClaim::label, LinkedHashMap::new, counting()));
    return findings.get(0).words().title()
        + ": "
        + counts.entrySet().stream()
            .map(count -> count.getValue() + " " + count.getKey())
            .collect(joining(", "))
        + ".";
  }
}
