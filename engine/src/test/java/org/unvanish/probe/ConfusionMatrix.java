package org.unvanish.probe;

import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.diagnosis.Cause;
import org.unvanish.train.CaseGenerator;

/** How often each cause was found where each was injected. */
final class ConfusionMatrix {

  private final List<Cause> injected;
  private final int[][] counts = new int[Cause.values().length][Cause.values().length];

  ConfusionMatrix() {
    this(CaseGenerator.CAUSES);
  }

  /**
   * @param injected the causes that are
   */
  ConfusionMatrix(List<Cause> injected) {
    this.injected = injected;
  }

  void add(Cause truth, Cause found) {
    counts[truth.ordinal()][found.ordinal()]++;
  }

  int total() {
    int total = 0;
    for (int[] row : counts) {
      for (int count : row) {
        total += count;
      }
    }
    return total;
  }

  /** 2·hits/(2·hits + false alarms + misses). */
  double f1(Cause cause) {
    int c = cause.ordinal();
    int hits = counts[c][c];
    int others = 0;
    for (int i = 0; i < counts.length; i++) {
      others += i == c ? 0 : counts[c][i] + counts[i][c];
    }
    return 2.0 * hits / (2.0 * hits + others);
  }

  /** The mean over the causes that are injected. */
  double macroF1() {
    double sum = 0;
    for (Cause cause : injected) {
      sum += f1(cause);
    }
    return sum / injected.size();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(String.format("%-20s", "injected \\ found"));
    for (Cause cause : injected) {
      text.append(String.format(" %20s", cause));
    }
    text.append("            other");
    text.append(String.format(" %6s%n", "F1"));
    for (Cause truth : injected) {
      text.append(String.format("%-20s", truth));
      int other = IntStream.of(counts[truth.ordinal()]).sum();
      for (Cause cause : injected) {
        int count = counts[truth.ordinal()][cause.ordinal()];
        text.append(String.format(" %20d", count));
        other -= count;
      }
      text.append(String.format(" %16d", other));
      text.append(String.format(" %6.3f%n", f1(truth)));
    }
    return text + String.format("macro-F1 %.3f over %d networks", macroF1(), total());
  }
}
