package org.unvanish.spec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.codec.LayerSpec;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.initialization.Initialization;
import org.unvanish.remedy.AppliedRemedies;

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
    ArmSpec remedied = arm(arm, arm.name(), prescription);
    boolean scaled = prescription.other().contains(OtherRemedy.SCALE_INPUTS);
    return new ExperimentSpec(
        name(spec, "-fixed"),
        spec.title(),
        spec.dataSource(),
        scaled ? PixelScaling.STANDARDISED : spec.pixels(),
        network(spec.network(), prescription),
        spec.arms().stream()
            .filter(a -> a.equals(arm) || !named(a, arm.name()).equals(remedied))
            .map(a -> a.equals(arm) ? remedied : a)
            .toList());
  }

  /** The network of a spec, with wider hidden layers if they are prescribed. */
  static List<LayerSpec> network(List<LayerSpec> network, Prescription prescription) {
    return prescription.other().contains(OtherRemedy.WIDER_LAYERS) ? widened(network) : network;
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
      @Nullable PrescribedInitialization initial,
      List<OtherRemedy> other) {
    boolean tanh = other.contains(OtherRemedy.USE_TANH);
    List<Activation> activations =
        arm.activations().stream().map(a -> activation(a, alpha, tanh)).toList();
    return new ArmSpec(
        name,
        activations,
        arm.loss(),
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

  private static Activation activation(
      Activation activation, @Nullable Double alpha, boolean tanh) {
    Activation scaled = alpha == null ? activation : activation.times(alpha);
    return tanh ? new Activation(ActivationFunction.TANH, scaled.scale()) : scaled;
  }
}
