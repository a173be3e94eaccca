package org.unvanish.diagnosis;

/**
 * How the backpropagated gradient changes on its way to the first layer.
 *
 * @since 0.1
 */
public enum Signal {
  /** It becomes much smaller. */
  VANISHING("vanishing"),
  /** It keeps its size, within the {@link Thresholds thresholds}. */
  STABLE("stable"),
  /** It becomes much larger. */
  EXPLODING("exploding");

  private final String label;

  Signal(String label) {
    this.label = label;
  }

  /** A part that makes three quarters of all losses, or of all gains, makes nearly all. */
  private static final double NEARLY_ALL = 0.75;

  /**
   * The part that makes nearly all of what becomes of the gradient, by its place; −1 if there is
   * none.
   *
   * @param parts what each part does to the gradient; −∞ where it leaves nothing. What is not a
   *     number is left out
   */
  public int mainPart(double[] parts) {
    if (this == STABLE || parts.length < 2) {
      return -1;
    }
    int most = 0;
    double sum = 0;
    for (int i = 0; i < parts.length; i++) {
      sum += part(parts[i]);
      most = part(parts[i]) > part(parts[most]) ? i : most;
    }
    double largest = part(parts[most]);
    return largest > 0 && (largest == Double.POSITIVE_INFINITY || largest >= NEARLY_ALL * sum)
        ? most
        : -1;
  }

  private double part(double parts) {
    return Double.isNaN(parts) ? 0 : Math.max(0, this == VANISHING ? -parts : parts);
  }

  /** As it is written in JSON and reports. */
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label;
  }
}
