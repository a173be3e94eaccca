package org.unvanish.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.SaturationPoint;
import org.unvanish.data.ImageSet;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.probe.InjectedCase;
import org.unvanish.theory.chain.ChainNetwork;

/**
 * Draws networks with an injected cause.
 *
 * <p>The truth is the injection, where theory ({@link MeanField}, which knows nothing of probe and
 * rules) confirms that it does what it is meant to; other draws are thrown away before anything is
 * measured:
 *
 * <ul>
 *   <li>none: weights at the critical gain, end to end at most 1 decade expected;
 *   <li>many-layers: all weights shrunk, or near the critical gain, or (relu, identity) a little
 *       above it; at least 3 decades expected, at most a tenth of the arguments saturated, and no
 *       layer amplifies by more than 0.3 decades;
 *   <li>large-parameters: the weights of all layers, or of a run of layers, inflated 5 to 50 times;
 *       at least half of their arguments saturated and less than 1 decade lost by the others; relu
 *       and identity, which cannot saturate: all layers, and 3 decades gained;
 *   <li>both: half of the layers inflated like that, and the others shrunk until they alone lose 3
 *       decades;
 *   <li>large-inputs: pixels left at 0 to 255, or at 0 to 64, before critical weights; at least
 *       half of the first layer's arguments saturated and at most 1 decade expected of the others;
 *   <li>dead-units: relu at critical weights, with biases that switch off at least nine tenths of
 *       the units of one to three layers.
 * </ul>
 *
 * So between 1 and 3 decades, and between a tenth and half of the arguments, there are no cases:
 * their truth would be a matter of taste.
 */
public final class CaseGenerator {

  public static final List<Cause> CAUSES =
      List.of(
          Cause.LARGE_PARAMETERS,
          Cause.MANY_LAYERS,
          Cause.BOTH,
          Cause.LARGE_INPUTS,
          Cause.DEAD_UNITS,
          Cause.NONE);

  private final Random random;
  private final List<Integer> widths;
  private final int parity;
  private final List<ImageSet> imageSets;

  /**
   * @param widths of layers
   * @param parity of depths: 1 odd, 0 even
   */
  public CaseGenerator(long seed, List<Integer> widths, int parity, List<ImageSet> imageSets) {
    this.random = new Random(seed);
    this.widths = widths;
    this.parity = parity;
    this.imageSets = imageSets;
  }

  public InjectedCase next(Cause cause) {
    while (true) {
      InjectedCase drawn = draw(cause);
      if (drawn != null) {
        return drawn;
      }
    }
  }

  private InjectedCase draw(Cause cause) {
    ImageSet images = imageSets.get(random.nextInt(imageSets.size()));
    boolean convolutional = random.nextBoolean();
    boolean separable = convolutional && random.nextInt(4) == 0;
    int width = widths.get(random.nextInt(widths.size()));
    // Half of the networks shallow; evenly drawn depths would make nearly all of them deep.
    int depth = random.nextBoolean() ? 2 + random.nextInt(39) : 2 + random.nextInt(9);
    if (depth % 2 != parity
        || (convolutional && (width < 3 || depth < 3 || width * depth > 200))
        || (separable && depth > 12)
        || width * depth > 128 * 40) {
      return null;
    }
    Activation activation = activation(cause);
    int hidden = depth - 1;
    double critical = SaturationPoint.criticalGain(activation);
    double[] factors = factors(cause, activation.function(), depth);
    ArchitectureBuilder builder =
        new ArchitectureBuilder(
            images.shape(), activation, width, convolutional, separable, random);
    for (int i = 0; i < depth; i++) {
      builder.add(factors[i] * (i == hidden ? 1 : critical), i == hidden);
    }
    Network network = builder.network();
    double pixel = cause == Cause.LARGE_INPUTS ? (random.nextBoolean() ? 1 : 4) : 255;
    MeanField theory = new MeanField(builder.steps(), meanSquare(images, pixel));
    if (!confirms(cause, theory, factors, activation.function())) {
      return null;
    }
    float[] parameters = parameters(network, builder.steps());
    if (cause == Cause.DEAD_UNITS) {
      kill(network, parameters);
    }
    String description =
        String.format(
            "%s depth %d width %d %s factors %.2f…%.2f pixels/%.0f",
            separable ? "separable" : convolutional ? "conv" : "dense",
            depth,
            width,
            activation,
            factors[0],
            factors[hidden],
            pixel);
    return new InjectedCase(
        description,
        cause,
        theory.sum(0),
        mechanism(cause, theory.sum(0), factors, activation.function()),
        network,
        parameters,
        images,
        Collections.nCopies(images.shape().channels(), new ChannelScaling(0, pixel)),
        8 << random.nextInt(4));
  }

