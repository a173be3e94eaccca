package org.unvanish.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.codec.yaml.Place;
import org.unvanish.network.Convolutional;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.Convolution1d;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Padding;

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

  private static final String ABOUT_KERNEL = "Rows and columns of a kernel; odd with same padding.";
  private static final String ABOUT_PADDING =
      "same: zeros around, so that n rows become n/stride, rounded up. valid: none.";
  private static final Map<String, Padding> PADDINGS =
      Words.of(List.of(Padding.values()), ConvolutionCodec::word);

  private static final Key<Integer> KERNEL = Key.count("kernel", 1, MOST_KERNEL, ABOUT_KERNEL);
  private static final Key<Integer> FILTERS = Key.count("filters", 1, 4_096, "Output channels.");
  private static final Key<Boolean> BIAS =
      Key.flag("bias", "Whether there are biases.").byDefault(false);
  private static final Key<Integer> STRIDE =
      Key.count("stride", 1, MOST_KERNEL, "Stride: rows and columns from one output to the next.")
          .byDefault(1);
  private static final Key<Padding> PADDING =
      Key.choice("padding", PADDINGS, ABOUT_PADDING).byDefault("same");

  static final List<LayerCodec<?>> ALL =
      List.of(
          new ConvolutionCodec<>(
              Convolution.class,
              "conv",
              Convolution::new,
              "convolution",
              "plain",
              "A convolution of images.",
              "A convolution."),
          new ConvolutionCodec<>(
              SeparableConvolution.class,
              "separable-conv",
              SeparableConvolution::new,
              "separable convolution",
              "depthwise-separable",
              "One kernel for each channel, then a 1×1 convolution.",
              "A depthwise-separable convolution."),
          new ConvolutionCodec<>(
              Convolution1d.class,
              "conv-1d",
              Convolution1d::new,
              "1-D convolution",
              "1-D",
              "A convolution along the columns of a sequence or signal.",
              "A 1-D convolution."));

  /** Makes a layer. */
  interface Maker<L> {
    L of(int kernel, int filters, boolean bias, int stride, Padding padding);
  }

  @Override
  public LayerSpec read(Field value, Place place) {
    Fields fields =
        value.fields(KERNEL.name(), FILTERS.name(), BIAS.name(), STRIDE.name(), PADDING.name());
    Padding padding = PADDING.find(fields).orElse(Padding.SAME);
    int kernel = fields.need(KERNEL.name(), field -> kernel(field, padding)).orElse(1);
    return new LayerSpec.Fixed(
        maker.of(
            kernel,
            FILTERS.need(fields).orElse(1),
            BIAS.find(fields).orElse(false),
            STRIDE.find(fields).orElse(1),
            padding),
        place);
  }

  private static int kernel(Field field, Padding padding) {
    int size = KERNEL.read().apply(field);
    if (padding == Padding.SAME && size % 2 == 0) {
      throw field.mustBe("odd with same padding; even kernels need \"padding: valid\"");
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
    if (layer.stride() > 1) {
      map.put(STRIDE.name(), layer.stride());
    }
    if (layer.padding() != Padding.SAME) {
      map.put(PADDING.name(), word(layer.padding()));
    }
    return Map.of(word, map);
  }

  private static String word(Padding padding) {
    return padding.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String definition(L layer) {
    String bias = layer.bias() ? " with bias" : "";
    return definition
        + " "
        + size(layer)
        + ", "
        + layer.filters()
        + " filters"
        + bias
        + steps(layer);
  }

  /** Kernels of images are squares. */
  private static String size(Convolutional layer) {
    return layer.kernelRows() + "×" + layer.kernel();
  }

  /** What is not as usual. */
  private static String steps(Convolutional layer) {
    String stride = layer.stride() > 1 ? ", stride " + layer.stride() : "";
    boolean same = layer.padding() == Padding.SAME;
    return stride + (same ? "" : ", " + word(layer.padding()) + " padding");
  }

  @Override
  public Optional<LayerCaption> caption(L layer) {
    String form = caption + " " + size(layer) + steps(layer);
    return Optional.of(new LayerCaption("convolutions", Optional.of(form)));
  }

  @Override
  public JsonSchema schema() {
    JsonSchema odd =
        JsonSchema.of(ABOUT_KERNEL).whole(1, MOST_KERNEL).with("not", Map.of("multipleOf", 2));
    JsonSchema same = JsonSchema.of(ABOUT_PADDING).words(List.of(word(Padding.SAME)));
    JsonSchema valid = JsonSchema.of(ABOUT_PADDING).words(List.of(word(Padding.VALID)));
    JsonSchema convolution =
        JsonSchema.of(value)
            .anyOf(
                List.of(
                    form(odd, same.with("default", word(Padding.SAME)), List.of()),
                    form(KERNEL.schema(), valid, List.of(PADDING.name()))));
    return JsonSchema.of(entry).object(List.of(new Key<>(word, field -> field, convolution)), word);
  }

  /** The kernels that go with a padding. */
  private static JsonSchema form(JsonSchema kernel, JsonSchema padding, List<String> alsoNeeded) {
    List<String> required = new ArrayList<>(List.of(KERNEL.name(), FILTERS.name()));
    required.addAll(alsoNeeded);
    return JsonSchema.ANY.object(
        List.of(
            new Key<>(KERNEL.name(), KERNEL.read(), kernel),
            FILTERS,
            BIAS,
            STRIDE,
            new Key<>(PADDING.name(), PADDING.read(), padding)),
        required.toArray(String[]::new));
  }
}
