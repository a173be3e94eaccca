package org.unvanish.benchmarks.sidebyside;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.unvanish.data.Dataset;

/**
 * Under which conditions a folder's measurements were made. Others are not added to them.
 *
 * @param machine the kind of machine
 * @param javas versions of Java that the engine runs on, oldest first; the others run on the first
 * @param data the data set
 * @param sha256 its checksum
 * @param warmUpSeconds training before a window opens
 * @param windowSeconds the window, in rounds; of a pilot half of it
 */
record Conditions(
    MachineKind machine,
    List<String> javas,
    String data,
    String sha256,
    double warmUpSeconds,
    double windowSeconds) {
  Conditions {
    javas = List.copyOf(javas);
  }

  /** On this machine. */
  static Conditions here(List<InstalledJava> javas, Dataset data, double warmUp, double window) {
    return new Conditions(
        MachineKind.here(),
        javas.stream().map(InstalledJava::version).toList(),
        data.title(),
        data.sha256(),
        warmUp,
        window);
  }

  /** What is different there, as {@code here / there} by name. */
  Map<String, String> differences(Conditions other) {
    Map<String, String> differences = new TreeMap<>();
    compare("machine", machine.describe(), other.machine.describe(), differences);
    compare("Java", javas, other.javas, differences);
    compare("data", data, other.data, differences);
    compare("checksum of the data", sha256, other.sha256, differences);
    compare("--warm-up", warmUpSeconds, other.warmUpSeconds, differences);
    compare("--seconds", windowSeconds, other.windowSeconds, differences);
    return differences;
  }

  private static void compare(
      String name, Object here, Object there, Map<String, String> differences) {
    if (!here.equals(there)) {
      differences.put(name, here + " / " + there);
    }
  }
}
