package org.unvanish.train;

import org.unvanish.diagnosis.Cause;

/** How often each cause was found where each was injected. */
final class ConfusionMatrix {

  private final int[][] counts = new int[Cause.values().length][Cause.values().length];

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

  /** The mean over the causes. */
  double macroF1() {
    double sum = 0;
    for (Cause cause : Cause.values()) {
      sum += f1(cause);
    }
    return sum / Cause.values().length;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(String.format("%-18s", "injected \\ found"));
    for (Cause cause : Cause.values()) {
      text.append(String.format(" %16s", cause));
    }
    text.append(String.format(" %6s%n", "F1"));
    for (Cause truth : Cause.values()) {
      text.append(String.format("%-18s", truth));
      for (int count : counts[truth.ordinal()]) {
        text.append(String.format(" %16d", count));
      }
      text.append(String.format(" %6.3f%n", f1(truth)));
    }
    return text + String.format("macro-F1 %.3f over %d networks", macroF1(), total());
  }
}
