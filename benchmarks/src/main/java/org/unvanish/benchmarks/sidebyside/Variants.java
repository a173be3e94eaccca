package org.unvanish.benchmarks.sidebyside;

import java.util.ArrayList;
import java.util.List;

/** Ways to run the engine that are compared with the usual one. */
final class Variants {

  /** As users have it: a run on every core. */
  static final String USUAL = "usual";

  /**
   * One of them.
   *
   * @param entrant its id is the variant's name
   * @param setting how it uses the machine
   * @param target what share of the usual speed it should have, for readers
   */
  record Variant(Entrant entrant, Setting setting, String target) {}

  private Variants() {}

  /**
   * All that this machine has.
   *
   * @param running the Java of the usual one
   * @param javas others that are compared with it
   */
  static List<Variant> all(InstalledJava running, List<InstalledJava> javas) {
    int cores = Runtime.getRuntime().availableProcessors();
    Setting usual = Setting.usual(cores);
    List<Variant> variants = new ArrayList<>();
    variants.add(variant(USUAL, running, List.of(), usual, ""));
    variants.add(
        variant(
            "one worker",
            running,
            List.of(),
            new Setting(1, 1, Setting.USUAL_BATCH),
            "at most 1/1.95 with two cores"));
    if (Machine.hasAvx512()) {
      variants.add(
          variant("-XX:UseAVX=2", running, List.of("-XX:UseAVX=2"), usual, "at least 0.45"));
    }
    for (InstalledJava java : javas) {
      if (java.feature() != running.feature()) {
        variants.add(variant("Java " + java.feature(), java, List.of(), usual, "0.85 to 1.15"));
      }
    }
    return variants;
  }

  private static Variant variant(
      String name, InstalledJava java, List<String> flags, Setting setting, String target) {
    return new Variant(Entrants.engine(name, java, flags), setting, target);
  }
}
