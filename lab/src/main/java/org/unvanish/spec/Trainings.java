package org.unvanish.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Arms by what they train. Of each, only the hash of that is kept: a network may have many layers.
 */
final class Trainings {

  private final Map<Integer, List<ArmSpec>> byHash = new HashMap<>();

  /** Adds an arm; an earlier one that trains the same, if there is one. */
  Optional<ArmSpec> add(ArmSpec arm) {
    ArmSpec training = arm.training();
    List<ArmSpec> alike = byHash.computeIfAbsent(training.hashCode(), hash -> new ArrayList<>());
    Optional<ArmSpec> same =
        alike.stream().filter(other -> other.training().equals(training)).findFirst();
    alike.add(arm);
    return same;
  }
}
