package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Normalization y = γ·(x − mean)/√(variance + ε) + β of each sample by itself, over groups of
 * channels, and its gradients. Samples lie in lanes, so mean and variance do, too.
 *
 * <p>The gradient with respect to x is that of {@link BatchNormalizationKernel}, with the n values
 * of a sample's group in place of a channel's: 1/√(variance + ε)·(h − Σh/n − x̂·Σ(h·x̂)/n), where h
 * is γ times the gradient with respect to y.
 */
public final class GroupNormalizationKernel {

  private static final int COUNT = Lanes.COUNT;

  private final int groups;
  private final boolean ofValues;

  /** From a value's γ to that of the value beside it. */
  private final int step;

  private final double epsilon;
  private final float[] gamma;
  private final float[] beta;
  private final float[] gammaSums;
  private final float[] betaSums;
  private final float[] sums = new float[COUNT];
  private final float[] products = new float[COUNT];

  /**
   * @param groups of as many channels each
   * @param parameters how many γ and β there are: one of each for each channel, or for each value
   * @param ofValues whether for each value
   * @param epsilon above 0
   */
  public GroupNormalizationKernel(int groups, int parameters, boolean ofValues, double epsilon) {
    this.groups = groups;
    this.ofValues = ofValues;
    this.step = ofValues ? 1 : 0;
    this.epsilon = epsilon;
    this.gamma = new float[parameters];
    this.beta = new float[parameters];
    this.gammaSums = new float[parameters * COUNT];
    this.betaSums = new float[parameters * COUNT];
  }

  /** Takes over γ and β, and forgets their gradients. */
  public void begin(float[] parameters, int gammaOffset, int betaOffset) {
    System.arraycopy(parameters, gammaOffset, gamma, 0, gamma.length);
    System.arraycopy(parameters, betaOffset, beta, 0, beta.length);
    Arrays.fill(gammaSums, 0);
    Arrays.fill(betaSums, 0);
  }

  /** The place of a row's first γ; the others are the same, or follow it. */
  private int parameter(LaneTensor x, int channel, int row) {
    return ofValues ? (channel * x.shape.rows() + row) * x.shape.columns() : channel;
  }

  private int channelsOfGroup(LaneTensor x) {
    return x.shape.channels() / groups;
  }

  private float count(LaneTensor x) {
    return (float) x.shape.size() / groups;
  }

  /**
   * Normalizes a block.
   *
   * @param mean receives a value for each group, without rows and columns
   * @param inverse receives 1/√(variance + ε) of each
   */
  public void forward(LaneTensor x, LaneTensor y, LaneTensor mean, LaneTensor inverse) {
    int channels = channelsOfGroup(x);
    for (int group = 0; group < groups; group++) {
      int at = mean.index(group, 0, 0);
      LaneSums.measure(x, group * channels, channels, mean.values, inverse.values, at);
      for (int i = at; i < at + COUNT; i++) {
        inverse.values[i] = (float) (1 / Math.sqrt(inverse.values[i] / count(x) + epsilon));
      }
      for (int channel = group * channels; channel < (group + 1) * channels; channel++) {
        for (int row = 0; row < x.shape.rows(); row++) {
          normalize(
              x.values,
              x.index(channel, row, 0),
              y.values,
              y.index(channel, row, 0),
              x.rowLength(),
              mean.values,
              inverse.values,
              at,
              gamma,
              beta,
              parameter(x, channel, row),
              step);
        }
      }
    }
  }

  private static void normalize(
      float[] x,
      int from,
      float[] y,
      int to,
      int length,
      float[] mean,
      float[] inverse,
      int at,
      float[] gamma,
      float[] beta,
      int parameter,
      int step) {
    for (int lane = 0; lane < COUNT; lane += LENGTH) {
      FloatVector m = FloatVector.fromArray(SPECIES, mean, at + lane);
      FloatVector s = FloatVector.fromArray(SPECIES, inverse, at + lane);
      int p = parameter;
      for (int i = lane; i < length; i += COUNT) {
        FloatVector.fromArray(SPECIES, x, from + i)
            .sub(m)
            .mul(s)
            .fma(FloatVector.broadcast(SPECIES, gamma[p]), FloatVector.broadcast(SPECIES, beta[p]))
            .intoArray(y, to + i);
        p += step;
      }
    }
  }

  /** Adds a block's gradients of γ and β to sums that stay apart by lane. */
  public void addGradients(
      LaneTensor x, LaneTensor yGradient, LaneTensor mean, LaneTensor inverse) {
    int channels = channelsOfGroup(x);
    for (int channel = 0; channel < x.shape.channels(); channel++) {
      int at = mean.index(channel / channels, 0, 0);
      for (int row = 0; row < x.shape.rows(); row++) {
        addRow(
            x.values,
            x.index(channel, row, 0),
            yGradient.values,
            yGradient.index(channel, row, 0),
            x.rowLength(),
            mean.values,
            inverse.values,
            at,
            gammaSums,
            betaSums,
            parameter(x, channel, row) * COUNT,
            step * COUNT);
      }
    }
  }

