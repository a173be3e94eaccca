package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Batch normalization y = γ·(x − mean)/√(variance + ε) + β, channel by channel, and its gradients.
 *
 * <p>Mean and variance of a batch come of one reading of it. Of each sample's channel a mean and a
 * sum of squared differences are taken in single precision, which lose nothing to a large mean;
 * these are merged in double precision, sample by sample (Chan, Golub &amp; LeVeque 1983), those in
 * use only.
 *
 * <p>With n values in a channel and x̂ = (x − mean)/√(variance + ε), the gradient with respect to x
 * is γ/√(variance + ε)·(g − Σg/n − x̂·Σ(g·x̂)/n), where g is the one with respect to y.
 */
public final class BatchNormalizationKernel {

  private static final int COUNT = Lanes.COUNT;

  private final double epsilon;
  private final int channels;
  private final int area;
  private final float[] gamma;
  private final float[] beta;

  /** Of earlier batches. */
  private final float[] runningMean;

  private final float[] runningVariance;

  /** Of the values that were looked at, channel by channel. */
  private final double[] mean;

  /** The sums of their squared differences from the mean. */
  private final double[] squares;

  private int count;

  /** What is taken off x, and what the difference is divided by; its inverse. */
  private final float[] center;

  private final float[] inverse;

  private final float[] betaSums;
  private final float[] gammaSums;

  private final float[] laneMean = new float[COUNT];
  private final float[] laneSquares = new float[COUNT];

  /** Of each sample of a block: what its mean weighs in the new mean, and in the new squares. */
  private final double[] share = new double[COUNT];

  private final double[] spread = new double[COUNT];
  private final float[] inUse = new float[COUNT];

  /**
   * @param channels of the tensors
   * @param area rows times columns
   * @param epsilon above 0
   */
  public BatchNormalizationKernel(int channels, int area, double epsilon) {
    this.channels = channels;
    this.area = area;
    this.epsilon = epsilon;
    this.gamma = new float[channels];
    this.beta = new float[channels];
    this.runningMean = new float[channels];
    this.runningVariance = new float[channels];
    this.mean = new double[channels];
    this.squares = new double[channels];
    this.center = new float[channels];
    this.inverse = new float[channels];
    this.betaSums = new float[channels * COUNT];
    this.gammaSums = new float[channels * COUNT];
  }

  /** Takes over γ and β, and forgets the batch. */
  public void begin(float[] parameters, int gammaOffset, int betaOffset) {
    System.arraycopy(parameters, gammaOffset, gamma, 0, channels);
    System.arraycopy(parameters, betaOffset, beta, 0, channels);
    Arrays.fill(mean, 0);
    Arrays.fill(squares, 0);
    Arrays.fill(betaSums, 0);
    Arrays.fill(gammaSums, 0);
    count = 0;
  }

  /**
   * Looks at a block of the batch.
   *
   * @param samples lanes in use: the first ones
   */
  public void observe(LaneTensor x, int samples) {
    for (int lane = 0; lane < samples; lane++) {
      double before = count + (double) lane * area;
      share[lane] = area / (before + area);
      spread[lane] = before * share[lane];
    }
    for (int channel = 0; channel < channels; channel++) {
      LaneSums.measure(x, channel, 1, laneMean, laneSquares, 0);
      double m = mean[channel];
      double s = squares[channel];
      for (int lane = 0; lane < samples; lane++) {
        double difference = laneMean[lane] - m;
        m += difference * share[lane];
        s += laneSquares[lane] + difference * difference * spread[lane];
      }
      mean[channel] = m;
      squares[channel] = s;
    }
    count += samples * area;
  }

  /** All blocks were looked at: their mean and variance are what counts. */
  public void useBatch() {
    for (int channel = 0; channel < channels; channel++) {
      use(channel, mean[channel], squares[channel] / count);
    }
  }

  /** Takes over the mean and variance of earlier batches: they are what counts. */
  public void useRunning(float[] parameters, int meanOffset, int varianceOffset) {
    System.arraycopy(parameters, meanOffset, runningMean, 0, channels);
    System.arraycopy(parameters, varianceOffset, runningVariance, 0, channels);
    for (int channel = 0; channel < channels; channel++) {
      use(channel, runningMean[channel], runningVariance[channel]);
    }
  }

  private void use(int channel, double ofMean, double variance) {
    center[channel] = (float) ofMean;
    inverse[channel] = (float) (1 / Math.sqrt(variance + epsilon));
  }

  /**
   * Writes the mean and variance that were taken over, moved towards those of the batch, the
   * variance without bias.
   *
   * @param momentum how far
   */
  public void writeRunning(
      float[] parameters, int meanOffset, int varianceOffset, double momentum) {
    double rest = 1 - momentum;
    for (int channel = 0; channel < channels; channel++) {
      double unbiased = squares[channel] / (count - 1);
      parameters[meanOffset + channel] =
          (float) (rest * runningMean[channel] + momentum * mean[channel]);
      parameters[varianceOffset + channel] =
          (float) (rest * runningVariance[channel] + momentum * unbiased);
    }
  }

