package org.unvanish.spec.sweep;

import java.util.List;
import java.util.Map;
import org.unvanish.activation.Activation;
import org.unvanish.activation.Scale;
import org.unvanish.codec.ActivationCodec;
import org.unvanish.codec.ClippingCodec;
import org.unvanish.codec.InitializationCodec;
import org.unvanish.codec.Key;
import org.unvanish.codec.LayerSpec;
import org.unvanish.codec.NetworkCodec;
import org.unvanish.codec.OptimizerCodec;
import org.unvanish.codec.PenaltyCodec;
import org.unvanish.codec.ScheduleCodec;
import org.unvanish.codec.Words;
import org.unvanish.initialization.Initialization;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.optimizer.Schedule;
import org.unvanish.penalty.Penalty;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.sweep.SweptSetting.Limits;

/** All settings that a sweep can vary. */
public final class SweptSettings {

  private static final Limits POSITIVE = new Limits(Key.LEAST, Key.MOST, false);

  /** The activation in the network's places, with or without a scale. */
  public static final SweptSetting<Activation> ACTIVATION =
      SweptSetting.named(
          "activation",
          ActivationCodec::read,
          ActivationCodec::yaml,
          "activation",
          (arm, value) -> {
            requirePlace(arm, "activation");
            arm.activations = List.of(value);
          });

  /** Where parameters start. */
  public static final SweptSetting<InitializationCodec.Start> INITIAL_VALUES =
      SweptSetting.named(
          "initial-values",
          InitializationCodec::read,
          InitializationCodec::yaml,
          "initial-values",
          (arm, value) -> arm.start = value);

  /** What is added to the loss. */
  public static final SweptSetting<Penalty> PENALTY =
      SweptSetting.named(
          "penalty",
          PenaltyCodec::read,
          PenaltyCodec::yaml,
          "penalty",
          (arm, value) -> arm.penalty = value);

  /** How parameters follow the gradient. */
  public static final SweptSetting<Optimizer> OPTIMIZER =
      SweptSetting.named(
          "optimizer",
          OptimizerCodec::read,
          OptimizerCodec::yaml,
          "optimizer",
          (arm, value) -> arm.optimizer = value);

  /** How the learning rate changes. */
  public static final SweptSetting<Schedule> SCHEDULE =
      SweptSetting.named(
          "schedule",
          ScheduleCodec::read,
          ScheduleCodec::yaml,
          "schedule",
          (arm, value) -> arm.schedule = value);

  /** How large a gradient may be. */
  public static final SweptSetting<Clipping> CLIPPING =
      SweptSetting.named(
          "clipping",
          ClippingCodec::read,
          ClippingCodec::yaml,
          "clipping",
          (arm, value) -> arm.clipping = value);

  /** How often the layers of the network's {@code repeat} come. */
  public static final SweptSetting<Double> DEPTH =
      SweptSetting.number(
          "depth",
          "depth",
          new Limits(1, NetworkCodec.MOST_LAYERS, true),
          (arm, value) -> {
            if (arm.activations.size() > 1) {
              throw new IllegalArgumentException(
                  "depth changes the number of activations; write one activation for all places");
            }
            arm.network = NetworkSize.repeated(arm.network, value.intValue());
          });

  /** The units of hidden layers. */
  public static final SweptSetting<Double> WIDTH =
      SweptSetting.number(
          "width",
          "width",
          new Limits(1, NetworkCodec.MOST_UNITS, true),
          (arm, value) -> arm.network = NetworkSize.wide(arm.network, value.intValue()));

  /** α of the activations in the network's places. */
  public static final SweptSetting<Double> ALPHA =
      SweptSetting.number(
          "alpha",
          "α",
          POSITIVE,
          (arm, value) -> {
            requirePlace(arm, "alpha");
            arm.activations =
                arm.activations.stream().map(activation -> scaled(activation, value)).toList();
          });

