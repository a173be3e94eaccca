package org.unvanish.benchmarks.sidebyside;

import java.util.Map;
import java.util.TreeMap;
import org.unvanish.data.Dataset;
import org.unvanish.store.Provenance;

/**
 * Under which conditions a folder's measurements were made. Others are not added to them.
 *
 * @param cpu the processor's model
 * @param cores how many are used
 * @param java name and version of the Java that all contestants run on
 * @param data the data set
 * @param sha256 its checksum
 * @param warmUpSeconds training before a window opens
 * @param windowSeconds the window, in rounds; of a pilot half of it
 */
record Conditions(
    String cpu,
    int cores,
    String java,
    String data,
    String sha256,
    double warmUpSeconds,
    double windowSeconds) {

  /** On this machine. */
  static Conditions here(Dataset data, double warmUp, double window) {
    return here(data.title(), data.sha256(), warmUp, window);
  }

  /** On this machine. */
  static Conditions here(String data, String sha256, double warmUp, double window) {
    Provenance provenance = Provenance.here("");
    return new Conditions(
        provenance.cpu(),
        Runtime.getRuntime().availableProcessors(),
        provenance.jvm(),
        data,
        sha256,
        warmUp,
        window);
  }

  /** What is different there, as {@code here / there} by name. */
  Map<String, String> differences(Conditions other) {
    Map<String, String> differences = new TreeMap<>();
    compare("processor", cpu, other.cpu, differences);
    compare("cores", cores, other.cores, differences);
    compare("Java", java, other.java, differences);
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
