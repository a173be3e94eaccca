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

  /**
   * Processor time since the start, in ticks of the system.
   *
   * @param total of all processors, working or not
   * @param busy of those that worked, for whomever
   */
  record Ticks(long total, long busy) {}

  /** All processors' time. */
  static Ticks ticks() {
    // cpu user nice system idle iowait irq softirq steal guest guest_nice: guests are in user, too.
    String[] fields = read("/proc/stat").lines().findFirst().orElse("").split(" +", -1);
    long total = 0;
    long idle = 0;
    for (int i = 1; i < Math.min(9, fields.length); i++) {
      long ticks = Long.parseLong(fields[i]);
      total += ticks;
      idle += i == 4 || i == 5 ? ticks : 0;
    }
    return new Ticks(total, total - idle);
  }

  /** A process's time, in ticks; 0 if it has ended. */
  static long ticks(long pid) {
    String text = read("/proc/" + pid + "/stat");
    // Its name, in brackets, may have anything in it.
    String[] fields = text.substring(text.lastIndexOf(')') + 1).split(" ", -1);
    return fields.length < 14 ? 0 : Long.parseLong(fields[12]) + Long.parseLong(fields[13]);
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

  /** All memory, in MB; 0 where the system does not tell it. */
  static long memoryMegabytes() {
    return read("/proc/meminfo")
        .lines()
        .filter(line -> line.startsWith("MemTotal:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.UTF_8);
    } catch (IOException elsewhere) {
      return "";
    }
  }
}
