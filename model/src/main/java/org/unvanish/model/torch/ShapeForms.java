package org.unvanish.model.torch;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.model.graph.Attributes;

/** What has no parameters and no curve: pooling, padding, flattening, dropout. */
final class ShapeForms {

  private ShapeForms() {}

  static Map<String, ModuleForm> table() {
    Map<String, ModuleForm> table = new HashMap<>();
    ModuleForm identity = (module, input, draft) -> draft.node(module, "Identity", input);
    table.put("linear.Identity", identity);
    table.put("dropout.Dropout", ShapeForms::dropout);
    // Without training they pass all on; nobody measures what they drop.
    for (String name : List.of("Dropout1d", "Dropout2d", "AlphaDropout", "FeatureAlphaDropout")) {
      table.put("dropout." + name, identity);
    }
    table.put("flatten.Flatten", ShapeForms::flatten);
    table.put(
        "flatten.Unflatten",
        ModuleForm.reading(
            module ->
                new long[] {
                  -1,
                  Arrays.stream(module.integers("unflattened_size")).reduce(1, Math::multiplyExact)
                },
            ShapeForms::unflatten));
    for (int axes = 1; axes <= 2; axes++) {
      int spatial = axes;
      table.put("pooling.MaxPool" + axes + "d", reading(spatial, ShapeForms::maximum));
      table.put("pooling.AvgPool" + axes + "d", reading(spatial, ShapeForms::average));
      table.put("pooling.AdaptiveAvgPool" + axes + "d", reading(spatial, ShapeForms::global));
      table.put("padding.ConstantPad" + axes + "d", reading(spatial, ShapeForms::pad));
    }
    table.put("padding.ZeroPad2d", reading(2, ShapeForms::pad));
    return table;
  }

  private interface SpatialForm {
    Flow append(TorchModule module, int spatial, Flow input, GraphDraft draft);
  }

  private static ModuleForm reading(int spatial, SpatialForm form) {
    return ModuleForm.reading(
        module -> WeightForms.images(-1, spatial),
        (module, input, draft) -> form.append(module, spatial, input, draft));
  }

  private static Flow dropout(TorchModule module, Flow input, GraphDraft draft) {
    return draft.node(module, "Dropout", input, draft.scalar(module, module.number("p", 0.5)));
  }

  private static Flow flatten(TorchModule module, Flow input, GraphDraft draft) {
    long first = module.number("start_dim", 1) == 1 ? 1 : module.integer("start_dim");
    long start = first < 0 ? first + input.rank() : first;
    double last = module.number("end_dim", -1);
    if (start < 1 || start >= input.rank() || last != -1 && last != input.rank() - 1) {
      throw module.refused(
          "it flattens the axes %d to %d of %d; only those from one behind the batch up to the last are read"
              .formatted(start, (long) last, input.rank()),
          WayOut.EXPORT);
    }
    if (start == 1) {
      return draft.node(module, "Flatten", Attributes.NONE.with("axis", 1), 2, input.value());
    }
    long[] shape = new long[(int) start + 1];
    shape[(int) start] = -1;
    return draft.node(
        module,
        "Reshape",
        Attributes.NONE,
        shape.length,
        input.value(),
        draft.integers(module, shape));
  }

  /** Of the last axis. */
  private static Flow unflatten(TorchModule module, Flow input, GraphDraft draft) {
    long first = module.integer("dim");
    int axis = (int) (first < 0 ? first + input.rank() : first);
    if (axis < 1 || axis != input.rank() - 1) {
      throw module.refused("it parts another axis than the last one", WayOut.EXPORT);
    }
    long[] parts = module.integers("unflattened_size");
    long[] shape = new long[axis + parts.length];
    System.arraycopy(parts, 0, shape, axis, parts.length);
    return draft.node(
        module,
        "Reshape",
        Attributes.NONE,
        shape.length,
        input.value(),
        draft.integers(module, shape));
  }

  /** What both kinds of pooling have. */
  private static Attributes window(TorchModule module, int spatial) {
    long[] kernel = module.integers("kernel_size", spatial);
    long[] padding = module.integers("padding", spatial);
    long[] pads = Arrays.copyOf(padding, 2 * spatial);
    System.arraycopy(padding, 0, pads, spatial, spatial);
    return Attributes.NONE
        .with("kernel_shape", WeightForms.list(kernel))
        .with(
            "strides",
            WeightForms.list(module.has("stride") ? module.integers("stride", spatial) : kernel))
        .with("pads", WeightForms.list(pads))
        .with("ceil_mode", module.flag("ceil_mode", false) ? 1 : 0);
  }

  private static Flow maximum(TorchModule module, int spatial, Flow input, GraphDraft draft) {
    if (module.flag("return_indices", false)) {
      throw module.refused("it puts out places beside values", WayOut.EXPORT);
    }
    Attributes attributes =
        window(module, spatial)
            .with("dilations", WeightForms.list(module.integers("dilation", spatial)));
    return draft.node(module, "MaxPool", attributes, input.rank(), input.value());
  }

  private static Flow average(TorchModule module, int spatial, Flow input, GraphDraft draft) {
    if (module.has("divisor_override")) {
      throw module.refused("it divides by something else than a count", WayOut.EXPORT);
    }
    Attributes attributes =
        window(module, spatial)
            .with("count_include_pad", module.flag("count_include_pad", true) ? 1 : 0);
    return draft.node(module, "AveragePool", attributes, input.rank(), input.value());
  }

  private static Flow global(TorchModule module, int spatial, Flow input, GraphDraft draft) {
    if (Arrays.stream(module.integers("output_size", spatial)).anyMatch(size -> size != 1)) {
      throw module.refused(
          "its output size is not 1, so the windows depend on the input", WayOut.EXPORT);
    }
    return draft.node(module, "GlobalAveragePool", input);
  }

  /** PyTorch begins with the last axis: left, right, top, bottom. */
  private static Flow pad(TorchModule module, int spatial, Flow input, GraphDraft draft) {
    long[] padding = module.integers("padding", 2 * spatial);
    long[] pads = new long[2 * (spatial + 2)];
    for (int i = 0; i < spatial; i++) {
      int axis = spatial + 1 - i;
      pads[axis] = padding[2 * i];
      pads[spatial + 2 + axis] = padding[2 * i + 1];
    }
    return draft.node(
        module,
        "Pad",
        input,
        draft.integers(module, pads),
        draft.scalar(module, module.number("value", 0)));
  }
}
