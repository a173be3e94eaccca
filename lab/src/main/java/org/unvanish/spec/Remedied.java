package org.unvanish.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.codec.LayerSpec;
import org.unvanish.data.DataSource;
import org.unvanish.data.TargetChoice;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.initialization.Initialization;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.remedy.AppliedRemedies;
import org.unvanish.remedy.OutputRemedies;

/** Arms and specs as remedies make them. */
public final class Remedied {

  private Remedied() {}

  /**
   * A spec whose arm follows a prescription. All else stays, but for an arm that has become the
   * same as this one.
   *
   * @param arm one of the spec's
   */
  public static ExperimentSpec spec(ExperimentSpec spec, ArmSpec arm, Prescription prescription) {
    ArmSpec remedied = arm(spec, arm, arm.name(), prescription);
    return new ExperimentSpec(
        name(spec, "-fixed"),
        spec.title(),
        dataSource(spec, prescription),
        pixels(spec, prescription),
        network(spec.network(), prescription),
        spec.arms().stream()
            .filter(a -> a.equals(arm) || !named(a, arm.name()).equals(remedied))
            .map(a -> a.equals(arm) ? remedied : a)
            .toList());
  }

  /** What all arms of a spec have in common, and a remedy changes. */
  static boolean isCommon(OtherRemedy remedy) {
    return switch (remedy) {
      case SCALE_INPUTS, SCALE_TARGETS, FUSED_LOSS, NO_LAST_ACTIVATION, WIDER_LAYERS -> true;
      case USE_TANH,
          LOWER_LEARNING_RATE,
          MUCH_LOWER_LEARNING_RATE,
          HIGHER_LEARNING_RATE,
          MUCH_HIGHER_LEARNING_RATE,
          WEAKER_PENALTY ->
          false;
    };
  }

  /** The data of a spec, with standardised targets if they are prescribed. */
  static DataSource dataSource(ExperimentSpec spec, Prescription prescription) {
    return prescription.other().contains(OtherRemedy.SCALE_TARGETS)
        ? spec.dataSource().withTargets(TargetChoice.STANDARDISED)
        : spec.dataSource();
  }

  /** How a spec scales inputs, or as is prescribed. */
  static PixelScaling pixels(ExperimentSpec spec, Prescription prescription) {
    return prescription.other().contains(OtherRemedy.SCALE_INPUTS)
        ? PixelScaling.STANDARDISED
        : spec.pixels();
  }

  /** The network of a spec, with wider hidden layers or another end if they are prescribed. */
  static List<LayerSpec> network(List<LayerSpec> network, Prescription prescription) {
    List<LayerSpec> changed =
        OutputRemedies.leavesOutLast(prescription.other())
            ? network.subList(0, network.size() - 1)
            : network;
    return prescription.other().contains(OtherRemedy.WIDER_LAYERS) ? widened(changed) : changed;
  }

  /** The last entry with units makes the outputs: it stays. */
  private static List<LayerSpec> widened(List<LayerSpec> layers) {
    List<LayerSpec> result = new ArrayList<>(layers);
    boolean output = true;
    for (int i = layers.size() - 1; i >= 0; i--) {
      LayerSpec entry = layers.get(i);
      LayerSpec wider = entry.with(layer -> layer.widened(AppliedRemedies.WIDER));
      if (output) {
        boolean counted = entry instanceof LayerSpec.Single single && single.isOutput();
        output = wider.equals(entry) && !counted || keepsWidth(entry);
      } else {
        result.set(i, wider);
      }
    }
    boolean wide = false;
    for (int i = 0; i < layers.size(); i++) {
      if (keepsWidth(layers.get(i)) && !wide) {
        result.set(i, layers.get(i));
      }
      wide |= !result.get(i).equals(layers.get(i));
    }
    return result;
  }

  private static boolean keepsWidth(LayerSpec entry) {
    return entry instanceof LayerSpec.Block block && !block.projection();
  }

  /** The spec's name with a suffix, as long as a name may be. */
  static String name(ExperimentSpec spec, String suffix) {
    int length = Math.min(spec.name().length(), SpecReader.LONGEST_NAME - suffix.length());
    return spec.name().substring(0, length) + suffix;
  }

  /** The arm under another name, as prescribed; scaled inputs are for the whole spec to have. */
  static ArmSpec arm(ExperimentSpec spec, ArmSpec arm, String name, Prescription prescription) {
    return arm(
        spec.network(),
        arm,
        name,
        prescription.l2(),
        prescription.alpha(),
        prescription.initial(),
        prescription.other());
  }

  /** The arm under another name, and no other change. */
  static ArmSpec named(ArmSpec arm, String name) {
    return arm(List.of(), arm, name, null, null, null, List.of());
  }

  /** With the paper's penalty in place of the present one. */
  static ArmSpec penalised(ArmSpec arm, String name, double r) {
    return arm(List.of(), arm, name, r, null, null, List.of());
  }

  /** With all fixed scales multiplied. */
  static ArmSpec scaled(ExperimentSpec spec, ArmSpec arm, String name, double factor) {
    return arm(spec.network(), arm, name, null, factor, null, List.of());
  }

  private static ArmSpec arm(
      List<LayerSpec> network,
      ArmSpec arm,
      String name,
      @Nullable Double l2,
      @Nullable Double alpha,
      @Nullable PrescribedInitialization initial,
      List<OtherRemedy> other) {
    return new ArmSpec(
        name,
        activations(network, arm, alpha, other),
        other.contains(OtherRemedy.FUSED_LOSS)
            ? Optional.of(OutputRemedies.loss(arm.loss().orElse(new MeanSquaredError()), other))
            : arm.loss(),
        AppliedRemedies.penalty(arm.penalty(), l2, other),
        initial == null ? arm.weights() : AppliedRemedies.start(initial),
        initial == null ? arm.biases() : new Initialization.Zeros(),
        AppliedRemedies.optimizer(arm.optimizer(), other),
        arm.schedule(),
        arm.clipping(),
        arm.backend(),
        arm.batchSize(),
        arm.epochs(),
        arm.seeds());
  }

  /** Of an activation at the end, which says what numbers are put out, nothing is changed. */
  private static List<Activation> activations(
      List<LayerSpec> network, ArmSpec arm, @Nullable Double alpha, List<OtherRemedy> other) {
    boolean tanh = other.contains(OtherRemedy.USE_TANH);
    List<Activation> changed =
        new ArrayList<>(arm.activations().stream().map(a -> activation(a, alpha, tanh)).toList());
    boolean ends =
        !network.isEmpty() && network.get(network.size() - 1) instanceof LayerSpec.Activated;
    if (ends && (arm.activations().size() > 1 || !changed.equals(arm.activations()))) {
      int places = LayerSpec.flat(network).stream().mapToInt(LayerSpec.Single::places).sum();
      Activation last = arm.activations().get(arm.activations().size() - 1);
      while (changed.size() < places) {
        changed.add(changed.get(0));
      }
      changed.remove(places - 1);
      if (!OutputRemedies.leavesOutLast(other)) {
        changed.add(last);
      }
    }
    return changed;
  }

  private static Activation activation(
      Activation activation, @Nullable Double alpha, boolean tanh) {
    Activation scaled = alpha == null ? activation : activation.times(alpha);
    return tanh ? new Activation(ActivationFunction.TANH, scaled.scale()) : scaled;
  }
}
