package org.unvanish.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.benchmarks.sidebyside.Variants.Variant;

class VariantsTest {

  private static final InstalledJava OLD = new InstalledJava(Path.of("/old"), 17, "17.0.15");
  private static final InstalledJava NEW = new InstalledJava(Path.of("/new"), 25, "25.0.3");

  @Test
  void theUsualVariantComesFirst() {
    Variant first = Variants.all(OLD, List.of(OLD, NEW)).get(0);
    assertThat(first.entrant().id()).isEqualTo(Variants.USUAL);
    assertThat(first.entrant().command()).startsWith("/old/bin/java");
  }

  @Test
  void anotherJavaIsAVariantWhetherNewerOrOlder() {
    assertThat(programOf("Java 25", Variants.all(OLD, List.of(OLD, NEW))))
        .isEqualTo("/new/bin/java");
    assertThat(programOf("Java 17", Variants.all(NEW, List.of(OLD, NEW))))
        .isEqualTo("/old/bin/java");
  }

  private static String programOf(String name, List<Variant> variants) {
    List<Variant> javas =
        variants.stream().filter(v -> v.entrant().id().startsWith("Java ")).toList();
    assertThat(javas).hasSize(1);
    assertThat(javas.get(0).entrant().id()).isEqualTo(name);
    return javas.get(0).entrant().command().get(0);
  }
}
