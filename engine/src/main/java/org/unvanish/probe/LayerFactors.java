package org.unvanish.probe;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.forecast.Forecast;
import org.unvanish.forecast.LayerForecast;
import org.unvanish.network.Activated;
import org.unvanish.network.Layer;
import org.unvanish.network.Layer.Role;
import org.unvanish.network.Network;

/**
 * Factors before layers with weights: the weights stay, and their gain is multiplied.
 *
 * <p>A factor is the naive factor of the activation that the layer reads, pooling and dropout in
 * between or not, for these let factors through. In front of the first layer an identity has it.
 */
public final class LayerFactors {

  /** Digits of a factor, so that a spec can be read. */
  private static final MathContext DIGITS = new MathContext(4);

  /** Factors that are all as near to 1 change nothing that matters. */
  private static final double NEAR = 1.25;

  private LayerFactors() {}

  /**
   * Whether a network can have them: it is made of layers with weights, pooling, dropout and
   * activations, whose factors are not in use for a scale α.
   */
  static boolean fit(Network network) {
    List<Layer> layers = network.layers();
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      boolean fits =
          switch (layer.role()) {
            case WEIGHTS -> !layer.readsData() && layer.activations().isEmpty();
            case POOLING, NOISE -> true;
            case ACTIVATION ->
                i == layers.size() - 1
                    || (layer instanceof Activated activated && isFree(activated.activation()));
            case NORMALIZATION, BLOCK -> false;
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFree(Activation activation) {
    return activation.scale() instanceof Scale.Naive
        || activation.scale().equals(new Scale.Fixed(1));
  }

  /** The factors at which small gradients keep their size; empty if none is needed or known. */
  static List<Double> critical(Forecast forecast) {
    List<Double> factors = forecast.layers().stream().map(LayerForecast::criticalFactor).toList();
    boolean known = factors.stream().allMatch(f -> f > 0 && Double.isFinite(f));
    return known && factors.stream().anyMatch(f -> f > NEAR || f < 1 / NEAR)
        ? factors.stream().map(f -> new BigDecimal(f).round(DIGITS).doubleValue()).toList()
        : List.of();
  }

  /**
   * A network with factors.
   *
   * @param factors one for each layer with weights, first to last
   * @throws IllegalArgumentException if they are not as many, or an activation has a scale α
   */
  static Network network(Network network, List<Double> factors) {
    List<Layer> layers = new ArrayList<>(network.layers());
    if (needsFront(layers.stream().map(Layer::role).toList())) {
      layers.add(0, new Activated(Activation.of(ActivationFunction.IDENTITY)));
    }
    List<Double> multiples = multiples(layers.stream().map(Layer::role).toList(), factors);
    int place = 0;
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).role() == Role.ACTIVATION) {
        double multiple = multiples.get(place++);
        if (layers.get(i) instanceof Activated activated) {
          layers.set(i, new Activated(times(activated.activation(), multiple)));
        }
      }
    }
    return new Network(network.input(), layers);
  }

  /** Whether no activation stands before the first weights, so that an identity has to. */
  public static boolean needsFront(List<Role> roles) {
    int activation = roles.indexOf(Role.ACTIVATION);
    return activation < 0 || activation > roles.indexOf(Role.WEIGHTS);
  }

  /**
   * For each activation the product of the factors of the layers with weights that read it.
   *
   * @param roles of all layers, an activation before the first weights
   * @throws IllegalArgumentException if the factors are not as many as the layers with weights
   */
  public static List<Double> multiples(List<Role> roles, List<Double> factors) {
    List<Double> multiples = new ArrayList<>();
    int next = 0;
    for (Role role : roles) {
      if (role == Role.ACTIVATION) {
        multiples.add(1.0);
      } else if (role == Role.WEIGHTS) {
        if (next == factors.size()) {
          throw new IllegalArgumentException("there are more layers with weights than factors");
        }
        int last = multiples.size() - 1;
        multiples.set(last, multiples.get(last) * factors.get(next++));
      }
    }
    if (next < factors.size()) {
      throw new IllegalArgumentException("there are more factors than layers with weights");
    }
    return multiples;
  }

  /**
   * An activation with another factor in front.
   *
   * @throws IllegalArgumentException if it has a scale α, and the factor is not 1
   */
  public static Activation times(Activation activation, double factor) {
    if (factor == 1) {
      return activation;
    }
    if (!isFree(activation)) {
      throw new IllegalArgumentException(activation + " has a scale: it cannot have a factor");
    }
    return Activation.naive(activation.function(), activation.outer() * factor);
  }
}
