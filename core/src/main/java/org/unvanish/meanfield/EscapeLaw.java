package org.unvanish.meanfield;

/** How a squared-length penalty r·θ makes parameters smaller (section 6). */
public record EscapeLaw(double learningRate, double strength, double deviation, double beta2) {
  public static EscapeLaw adam(
      double learningRate, double strength, double deviation, double beta2) {
    throw new UnsupportedOperationException();
  }

  public static EscapeLaw sgd(double learningRate, double strength) {
    throw new UnsupportedOperationException();
  }

  /** |θ| after so many steps. */
  public double after(double start, double steps) {
    throw new UnsupportedOperationException();
  }

  /** Steps from one magnitude to a smaller one; infinite if never. */
  public double steps(double start, double end) {
    throw new UnsupportedOperationException();
  }
}
