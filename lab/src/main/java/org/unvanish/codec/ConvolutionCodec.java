package org.unvanish.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.codec.yaml.Place;
import org.unvanish.network.Convolutional;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;

/**
 * Convolutions of all kinds.
 *
 * @param word the key
 * @param maker makes a layer
 * @param definition what definitions call it
 * @param caption what captions call it
 * @param entry describes an entry of a network
 * @param value describes the value of the key
 */
record ConvolutionCodec<L extends Convolutional>(
    Class<L> kind,
    String word,
    Maker<L> maker,
    String definition,
    String caption,
    String entry,
    String value)
    implements LayerCodec<L> {

  private static final int MOST_KERNEL = 31;

  private static final Key<Integer> KERNEL =
      new Key<>(
          "kernel",
          ConvolutionCodec::kernel,
          JsonSchema.of("Rows and columns of a kernel; odd, so that the image keeps its size.")
              .whole(1, MOST_KERNEL)
              .with("not", Map.of("multipleOf", 2)));
  private static final Key<Integer> FILTERS = Key.count("filters", 1, 4_096, "Output channels.");
  private static final Key<Boolean> BIAS =
      Key.flag("bias", "Whether there are biases.").byDefault(false);

  static final List<LayerCodec<?>> ALL =
      List.of(
          new ConvolutionCodec<>(
              Convolution.class,
              "conv",
              Convolution::new,
              "convolution",
              "plain",
              "A convolution with stride 1 that keeps the image's size.",
              "A convolution."),
          new ConvolutionCodec<>(
              SeparableConvolution.class,
              "separable-conv",
              SeparableConvolution::new,
              "separable convolution",
              "depthwise-separable",
              "One kernel for each channel, then a 1×1 convolution.",
              "A depthwise-separable convolution."));

  /** Makes a layer. */
  interface Maker<L> {
    L of(int kernel, int filters, boolean bias);
  }

  @Override
  public LayerSpec read(Field value, Place place) {
    Fields fields = value.fields(KERNEL.name(), FILTERS.name(), BIAS.name());
    return new LayerSpec.Fixed(
        maker.of(
            KERNEL.need(fields).orElse(1),
            FILTERS.need(fields).orElse(1),
            BIAS.find(fields).orElse(false)),
        place);
  }

  private static int kernel(Field field) {
    int size = field.count(1, MOST_KERNEL);
    if (size % 2 == 0) {
      throw field.mustBe("odd, so that the image keeps its size");
    }
    return size;
  }

  @Override
  public Object yaml(L layer) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(KERNEL.name(), layer.kernel());
    map.put(FILTERS.name(), layer.filters());
    if (layer.bias()) {
      map.put(BIAS.name(), true);
    }
    return Map.of(word, map);
  }

  @Override
  public String definition(L layer) {
    int kernel = layer.kernel();
    String bias = layer.bias() ? " with bias" : "";
    return definition + " " + kernel + "×" + kernel + ", " + layer.filters() + " filters" + bias;
  }

  @Override
  public Optional<LayerCaption> caption(L layer) {
    String form = caption + " " + layer.kernel() + "×" + layer.kernel();
    return Optional.of(new LayerCaption("convolutions", Optional.of(form)));
  }

  @Override
  public JsonSchema schema() {
    JsonSchema convolution =
        JsonSchema.of(value).object(List.of(KERNEL, FILTERS, BIAS), KERNEL.name(), FILTERS.name());
    return JsonSchema.of(entry).object(List.of(new Key<>(word, field -> field, convolution)), word);
  }
}
