package org.unvanish.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.data.PixelScaling;
import org.unvanish.diagnosis.Change;
import org.unvanish.diagnosis.OtherRemedy;
import org.unvanish.diagnosis.StartingValues;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.penalty.Penalty;

/** Networks and trainings as remedies make them. */
public final class Remedies {

  /** By how much hidden layers are widened. */
  public static final int WIDER = 4;

  private Remedies() {}

  /** The network with all of its fixed scales α multiplied; learned ones find their own way. */
  static Network scaled(Network network, double factor) {
    return mapped(
        network,
        a ->
            a.scale() instanceof Scale.Fixed fixed
                ? Activation.scaled(a.function(), fixed.alpha() * factor)
                : a);
  }

  /** The network with tanh in place of all its activation functions. */
  static Network withTanh(Network network) {
    return mapped(network, a -> new Activation(ActivationFunction.TANH, a.scale()));
  }

  private static Network mapped(Network network, UnaryOperator<Activation> change) {
    List<Layer> layers =
        network.layers().stream()
            .map(
                layer ->
                    layer instanceof Layer.Activated activated
                        ? new Layer.Activated(change.apply(activated.activation()))
                        : layer)
            .toList();
    return new Network(network.input(), layers);
  }

  /** All parameters times a factor. */
  static float[] shrunk(float[] parameters, double factor) {
    float[] result = new float[parameters.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) (parameters[i] * factor);
    }
    return result;
  }

  /** The network with a change. */
  static Network network(Network network, Change change) {
    Network result = network;
    if (change.alpha() != null) {
      result = scaled(result, change.alpha());
    }
    if (change.other().contains(OtherRemedy.USE_TANH)) {
      result = withTanh(result);
    }
    return change.other().contains(OtherRemedy.WIDER_LAYERS) ? widened(result) : result;
  }

  /** The training with a change. Given initial values cannot fill wider layers: Glorot's do. */
  static TrainingSettings settings(TrainingSettings s, Change change) {
    boolean outgrown =
        change.other().contains(OtherRemedy.WIDER_LAYERS)
            && (s.weights() instanceof InitialValues.Given
                || s.biases() instanceof InitialValues.Given);
    StartingValues initial = outgrown ? StartingValues.GLOROT : change.initial();
    return new TrainingSettings(
        optimizer(s.optimizer(), change.other()),
        penalty(s.penalty(), change.l2(), change.other()),
        initial == null ? s.weights() : start(initial),
        initial == null ? s.biases() : new InitialValues.Zeros(),
        change.other().contains(OtherRemedy.SCALE_INPUTS)
            ? PixelScaling.STANDARDISED
            : s.pixelScaling(),
        s.batchSize(),
        s.epochs());
  }

  /** How weights start. */
  public static InitialValues start(StartingValues values) {
    return values == StartingValues.GLOROT ? new InitialValues.Glorot() : new InitialValues.He();
  }

  /**
   * A penalty with changes.
   *
   * @param r of the paper's penalty that takes its place, or null
   */
  public static Penalty penalty(Penalty present, @Nullable Double r, List<OtherRemedy> other) {
    if (r != null) {
      return new Penalty.L2(r, Penalty.Scope.ALL);
    }
    return other.contains(OtherRemedy.WEAKER_PENALTY) ? present.dividedBy(10) : present;
  }

  /** An optimiser with another learning rate, if one of the remedies says so. */
  public static Optimizer optimizer(Optimizer present, List<OtherRemedy> other) {
    double rate = present.learningRate();
    for (OtherRemedy remedy : other) {
      switch (remedy) {
        case LOWER_LEARNING_RATE -> rate /= 10;
        case MUCH_LOWER_LEARNING_RATE -> rate /= 100;
        case HIGHER_LEARNING_RATE -> rate *= 10;
        case MUCH_HIGHER_LEARNING_RATE -> rate *= 100;
        case SCALE_INPUTS, USE_TANH, WEAKER_PENALTY, WIDER_LAYERS -> {}
      }
    }
    return present.withLearningRate(rate);
  }

  /** The network with more units or filters in all layers with weights but the last. */
  static Network widened(Network network) {
    List<Layer> layers = new ArrayList<>(network.layers());
    for (int i = 0; i < layers.size() - 1; i++) {
      layers.set(i, widened(layers.get(i)));
    }
    return new Network(network.input(), layers);
  }

  /** A hidden layer with more units or filters; any other layer as it is. */
  public static Layer widened(Layer layer) {
    if (layer instanceof Layer.Dense d) {
      return new Layer.Dense(d.units() * WIDER, d.bias());
    }
    if (layer instanceof Layer.Convolution c) {
      return new Layer.Convolution(c.kernel(), c.filters() * WIDER, c.bias());
    }
    if (layer instanceof Layer.SeparableConvolution c) {
      return new Layer.SeparableConvolution(c.kernel(), c.filters() * WIDER, c.bias());
    }
    return layer;
  }
}
