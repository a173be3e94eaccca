package org.unvanish.export;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an experiment can be exported as. */
public enum ExportFormat {
  /** The figure as vectors, for web pages and drawing programs. */
  SVG,
  /** The figure as pixels. */
  PNG,
  /** The figure as vectors, for LaTeX and printers. */
  PDF,
  /** All numbers. */
  CSV,
  /** Tables and the figure's caption. */
  LATEX,
  /** Event files. */
  TENSORBOARD;

  /** As users write it: {@code svg}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format of that label, or nothing. */
  public static Optional<ExportFormat> of(String label) {
    return Arrays.stream(values()).filter(format -> format.label().equals(label)).findFirst();
  }

  /** All labels. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(ExportFormat::label).toList();
  }
}
