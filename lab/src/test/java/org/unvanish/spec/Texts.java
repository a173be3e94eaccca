package org.unvanish.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.unvanish.paper.PaperSpecs;

/** The valid specs that the tests of this package start from. */
final class Texts {

  static final String EVERYTHING = resource("/org/unvanish/spec/everything.yaml");

  static final String LAYERS = resource("/org/unvanish/spec/layers.yaml");

  static final String SWEEP = resource("/org/unvanish/spec/sweep.yaml");

  static final String RECURRENT = resource("/org/unvanish/spec/recurrent.yaml");

  /** Short, with most left to defaults. */
  static final String SMALL =
      """
      name: small
      data: synthetic
      network:
        - {conv: {kernel: 3, filters: 3}}
        - activation
        - max-pooling: 2
        - dense: classes
      arms:
        - name: tanh
          activation: tanh
      """;

  private Texts() {}

  static List<String> valid() {
    List<String> all = new ArrayList<>(PaperSpecs.NAMES.stream().map(PaperSpecs::text).toList());
    all.add(EVERYTHING);
    all.add(LAYERS);
    all.add(SWEEP);
    all.add(SMALL);
    return all;
  }

  /** Those, and that of sequences, whose data no other of them fits. */
  static List<String> all() {
    List<String> all = new ArrayList<>(valid());
    all.add(RECURRENT);
    return all;
  }

  static String resource(String path) {
    try (InputStream in = Texts.class.getResourceAsStream(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