  /** Normalizes a block. */
  public void forward(LaneTensor x, LaneTensor y) {
    for (int channel = 0; channel < channels; channel++) {
      float factor = gamma[channel] * inverse[channel];
      for (int row = 0; row < x.shape.rows(); row++) {
        int from = x.index(channel, row, 0);
        int to = y.index(channel, row, 0);
        normalize(
            x.values, from, y.values, to, x.rowLength(), center[channel], factor, beta[channel]);
      }
    }
  }

  private static void normalize(
      float[] x, int from, float[] y, int to, int length, float center, float factor, float beta) {
    FloatVector shift = FloatVector.broadcast(SPECIES, beta);
    FloatVector times = FloatVector.broadcast(SPECIES, factor);
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector.fromArray(SPECIES, x, from + i)
          .sub(center)
          .fma(times, shift)
          .intoArray(y, to + i);
    }
  }

  /** Adds a block's gradients of γ and β to sums that stay apart by lane. */
  public void addGradients(LaneTensor x, LaneTensor yGradient) {
    for (int channel = 0; channel < channels; channel++) {
      for (int row = 0; row < x.shape.rows(); row++) {
        int from = x.index(channel, row, 0);
        int g = yGradient.index(channel, row, 0);
        for (int lane = 0; lane < COUNT; lane += LENGTH) {
          addRow(
              x.values,
              from + lane,
              yGradient.values,
              g + lane,
              x.rowLength(),
              center[channel],
              betaSums,
              gammaSums,
              channel * COUNT + lane);
        }
      }
    }
  }

  private static void addRow(
      float[] x,
      int from,
      float[] gradient,
      int g,
      int length,
      float center,
      float[] betaSums,
      float[] gammaSums,
      int at) {
    FloatVector ofBeta = FloatVector.fromArray(SPECIES, betaSums, at);
    FloatVector ofGamma = FloatVector.fromArray(SPECIES, gammaSums, at);
    for (int i = 0; i < length; i += COUNT) {
      FloatVector gv = FloatVector.fromArray(SPECIES, gradient, g + i);
      ofBeta = ofBeta.add(gv);
      ofGamma = FloatVector.fromArray(SPECIES, x, from + i).sub(center).fma(gv, ofGamma);
    }
    ofBeta.intoArray(betaSums, at);
    ofGamma.intoArray(gammaSums, at);
  }

  private float gammaGradient(int channel) {
    return Lanes.sum(gammaSums, channel * COUNT) * inverse[channel];
  }

  private float betaGradient(int channel) {
    return Lanes.sum(betaSums, channel * COUNT);
  }

  /**
   * Turns the gradient with respect to a block's y into that with respect to x, when the gradients
   * of γ and β of all blocks are there.
   *
   * @param samples lanes in use: the first ones; the others get 0
   */
  public void inputGradient(LaneTensor x, LaneTensor yGradient, LaneTensor xGradient, int samples) {
    Arrays.fill(inUse, 0, samples, 1);
    Arrays.fill(inUse, samples, COUNT, 0);
    for (int channel = 0; channel < channels; channel++) {
      float factor = gamma[channel] * inverse[channel];
      float ofMean = betaGradient(channel) / count;
      float ofVariance = gammaGradient(channel) * inverse[channel] / count;
      for (int row = 0; row < x.shape.rows(); row++) {
        int from = x.index(channel, row, 0);
        int g = yGradient.index(channel, row, 0);
        int to = xGradient.index(channel, row, 0);
        rowGradient(
            x.values,
            from,
            yGradient.values,
            g,
            xGradient.values,
            to,
            x.rowLength(),
            center[channel],
            ofMean,
            ofVariance,
            factor,
            inUse);
      }
    }
  }

  private static void rowGradient(
      float[] x,
      int from,
      float[] gradient,
      int g,
      float[] xGradient,
      int to,
      int length,
      float center,
      float ofMean,
      float ofVariance,
      float factor,
      float[] inUse) {
    FloatVector slope = FloatVector.broadcast(SPECIES, -ofVariance);
    for (int lane = 0; lane < COUNT; lane += LENGTH) {
      FloatVector times = FloatVector.fromArray(SPECIES, inUse, lane).mul(factor);
      for (int i = lane; i < length; i += COUNT) {
        FloatVector gv = FloatVector.fromArray(SPECIES, gradient, g + i).sub(ofMean);
        FloatVector.fromArray(SPECIES, x, from + i)
            .sub(center)
            .fma(slope, gv)
            .mul(times)
            .intoArray(xGradient, to + i);
      }
    }
  }

  /** Writes the gradients of γ and β. */
  public void collect(float[] gradient, int gammaOffset, int betaOffset) {
    for (int channel = 0; channel < channels; channel++) {
      gradient[gammaOffset + channel] = gammaGradient(channel);
      gradient[betaOffset + channel] = betaGradient(channel);
    }
  }
}