  private static void addRow(
      float[] x,
      int from,
      float[] gradient,
      int g,
      int length,
      float[] mean,
      float[] inverse,
      int at,
      float[] gammaSums,
      float[] betaSums,
      int sums,
      int step) {
    for (int lane = 0; lane < COUNT; lane += LENGTH) {
      FloatVector m = FloatVector.fromArray(SPECIES, mean, at + lane);
      FloatVector s = FloatVector.fromArray(SPECIES, inverse, at + lane);
      int own = sums + lane;
      for (int i = lane; i < length; i += COUNT) {
        FloatVector gv = FloatVector.fromArray(SPECIES, gradient, g + i);
        FloatVector.fromArray(SPECIES, betaSums, own).add(gv).intoArray(betaSums, own);
        FloatVector.fromArray(SPECIES, x, from + i)
            .sub(m)
            .mul(s)
            .fma(gv, FloatVector.fromArray(SPECIES, gammaSums, own))
            .intoArray(gammaSums, own);
        own += step;
      }
    }
  }

  /** Turns the gradient with respect to a block's y into that with respect to x. */
  public void inputGradient(
      LaneTensor x,
      LaneTensor yGradient,
      LaneTensor xGradient,
      LaneTensor mean,
      LaneTensor inverse) {
    int channels = channelsOfGroup(x);
    for (int group = 0; group < groups; group++) {
      int at = mean.index(group, 0, 0);
      Arrays.fill(sums, 0);
      Arrays.fill(products, 0);
      for (int channel = group * channels; channel < (group + 1) * channels; channel++) {
        for (int row = 0; row < x.shape.rows(); row++) {
          addSums(
              x.values,
              x.index(channel, row, 0),
              yGradient.values,
              yGradient.index(channel, row, 0),
              x.rowLength(),
              mean.values,
              inverse.values,
              at,
              gamma,
              parameter(x, channel, row),
              step,
              sums,
              products);
        }
      }
      for (int lane = 0; lane < COUNT; lane++) {
        sums[lane] /= count(x);
        products[lane] /= -count(x);
      }
      for (int channel = group * channels; channel < (group + 1) * channels; channel++) {
        for (int row = 0; row < x.shape.rows(); row++) {
          rowGradient(
              x.values,
              x.index(channel, row, 0),
              yGradient.values,
              yGradient.index(channel, row, 0),
              xGradient.values,
              xGradient.index(channel, row, 0),
              x.rowLength(),
              mean.values,
              inverse.values,
              at,
              gamma,
              parameter(x, channel, row),
              step,
              sums,
              products);
        }
      }
    }
  }

  private static void addSums(
      float[] x,
      int from,
      float[] gradient,
      int g,
      int length,
      float[] mean,
      float[] inverse,
      int at,
      float[] gamma,
      int parameter,
      int step,
      float[] sums,
      float[] products) {
    for (int lane = 0; lane < COUNT; lane += LENGTH) {
      FloatVector m = FloatVector.fromArray(SPECIES, mean, at + lane);
      FloatVector s = FloatVector.fromArray(SPECIES, inverse, at + lane);
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, lane);
      FloatVector product = FloatVector.fromArray(SPECIES, products, lane);
      int p = parameter;
      for (int i = lane; i < length; i += COUNT) {
        FloatVector h = FloatVector.fromArray(SPECIES, gradient, g + i).mul(gamma[p]);
        sum = sum.add(h);
        product = FloatVector.fromArray(SPECIES, x, from + i).sub(m).mul(s).fma(h, product);
        p += step;
      }
      sum.intoArray(sums, lane);
      product.intoArray(products, lane);
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
      float[] mean,
      float[] inverse,
      int at,
      float[] gamma,
      int parameter,
      int step,
      float[] ofMean,
      float[] ofVariance) {
    for (int lane = 0; lane < COUNT; lane += LENGTH) {
      FloatVector m = FloatVector.fromArray(SPECIES, mean, at + lane);
      FloatVector s = FloatVector.fromArray(SPECIES, inverse, at + lane);
      FloatVector shift = FloatVector.fromArray(SPECIES, ofMean, lane);
      FloatVector slope = FloatVector.fromArray(SPECIES, ofVariance, lane);
      int p = parameter;
      for (int i = lane; i < length; i += COUNT) {
        FloatVector h = FloatVector.fromArray(SPECIES, gradient, g + i).mul(gamma[p]).sub(shift);
        FloatVector.fromArray(SPECIES, x, from + i)
            .sub(m)
            .mul(s)
            .fma(slope, h)
            .mul(s)
            .intoArray(xGradient, to + i);
        p += step;
      }
    }
  }

  /** Writes the gradients of γ and β. */
  public void collect(float[] gradient, int gammaOffset, int betaOffset) {
    BiasKernel.collect(gammaSums, gradient, gammaOffset);
    BiasKernel.collect(betaSums, gradient, betaOffset);
  }
}
