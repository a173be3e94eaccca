package org.unvanish.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.unvanish.store.Provenance;

/**
 * What kind of machine it is: times on one kind say little of another.
 *
 * @param processor the model's name, or the architecture where the system does not tell it
 * @param family maker, family, model and stepping, which tell more than the name that a virtual
 *     machine gives its processor; empty where the system does not tell them
 * @param cores how many logical ones are used
 * @param threadsPerCore how many logical ones share a core; 0 where the system does not tell it
 * @param vectors the widest that are known here, {@code 512-bit} or {@code 256-bit}; empty for
 *     others
 * @param memoryGigabytes in units of 2³⁰ bytes, rounded; 0 where the system does not tell it
 * @param hypervisor of a virtual machine; empty where the system names none
 */
record MachineKind(
    String processor,
    String family,
    int cores,
    int threadsPerCore,
    String vectors,
    int memoryGigabytes,
    String hypervisor) {

  /** This one. */
  static MachineKind here() {
    return of(
        Provenance.here("").cpu(),
        Runtime.getRuntime().availableProcessors(),
        lscpu(),
        Machine.memoryMegabytes());
  }

  /**
   * From what the system tells.
   *
   * @param lscpu what {@code lscpu} prints; empty where there is none
   * @param memoryMegabytes 0 where it is not told
   */
  static MachineKind of(String processor, int cores, String lscpu, long memoryMegabytes) {
    String threads = field(lscpu, "Thread(s) per core", "");
    String flags = " " + field(lscpu, "Flags", "") + " ";
    return new MachineKind(
        processor,
        String.join(
                " ",
                field(lscpu, "Vendor ID", ""),
                field(lscpu, "CPU family", "family "),
                field(lscpu, "Model", "model "),
                field(lscpu, "Stepping", "stepping "))
            .strip(),
        cores,
        threads.matches("\\d{1,4}") ? Integer.parseInt(threads) : 0,
        flags.contains(" avx512f ") ? "512-bit" : flags.contains(" avx2 ") ? "256-bit" : "",
        (int) Math.round(memoryMegabytes / 1024.0),
        field(lscpu, "Hypervisor vendor", ""));
  }

  /** A label and the field's value; nothing where there is no such field. */
  private static String field(String lscpu, String name, String label) {
    return lscpu
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> label + line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  private static String lscpu() {
    ProcessBuilder builder = new ProcessBuilder("lscpu");
    builder.environment().put("LC_ALL", "C");
    try {
      Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException elsewhere) {
      // Only Linux has it.
      return "";
    }
  }

  /** For readers. */
  String describe() {
    StringBuilder text = new StringBuilder(processor);
    text.append(", ").append(cores).append(cores == 1 ? " logical core" : " logical cores");
    if (threadsPerCore > 0) {
      text.append(", ").append(threadsPerCore);
      text.append(threadsPerCore == 1 ? " thread a core" : " threads a core");
    }
    if (!family.isEmpty()) {
      text.append("; ").append(family);
    }
    if (!vectors.isEmpty()) {
      text.append("; ").append(vectors).append(" vectors");
    }
    if (memoryGigabytes > 0) {
      text.append("; ").append(memoryGigabytes).append(" GB of memory");
    }
    text.append(hypervisor.isEmpty() ? "; no hypervisor is told" : "; virtual, by " + hypervisor);
    return text.toString();
  }
}
