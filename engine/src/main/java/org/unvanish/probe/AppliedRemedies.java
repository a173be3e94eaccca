package org.unvanish.probe;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Residual;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.TrainingSettings;

/** Networks and trainings as remedies make them. */
public final class AppliedRemedies {

  /** By how much hidden layers are widened. */
  public static final int WIDER = 4;

  private AppliedRemedies() {}

  /** The network with a change. */
  public static Network network(Network network, Change change) {
    Network changed = network.withHidden(activation -> activation(activation, change));
    Network scaled =
        change.factors().isEmpty() ? changed : LayerFactors.network(changed, change.factors());
    Network result = OutputRemedies.network(scaled, change.other());
    return change.other().contains(OtherRemedy.WIDER_LAYERS) ? widened(result) : result;
  }

  /** Whether a change is one of activations, those of hidden layers. */
  public static boolean changesActivations(Change change) {
    return change.alpha() != null
        || !change.factors().isEmpty()
        || change.other().contains(OtherRemedy.USE_TANH);
  }

  /** The activation of a hidden layer with a change. */
  public static Activation activation(Activation activation, Change change) {
    Activation scaled = change.alpha() == null ? activation : activation.times(change.alpha());
    return change.other().contains(OtherRemedy.USE_TANH)
        ? new Activation(ActivationFunction.TANH, scaled.scale())
        : scaled;
  }

  /** The training with a change. Given initial weights cannot fill wider layers: Glorot's do. */
  public static TrainingSettings settings(TrainingSettings s, Change change) {
    boolean outgrown =
        change.other().contains(OtherRemedy.WIDER_LAYERS)
            && (s.weights().count().isPresent()
                || s.weights().isWhole()
                || s.recurrent().count().isPresent()
                || s.biases().count().isPresent());
    PrescribedInitialization initial =
        outgrown ? PrescribedInitialization.GLOROT : change.initial();
    TrainingSettings changed =
        s.withLoss(OutputRemedies.loss(s.loss(), change.other()))
            .withOptimizer(optimizer(s.optimizer(), change.other()))
            .withClipping(clipping(s.clipping(), change.other()))
            .withPenalty(penalty(s.penalty(), change.l2(), change.other()));
    if (initial != null) {
      changed = changed.withInitialValues(start(initial), new Initialization.Zeros());
    }
    if (outgrown && changed.recurrent().count().isPresent()) {
      changed = changed.withRecurrent(changed.weights());
    }
    changed = changed.withRecurrent(recurrent(changed.recurrent(), change.other()));
    return change.other().contains(OtherRemedy.SCALE_INPUTS)
        ? changed.withPixelScaling(PixelScaling.STANDARDISED)
        : changed;
  }

  /** How weights start. */
  public static Initialization start(PrescribedInitialization values) {
    return values == PrescribedInitialization.GLOROT
        ? new Initialization.Glorot()
        : new Initialization.He();
  }

  /** How recurrent weights start, or as one of the remedies says. */
  public static Initialization recurrent(Initialization present, List<OtherRemedy> other) {
    return other.contains(OtherRemedy.ORTHOGONAL_RECURRENT)
        ? new Initialization.Orthogonal(1)
        : present;
  }

  /** How gradients are limited, or as one of the remedies says. */
  public static Clipping clipping(Clipping present, List<OtherRemedy> other) {
    return other.contains(OtherRemedy.CLIPPED_GRADIENTS) ? new Clipping.Norm(1) : present;
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

  /** An optimizer with another learning rate, if one of the remedies says so. */
  public static Optimizer optimizer(Optimizer present, List<OtherRemedy> other) {
    double rate = present.learningRate();
    for (OtherRemedy remedy : other) {
      switch (remedy) {
        case LOWER_LEARNING_RATE -> rate /= 10;
        case MUCH_LOWER_LEARNING_RATE -> rate /= 100;
        case HIGHER_LEARNING_RATE -> rate *= 10;
        case MUCH_HIGHER_LEARNING_RATE -> rate *= 100;
        case SCALE_INPUTS,
            SCALE_TARGETS,
            FUSED_LOSS,
            FUSED_SOFTMAX,
            NO_LAST_ACTIVATION,
            USE_TANH,
            WEAKER_PENALTY,
            WIDER_LAYERS,
            ORTHOGONAL_RECURRENT,
            CLIPPED_GRADIENTS -> {}
      }
    }
    return present.withLearningRate(rate);
  }

  /**
   * The network with more units or filters in all layers that have some but the last of them. A
   * block that adds what reaches it to what it makes is as wide as that.
   */
  static Network widened(Network network) {
    List<Layer> layers = new ArrayList<>(network.layers());
    boolean output = true;
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer wider = layers.get(i).widened(WIDER);
      if (output) {
        output = wider.equals(layers.get(i)) || keepsWidth(layers.get(i));
      } else {
        layers.set(i, wider);
      }
    }
    boolean wide = false;
    for (int i = 0; i < layers.size(); i++) {
      if (keepsWidth(layers.get(i)) && !wide) {
        layers.set(i, network.layers().get(i));
      }
      wide |= !layers.get(i).equals(network.layers().get(i));
    }
    return new Network(network.input(), layers);
  }

  private static boolean keepsWidth(Layer layer) {
    return layer instanceof Residual block && !block.projection();
  }
}
