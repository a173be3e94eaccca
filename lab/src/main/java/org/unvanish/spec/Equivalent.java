package org.unvanish.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.codec.LayerSpec;
import org.unvanish.codec.yaml.Numbers;
import org.unvanish.experiment.Backend;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Convolutional;
import org.unvanish.network.Layer;
import org.unvanish.penalty.Penalty;

/**
 * An arm without α that is the same network: N_α(x; W, b) = α·N₁(x/α; W, b/α), where N_α has the
 * rescaled activations f_α(z) = α·f(z/α) of Ven &amp; Lederer (2021) and N₁ has f itself.
 *
 * <p>For all layers between but f_α are positively homogeneous in their inputs and biases: dividing
 * both by α divides what they put out. The inputs are divided by an identity activation in front,
 * the logits multiplied by a factor of the last hidden activation. Where each place has an α of its
 * own, the one before it takes the factor α_l/α_(l+1). The weights are untouched, so that they have
 * the same gradients and train alike; biases become b/α, whose gradients are α times as large, so
 * that an optimizer takes other steps.
 *
 * @param arm without α, under the same name
 * @param isExact whether all factors are powers of two, which change no digit of a number
 * @param remarks where it is not the same: sentences for people
 */
public record Equivalent(ArmSpec arm, boolean isExact, List<String> remarks) {

  /** Copies the list. */
  public Equivalent {
    remarks = List.copyOf(remarks);
  }

  /** Whether an arm has an α, fixed or learned, that does something. */
  public static boolean hasAlpha(ArmSpec arm) {
    return places(opened(arm)).stream()
        .anyMatch(place -> !(place.activation.scale() instanceof Scale.Naive) && place.alpha != 1);
  }

  /**
   * The equivalent of an arm.
   *
   * @throws IllegalArgumentException if it has no α, or one that this does not hold for; the message
   *     says why, and begins with a noun
   */
  public static Equivalent of(ArmSpec arm) {
    ArmSpec open = opened(arm);
    List<Place> places = places(open);
    List<Place> curved = places.stream().filter(place -> !place.isHomogeneous()).toList();
    requireFixed(places);
    if (!hasAlpha(arm)) {
      throw new IllegalArgumentException("no activation has an α other than 1");
    }
    List<LayerSpec.Single> layers = LayerSpec.flat(open.network());
    boolean isOne = curved.stream().mapToDouble(place -> place.alpha).distinct().count() == 1;
    Place last = curved.get(curved.size() - 1);
    int end = last.isInside ? layers.size() : last.layer;
    requireHomogeneous(layers.subList(0, end), isOne, arm.weights());
    List<String> remarks = new ArrayList<>();
    boolean biases = layers.subList(0, end).stream().anyMatch(Equivalent::hasBias);
    Initialization starts = arm.biases();
    if (biases) {
      boolean others = layers.subList(end, layers.size()).stream().anyMatch(Equivalent::hasBias);
      starts = divided(arm, isOne && !others ? OptionalInt.of(1) : OptionalInt.empty(), last.alpha);
      remarks.add(ofBiases(open, last.alpha));
    }
    List<Double> factors = new ArrayList<>();
    return new Equivalent(
        rewritten(open, places, curved, starts, factors),
        arm.backend() == Backend.ENGINE && factors.stream().allMatch(Equivalent::isPowerOfTwo),
        remarks);
  }

  /**
   * Where an activation stands.
   *
   * @param layer its layer, or that of the block that it is inside of
   * @param alpha of α·f(z/α); 1 for naive scaling
   */
  private record Place(Activation activation, int layer, boolean isInside, double alpha) {

    /** Whether it is all the same to it whether its input or its output is multiplied. */
    boolean isHomogeneous() {
      return switch (activation.function()) {
        case IDENTITY, RELU, LEAKY_RELU -> true;
        case TANH, LOGISTIC, LOG_SIGMOID, ARCTAN, SOFTSIGN, ERF -> false;
        case HARD_TANH, HARD_SIGMOID, LECUN_TANH, PENALISED_TANH -> false;
        case GELU, SILU, ELU, SELU, SOFTPLUS, SINE -> false;
      };
    }
  }

  /** The arm with a place for each of its activations, to the same effect. */
  private static ArmSpec opened(ArmSpec arm) {
    List<Activation> all = new ArrayList<>();
    var given = arm.allActivations().iterator();
    LayerSpec.filled(arm.network(), given::next)
        .forEach(
            layer ->
                layer.with(
                    own -> {
                      if (own instanceof org.unvanish.network.Activated activated) {
                        all.add(activated.activation());
                      }
                      return own;
                    }));
    return arm.withNetwork(RemediedNetwork.allOpened(arm.network()), all);
  }

  private static List<Place> places(ArmSpec open) {
    List<LayerSpec.Single> layers = LayerSpec.flat(open.network());
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      boolean inside = layers.get(i) instanceof LayerSpec.Block;
      for (int n = layers.get(i).places(); n > 0; n--) {
        Activation activation = open.activations().get(places.size());
        double alpha = activation.scale() instanceof Scale.Naive ? 1 : 1 / activation.inner();
        if (activation.scale() instanceof Scale.Fixed fixed) {
          alpha = fixed.alpha();
        }
        places.add(new Place(activation, i, inside, alpha));
      }
    }
    return places;
  }
}
