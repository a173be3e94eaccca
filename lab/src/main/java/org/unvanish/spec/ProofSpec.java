package org.unvanish.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.unvanish.codec.yaml.Numbers;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Definition;

/**
 * The experiment that proves a prescription by training: an arm untouched, as prescribed, and as
 * controls with each single remedy of Ven &amp; Lederer (2021).
 *
 * @param spec its arms all have the same seeds; no two of them are the same but for the name
 * @param scaled where the data or targets are to be scaled, layers to be wider or the network to
 *     end otherwise, which all arms of an experiment have in common: a second experiment with the
 *     prescribed arm alone, changed so, and the same seeds
 * @param omitted arms that are not in it, with the reason, for people to read
 */
public record ProofSpec(
    ExperimentSpec spec, Optional<ExperimentSpec> scaled, List<String> omitted) {

  /** The name of the arm as it was. */
  public static final String UNTOUCHED = "untouched";

  /** The name of the arm that follows the prescription. */
  public static final String PRESCRIBED = "prescribed";

  private static final String SUFFIX = "-proof";
  private static final String SCALED_SUFFIX = "-proof-scaled";

  /** The paper's α, tried alone where no other is prescribed. */
  private static final double ALPHA = 2;

  /** Copies the list. */
  public ProofSpec {
    omitted = List.copyOf(omitted);
  }

  /**
   * The proof of a prescription.
   *
   * @param spec where the arm stands
   * @param arm with the epochs and seeds of the proof
   * @param prescription what was found
   * @param r of the penalty that is tried alone where none is prescribed, above 0
   * @param data what {@link ExperimentSpec#dataSource} names
   */
  public static ProofSpec of(
      ExperimentSpec spec, ArmSpec arm, Prescription prescription, double r, DataDescription data) {
    double alone = prescription.l2() == null ? r : prescription.l2();
    double alpha = prescription.alpha() == null ? ALPHA : prescription.alpha();
    Change change = prescription.change();
    ArmSpec own = Remedied.opened(arm);
    List<ArmSpec> arms = new ArrayList<>();
    arms.add(own.named(UNTOUCHED));
    boolean apart = change.other().stream().anyMatch(Remedied::isCommon);
    ArmSpec prescribed = Remedied.arm(own, PRESCRIBED, change);
    if (!apart && !prescription.isEmpty()) {
      arms.add(prescribed);
    }
    arms.add(Remedied.arm(own, "r = " + Numbers.text(alone) + " alone", Change.penalty(alone)));
    arms.add(Remedied.arm(own, "α × " + Numbers.text(alpha) + " alone", Change.scale(alpha)));
    Optional<ExperimentSpec> scaled =
        apart ? Optional.of(apart(spec, change, prescribed)) : Optional.empty();
    return distinct(spec, arms, scaled, data);
  }

  /** The name that {@link #spec} has. */
  public static String name(ExperimentSpec spec) {
    return Remedied.name(spec, SUFFIX);
  }

  /** The name that {@link #scaled} has, or would have. */
  public static String scaledName(ExperimentSpec spec) {
    return Remedied.name(spec, SCALED_SUFFIX);
  }

  /** Arms that differ by name only would train the same bits twice. */
  private static ProofSpec distinct(
      ExperimentSpec spec,
      List<ArmSpec> arms,
      Optional<ExperimentSpec> scaled,
      DataDescription data) {
    List<String> omitted = new ArrayList<>();
    List<Arm> bound = with(spec, arms).experiment(data).arms();
    Map<Definition, String> names = new LinkedHashMap<>();
    List<ArmSpec> different = new ArrayList<>();
    for (int i = 0; i < arms.size(); i++) {
      String other = names.putIfAbsent(Definition.of(bound.get(i), data), arms.get(i).name());
      if (other == null) {
        different.add(arms.get(i));
      } else {
        omitted.add(
            "“%s” is left out: it is the same as “%s”.".formatted(arms.get(i).name(), other));
      }
    }
    return new ProofSpec(with(spec, different), scaled, omitted);
  }

  /** What all arms of an experiment have in common is changed in an experiment of its own. */
  private static ExperimentSpec apart(ExperimentSpec spec, Change change, ArmSpec prescribed) {
    String what =
        change.other().stream()
            .filter(Remedied::isCommon)
            .map(remedy -> remedy == OtherRemedy.SCALE_INPUTS ? "on scaled data" : words(remedy))
            .collect(Collectors.joining(", "));
    return new ExperimentSpec(
        scaledName(spec),
        spec.name() + ": as prescribed, " + what,
        Remedied.dataSource(spec, change),
        Remedied.pixels(spec, change),
        List.of(prescribed));
  }

  private static String words(OtherRemedy remedy) {
    return remedy == OtherRemedy.WIDER_LAYERS ? "wider layers" : remedy.text();
  }

  private static ExperimentSpec with(ExperimentSpec spec, List<ArmSpec> arms) {
    return new ExperimentSpec(
        name(spec),
        spec.name() + ": untouched, as prescribed, and with each remedy of the paper alone",
        spec.dataSource(),
        spec.pixels(),
        arms);
  }
}
