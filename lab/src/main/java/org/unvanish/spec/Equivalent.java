package org.unvanish.spec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.codec.InitializationCodec;
import org.unvanish.codec.LayerSpec;
import org.unvanish.codec.yaml.YamlText;
import org.unvanish.experiment.Backend;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Convolutional;
import org.unvanish.network.Recurrent;

/**
 * An arm without α that is the same network: N_α(x; W, b) = α·N₁(x/α; W, b/α), where N_α has the
 * rescaled activations f_α(z) = α·f(z/α) of Ven &amp; Lederer (2021), and N₁ has f itself.
 *
 * <p>All other layers in between are positively homogeneous in their inputs and biases: what
 * divides both by α divides what they put out. An identity in front divides the inputs, and a
 * factor of the last hidden activation multiplies the logits. Where each place has an α of its own,
 * a place has the factor α_l/α_(l+1). The weights are untouched, so that they have the same
 * gradients and train alike. A bias becomes b/α and its gradient α times as large, so that an
 * optimizer takes other steps.
 *
 * @param arm without α, under the same name
 * @param isExact whether it computes the same bits: each α is a power of two, which changes no
 *     digit of a number
 * @param remarks why it does not train alike, in sentences for people; none where it does
 */
public record Equivalent(ArmSpec arm, boolean isExact, List<String> remarks) {

  /** Copies the list. */
  public Equivalent {
    remarks = List.copyOf(remarks);
  }

  /** Whether an activation of the arm has an α other than 1, fixed or learned. */
  public static boolean hasAlpha(ArmSpec arm) {
    return opened(arm).activations().stream()
        .map(Activation::scale)
        .anyMatch(
            scale ->
                scale instanceof Scale.Trained
                    || (scale instanceof Scale.Fixed fixed && fixed.alpha() != 1));
  }

  /**
   * The equivalent of an arm.
   *
   * @throws IllegalArgumentException if it has no α, or there is none; the message says why
   */
  public static Equivalent of(ArmSpec arm) {
    ArmSpec open = opened(arm);
    requireFixed(arm, open.activations());
    List<LayerSpec.Single> layers = LayerSpec.flat(open.network());
    layers.forEach(Equivalent::requireNoState);
    List<Place> places = places(layers, open.activations());
    List<Place> bent = places.stream().filter(place -> !isHomogeneous(place)).toList();
    List<Double> alphas = bent.stream().map(Place::alpha).distinct().toList();
    boolean endsInside = !bent.isEmpty() && bent.get(bent.size() - 1).isInside();
    int end = endsInside ? layers.size() : bent.isEmpty() ? 0 : bent.get(bent.size() - 1).layer();
    List<LayerSpec.Single> between = layers.subList(0, end);
    between.forEach(layer -> requireHomogeneous(layer, alphas));
    if (!between.isEmpty() && open.weights().needsData()) {
      throw new IllegalArgumentException(
          "the initial weights depend on the layers' outputs, which α changes: %s"
              .formatted(InitializationCodec.caption(open.weights())));
    }
    boolean biases = between.stream().anyMatch(Equivalent::hasBias);
    boolean same =
        alphas.size() == 1
            && layers.subList(end, layers.size()).stream().noneMatch(Equivalent::hasBias);
    return new Equivalent(
        new Rewriting(open, places, bent, endsInside)
            .arm(biases ? divided(open, alphas.get(0), same) : open.biases()),
        open.backend() == Backend.ENGINE
            && places.stream().allMatch(place -> isPowerOfTwo(place.alpha())),
        biases ? ofBiases() : List.of());
  }

  private static boolean isPowerOfTwo(double factor) {
    return Math.scalb(1.0, Math.getExponent(factor)) == factor;
  }

  /**
   * Where an activation stands.
   *
   * @param layer the number of its layer, or of the block that it is inside of, from 0
   */
  private record Place(Activation activation, int layer, boolean isInside) {
    /** Of α·f(z/α); naive scaling has no α. */
    double alpha() {
      return activation.scale() instanceof Scale.Fixed fixed ? fixed.alpha() : 1;
    }
  }

  /** The arm with a place for each of its activations, to the same effect. */
  private static ArmSpec opened(ArmSpec arm) {
    List<Activation> all = new ArrayList<>();
    Iterator<Activation> given = arm.allActivations().iterator();
    for (LayerSpec.Single filled : LayerSpec.filled(arm.network(), given::next)) {
      filled.with(
          layer -> {
            all.addAll(layer.activations());
            return layer;
          });
    }
    return arm.withNetwork(RemediedNetwork.allOpened(arm.network()), all);
  }

