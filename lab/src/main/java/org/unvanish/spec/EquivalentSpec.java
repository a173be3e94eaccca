package org.unvanish.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A spec whose arms have no α and are the same networks.
 *
 * @param spec no two of its arms train the same
 * @param remarks on its arms, a sentence each, for people to read
 */
public record EquivalentSpec(ExperimentSpec spec, List<String> remarks) {

  /** Copies the list. */
  public EquivalentSpec {
    remarks = List.copyOf(remarks);
  }

  /**
   * The {@link Equivalent}s of arms; those without α stay as they are.
   *
   * @param arms some of the spec's, at least one
   * @throws IllegalArgumentException if none has an α, or one has no equivalent; the message names
   *     it
   */
  public static EquivalentSpec of(ExperimentSpec spec, List<ArmSpec> arms) {
    if (arms.stream().noneMatch(Equivalent::hasAlpha)) {
      throw new IllegalArgumentException(
          arms.size() == 1
              ? "the arm \"%s\" has no α other than 1".formatted(arms.get(0).name())
              : "no arm has an α other than 1");
    }
    List<String> remarks = new ArrayList<>();
    Map<ArmSpec, ArmSpec> different = new LinkedHashMap<>();
    for (ArmSpec arm : arms) {
      ArmSpec own = Equivalent.hasAlpha(arm) ? equivalent(arm, remarks) : arm;
      ArmSpec earlier = different.putIfAbsent(own.training(), own);
      if (earlier != null) {
        remarks.add(
            "\"%s\" is left out: it trains the same as \"%s\"."
                .formatted(own.name(), earlier.name()));
      }
    }
    return new EquivalentSpec(
        new ExperimentSpec(
            Remedied.name(spec, "-equivalent"),
            spec.title(),
            spec.dataSource(),
            spec.pixels(),
            List.copyOf(different.values())),
        remarks);
  }

  private static ArmSpec equivalent(ArmSpec arm, List<String> remarks) {
    Equivalent equivalent;
    try {
      equivalent = Equivalent.of(arm);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the arm \"%s\" has no equivalent without α: %s".formatted(arm.name(), e.getMessage()),
          e);
    }
    String alike =
        equivalent.isExact()
            ? "the same bits as with α, as each α is a power of two"
            : "the same as with α but for roundings";
    if (equivalent.remarks().isEmpty()) {
      remarks.add("\"%s\" without α trains to %s.".formatted(arm.name(), alike));
    } else {
      remarks.add("\"%s\" without α puts out, at the start, %s.".formatted(arm.name(), alike));
      remarks.addAll(equivalent.remarks());
    }
    return equivalent.arm();
  }

  /** As YAML, with the remarks as comments before it. */
  public String text() {
    StringBuilder text = new StringBuilder();
    remarks.forEach(remark -> text.append("# ").append(remark).append('\n'));
    return text.append(spec.toYaml()).toString();
  }
}
