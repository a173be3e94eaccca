package org.unvanish.model.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Tensor;

/** The classes of layers that are understood, by Keras's names: one table of all. */
final class LayerTable {
  private static final Attributes NONE = Attributes.NONE;
  private static final Map<String, LayerKind> TABLE = table();

  /** Those that are functions of each number alone: they may stand where an activation is named. */
  private static final Set<String> ACTIVATIONS = Set.of("ReLU", "LeakyReLU", "ELU", "Softmax");

  /** Those that treat each row of the last axis alike. */
  private static final Set<String> LAST_AXIS =
      Set.of(
          "Dense", "Activation", "Dropout", "ReLU", "LeakyReLU", "ELU", "ActivityRegularization");

  private LayerTable() {}

  /** All names, in order. */
  static Set<String> names() {
    return TABLE.keySet();
  }

  /**
   * What a layer is.
   *
   * @throws ModelRefusedException if its class is not in the table
   */
  static LayerKind of(LayerConfig layer) {
    LayerKind kind = TABLE.get(layer.className());
    if (kind != null) {
      return kind;
    }
    if (layer.className().equals("Lambda")) {
      throw new ModelRefusedException(
          layer.place(),
          "a Lambda is Python code, which Unvanish does not run",
          "Replace it by layers of Keras, such as Rescaling or Activation. " + ModelParser.EXPORT);
    }
    throw new ModelRefusedException(
        layer.place(),
        "Unvanish does not know layers of this class",
        "If it is your own, replace it by layers of Keras. " + ModelParser.EXPORT);
  }

  /** A layer with one output. */
  static Value single(LayerCall call) {
    List<Value> results = of(call.layer()).translation().of(call);
    if (results.size() != 1) {
      throw call.refused("it has several outputs, where one is needed", "");
    }
    return results.get(0);
  }

  static boolean isActivation(String className) {
    return ACTIVATIONS.contains(className);
  }

  static boolean worksOnLastAxis(String className) {
    return LAST_AXIS.contains(className);
  }

  /** A layer that stands where another one's activation is named. */
  static Value activation(LayerCall call, JsonNode setting, Value z) {
    String className = setting.path("class_name").asText();
    LayerConfig layer =
        new LayerConfig(
            className,
            call.layer().name(),
            new Settings(call.layer().place(), setting.path("config")),
            true,
            false,
            List.of(),
            Optional.empty(),
            List.of());
    return single(call.inner(layer, z));
  }

  private static Map<String, LayerKind> table() {
    Map<String, LayerKind> table = new TreeMap<>();
    table.put("InputLayer", LayerKind.plain(ShapeLayers::nothing));
    table.put("Dense", LayerKind.weighted(LayerKind::kernelAndBias, DenseLayers::dense));
    table.put(
        "Embedding", LayerKind.weighted(settings -> List.of("embeddings"), DenseLayers::embedding));
    activations(table);
    spatial(table);
    normalizations(table);
    for (String recurrent : List.of("SimpleRNN", "LSTM", "GRU")) {
      table.put(
          recurrent,
          new LayerKind(
              settings ->
                  settings.flag("use_bias", true)
                      ? List.of("kernel", "recurrent_kernel", "bias")
                      : List.of("kernel", "recurrent_kernel"),
              settings -> List.of(),
              RecurrentLayers::single));
    }
    table.put(
        "Bidirectional",
        new LayerKind(settings -> List.of(), settings -> List.of(), RecurrentLayers::both));
    table.put("TimeDistributed", LayerKind.plain(ShapeLayers::timeDistributed));
    table.put("Flatten", LayerKind.plain(ShapeLayers::flatten));
    table.put("Reshape", LayerKind.plain(ShapeLayers::reshape));
    table.put("Permute", LayerKind.plain(ShapeLayers::permute));
    table.put("RepeatVector", LayerKind.plain(ShapeLayers::repeat));
    table.put("Dropout", LayerKind.plain(ShapeLayers::dropout));
    for (String noise :
        List.of(
            "AlphaDropout",
            "GaussianDropout",
            "GaussianNoise",
            "SpatialDropout1D",
            "SpatialDropout2D")) {
      table.put(noise, LayerKind.plain(ShapeLayers::noise));
    }
    table.put("ActivityRegularization", LayerKind.plain(ShapeLayers::nothing));
    table.put("Masking", LayerKind.plain(ShapeLayers::masking));
    table.put("Add", LayerKind.plain(call -> MergeLayers.fold(call, "Add")));
    table.put("Subtract", LayerKind.plain(call -> MergeLayers.fold(call, "Sub")));
    table.put("Multiply", LayerKind.plain(call -> MergeLayers.fold(call, "Mul")));
    table.put("Average", LayerKind.plain(MergeLayers::average));
    table.put("Maximum", LayerKind.plain(call -> MergeLayers.extreme(call, true)));
    table.put("Minimum", LayerKind.plain(call -> MergeLayers.extreme(call, false)));
    table.put("Concatenate", LayerKind.plain(MergeLayers::concatenate));
    return table;
  }

