package org.unvanish.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.SaturationPoint;
import org.unvanish.activation.Scale;
import org.unvanish.data.ImageSet;
import org.unvanish.network.Activated;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;

/** What a probe measures, by the {@link ReferenceNetwork}, with bounds of the engine's errors. */
public final class ReferenceTrace {

  private static final double LN10 = Math.log(10);

  private final Network network;
  private final double[] parameters;
  private final double[][] signals;
  private final Map<String, double[]> gradients = new HashMap<>();
  private final List<long[]> arguments = new ArrayList<>();

  public ReferenceTrace(Network network, float[] parameters) {
    this.network = network;
    this.parameters = Batch.toDouble(parameters);
    this.signals = new double[network.layers().size()][3];
    network.layers().forEach(layer -> arguments.add(new long[3]));
  }

  public static boolean hasWeights(Network network, int layer) {
    return network.parameters(layer).stream().anyMatch(t -> t.kind() == Kind.WEIGHTS);
  }

  /** Adds a mini-batch. */
  public void add(ImageSet images, int[] batch) {
    ReferenceNetwork mean = new ReferenceNetwork(network, parameters);
    ReferenceNetwork own = new ReferenceNetwork(network, parameters);
    List<Bounded> inputs = Arrays.stream(batch).mapToObj(n -> Batch.image(images, n)).toList();
    List<Integer> labels = Arrays.stream(batch).mapToObj(images::label).toList();
    mean.add(inputs, labels, batch.length);
    own.add(inputs, labels, 1);
    for (int i = 0; i < signals.length; i++) {
      for (Bounded signal : own.signals(i)) {
        for (int j = 0; j < signal.value.length; j++) {
          add(signals[i], signal.value[j], signal.error[j]);
        }
      }
      if (network.layers().get(i) instanceof Activated activated) {
        for (Bounded z : own.values(i - 1)) {
          count(activated, i, z);
        }
      }
    }
    for (ParameterTensor tensor : network.parameters()) {
      double[] sums = gradients.computeIfAbsent(tensor.name(), name -> new double[3]);
      for (int i = tensor.offset(); i < tensor.end(); i++) {
        add(sums, mean.gradient(i), mean.gradientError(i));
      }
    }
  }

  private static void add(double[] sums, double value, double error) {
    sums[0] += value * value;
    sums[1] += error * error;
    sums[2]++;
  }

  private void count(Activated layer, int i, Bounded z) {
    ActivationFunction f = layer.activation().function();
    boolean flat = !SaturationPoint.of(f).exists();
    double inner =
        layer.activation().scale() instanceof Scale.Trained trained
            ? trained.inner(parameters[network.parameters(i).get(0).offset()])
            : layer.activation().inner();
    for (int j = 0; j < z.value.length; j++) {
      double u = inner * z.value[j];
      // Twice the error of z: for the rounding of the factor.
      double e = 2 * inner * z.error[j] + 1e-6 * Math.abs(u);
      double low = flat ? 1 : Math.min(slope(f, u - e), slope(f, u + e));
      double high = flat ? 1 : Math.max(slope(f, u - e), slope(f, u + e));
      long[] counts = arguments.get(i);
      counts[0] += high < 0.1 ? 1 : 0;
      counts[1] += low <= 0.1 ? 1 : 0;
      counts[2]++;
    }
  }

  /** |f′| as a share of its largest value; beyond a last rise, the least share that it rises to. */
  private static double slope(ActivationFunction f, double u) {
    // gelu′ falls through 0 at −0.75 and is at −0.13 again before it vanishes.
    double at = f == ActivationFunction.GELU && u > -Math.sqrt(2) ? Math.max(u, 0) : u;
    return Math.abs(f.derivative(at)) / f.steepest();
  }

  /** The signal at a layer's output. */
  public double rmsLog10(int layer) {
    return log(signals[layer]);
  }

  /** How far the engine may be from {@link #rmsLog10}. */
  public double rmsError(int layer) {
    return error(signals[layer]);
  }

  /** What a layer does to the signal. */
  public double decades(int layer) {
    return rmsLog10(layer - 1) - rmsLog10(layer);
  }

  public double decadesError(int layer) {
    return rmsError(layer - 1) + rmsError(layer);
  }

  public double gradientLog10(String tensor) {
    return log(gradients.get(tensor));
  }

  public double gradientError(String tensor) {
    return error(gradients.get(tensor));
  }

  public double surelySaturated(int layer) {
    return (double) arguments.get(layer)[0] / arguments.get(layer)[2];
  }

  public double perhapsSaturated(int layer) {
    return (double) arguments.get(layer)[1] / arguments.get(layer)[2];
  }

  private static double log(double[] sums) {
    return Math.log10(sums[0] / sums[2]) / 2;
  }

  /**
   * The root of a sum of squares moves by no more than the root of the sum of the errors' squares
   * (triangle inequality); its logarithm by twice the relative change, if that is small.
   */
  private static double error(double[] sums) {
    return 2 * Math.sqrt(sums[1] / sums[0]) / LN10 + 1e-9;
  }
}
