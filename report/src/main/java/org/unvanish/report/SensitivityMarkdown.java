package org.unvanish.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.comparison.ComparisonTable;
import org.unvanish.paper.Sensitivity;
import org.unvanish.paper.Sensitivity.Change;
import org.unvanish.paper.Sensitivity.Judged;
import org.unvanish.paper.SensitivityText;

/** The paper's claims under other readings, as a document. */
public final class SensitivityMarkdown {

  /** The name of the file. */
  public static final String FILE = "sensitivity.md";

  private SensitivityMarkdown() {}

  /** The conclusion, the readings, the table of verdicts and what is claimed. */
  public static String of(Sensitivity result) {
    SensitivityText words = new SensitivityText(result);
    // A comment first: the file's mark follows it.
    StringBuilder text = new StringBuilder("<!-- unvanish reproduce sensitivity -->\n");
    text.append("# Which assumptions decide what\n\n");
    words.conclusion().forEach(sentence -> text.append(sentence).append('\n'));
    text.append("\n## Readings\n\n");
    row(text, List.of("reading", "what it is", "what the paper leaves open", "what it changes"));
    rule(text, 4);
    for (Judged judged : result.readings()) {
      row(
          text,
          List.of(
              "`" + judged.reading().name() + "`",
              judged.reading().title(),
              judged.reading().open(),
              judged.equals(result.base()) ? "" : words.changes(judged)));
    }
    text.append("\n## Verdicts\n\n");
    row(
        text,
        Stream.concat(
                Stream.of("claim"),
                result.readings().stream().map(judged -> judged.reading().name()))
            .toList());
    rule(text, 1 + result.readings().size());
    List<JudgedClaim> claims = result.base().findings();
    for (int i = 0; i < claims.size(); i++) {
      int claim = i;
      row(
          text,
          Stream.concat(
                  Stream.of(claims.get(claim).claim().id()),
                  result.readings().stream().map(judged -> cell(judged, claim)))
              .toList());
    }
    text.append(
        "\nTrained %s. Below a verdict: the mean difference with its 95 %% bootstrap"
                .formatted(words.scope())
            + " interval, of gradients the ratio. **Bold**: another verdict than the base."
            + " =: the same runs as the base.\n\n## Claims\n\n");
    claims.forEach(
        one ->
            text.append("* ")
                .append(one.claim().id())
                .append(": ")
                .append(one.claim().statement())
                .append('\n'));
    return text.toString();
  }

  private static String cell(Judged judged, int claim) {
    Change change = judged.changes().get(claim);
    if (change == Change.SAME_RUNS) {
      return "=";
    }
    JudgedClaim finding = judged.findings().get(claim);
    String verdict = change.isOther() ? "**" + finding.label() + "**" : finding.label();
    return verdict
        + finding
            .comparison()
            .filter(c -> c.pairs() > 0)
            .map(c -> "<br>" + ComparisonTable.difference(c))
            .orElse("");
  }

  private static void row(StringBuilder text, List<String> cells) {
    text.append(
        cells.stream()
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  private static void rule(StringBuilder text, int columns) {
    text.append("| --- ".repeat(columns)).append("|\n");
  }
}