  private Activation activation(Cause cause) {
    List<ActivationFunction> functions =
        switch (cause) {
          case DEAD_UNITS -> List.of(ActivationFunction.RELU);
          case BOTH, LARGE_INPUTS ->
              List.of(
                  ActivationFunction.TANH,
                  ActivationFunction.LOGISTIC,
                  ActivationFunction.LOG_SIGMOID,
                  ActivationFunction.ARCTAN,
                  ActivationFunction.SOFTSIGN);
          default -> List.copyOf(ChainNetwork.FUNCTIONS);
        };
    ActivationFunction function = functions.get(random.nextInt(functions.size()));
    return random.nextInt(4) > 0
        ? Activation.of(function)
        : Activation.scaled(function, random.nextBoolean() ? 2 : 5);
  }

  private double[] factors(Cause cause, ActivationFunction function, int depth) {
    double[] factors = new double[depth];
    boolean linear = function == ActivationFunction.RELU || function == ActivationFunction.IDENTITY;
    double shrunk = between(0.05, 1.1);
    double grown = between(1.1, 1.9);
    double inflated = between(5, 50);
    boolean grow = linear && random.nextInt(3) == 0;
    int from = linear || random.nextBoolean() ? 0 : random.nextInt(depth - 1);
    int to = from == 0 ? depth : from + 1 + random.nextInt(depth - from);
    for (int i = 0; i < depth; i++) {
      factors[i] =
          switch (cause) {
            case MANY_LAYERS -> grow ? grown : shrunk;
            case LARGE_PARAMETERS -> from <= i && i < to ? inflated : 1;
            case BOTH -> i < depth / 2 ? inflated : Math.min(shrunk, 0.8);
            default -> 1;
          };
    }
    if (cause == Cause.BOTH && random.nextBoolean()) {
      for (int i = 0; i < depth / 2; i++) {
        double other = factors[i];
        factors[i] = factors[depth - 1 - i];
        factors[depth - 1 - i] = other;
      }
    }
    return factors;
  }

  /** Evenly in the logarithm. */
  private double between(double low, double high) {
    return low * Math.pow(high / low, random.nextDouble());
  }

  private static boolean confirms(
      Cause cause, MeanField theory, double[] factors, ActivationFunction function) {
    boolean linear = function == ActivationFunction.RELU || function == ActivationFunction.IDENTITY;
    double total = theory.sum(0);
    double most = theory.saturated.stream().mapToDouble(s -> s).max().orElse(0);
    return switch (cause) {
      case NONE, DEAD_UNITS -> Math.abs(total) <= 1 && most <= 0.15;
      case MANY_LAYERS -> Math.abs(total) >= 3 && most <= 0.1;
      case LARGE_PARAMETERS ->
          linear ? total >= 3 : inflatedSaturate(theory, factors) && rest(theory, factors) > -1;
      case BOTH -> inflatedSaturate(theory, factors) && rest(theory, factors) <= -3;
      case LARGE_INPUTS -> theory.saturated.get(0) >= 0.5 && Math.abs(theory.sum(1)) <= 1;
      case MANY_STEPS,
          SATURATED_OUTPUT,
          LARGE_TARGETS,
          TARGETS_OUT_OF_RANGE,
          TARGETS_AT_ASYMPTOTE,
          LARGE_LEARNING_RATE,
          SMALL_LEARNING_RATE,
          STRONG_PENALTY,
          CAPACITY,
          ZERO_LOSS,
          EQUAL_UNITS,
          CONSTANT_PREDICTION,
          CONSTANT_INPUTS,
          CONSTANT_TARGETS ->
          throw new IllegalArgumentException(cause + " is none that is injected");
    };
  }

