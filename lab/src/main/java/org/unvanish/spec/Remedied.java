package org.unvanish.spec;

import java.util.List;
import java.util.Optional;
import org.unvanish.codec.LayerSpec;
import org.unvanish.data.DataSource;
import org.unvanish.data.TargetChoice;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.initialization.Initialization;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.probe.AppliedRemedies;
import org.unvanish.probe.OutputRemedies;

/** Arms and specs as remedies make them. */
public final class Remedied {

  private Remedied() {}

  /**
   * A spec whose arm follows a prescription. All else stays, but for an arm that has become the
   * same as this one.
   *
   * <p>Arms that have the arm's network keep it in common, also where it is to end otherwise or to
   * be wider; but not the place in front that factors need. Activations that it fixes are changed
   * where they stand, if no other arm has it. Otherwise they become places, into which each arm
   * puts its own.
   *
   * @param arm one of the spec's
   */
  public static ExperimentSpec spec(ExperimentSpec spec, ArmSpec arm, Prescription prescription) {
    Change change = prescription.change();
    List<LayerSpec> network = arm.network();
    boolean apart =
        !change.factors().isEmpty()
            || AppliedRemedies.changesActivations(change)
                && spec.arms().stream().filter(a -> a.network().equals(network)).count() > 1;
    ArmSpec remedied = arm(apart ? opened(arm) : arm, arm.name(), change);
    List<ArmSpec> arms =
        spec.arms().stream()
            .map(
                a -> {
                  if (a.equals(arm)) {
                    return remedied;
                  }
                  return a.network().equals(network) ? fitted(apart ? opened(a) : a, change) : a;
                })
            .filter(a -> a == remedied || !a.training().equals(remedied.training()))
            .toList();
    return new ExperimentSpec(
        name(spec, "-fixed"), spec.title(), dataSource(spec, change), pixels(spec, change), arms);
  }

  /** Another arm with the same network, which is to end otherwise or to be wider. */
  private static ArmSpec fitted(ArmSpec arm, Change change) {
    Change end =
        new Change(
            null,
            null,
            null,
            change.other().stream()
                .filter(remedy -> OutputRemedies.leavesOutLast(List.of(remedy)))
                .toList(),
            List.of());
    return arm.withNetwork(
        RemediedNetwork.layers(arm.network(), change),
        end.isEmpty()
            ? arm.activations()
            : RemediedNetwork.activations(arm.network(), arm.activations(), end));
  }

  /**
   * The arm with places in its network for all activations that remedies may change, to the same
   * effect.
   */
  static ArmSpec opened(ArmSpec arm) {
    List<LayerSpec> network = RemediedNetwork.opened(arm.network());
    return network.equals(arm.network())
        ? arm
        : arm.withNetwork(network, RemediedNetwork.opened(arm.network(), arm.activations()));
  }

  /** What all arms of a spec have in common, and a remedy changes. */
  static boolean isCommon(OtherRemedy remedy) {
    return switch (remedy) {
      case SCALE_INPUTS,
          SCALE_TARGETS,
          FUSED_LOSS,
          FUSED_SOFTMAX,
          NO_LAST_ACTIVATION,
          WIDER_LAYERS ->
          true;
      case USE_TANH,
          LOWER_LEARNING_RATE,
          MUCH_LOWER_LEARNING_RATE,
          HIGHER_LEARNING_RATE,
          MUCH_HIGHER_LEARNING_RATE,
          WEAKER_PENALTY,
          ORTHOGONAL_RECURRENT,
          CLIPPED_GRADIENTS ->
          false;
    };
  }

  /** The data of a spec, with standardised targets if they are prescribed. */
  static DataSource dataSource(ExperimentSpec spec, Change change) {
    return change.other().contains(OtherRemedy.SCALE_TARGETS)
        ? spec.dataSource().withTargets(TargetChoice.STANDARDISED)
        : spec.dataSource();
  }

  /** How a spec scales inputs, or as is prescribed. */
  static PixelScaling pixels(ExperimentSpec spec, Change change) {
    return change.other().contains(OtherRemedy.SCALE_INPUTS)
        ? PixelScaling.STANDARDISED
        : spec.pixels();
  }

  /** The spec's name with a suffix, as long as a name may be. */
  static String name(ExperimentSpec spec, String suffix) {
    int length = Math.min(spec.name().length(), SpecReader.LONGEST_NAME - suffix.length());
    return spec.name().substring(0, length) + suffix;
  }

  /** The arm under another name, with a change; scaled inputs are for the whole spec to have. */
  static ArmSpec arm(ArmSpec arm, String name, Change change) {
    List<OtherRemedy> other = change.other();
    PrescribedInitialization initial = change.initial();
    return new ArmSpec(
        name,
        RemediedNetwork.layersWithFront(arm.network(), change),
        RemediedNetwork.activations(arm.network(), arm.activations(), change),
        other.contains(OtherRemedy.FUSED_LOSS) || other.contains(OtherRemedy.FUSED_SOFTMAX)
            ? Optional.of(OutputRemedies.loss(arm.loss().orElse(new MeanSquaredError()), other))
            : arm.loss(),
        AppliedRemedies.penalty(arm.penalty(), change.l2(), other),
        initial == null ? arm.weights() : AppliedRemedies.start(initial),
        AppliedRemedies.recurrent(
            initial == null || !arm.recurrent().equals(arm.weights())
                ? arm.recurrent()
                : AppliedRemedies.start(initial),
            other),
        initial == null ? arm.biases() : new Initialization.Zeros(),
        AppliedRemedies.optimizer(arm.optimizer(), other),
        arm.schedule(),
        AppliedRemedies.clipping(arm.clipping(), other),
        arm.backend(),
        arm.batchSize(),
        arm.epochs(),
        arm.recorded(),
        arm.seeds());
  }
}
