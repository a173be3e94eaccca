package org.unvanish.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.data.PixelScaling;
import org.unvanish.diagnosis.OtherRemedy;
import org.unvanish.diagnosis.Prescription;
import org.unvanish.diagnosis.StartingValues;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.InitialValues;
import org.unvanish.train.Optimizer;

/** Arms and specs as remedies make them. */
public final class Remedied {

  /** By how much a learning rate or a penalty is made smaller where only training can tell. */
  private static final double FIRST_TRY = 10;

  private Remedied() {}

  /**
   * A spec whose arm follows a prescription. All else stays, but for an arm that has become the
   * same as this one.
   *
   * @param arm one of the spec's
   */
  public static ExperimentSpec spec(ExperimentSpec spec, ArmSpec arm, Prescription prescription) {
    ArmSpec remedied = arm(arm, arm.name(), prescription);
    boolean scaled = prescription.other().contains(OtherRemedy.SCALE_INPUTS);
    return new ExperimentSpec(
        name(spec, "-mended"),
        spec.title(),
        spec.dataSource(),
        scaled ? PixelScaling.STANDARDISED : spec.pixels(),
        spec.network(),
        spec.arms().stream()
            .filter(a -> a.equals(arm) || !named(a, arm.name()).equals(remedied))
            .map(a -> a.equals(arm) ? remedied : a)
            .toList());
  }

  /** The spec's name with a suffix, as long as a name may be. */
  static String name(ExperimentSpec spec, String suffix) {
    int length = Math.min(spec.name().length(), SpecReader.LONGEST_NAME - suffix.length());
    return spec.name().substring(0, length) + suffix;
  }

  /** The arm under another name, as prescribed; scaled inputs are for the whole spec to have. */
  static ArmSpec arm(ArmSpec arm, String name, Prescription prescription) {
    return arm(
        arm,
        name,
        prescription.l2(),
        prescription.alpha(),
        prescription.initial(),
        prescription.other());
  }

  /** The arm under another name, and no other change. */
  static ArmSpec named(ArmSpec arm, String name) {
    return arm(arm, name, null, null, null, List.of());
  }

  /** With the paper's penalty in place of the present one. */
  static ArmSpec penalised(ArmSpec arm, String name, double r) {
    return arm(arm, name, r, null, null, List.of());
  }

  /** With all fixed scales multiplied. */
  static ArmSpec scaled(ArmSpec arm, String name, double factor) {
    return arm(arm, name, null, factor, null, List.of());
  }

  private static ArmSpec arm(
      ArmSpec arm,
      String name,
      @Nullable Double l2,
      @Nullable Double alpha,
      @Nullable StartingValues initial,
      List<OtherRemedy> other) {
    boolean tanh = other.contains(OtherRemedy.USE_TANH);
    List<Activation> activations =
        arm.activations().stream().map(a -> activation(a, alpha, tanh)).toList();
    InitialValues start =
        initial == StartingValues.GLOROT ? new InitialValues.Glorot() : new InitialValues.He();
    Penalty present =
        other.contains(OtherRemedy.WEAKER_PENALTY) ? weaker(arm.penalty()) : arm.penalty();
    return new ArmSpec(
        name,
        activations,
        l2 == null ? present : new Penalty.L2(l2, Penalty.Scope.ALL),
        initial == null ? arm.weights() : start,
        initial == null ? arm.biases() : new InitialValues.Zeros(),
        other.contains(OtherRemedy.LOWER_LEARNING_RATE) ? slower(arm.optimizer()) : arm.optimizer(),
        arm.backend(),
        arm.batchSize(),
        arm.epochs(),
        arm.seeds());
  }

  private static Optimizer slower(Optimizer optimizer) {
    if (optimizer instanceof Optimizer.Adam adam) {
      double rate = adam.learningRate() / FIRST_TRY;
      return new Optimizer.Adam(rate, adam.beta1(), adam.beta2(), adam.epsilon(), adam.form());
    }
    Optimizer.Sgd sgd = (Optimizer.Sgd) optimizer;
    return new Optimizer.Sgd(sgd.learningRate() / FIRST_TRY, sgd.momentum());
  }

  private static Penalty weaker(Penalty penalty) {
    if (penalty instanceof Penalty.L2 l2) {
      return new Penalty.L2(l2.r() / FIRST_TRY, l2.scope());
    }
    if (penalty instanceof Penalty.KerasL2 l2) {
      return new Penalty.KerasL2(l2.r() / FIRST_TRY, l2.scope());
    }
    if (penalty instanceof Penalty.L1 l1) {
      return new Penalty.L1(l1.r() / FIRST_TRY, l1.scope());
    }
    if (penalty instanceof Penalty.ElasticNet net) {
      return new Penalty.ElasticNet(net.r1() / FIRST_TRY, net.r2() / FIRST_TRY, net.scope());
    }
    return penalty;
  }

  private static Activation activation(
      Activation activation, @Nullable Double alpha, boolean tanh) {
    Scale scale =
        alpha != null && activation.scale() instanceof Scale.Fixed fixed
            ? new Scale.Fixed(fixed.alpha() * alpha)
            : activation.scale();
    return new Activation(tanh ? ActivationFunction.TANH : activation.function(), scale);
  }
}
