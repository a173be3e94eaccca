package org.unvanish.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells of this machine. */
final class Machine {

  private Machine() {}

  /** Whether the processor has 512-bit vectors. */
  static boolean hasAvx512() {
    return read("/proc/cpuinfo").contains(" avx512f ");
  }

  /** How many processes wanted a processor in the last minute, on average; NaN if unknown. */
  static double load() {
    String text = read("/proc/loadavg");
    return text.isEmpty() ? Double.NaN : Double.parseDouble(text.split(" ", 2)[0]);
  }

  /**
   * The most memory that a process has had, in MB; NaN if it has ended.
   *
   * @param pid the process
   */
  static double peakMegabytes(long pid) {
    return read("/proc/" + pid + "/status")
        .lines()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.UTF_8);
    } catch (IOException elsewhere) {
      return "";
    }
  }
}
