package org.unvanish.train;

import static org.unvanish.train.BoundedSum.ROUNDING;
import static org.unvanish.train.BoundedSum.UNDERFLOW;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.data.Shape;

/**
 * y = γ·(x − mean)/√(variance + ε) + β, with mean and variance over groups of values.
 *
 * <p>The bounds hold for any way to sum a group in single precision that takes the mean first: each
 * mean is off by at most as many roundings as there are values, each difference by that and its
 * own.
 *
 * @param gamma where the factors lie among the parameters
 * @param beta where the shifts lie
 * @param grouping which values are normalized together
 */
record ReferenceNormalization(
    double[] parameters, int gamma, int beta, double epsilon, Grouping grouping)
    implements ReferenceLayer {

  /** Which values are normalized together, and which factor and shift they have. */
  interface Grouping {
    /** The group of a value of a sample; groups are numbered from 0. */
    int group(Shape shape, int sample, int i);

    /** Where the value's factor lies among the factors. */
    int parameter(Shape shape, int i);

    /** Values of one channel, of all samples together. */
    Grouping CHANNEL =
        new Grouping() {
          @Override
          public int group(Shape shape, int sample, int i) {
            return parameter(shape, i);
          }

          @Override
          public int parameter(Shape shape, int i) {
            return i / (shape.rows() * shape.columns());
          }
        };

    /** All values of a sample, each with a factor of its own. */
    Grouping SAMPLE =
        new Grouping() {
          @Override
          public int group(Shape shape, int sample, int i) {
            return sample;
          }

          @Override
          public int parameter(Shape shape, int i) {
            return i;
          }
        };

    /** Some channels of a sample. */
    static Grouping channels(int groups) {
      return new Grouping() {
        @Override
        public int group(Shape shape, int sample, int i) {
          return sample * groups + CHANNEL.parameter(shape, i) * groups / shape.channels();
        }

        @Override
        public int parameter(Shape shape, int i) {
          return CHANNEL.parameter(shape, i);
        }
      };
    }
  }

  /** A group's statistics, and the sums that its gradients need. */
  private static final class Group {
    private final List<double[]> values = new ArrayList<>();
    private final BoundedSum ofGradients = new BoundedSum();
    private final BoundedSum ofProducts = new BoundedSum();
    private double mean;
    private double errorOfMean;
    private double inverse;
    private double errorOfInverse;

    void finish(double epsilon) {
      int n = values.size();
      double largest = 0;
      for (double[] x : values) {
        mean += x[0] / n;
        errorOfMean = Math.max(errorOfMean, x[1]);
        largest = Math.max(largest, Math.abs(x[0]) + x[1]);
      }
      errorOfMean += (n + 4) * ROUNDING * largest;
      double variance = 0;
      double error = 0;
      for (double[] x : values) {
        double d = Math.abs(x[0] - mean);
        double ed = errorOfDifference(x[0], x[1]);
        variance += d * d / n;
        error += (2 * d + ed) * ed / n;
      }
      error += (n + 8) * ROUNDING * (variance + error) + UNDERFLOW;
      inverse = 1 / Math.sqrt(variance + epsilon);
      double least = Math.max(0, variance - error) + epsilon;
      errorOfInverse = error / (2 * least * Math.sqrt(least)) + 4 * ROUNDING * inverse;
    }

    double errorOfDifference(double x, double error) {
      return error + errorOfMean + 2 * ROUNDING * (Math.abs(x - mean) + error + errorOfMean);
    }

    /** (x − mean)/√(variance + ε) and its error. */
    double[] normalized(double x, double error) {
      BoundedSum product = new BoundedSum();
      product.add(x - mean, errorOfDifference(x, error), inverse, errorOfInverse);
      return new double[] {product.value(), product.error()};
    }
  }

  @Override
  public List<Bounded> forward(List<Bounded> xs) {
    List<Group> groups = groups(xs);
    List<Bounded> ys = new ArrayList<>();
    for (int s = 0; s < xs.size(); s++) {
      Bounded x = xs.get(s);
      Bounded y = new Bounded(x.shape);
      for (int i = 0; i < x.value.length; i++) {
        double[] normal = group(groups, x, s, i).normalized(x.value[i], x.error[i]);
        int p = grouping.parameter(x.shape, i);
        BoundedSum sum = new BoundedSum();
        sum.add(parameters[gamma + p], 0, normal[0], normal[1]);
        sum.add(parameters[beta + p], 0, 1, 0);
        y.set(i, sum);
      }
      ys.add(y);
    }
    return ys;
  }

  @Override
  public List<Bounded> backward(
      List<Bounded> xs, List<Bounded> ys, List<Bounded> dys, BoundedSum[] gradient) {
    List<Group> groups = groups(xs);
    for (int s = 0; s < xs.size(); s++) {
      Bounded x = xs.get(s);
      Bounded dy = dys.get(s);
      for (int i = 0; i < x.value.length; i++) {
        Group group = group(groups, x, s, i);
        double[] normal = group.normalized(x.value[i], x.error[i]);
        int p = grouping.parameter(x.shape, i);
        gradient[gamma + p].add(normal[0], normal[1], dy.value[i], dy.error[i]);
        gradient[beta + p].add(dy.value[i], dy.error[i], 1, 0);
        double[] scaled = scaled(dy, i, p);
        group.ofGradients.add(scaled[0], scaled[1], 1, 0);
        group.ofProducts.add(scaled[0], scaled[1], normal[0], normal[1]);
      }
    }
    List<Bounded> dxs = new ArrayList<>();
    for (int s = 0; s < xs.size(); s++) {
      Bounded x = xs.get(s);
      Bounded dx = new Bounded(x.shape);
      for (int i = 0; i < x.value.length; i++) {
        Group group = group(groups, x, s, i);
        double[] normal = group.normalized(x.value[i], x.error[i]);
        double[] scaled = scaled(dys.get(s), i, grouping.parameter(x.shape, i));
        double n = group.values.size();
        BoundedSum rest = new BoundedSum();
        rest.add(scaled[0], scaled[1], 1, 0);
        rest.add(-group.ofGradients.value() / n, group.ofGradients.error() / n, 1, 0);
        rest.add(-group.ofProducts.value() / n, group.ofProducts.error() / n, normal[0], normal[1]);
        BoundedSum product = new BoundedSum();
        product.add(rest.value(), rest.error(), group.inverse, group.errorOfInverse);
        dx.set(i, product);
      }
      dxs.add(dx);
    }
    return dxs;
  }

  /** γ times the gradient with respect to y. */
  private double[] scaled(Bounded dy, int i, int p) {
    BoundedSum product = new BoundedSum();
    product.add(parameters[gamma + p], 0, dy.value[i], dy.error[i]);
    return new double[] {product.value(), product.error()};
  }

  private List<Group> groups(List<Bounded> xs) {
    List<Group> groups = new ArrayList<>();
    for (int s = 0; s < xs.size(); s++) {
      Bounded x = xs.get(s);
      for (int i = 0; i < x.value.length; i++) {
        while (groups.size() <= grouping.group(x.shape, s, i)) {
          groups.add(new Group());
        }
        group(groups, x, s, i).values.add(new double[] {x.value[i], x.error[i]});
      }
    }
    groups.forEach(group -> group.finish(epsilon));
    return groups;
  }

  private Group group(List<Group> groups, Bounded x, int sample, int i) {
    return groups.get(grouping.group(x.shape, sample, i));
  }
}
