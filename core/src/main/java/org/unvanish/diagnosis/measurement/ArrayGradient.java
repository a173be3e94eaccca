package org.unvanish.diagnosis.measurement;

import java.util.function.DoubleSupplier;

/** A gradient whose values are an array. */
@SuppressWarnings("ArrayRecordComponent")
record ArrayGradient(float[] values, int samples) implements LayerGradient {

  ArrayGradient {
    if (samples < 1 || values.length % samples != 0) {
      throw new IllegalArgumentException(
          values.length + " values are not as many for each of " + samples + " samples");
    }
  }

  @Override
  public long count() {
    return values.length;
  }

  @Override
  public double sumOfSquares() {
    return ScaledSum.ofSquares(values, 0, values.length);
  }

  @Override
  public void sumsOfSquares(double[] sums) {
    int size = values.length / samples;
    for (int i = 0; i < samples; i++) {
      sums[i] = ScaledSum.ofSquares(values, i * size, (i + 1) * size);
    }
  }

  @Override
  public void multiply(float a, float b) {
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] * a * b;
    }
  }

  @Override
  public void replace(DoubleSupplier replacements) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) replacements.getAsDouble();
    }
  }
}
