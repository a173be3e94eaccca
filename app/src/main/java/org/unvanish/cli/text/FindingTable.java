package org.unvanish.cli.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.unvanish.theory.AuditFinding;
import org.unvanish.theory.AuditVerdict;
import org.unvanish.theory.Topic;
import org.unvanish.theory.chain.Bracket;

/** Findings for a reader at a terminal. */
public final class FindingTable {

  private static final int WIDTH = 100;
  private static final String INDENT = "      ";

  private FindingTable() {}

  /** A topic as the command line and tables name it. */
  public static String name(Topic topic) {
    return topic.name().toLowerCase(Locale.ROOT);
  }

  /** A verdict and a statement for each finding, then what supports it, then the sums. */
  public static String of(List<AuditFinding> findings) {
    StringBuilder text = new StringBuilder();
    String heading = "";
    for (AuditFinding finding : findings) {
      String own = name(finding.topic()) + ", " + finding.function().label();
      if (!own.equals(heading)) {
        heading = own;
        text.append(text.isEmpty() ? "" : "\n").append(heading).append('\n');
      }
      append(text, finding);
    }
    text.append('\n').append(summary(findings)).append('\n');
    return text.toString();
  }

  private static void append(StringBuilder text, AuditFinding f) {
    text.append("  %-30s  %s (%s)%n".formatted(f.verdict().label(), f.statement(), f.source()));
    if (f.condition() != null) {
      wrap(text, "if " + f.condition() + bounds(f.largestT()));
    }
    AuditFinding.Counterexample example = f.counterexample();
    if (example != null) {
      String values =
          example.values().stream()
              .map(AuditFinding.Value::toString)
              .collect(Collectors.joining("; "));
      wrap(
          text, "else: " + values + ": " + side(example.left()) + ", but " + side(example.right()));
      wrap(text, "%d of %d cases violate it".formatted(f.violations(), f.cases()) + earliest(f));
    } else {
      wrap(text, "no violation in %d cases".formatted(f.cases()));
    }
    wrap(text, f.reason());
  }

  /** A value with its name, or alone where its name is the number itself. */
  private static String side(AuditFinding.Value value) {
    return value.name().matches("½|[0-9/]+") ? value.name() : value.toString();
  }

  private static String bounds(@Nullable Bracket b) {
    return b == null ? "" : "; the bound of t lies in [" + b.low() + ", " + b.high() + "]";
  }

  private static String earliest(AuditFinding f) {
    return f.smallestViolatingT() == null
        ? ""
        : "; smallest t with a violation: " + f.smallestViolatingT();
  }

  private static String summary(List<AuditFinding> findings) {
    String verdicts =
        Arrays.stream(AuditVerdict.values())
            .map(v -> findings.stream().filter(f -> f.verdict() == v).count() + " " + v.label())
            .collect(Collectors.joining(", "));
    long cases = findings.stream().mapToLong(AuditFinding::cases).sum();
    return "%d statements, %d cases: %s.".formatted(findings.size(), cases, verdicts);
  }

  private static void wrap(StringBuilder text, String paragraph) {
    StringBuilder line = new StringBuilder(INDENT);
    for (String word : paragraph.split(" ", -1)) {
      if (line.length() > INDENT.length() && line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line.setLength(0);
        line.append(INDENT);
      }
      line.append(line.length() == INDENT.length() ? "" : " ").append(word);
    }
    text.append(line).append('\n');
  }
}
