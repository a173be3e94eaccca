package org.unvanish.diagnosis.measurement;

import java.util.function.DoubleSupplier;

/** A gradient whose values are an array. */
@SuppressWarnings("ArrayRecordComponent")
record ArrayGradient(float[] values) implements LayerGradient {

  @Override
  public long count() {
    return values.length;
  }

  @Override
  public double sumOfSquares() {
    return ScaledSum.ofSquares(values, 0, values.length);
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
