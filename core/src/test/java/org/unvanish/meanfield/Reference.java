package org.unvanish.meanfield;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;

/** One row of a table of numbers that another program has made. */
record Reference(Map<String, String> cells) {

  /** reference.csv: moments, fixed points and critical points in about 19 digits. */
  static List<Reference> values(String kind) {
    return read("reference.csv").stream().filter(row -> row.text("kind").equals(kind)).toList();
  }

  /** validation.csv: random networks, many of each kind, beside what theory says. */
  static List<Reference> networks() {
    return read("validation.csv");
  }

  String text(String column) {
    return Objects.requireNonNull(cells.get(column));
  }

  double number(String column) {
    return Double.parseDouble(text(column));
  }

  ActivationFunction function() {
    return ActivationFunction.valueOf(
        text("activation").replace('-', '_').toUpperCase(java.util.Locale.ROOT));
  }

  VarianceMap map() {
    Activation activation = function().scaled(number("alpha"));
    return new VarianceMap(activation, number("sigma_w"), number("sigma_b"));
  }

  private static List<Reference> read(String name) {
    try (InputStream in = Objects.requireNonNull(Reference.class.getResourceAsStream(name))) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      String[] columns = lines.get(0).split(",", -1);
      return lines.subList(1, lines.size()).stream()
          .map(
              line -> {
                String[] cells = line.split(",", -1);
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < columns.length; i++) {
                  row.put(columns[i], cells[i]);
                }
                return new Reference(row);
              })
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
