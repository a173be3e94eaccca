package org.unvanish.spec;

import java.util.List;
import java.util.Map;
import org.unvanish.network.AveragePooling;
import org.unvanish.network.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.MaxPooling;
import org.unvanish.network.SeparableConvolution;

/** Reads the layers of a network, and checks what can be checked without data. */
final class LayerReader {

  static final int MOST_LAYERS = 1_000;
  private static final int MOST_KERNEL = 31;
  private static final int MOST_FILTERS = 4_096;
  private static final int MOST_UNITS = 65_536;
  private static final int MOST_POOLING = 1_024;

  private static final String CONV = "conv";
  private static final String SEPARABLE_CONV = "separable-conv";
  private static final String MAX_POOLING = "max-pooling";
  private static final String AVERAGE_POOLING = "average-pooling";
  private static final String DENSE = "dense";
  private static final String REPEAT = "repeat";
  private static final Map<String, Boolean> ACTIVATION = Map.of("activation", true);
  private static final Map<String, Boolean> CLASSES = Map.of("classes", true);
  private static final List<String> KINDS =
      List.of(CONV, SEPARABLE_CONV, MAX_POOLING, AVERAGE_POOLING, DENSE, REPEAT);

  private LayerReader() {}

  /**
   * Reads the key {@code network}.
   *
   * @throws SpecException if a layer cannot stand where it stands for any data
   * @throws Problems.Told if a layer cannot be read; what is wrong with each is collected
   */
  static List<LayerSpec> read(Field network) {
    int before = network.problems().count();
    List<LayerSpec> layers = layers(network);
    if (network.problems().count() > before) {
      throw new Problems.Told();
    }
    long count = layers.stream().mapToLong(LayerReader::count).sum();
    if (count > MOST_LAYERS) {
      throw network.place().error("the network has more than %d layers", MOST_LAYERS);
    }
    requireOrder(LayerSpec.flat(layers));
    return layers;
  }

  private static List<LayerSpec> layers(Field list) {
    return list.items(MOST_LAYERS).stream()
        .flatMap(item -> item.problems().attempt(() -> layer(item.named("a layer"))).stream())
        .toList();
  }

  private static LayerSpec layer(Field field) {
    if (field.isText()) {
      field.choice(ACTIVATION);
      return new LayerSpec.Activated(field.place());
    }
    Fields fields =
        field.fields(CONV, SEPARABLE_CONV, MAX_POOLING, AVERAGE_POOLING, DENSE, REPEAT, "layers");
    String kind = fields.one(KINDS);
    Field value = fields.need(kind);
    if (kind.equals(REPEAT)) {
      return new LayerSpec.Repeat(
          fields.need(REPEAT, f -> f.count(1, MOST_LAYERS)).orElse(1),
          fields.need("layers", LayerReader::layers).orElse(List.of()),
          field.place());
    }
    if (fields.has("layers")) {
      throw fields.keyPlace("layers").error("layers stands beside repeat only, not %s", kind);
    }
    if (kind.equals(DENSE)) {
      return dense(value, field.place());
    }
    return new LayerSpec.Fixed(
        switch (kind) {
          case MAX_POOLING -> new MaxPooling(value.count(2, MOST_POOLING));
          case AVERAGE_POOLING -> new AveragePooling(value.count(2, MOST_POOLING));
          default -> convolution(value, kind.equals(SEPARABLE_CONV));
        },
        field.place());
  }

  private static Layer convolution(Field field, boolean separable) {
    Fields fields = field.fields("kernel", "filters", "bias");
    int size = fields.need("kernel", LayerReader::kernel).orElse(1);
    int filters = fields.need("filters", f -> f.count(1, MOST_FILTERS)).orElse(1);
    boolean bias = fields.find("bias", Field::flag).orElse(false);
    return separable
        ? new SeparableConvolution(size, filters, bias)
        : new Convolution(size, filters, bias);
  }

  private static int kernel(Field field) {
    int size = field.count(1, MOST_KERNEL);
    if (size % 2 == 0) {
      throw field.mustBe("odd, so that the image keeps its size");
    }
    return size;
  }

  private static LayerSpec dense(Field field, Place place) {
    if (field.isText() || field.isNumber()) {
      return dense(field, false, place);
    }
    Fields fields = field.fields("units", "bias");
    boolean bias = fields.find("bias", Field::flag).orElse(false);
    return dense(fields.need("units"), bias, place);
  }

  private static LayerSpec dense(Field units, boolean bias, Place place) {
    if (units.isText()) {
      units.choice(CLASSES);
      return new LayerSpec.Classes(bias, place);
    }
    return new LayerSpec.Fixed(new Dense(units.count(1, MOST_UNITS), bias), place);
  }

  /** The layers without repetitions, not laid out one by one: they may be absurdly many. */
  private static long count(LayerSpec layer) {
    if (layer instanceof LayerSpec.Repeat repeat) {
      long inside = repeat.layers().stream().mapToLong(LayerReader::count).sum();
      return repeat.times() * Math.min(inside, MOST_LAYERS + 1L);
    }
    return 1;
  }

  /** No image reaches a layer after a dense one, and the last one is dense. */
  private static void requireOrder(List<LayerSpec> layers) {
    boolean flattened = false;
    for (LayerSpec layer : layers) {
      if (flattened && needsImage(layer)) {
        throw layer
            .place()
            .error(
                "a dense layer stands too early, or this one too late: after a dense layer there"
                    + " are no rows and columns");
      }
      flattened |= isDense(layer);
    }
    LayerSpec last = layers.get(layers.size() - 1);
    if (!isDense(last)) {
      throw last.place().error("the last layer must be dense; write \"- dense: classes\" after it");
    }
    if (last instanceof LayerSpec.Fixed fixed && ((Dense) fixed.layer()).units() < 2) {
      throw last.place().error("the last layer must have a unit for each class: at least 2");
    }
  }

  private static boolean needsImage(LayerSpec spec) {
    if (!(spec instanceof LayerSpec.Fixed fixed)) {
      return false;
    }
    Layer layer = fixed.layer();
    return layer instanceof MaxPooling
        || layer instanceof AveragePooling
        || (layer instanceof Convolution c && c.kernel() > 1)
        || (layer instanceof SeparableConvolution s && s.kernel() > 1);
  }

  private static boolean isDense(LayerSpec spec) {
    return spec instanceof LayerSpec.Classes
        || (spec instanceof LayerSpec.Fixed fixed && fixed.layer() instanceof Dense);
  }
}
