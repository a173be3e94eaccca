package org.unvanish.model.torch;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Tensor;

/** Normalizations. */
final class NormalizationForms {

  private static final double EPSILON = 1e-5;

  /** No layer without factors of its own has more channels or values. */
  private static final long MOST_FILLED = 1 << 20;

  private NormalizationForms() {}

  static Map<String, ModuleForm> table() {
    Map<String, ModuleForm> table = new HashMap<>();
    // Reads tables and signals alike, so it settles nothing.
    table.put("batchnorm.BatchNorm1d", NormalizationForms::batch);
    table.put(
        "batchnorm.BatchNorm2d",
        ModuleForm.reading(NormalizationForms::images, NormalizationForms::batch));
    table.put(
        "instancenorm.InstanceNorm1d",
        ModuleForm.reading(
            module -> WeightForms.images(module.integer("num_features"), 1),
            NormalizationForms::instance));
    table.put(
        "instancenorm.InstanceNorm2d",
        ModuleForm.reading(NormalizationForms::images, NormalizationForms::instance));
    table.put(
        "normalization.LayerNorm",
        ModuleForm.reading(NormalizationForms::samples, NormalizationForms::layer));
    table.put("normalization.GroupNorm", NormalizationForms::group);
    return table;
  }

  private static long[] images(TorchModule module) {
    return WeightForms.images(module.integer("num_features"), 2);
  }

  private static long[] samples(TorchModule module) {
    long[] normalized = module.integers("normalized_shape");
    long[] shape = new long[normalized.length + 1];
    shape[0] = -1;
    System.arraycopy(normalized, 0, shape, 1, normalized.length);
    return shape;
  }

  /** γ or β, or what stands for it where a module has none. */
  private static String factors(
      TorchModule module, String name, double absent, GraphDraft draft, long... shape)
      throws IOException {
    return module.tensor(name).isPresent()
        ? draft.parameter(module, name, shape)
        : filled(module, absent, draft, shape);
  }

  private static String filled(TorchModule module, double value, GraphDraft draft, long... shape) {
    long size = 1;
    for (long extent : shape) {
      if (extent < 1 || extent > MOST_FILLED / size) {
        throw module.refused("its size " + Arrays.toString(shape) + " is no usual one", "");
      }
      size *= extent;
    }
    int[] extents = Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
    Tensor tensor = Tensor.zeros(extents);
    Arrays.fill(tensor.values(), value);
    return draft.constant(module, tensor);
  }

  /** By the statistics of each batch if the model was saved as it trains, else by running ones. */
  private static Flow batch(TorchModule module, Flow input, GraphDraft draft) throws IOException {
    long channels = module.integer("num_features");
    boolean tracked = module.tensor("running_mean").isPresent();
    boolean training = module.flag("training", true) || !tracked;
    draft.warn(
        training
            ? "Batch normalization takes the statistics of each batch, since the model was saved in training mode."
            : "Batch normalization takes its running statistics, since the model was saved after model.eval(); save it after model.train() to see what training sees.");
    return draft.node(
        module,
        "BatchNormalization",
        Attributes.NONE
            .with("epsilon", module.number("eps", EPSILON))
            .with("momentum", 1 - module.number("momentum", 0.1))
            .with("training_mode", training ? 1 : 0),
        input.rank(),
        input.value(),
        factors(module, "weight", 1, draft, channels),
        factors(module, "bias", 0, draft, channels),
        factors(module, "running_mean", 0, draft, channels),
        factors(module, "running_var", 1, draft, channels));
  }

  private static Flow instance(TorchModule module, Flow input, GraphDraft draft)
      throws IOException {
    if (module.tensor("running_mean").isPresent() && !module.flag("training", true)) {
      throw module.refused("it normalizes by running statistics", WayOut.EXPORT);
    }
    long channels = module.integer("num_features");
    return draft.node(
        module,
        "InstanceNormalization",
        Attributes.NONE.with("epsilon", module.number("eps", EPSILON)),
        input.rank(),
        input.value(),
        factors(module, "weight", 1, draft, channels),
        factors(module, "bias", 0, draft, channels));
  }

  private static Flow layer(TorchModule module, Flow input, GraphDraft draft) throws IOException {
    long[] shape = module.integers("normalized_shape");
    return draft.node(
        module,
        "LayerNormalization",
        Attributes.NONE.with("axis", -shape.length).with("epsilon", module.number("eps", EPSILON)),
        input.rank(),
        input.value(),
        factors(module, "weight", 1, draft, shape),
        draft.optional(module, "bias", shape));
  }

  /** As PyTorch's exporter has it: each group is a channel for instance normalization. */
  private static Flow group(TorchModule module, Flow input, GraphDraft draft) throws IOException {
    long groups = module.integer("num_groups");
    long channels = module.integer("num_channels");
    String shape = draft.node(module, "Shape", input).value();
    Flow apart = draft.node(module, "Reshape", input, draft.integers(module, 0, groups, -1));
    Flow normalized =
        draft.node(
            module,
            "InstanceNormalization",
            Attributes.NONE.with("epsilon", module.number("eps", EPSILON)),
            3,
            apart.value(),
            filled(module, 1, draft, groups),
            filled(module, 0, draft, groups));
    Flow whole =
        draft.node(module, "Reshape", Attributes.NONE, input.rank(), normalized.value(), shape);
    if (module.tensor("weight").isPresent()) {
      whole = draft.node(module, "Mul", whole, column(module, "weight", channels, whole, draft));
    }
    if (module.tensor("bias").isPresent()) {
      whole = draft.node(module, "Add", whole, column(module, "bias", channels, whole, draft));
    }
    return whole;
  }

  /** A value for each channel, with an axis of length 1 for each that is behind the channels. */
  private static String column(
      TorchModule module, String name, long channels, Flow input, GraphDraft draft)
      throws IOException {
    String values = draft.parameter(module, name, channels);
    if (input.rank() == 2) {
      return values;
    }
    long[] shape = new long[input.rank() - 1];
    Arrays.fill(shape, 1);
    shape[0] = channels;
    return draft
        .node(
            module, "Reshape", Attributes.NONE, shape.length, values, draft.integers(module, shape))
        .value();
  }
}