  /**
   * f′ never amplifies, so that only weights can; large weights amplify, so that only f′ can lose;
   * and where weights are small, functions with f′(0) = 1 are nearly linear. relu loses 0.15
   * decades a layer at any size, which is little beside the decade of a factor of 0.1. Between lies
   * a matter of taste.
   */
  private static @Nullable Mechanism mechanism(
      Cause cause, double total, double[] factors, ActivationFunction function) {
    if (total >= 3) {
      return Mechanism.LINEAR;
    }
    if (total > -3) {
      return null;
    }
    if (cause == Cause.LARGE_PARAMETERS) {
      return Mechanism.ACTIVATION;
    }
    double small =
        switch (function) {
          case TANH, ARCTAN, SOFTSIGN, IDENTITY -> 0.5;
          case RELU -> 0.1;
          case LOGISTIC, LOG_SIGMOID -> 0;
          default -> throw new IllegalArgumentException("no case is made of " + function);
        };
    return cause == Cause.MANY_LAYERS && factors[0] <= small ? Mechanism.LINEAR : null;
  }

  private static boolean inflatedSaturate(MeanField theory, double[] factors) {
    boolean any = false;
    for (int i = 0; i < theory.saturated.size(); i++) {
      if (factors[i] >= 5) {
        any = true;
        if (theory.saturated.get(i) < 0.5) {
          return false;
        }
      }
    }
    return any;
  }

  /** What the layers that are not inflated pass on. */
  private static double rest(MeanField theory, double[] factors) {
    double sum = 0;
    for (int i = 0; i < theory.decades.size(); i++) {
      // A layer's own f′ and the weights of the next one are in one number; take both uninflated.
      sum += factors[i] < 5 && factors[i + 1] < 5 ? theory.decades.get(i) : 0;
    }
    return sum;
  }

  private static double meanSquare(ImageSet images, double pixel) {
    double sum = 0;
    for (byte p : images.bytes()) {
      double value = Byte.toUnsignedInt(p) / pixel;
      sum += value * value;
    }
    return sum / images.bytes().length;
  }

  /** Normal or uniform numbers with each layer's gain, none for biases. */
  private float[] parameters(Network network, List<MeanField.Step> steps) {
    float[] parameters = new float[network.parameterCount()];
    boolean uniform = random.nextBoolean();
    int number = -1;
    for (int layer = 0; layer < network.layers().size(); layer++) {
      boolean counted = false;
      for (ParameterTensor tensor : network.parameters(layer)) {
        if (tensor.kind() != Kind.WEIGHTS) {
          continue;
        }
        // The second half of a separable convolution has the gain, the first has gain 1.
        boolean depthwise = tensor.name().endsWith("depthwise");
        number += counted ? 0 : 1;
        counted = true;
        double deviation = (depthwise ? 1 : steps.get(number).gain()) / Math.sqrt(tensor.fanIn());
        for (int i = tensor.offset(); i < tensor.end(); i++) {
          parameters[i] =
              (float)
                  (deviation
                      * (uniform
                          ? Math.sqrt(3) * (2 * random.nextDouble() - 1)
                          : random.nextGaussian()));
        }
      }
    }
    return parameters;
  }

  private void kill(Network network, float[] parameters) {
    List<ParameterTensor> biases = new ArrayList<>();
    for (int layer = 0; layer < network.layers().size() - 1; layer++) {
      for (ParameterTensor tensor : network.parameters(layer)) {
        if (tensor.kind() == Kind.BIAS) {
          biases.add(tensor);
        }
      }
    }
    Collections.shuffle(biases, random);
    int layers = Math.min(biases.size(), 1 + random.nextInt(3));
    for (ParameterTensor tensor : biases.subList(0, layers)) {
      int spared = random.nextInt(tensor.size() / 10 + 1);
      for (int i = tensor.offset() + spared; i < tensor.end(); i++) {
        parameters[i] = -1000;
      }
    }
  }
}
