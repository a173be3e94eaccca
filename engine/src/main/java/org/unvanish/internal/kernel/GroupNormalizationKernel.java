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
  private final float epsilon;
  private final float[] gamma;
  private final float[] beta;
  private final float[] gammaSums;
  private final float[] betaSums;

  /**
   * @param groups of as many channels each
   * @param parameters how many γ and β there are: one of each for each channel, or for each value
   * @param ofValues whether for each value
   * @param epsilon above 0
   */
  public GroupNormalizationKernel(int groups, int parameters, boolean ofValues, double epsilon) {
    this.groups = groups;
    this.ofValues = ofValues;
    this.epsilon = (float) epsilon;
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
      for (int lane = 0; lane < COUNT; lane += LENGTH) {
        measure(x, group * channels, channels, lane, mean.values, inverse.values, at + lane);
      }
      for (int channel = group * channels; channel < (group + 1) * channels; channel++) {
        for (int row = 0; row < x.shape.rows(); row++) {
          int from = x.index(channel, row, 0);
          int to = y.index(channel, row, 0);
          int p = parameter(x, channel, row);
          for (int lane = 0; lane < COUNT; lane += LENGTH) {
            FloatVector m = FloatVector.fromArray(SPECIES, mean.values, at + lane);
            FloatVector s = FloatVector.fromArray(SPECIES, inverse.values, at + lane);
            for (int i = 0; i < x.shape.columns(); i++) {
              int own = ofValues ? p + i : p;
              FloatVector.fromArray(SPECIES, x.values, from + i * COUNT + lane)
                  .sub(m)
                  .mul(s)
                  .fma(
                      FloatVector.broadcast(SPECIES, gamma[own]),
                      FloatVector.broadcast(SPECIES, beta[own]))
                  .intoArray(y.values, to + i * COUNT + lane);
            }
          }
        }
      }
    }
  }

  private void measure(
      LaneTensor x, int first, int channels, int lane, float[] means, float[] inverses, int at) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int channel = first; channel < first + channels; channel++) {
      for (int row = 0; row < x.shape.rows(); row++) {
        int from = x.index(channel, row, 0) + lane;
        for (int i = 0; i < x.rowLength(); i += COUNT) {
          sum = sum.add(FloatVector.fromArray(SPECIES, x.values, from + i));
        }
      }
    }
    FloatVector mean = sum.div(count(x));
    FloatVector squares = FloatVector.zero(SPECIES);
    for (int channel = first; channel < first + channels; channel++) {
      for (int row = 0; row < x.shape.rows(); row++) {
        int from = x.index(channel, row, 0) + lane;
        for (int i = 0; i < x.rowLength(); i += COUNT) {
          FloatVector d = FloatVector.fromArray(SPECIES, x.values, from + i).sub(mean);
          squares = d.fma(d, squares);
        }
      }
    }
    mean.intoArray(means, at);
    FloatVector.broadcast(SPECIES, 1)
        .div(squares.div(count(x)).add(epsilon).sqrt())
        .intoArray(inverses, at);
  }

  /** Adds a block's gradients of γ and β to sums that stay apart by lane. */
  public void addGradients(
      LaneTensor x, LaneTensor yGradient, LaneTensor mean, LaneTensor inverse) {
    int channels = channelsOfGroup(x);
    for (int channel = 0; channel < x.shape.channels(); channel++) {
      int at = mean.index(channel / channels, 0, 0);
      for (int row = 0; row < x.shape.rows(); row++) {
        int from = x.index(channel, row, 0);
        int g = yGradient.index(channel, row, 0);
        int p = parameter(x, channel, row);
        for (int lane = 0; lane < COUNT; lane += LENGTH) {
          FloatVector m = FloatVector.fromArray(SPECIES, mean.values, at + lane);
          FloatVector s = FloatVector.fromArray(SPECIES, inverse.values, at + lane);
          for (int i = 0; i < x.shape.columns(); i++) {
            int own = (ofValues ? p + i : p) * COUNT + lane;
            FloatVector gv = FloatVector.fromArray(SPECIES, yGradient.values, g + i * COUNT + lane);
            FloatVector normal =
                FloatVector.fromArray(SPECIES, x.values, from + i * COUNT + lane).sub(m).mul(s);
            FloatVector.fromArray(SPECIES, betaSums, own).add(gv).intoArray(betaSums, own);
            normal
                .fma(gv, FloatVector.fromArray(SPECIES, gammaSums, own))
                .intoArray(gammaSums, own);
          }
        }
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
      for (int lane = 0; lane < COUNT; lane += LENGTH) {
        groupGradient(
            x,
            yGradient,
            xGradient,
            group * channels,
            channels,
            lane,
            FloatVector.fromArray(SPECIES, mean.values, at + lane),
            FloatVector.fromArray(SPECIES, inverse.values, at + lane));
      }
    }
  }

  private void groupGradient(
      LaneTensor x,
      LaneTensor yGradient,
      LaneTensor xGradient,
      int first,
      int channels,
      int lane,
      FloatVector mean,
      FloatVector inverse) {
    FloatVector sum = FloatVector.zero(SPECIES);
    FloatVector products = FloatVector.zero(SPECIES);
    for (int channel = first; channel < first + channels; channel++) {
      for (int row = 0; row < x.shape.rows(); row++) {
        int from = x.index(channel, row, 0) + lane;
        int g = yGradient.index(channel, row, 0) + lane;
        int p = parameter(x, channel, row);
        for (int i = 0; i < x.shape.columns(); i++) {
          FloatVector h =
              FloatVector.fromArray(SPECIES, yGradient.values, g + i * COUNT)
                  .mul(gamma[ofValues ? p + i : p]);
          sum = sum.add(h);
          products =
              FloatVector.fromArray(SPECIES, x.values, from + i * COUNT)
                  .sub(mean)
                  .mul(inverse)
                  .fma(h, products);
        }
      }
    }
    FloatVector ofMean = sum.div(count(x));
    FloatVector ofVariance = products.div(count(x)).neg();
    for (int channel = first; channel < first + channels; channel++) {
      for (int row = 0; row < x.shape.rows(); row++) {
        int from = x.index(channel, row, 0) + lane;
        int g = yGradient.index(channel, row, 0) + lane;
        int to = xGradient.index(channel, row, 0) + lane;
        int p = parameter(x, channel, row);
        for (int i = 0; i < x.shape.columns(); i++) {
          FloatVector h =
              FloatVector.fromArray(SPECIES, yGradient.values, g + i * COUNT)
                  .mul(gamma[ofValues ? p + i : p])
                  .sub(ofMean);
          FloatVector.fromArray(SPECIES, x.values, from + i * COUNT)
              .sub(mean)
              .mul(inverse)
              .fma(ofVariance, h)
              .mul(inverse)
              .intoArray(xGradient.values, to + i * COUNT);
        }
      }
    }
  }

  /** Writes the gradients of γ and β. */
  public void collect(float[] gradient, int gammaOffset, int betaOffset) {
    BiasKernel.collect(gammaSums, gradient, gammaOffset);
    BiasKernel.collect(betaSums, gradient, betaOffset);
  }
}