  /** The regularization strength of the penalty: of an ℓ₂ penalty where there is none. */
  public static final SweptSetting<Double> R =
      SweptSetting.number(
          "r",
          "r",
          new Limits(0, Key.MOST, false),
          (arm, value) -> arm.penalty = value == 0 ? Penalty.none() : of(arm.penalty, value));

  /** The gain, bound or standard deviation of initial weights. */
  public static final SweptSetting<Double> INITIAL_SCALE =
      SweptSetting.number(
          "initial-scale",
          "initial scale",
          POSITIVE,
          (arm, value) -> arm.start = scaled(arm.start, value));

  /** The learning rate of the optimizer. */
  public static final SweptSetting<Double> LEARNING_RATE =
      SweptSetting.number(
          "learning-rate",
          "learning rate",
          POSITIVE,
          (arm, value) -> arm.optimizer = arm.optimizer.withLearningRate(value));

  /** Samples a step. */
  public static final SweptSetting<Double> BATCH_SIZE =
      SweptSetting.number(
          "batch-size",
          "batch size",
          new Limits(1, ArmSpec.MOST_BATCH, true),
          (arm, value) -> arm.batchSize = value.intValue());

  /** By name, in the order in which they are put into an arm: numbers change what names choose. */
  static final Map<String, SweptSetting<?>> ALL =
      Words.of(
          List.of(
              ACTIVATION,
              INITIAL_VALUES,
              PENALTY,
              OPTIMIZER,
              SCHEDULE,
              CLIPPING,
              DEPTH,
              WIDTH,
              ALPHA,
              R,
              INITIAL_SCALE,
              LEARNING_RATE,
              BATCH_SIZE),
          SweptSetting::name);

  private SweptSettings() {}

  private static void requirePlace(ArmDraft arm, String setting) {
    if (LayerSpec.places(arm.network) == 0) {
      throw new IllegalArgumentException(
          "the network has no \"- activation\" that %s could go to".formatted(setting));
    }
  }

  private static Activation scaled(Activation activation, double alpha) {
    Scale scale = activation.scale();
    if (scale instanceof Scale.Naive) {
      throw new IllegalArgumentException(
          "an activation with a naive factor has no α; leave out naive, or alpha");
    }
    return new Activation(
        activation.function(),
        scale instanceof Scale.Trained trained ? trained.from(alpha) : new Scale.Fixed(alpha));
  }

  private static Penalty of(Penalty penalty, double r) {
    if (penalty instanceof Penalty.KerasL2 l2) {
      return new Penalty.KerasL2(r, l2.scope());
    } else if (penalty instanceof Penalty.L1 l1) {
      return new Penalty.L1(r, l1.scope());
    } else if (penalty instanceof Penalty.ElasticNet) {
      throw new IllegalArgumentException(
          "an elastic net has r₁ and r₂; write those that are to be compared as \"penalty\"");
    }
    return new Penalty.L2(r, penalty.scope());
  }

  private static InitializationCodec.Start scaled(InitializationCodec.Start start, double scale) {
    Initialization weights = scaled(start.weights(), scale);
    return start.withWeights(weights);
  }

  private static Initialization scaled(Initialization weights, double scale) {
    if (weights instanceof Initialization.LeCun) {
      return new Initialization.LeCun(scale);
    } else if (weights instanceof Initialization.Orthogonal) {
      return new Initialization.Orthogonal(scale);
    } else if (weights instanceof Initialization.Identity) {
      return new Initialization.Identity(scale);
    } else if (weights instanceof Initialization.Uniform) {
      return new Initialization.Uniform(scale);
    } else if (weights instanceof Initialization.Normal) {
      return new Initialization.Normal(scale);
    }
    throw new IllegalArgumentException(
        "initial weights that are "
            + InitializationCodec.caption(weights)
            + " have no scale; write \"initial-values: lecun\", orthogonal, {normal: 0.1} or {uniform:"
            + " 0.1}");
  }
}
