package org.unvanish.spec;

import java.util.Collections;
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
   * <p>Activations that the network fixes are changed where they stand, if there is no other arm.
   * Otherwise they become places, into which each arm puts its own.
   *
   * @param arm one of the spec's
   */
  public static ExperimentSpec spec(ExperimentSpec spec, ArmSpec arm, Prescription prescription) {
    Change change = prescription.change();
    boolean apart =
        !change.factors().isEmpty()
            || (spec.arms().size() > 1 && AppliedRemedies.changesActivations(change));
    ExperimentSpec before = apart ? opened(spec) : spec;
    ArmSpec own = before.arms().get(spec.arms().indexOf(arm));
    ArmSpec remedied = arm(before, own, own.name(), change);
    return new ExperimentSpec(
        name(spec, "-fixed"),
        spec.title(),
        dataSource(spec, change),
        pixels(spec, change),
        RemediedNetwork.layersWithFront(before.network(), change),
        before.arms().stream()
            .map(a -> a.equals(own) ? remedied : fitted(before, a, change))
            .filter(a -> a.equals(remedied) || !a.named(own.name()).equals(remedied))
            .toList());
  }

  /** Another arm of a spec, for a network that is to end otherwise. */
  private static ArmSpec fitted(ExperimentSpec spec, ArmSpec arm, Change change) {
    Change end =
        new Change(
            null,
            null,
            null,
            change.other().stream()
                .filter(remedy -> OutputRemedies.leavesOutLast(List.of(remedy)))
                .toList(),
            Collections.nCopies(change.factors().size(), 1.0));
    return end.isEmpty()
        ? arm
        : arm.withActivations(RemediedNetwork.activations(spec.network(), arm.activations(), end));
  }

  /** The spec with places for all activations that remedies may change, to the same effect. */
  static ExperimentSpec opened(ExperimentSpec spec) {
    List<LayerSpec> network = RemediedNetwork.opened(spec.network());
    return network.equals(spec.network())
        ? spec
        : new ExperimentSpec(
            spec.name(),
            spec.title(),
            spec.dataSource(),
            spec.pixels(),
            network,
            spec.arms().stream().map(arm -> opened(spec, arm)).toList());
  }

  /** An arm of the {@link #opened(ExperimentSpec) opened} spec. */
  static ArmSpec opened(ExperimentSpec spec, ArmSpec arm) {
    return arm.withActivations(RemediedNetwork.opened(spec.network(), arm.activations()));
  }

  /** Whether a change is one of what all arms of a spec have in common. */
  static boolean isCommon(Change change) {
    return !change.factors().isEmpty() || change.other().stream().anyMatch(Remedied::isCommon);
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
          WEAKER_PENALTY ->
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
  static ArmSpec arm(ExperimentSpec spec, ArmSpec arm, String name, Change change) {
    List<OtherRemedy> other = change.other();
    PrescribedInitialization initial = change.initial();
    return new ArmSpec(
        name,
        RemediedNetwork.activations(spec.network(), arm.activations(), change),
        other.contains(OtherRemedy.FUSED_LOSS) || other.contains(OtherRemedy.FUSED_SOFTMAX)
            ? Optional.of(OutputRemedies.loss(arm.loss().orElse(new MeanSquaredError()), other))
            : arm.loss(),
        AppliedRemedies.penalty(arm.penalty(), change.l2(), other),
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
}
