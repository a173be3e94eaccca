package org.unvanish.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineKindTest {

  private static final String LSCPU =
      """
      Architecture:                       x86_64
      Vendor ID:                          AuthenticAMD
        Model name:                       AMD EPYC
          CPU family:                     25
          Model:                          17
          Thread(s) per core:             1
          Stepping:                       1
          Flags:                          fpu avx avx2 avx512f avx512dq hypervisor
      Virtualization features:
        Hypervisor vendor:                KVM
      """;

  @Test
  void whatTheSystemTellsIsTold() {
    MachineKind kind = MachineKind.of("AMD EPYC", 2, LSCPU, 23_988);
    assertThat(kind)
        .isEqualTo(
            new MachineKind(
                "AMD EPYC",
                "AuthenticAMD family 25 model 17 stepping 1",
                2,
                1,
                "512-bit",
                23,
                "KVM"));
    assertThat(kind.describe())
        .isEqualTo(
            "AMD EPYC, 2 logical cores, 1 thread a core; AuthenticAMD family 25 model 17 stepping 1;"
                + " 512-bit vectors; 23 GB of memory; virtual, by KVM");
  }

  @Test
  void whatItDoesNotTellIsLeftOut() {
    assertThat(MachineKind.of("aarch64", 1, "", 0).describe())
        .isEqualTo("aarch64, 1 logical core; no hypervisor is told");
  }

  @Test
  void narrowerVectorsAreTold() {
    assertThat(MachineKind.of("a", 8, "Flags: fpu avx avx2 bmi1\n", 0).vectors())
        .isEqualTo("256-bit");
  }
}
