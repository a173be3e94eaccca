package org.unvanish.theory;

import static org.unvanish.activation.ActivationFunction.LOGISTIC;
import static org.unvanish.activation.ActivationFunction.TANH;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.unvanish.activation.Activation;
import org.unvanish.meanfield.VarianceMap;
import org.unvanish.theory.SmallNetworks.Factors;
import org.unvanish.theory.Statement.Sides;
import org.unvanish.theory.WideNetworks.Biases;
import org.unvanish.theory.WideNetworks.Gains;
import org.unvanish.theory.network.RandomShape;
import org.unvanish.theory.network.ScaledNetwork;
import org.unvanish.theory.network.SmallNetwork;
import org.unvanish.theory.network.SmallNetwork.Weights;

/** A network of the logistic function is one of tanh with biases that it cannot do without. */
final class Proposition6 {

  private static final String SOURCE = "proposition 6";
  private static final int NETWORKS = 50;
  private static final int MAPS = 200;

  private Proposition6() {}

  static List<Statement<?>> ofLogistic() {
    return List.of(realisation(), maps());
  }

  static Statement<NetworkCase> realisation() {
    return new Statement<>(
        Topic.PROPOSITION6,
        LOGISTIC,
        false,
        "it is the tanh network with weights W/4 and biases W·1/4 + b/(2α)",
        SOURCE,
        "the largest difference",
        "10⁻⁶ of the largest number or α",
        Set.of("network", "α", "x", "parameters"),
        new SmallNetworks(LOGISTIC, RandomShape::biasedStack, Factors.ONE_ALPHA, 1, NETWORKS),
        c -> {
          double[] x = c.x()[0];
          return c.nearlySame(c.network().output(x), asTanh(c).output(x));
        },
        null,
        "σ(z) = ½ + ½·tanh(z/2): with v = z/(2α), a = (α/2)·(1 + tanh v), and the next v is (W/4)·tanh v +"
            + " W·1/4 + b/(2α). The first layer's is (W·x + b)/(2α).");
  }

  /** The last layer, which has no function behind it, reads (α/2)·(1 + tanh v). */
  static ScaledNetwork asTanh(NetworkCase c) {
    SmallNetwork network = c.network().network();
    double[] ones = new double[network.places()];
    Arrays.fill(ones, 1);
    double[] from = c.network().parameters();
    double[] to = from.clone();
    int last = network.weights().size() - 1;
    for (int l = 0; l <= last; l++) {
      Weights weights = network.weights().get(l);
      double before = l == 0 ? 1 : c.alpha() / 2;
      double behind = l == last ? 1 : 1 / (2 * c.alpha());
      for (int o = 0; o < weights.outputs(); o++) {
        double sum = 0;
        for (int i = 0; i < weights.inputs(); i++) {
          sum += l == 0 ? 0 : from[weights.weight(o, i)];
          to[weights.weight(o, i)] = from[weights.weight(o, i)] * before * behind;
        }
        to[weights.bias(o)] = (from[weights.bias(o)] + before * sum) * behind;
      }
    }
    return new ScaledNetwork(
        network, TANH, ones, ones, 1, 1, to, c.network().weightRule(), c.network().biasRule());
  }

  static Statement<FieldCase> maps() {
    return new Statement<>(
        Topic.PROPOSITION6,
        LOGISTIC,
        false,
        "V and χ are tanh's at σ_w/4, √(σ_w²/16 + σ_b²/(4α²)), q/(4α²)",
        SOURCE,
        "the larger relative difference",
        "what rounding may add",
        Set.of("σ_w", "σ_b", "q", "α"),
        new WideNetworks(LOGISTIC, Gains.ANY, Biases.ANY, 2, MAPS),
        c -> {
          double unit = 4 * c.alpha() * c.alpha();
          double quarter = c.sigmaW() / 4;
          double biases = Math.sqrt(quarter * quarter + c.sigmaB() * c.sigmaB() / unit);
          VarianceMap tanh = new VarianceMap(Activation.of(TANH), quarter, biases);
          return Sides.of(
              Proposition2.largest(
                  Proposition2.difference(
                      c.map().variance(c.q()), unit * tanh.variance(c.q() / unit)),
                  Proposition2.difference(c.map().factor(c.q()), tanh.factor(c.q() / unit))),
              1e-9);
        },
        null,
        "W·1/4 has variance σ_w²/16, and E tanh v = 0 leaves no mixed term. α cannot make it smaller: the"
            + " biases that hold the network in the ordered phase come with the function.");
  }
}
