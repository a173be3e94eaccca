package org.unvanish.paper;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.claim.Checks;
import org.unvanish.claim.ClaimVerdict;
import org.unvanish.comparison.Table;
import org.unvanish.paper.Sensitivity.Change;
import org.unvanish.paper.Sensitivity.Judged;
import org.unvanish.text.Style;
import org.unvanish.text.StyledText;

/** Which assumptions decide what, in words. */
public final class SensitivityText {

  /** As many as a sentence can name. */
  private static final int NAMED = 3;

  private static final int INDENT = 4;

  private final Sensitivity result;

  /** The words of one result. */
  public SensitivityText(Sensitivity result) {
    this.result = result;
  }

  /** The conclusion, then the verdicts as signs, then what each reading changes. */
  public StyledText text(int width) {
    StyledText text = new StyledText();
    text.paragraph(
            "The paper's claims under %d readings, %s".formatted(result.readings().size(), scope()),
            width)
        .blank();
    List<String> conclusion = conclusion();
    text.paragraph(conclusion.get(0), width, Style.STRONG);
    conclusion.stream().skip(1).forEach(sentence -> text.paragraph(sentence, width));
    text.blank().add(signs().text(width)).blank();
    for (int i = 1; i < result.readings().size(); i++) {
      Judged judged = result.readings().get(i);
      text.item(
          Integer.toString(i),
          INDENT,
          "%s (%s): %s."
              .formatted(judged.reading().name(), judged.reading().title(), changes(judged)),
          width);
    }
    return text;
  }

  /** What was trained on and how much: {@code on CIFAR-10, 6 seeds, 50 epochs}. */
  public String scope() {
    return "on %s, %d %s, %d %s"
        .formatted(
            result.data().title(),
            result.seeds(),
            result.seeds() == 1 ? "seed" : "seeds",
            result.epochs(),
            result.epochs() == 1 ? "epoch" : "epochs");
  }

  /** A few sentences; the first says what decides. */
  public List<String> conclusion() {
    int claims = result.base().findings().size();
    if (isTooFew()) {
      return List.of(
          "No claim is decided: a verdict needs %d seeds, and there %s %d. Give --seeds %1$d."
              .formatted(Checks.FEWEST_SEEDS, result.seeds() == 1 ? "is" : "are", result.seeds()));
    }
    if (result.others().isEmpty()) {
      return List.of("Only the base has been trained so far: there is nothing to compare yet.");
    }
    List<String> sentences = new ArrayList<>();
    sentences.add(decisive(claims));
    sentences.add(
        "%d of %d claims have the same verdict under all %d readings."
            .formatted(result.robust(), claims, result.readings().size()));
    int open =
        result.others().stream()
            .mapToInt(o -> o.claims(Change.UNDECIDED).size() + o.claims(Change.DECIDED).size())
            .sum();
    if (open > 0) {
      sentences.add(
          "%d %s undecided in the base or under a reading, not in both: more seeds may decide."
              .formatted(open, open == 1 ? "verdict is" : "verdicts are"));
    }
    return sentences;
  }

  private String decisive(int claims) {
    List<Judged> reversing =
        result.others().stream()
            .filter(other -> !other.claims(Change.REVERSED).isEmpty())
            .sorted(
                Comparator.comparingInt((Judged j) -> j.claims(Change.REVERSED).size()).reversed())
            .toList();
    if (reversing.isEmpty()) {
      return "No assumption decides a claim: no other reading reverses a verdict.";
    }
    List<String> named = new ArrayList<>();
    reversing.stream()
        .limit(NAMED)
        .forEach(
            judged ->
                named.add(
                    "%s (%d of %d)"
                        .formatted(
                            judged.reading().title(),
                            judged.claims(Change.REVERSED).size(),
                            claims)));
    int more = reversing.size() - NAMED;
    if (more > 0) {
      named.add("%d more %s".formatted(more, more == 1 ? "reading" : "readings"));
    }
    String last = named.remove(named.size() - 1);
    return "These assumptions reverse verdicts: %s%s."
        .formatted(named.isEmpty() ? "" : String.join(", ", named) + " and ", last);
  }

  /** What a reading changes, without a full stop: {@code reverses figure1.accuracy}. */
  public String changes(Judged judged) {
    if (isTooFew()) {
      return "no verdict with so few seeds";
    }
    List<String> parts = new ArrayList<>();
    add(parts, "reverses", judged.claims(Change.REVERSED));
    add(parts, "leaves undecided", judged.claims(Change.UNDECIDED));
    add(parts, "decides", judged.claims(Change.DECIDED));
    return parts.isEmpty() ? "all verdicts as in the base" : String.join("; ", parts);
  }

  private boolean isTooFew() {
    return result.seeds() < Checks.FEWEST_SEEDS;
  }

  private static void add(List<String> parts, String verb, List<String> claims) {
    if (!claims.isEmpty()) {
      parts.add(verb + " " + String.join(", ", claims));
    }
  }

  /** A row for each claim, a column for each reading by its number, the base first. */
  private Table signs() {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("claim", "base"));
    IntStream.range(1, result.readings().size()).mapToObj(Integer::toString).forEach(header::add);
    rows.add(header);
    for (int i = 0; i < result.base().findings().size(); i++) {
      int claim = i;
      List<String> row = new ArrayList<>(List.of(result.base().findings().get(claim).claim().id()));
      result.readings().forEach(judged -> row.add(sign(judged, claim)));
      rows.add(row);
    }
    return new Table(
        rows,
        "+ reproduced, − not reproduced, ? undecided, = the same runs as the base;"
            + " * another verdict than the base.");
  }

  private static String sign(Judged judged, int claim) {
    Change change = judged.changes().get(claim);
    if (change == Change.SAME_RUNS) {
      return "=";
    }
    return sign(judged.findings().get(claim).verdict()) + (change.isOther() ? "*" : "");
  }

  private static String sign(ClaimVerdict verdict) {
    return switch (verdict) {
      case HOLDS -> "+";
      case FAILS -> "−";
      case UNDECIDED -> "?";
    };
  }
}