  private static List<Place> places(List<LayerSpec.Single> layers, List<Activation> activations) {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      for (int n = layers.get(i).places(); n > 0; n--) {
        places.add(
            new Place(activations.get(places.size()), i, layers.get(i) instanceof LayerSpec.Block));
      }
    }
    return places;
  }

  /** Whether it does not matter to a function where a factor above 0 stands. */
  private static boolean isHomogeneous(Place place) {
    return switch (place.activation().function()) {
      case IDENTITY, RELU, LEAKY_RELU -> true;
      case TANH, LOGISTIC, LOG_SIGMOID, ARCTAN, SOFTSIGN, ERF -> false;
      case HARD_TANH, HARD_SIGMOID, LECUN_TANH, PENALISED_TANH -> false;
      case GELU, SILU, ELU, SELU, SOFTPLUS, SINE -> false;
    };
  }

  private static void requireFixed(ArmSpec arm, List<Activation> activations) {
    for (Activation activation : activations) {
      if (activation.isLearned()) {
        throw new IllegalArgumentException(
            "the activation \"%s\" changes its α in training; give it a fixed one"
                .formatted(activation));
      }
    }
    if (!hasAlpha(arm)) {
      throw new IllegalArgumentException("no activation has an α other than 1");
    }
  }

  /** What a recurrent layer puts out is also what it reads: its state cannot be divided alone. */
  private static void requireNoState(LayerSpec.Single layer) {
    layer.with(
        own -> {
          if (own instanceof Recurrent) {
            throw new IllegalArgumentException(
                "the layer %s reads its own state, so its output cannot be rescaled"
                    .formatted(YamlText.inline(layer.yaml())));
          }
          return own;
        });
  }

  /**
   * @param alphas the different ones of the arm
   */
  private static void requireHomogeneous(LayerSpec.Single layer, List<Double> alphas) {
    String reason = null;
    if (layer.embeddedColumn().isPresent()) {
      reason = "reads category numbers, which cannot be divided";
    } else if (layer instanceof LayerSpec.Block && alphas.size() > 1) {
      reason = "adds outputs of activations with different α";
    } else if (layer instanceof LayerSpec.Block block) {
      LayerSpec.flat(block.layers()).forEach(inside -> requireHomogeneous(inside, alphas));
    } else if (layer instanceof LayerSpec.Fixed fixed) {
      reason =
          switch (fixed.layer().role()) {
            case WEIGHTS, POOLING, NOISE, BLOCK -> null;
            case NORMALIZATION -> "brings values to variance 1, whatever they are divided by";
            // Activations with a scale have become places.
            case ACTIVATION -> "is not a homogeneous function and has no α";
          };
    }
    if (reason != null) {
      throw new IllegalArgumentException(
          "the layer %s %s".formatted(YamlText.inline(layer.yaml()), reason));
    }
  }

  private static boolean hasBias(LayerSpec.Single layer) {
    List<Boolean> found = new ArrayList<>();
    layer.with(
        own -> {
          found.add(own instanceof Convolutional convolution && convolution.bias());
          return own;
        });
    return found.contains(true) || !layer.withDenseBiases(false).equals(layer);
  }

  /**
   * Where biases start that are to be divided.
   *
   * @param same whether that is by one α for all biases of the network
   */
  private static Initialization divided(ArmSpec arm, double alpha, boolean same) {
    boolean read = arm.weights().isWhole();
    if (!read && arm.biases() instanceof Initialization.Zeros zeros) {
      return zeros;
    }
    if (!read && same && arm.biases() instanceof Initialization.Normal normal) {
      return new Initialization.Normal(normal.deviation() / alpha);
    }
    if (!read && same && arm.biases() instanceof Initialization.Uniform uniform) {
      return new Initialization.Uniform(uniform.bound() / alpha);
    }
    throw new IllegalArgumentException(
        "the biases are to be divided by α, but a spec cannot say so of where they start: let them"
            + " start from zeros");
  }

  private static List<String> ofBiases() {
    return List.of(
        "Equal at the start and not in training, because of the biases.",
        "A bias b of a layer before the last activation is b/α here, and its gradient α times as"
            + " large.",
        "To train alike, SGD would need the learning rate η/α² for these biases, and Adam η/α and"
            + " ε·α.",
        "A penalty on them would have to be r·α². A spec has one value for all parameters.");
  }

  /** The same activations without α. */
  private static final class Rewriting {
    private final ArmSpec open;
    private final List<Activation> activations = new ArrayList<>();
    private final List<LayerSpec> network = new ArrayList<>();

    Rewriting(ArmSpec open, List<Place> places, List<Place> bent, boolean endsInside) {
      this.open = open;
      network.addAll(open.network());
      int next = 0;
      for (Place place : places) {
        ActivationFunction function = place.activation().function();
        if (isHomogeneous(place)) {
          boolean scaled = place.activation().scale() instanceof Scale.Fixed;
          activations.add(scaled ? Activation.of(function) : place.activation());
        } else {
          next++;
          double divisor =
              next < bent.size() ? bent.get(next).alpha() : endsInside ? place.alpha() : 1;
          activations.add(times(function, place.activation().outer() / divisor));
        }
      }
      if (!bent.isEmpty()) {
        divideInputs(places.get(0), bent.get(0).alpha());
        if (endsInside) {
          network.add(new LayerSpec.Activated(network.get(0).place()));
          activations.add(times(ActivationFunction.IDENTITY, bent.get(0).alpha()));
        }
      }
    }

    /** By an identity that stands in front already, or by one more. */
    private void divideInputs(Place first, double alpha) {
      if (alpha == 1) {
        return;
      }
      Activation front = activations.get(0);
      if (first.layer() == 0
          && !first.isInside()
          && front.function() == ActivationFunction.IDENTITY) {
        activations.set(0, times(ActivationFunction.IDENTITY, front.outer() / alpha));
      } else {
        network.add(0, new LayerSpec.Activated(network.get(0).place()));
        activations.add(0, times(ActivationFunction.IDENTITY, 1 / alpha));
      }
    }

    private static Activation times(ActivationFunction function, double factor) {
      return factor == 1 ? Activation.of(function) : Activation.naive(function, factor);
    }

    ArmSpec arm(Initialization biases) {
      ArmSpec arm = open.withNetwork(network, activations);
      return new ArmSpec(
          arm.name(),
          arm.network(),
          arm.activations(),
          arm.loss(),
          arm.penalty(),
          arm.weights(),
          arm.recurrent(),
          biases,
          arm.optimizer(),
          arm.schedule(),
          arm.clipping(),
          arm.backend(),
          arm.batchSize(),
          arm.epochs(),
          arm.recorded(),
          arm.seeds());
    }
  }
}
