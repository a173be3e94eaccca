package org.unvanish.paper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.unvanish.spec.ExperimentSpec;

/** The experiments of Ven &amp; Lederer (2021) as specs, which are resources of this package. */
public final class PaperSpecs {

  /** The number of seeds in the paper. */
  public static final int SEEDS = 25;

  /** Their names, in the paper's order. */
  public static final List<String> NAMES =
      List.of("figure1", "figure2", "figure3", "figure4", "table4");

  private PaperSpecs() {}

  /**
   * A spec as it is written, with its comments.
   *
   * @param name one of {@link #NAMES}
   * @throws IllegalArgumentException if there is no such spec
   */
  public static String text(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "the paper has no spec " + name + ", only " + String.join(", ", NAMES));
    }
    try (@Nullable InputStream in = PaperSpecs.class.getResourceAsStream(name + ".yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A spec.
   *
   * @param name one of {@link #NAMES}
   * @throws IllegalArgumentException if there is no such spec
   */
  public static ExperimentSpec spec(String name) {
    return ExperimentSpec.parse(text(name), name + ".yaml");
  }
}