  private static void spatial(Map<String, LayerKind> table) {
    for (int dims = 1; dims <= 2; dims++) {
      int d = dims;
      String suffix = d + "D";
      LayerKind convolution =
          LayerKind.weighted(
              LayerKind::kernelAndBias, call -> ConvolutionLayers.convolution(call, d));
      table.put("Conv" + suffix, convolution);
      table.put("Convolution" + suffix, convolution);
      table.put(
          "MaxPooling" + suffix,
          LayerKind.plain(call -> ConvolutionLayers.pooling(call, d, "MaxPool")));
      table.put(
          "AveragePooling" + suffix,
          LayerKind.plain(call -> ConvolutionLayers.pooling(call, d, "AveragePool")));
      table.put(
          "GlobalAveragePooling" + suffix,
          LayerKind.plain(call -> ConvolutionLayers.globalPooling(call, d, true)));
      table.put(
          "GlobalMaxPooling" + suffix,
          LayerKind.plain(call -> ConvolutionLayers.globalPooling(call, d, false)));
      table.put(
          "ZeroPadding" + suffix, LayerKind.plain(call -> ConvolutionLayers.padding(call, d)));
    }
  }

  private static void normalizations(Map<String, LayerKind> table) {
    LayerKind batch =
        new LayerKind(
            NormalizationLayers::scaleAndShift,
            settings -> List.of("moving_mean", "moving_variance"),
            call -> List.of(NormalizationLayers.batch(call)));
    table.put("BatchNormalization", batch);
    table.put("BatchNormalizationV1", batch);
    table.put("SyncBatchNormalization", batch);
    table.put(
        "LayerNormalization",
        LayerKind.weighted(NormalizationLayers::scaleAndShift, NormalizationLayers::layer));
    table.put("Rescaling", LayerKind.plain(NormalizationLayers::rescaling));
    table.put(
        "Normalization",
        new LayerKind(
            settings -> List.of(),
            NormalizationLayers::statistics,
            call -> List.of(NormalizationLayers.ofData(call))));
  }

  private static void activations(Map<String, LayerKind> table) {
    table.put("Activation", LayerKind.plain(call -> Activations.after(call, call.input())));
    table.put(
        "ELU",
        LayerKind.plain(
            call ->
                Activations.simple(
                    call,
                    call.input(),
                    "Elu",
                    NONE.with("alpha", call.settings().number("alpha", 1)))));
    table.put(
        "LeakyReLU",
        LayerKind.plain(
            call -> leaky(call, call.settings().has("alpha") ? "alpha" : "negative_slope", 0.3)));
    table.put("ReLU", LayerKind.plain(LayerTable::relu));
    table.put(
        "Softmax",
        LayerKind.plain(
            call ->
                Activations.softmax(
                    call, call.input(), call.settings().integer("axis", -1), "Softmax")));
    table.put("PReLU", LayerKind.weighted(settings -> List.of("alpha"), LayerTable::learnedSlope));
  }

  private static Value leaky(LayerCall call, String name, double absent) {
    Attributes slope = NONE.with("alpha", call.settings().number(name, absent));
    return Activations.simple(call, call.input(), "LeakyRelu", slope);
  }

  private static Value relu(LayerCall call) {
    Settings settings = call.settings();
    boolean bounded = settings.has("max_value");
    boolean leaks = settings.number("negative_slope", 0) != 0;
    if (settings.number("threshold", 0) != 0 || bounded && leaks) {
      throw call.unknown("a ReLU with a threshold, or with a slope and a largest value");
    }
    if (bounded) {
      return Activations.clip(call, call.input(), 0, settings.number("max_value", 0));
    }
    return leaks
        ? leaky(call, "negative_slope", 0)
        : Activations.simple(call, call.input(), "Relu", NONE);
  }

  /** relu(x) − α · relu(−x). */
  private static Value learnedSlope(LayerCall call) {
    Value x = call.plain(call.input());
    int[] shape = new int[x.rank() - 1];
    Arrays.fill(shape, -1);
    Tensor slopes = call.weight("alpha", shape);
    for (int i = 0; i < shape.length; i++) {
      if (slopes.extent(i) != 1) {
        call.fits(x, i + 1, slopes.extent(i));
      }
    }
    String positive = call.node("Relu", "positive", NONE, x.name());
    String negative = call.node("Neg", "negative", NONE, x.name());
    String below = call.node("Relu", "below", NONE, negative);
    String scaled = call.node("Mul", "scaled", NONE, below, call.constant("alpha", slopes));
    return x.renamed(call.main("Sub", NONE, positive, scaled));
  }
}
