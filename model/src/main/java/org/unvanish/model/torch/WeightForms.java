package org.unvanish.model.torch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.model.graph.Attributes;

/** Dense layers, convolutions and embeddings. */
final class WeightForms {

  private WeightForms() {}

  static Map<String, ModuleForm> table() {
    Map<String, ModuleForm> table = new HashMap<>();
    table.put(
        "linear.Linear",
        ModuleForm.reading(
            module -> new long[] {-1, module.integer("in_features")}, WeightForms::linear));
    for (int axes = 1; axes <= 2; axes++) {
      int spatial = axes;
      table.put(
          "conv.Conv" + axes + "d",
          ModuleForm.reading(
              module -> images(module.integer("in_channels"), spatial),
              (module, input, draft) -> convolution(module, spatial, input, draft)));
    }
    table.put(
        "sparse.Embedding",
        ModuleForm.reading(module -> new long[] {-1, -1}, WeightForms::embedding));
    return table;
  }

  /** The shape of images or signals of any size. */
  static long[] images(long channels, int spatial) {
    long[] shape = new long[spatial + 2];
    Arrays.fill(shape, -1);
    shape[1] = channels;
    return shape;
  }

  /** On the last axis, whatever is before it. */
  private static Flow linear(TorchModule module, Flow input, GraphDraft draft) throws IOException {
    int inputs = module.integer("in_features");
    int outputs = module.integer("out_features");
    String weights = draft.parameter(module, "weight", outputs, inputs);
    String bias = draft.optional(module, "bias", outputs);
    if (input.rank() == 2) {
      return draft.node(
          module, "Gemm", Attributes.NONE.with("transB", 1), 2, input.value(), weights, bias);
    }
    Flow transposed =
        draft.node(module, "Transpose", Attributes.NONE.with("perm", List.of(1, 0)), 2, weights);
    Flow product = draft.node(module, "MatMul", input, transposed.value());
    return bias.isEmpty() ? product : draft.node(module, "Add", product, bias);
  }

  private static Flow convolution(TorchModule module, int spatial, Flow input, GraphDraft draft)
      throws IOException {
    if (!module.text("padding_mode", "zeros").equals("zeros")) {
      throw module.refused("it pads with something else than zeros", WayOut.EXPORT);
    }
    long[] kernel = module.integers("kernel_size", spatial);
    long[] dilation = module.integers("dilation", spatial);
    List<Long> begins = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    for (int i = 0; i < spatial; i++) {
      long[] padding = padding(module, i, spatial, Math.multiplyExact(dilation[i], kernel[i] - 1));
      begins.add(padding[0]);
      ends.add(padding[1]);
    }
    begins.addAll(ends);
    long groups = module.integer("groups");
    long[] shape = new long[spatial + 2];
    shape[0] = module.integer("out_channels");
    shape[1] = module.integer("in_channels") / Math.max(groups, 1);
    System.arraycopy(kernel, 0, shape, 2, spatial);
    return draft.node(
        module,
        "Conv",
        Attributes.NONE
            .with("kernel_shape", list(kernel))
            .with("strides", list(module.integers("stride", spatial)))
            .with("dilations", list(dilation))
            .with("pads", begins)
            .with("group", groups),
        spatial + 2,
        input.value(),
        draft.parameter(module, "weight", shape),
        draft.optional(module, "bias", shape[0]));
  }

  /** Before and behind; "same" leaves an odd rest behind. */
  private static long[] padding(TorchModule module, int axis, int spatial, long reach) {
    return switch (module.text("padding", "")) {
      case "same" -> new long[] {reach / 2, reach - reach / 2};
      case "valid" -> new long[] {0, 0};
      default -> {
        long each = module.integers("padding", spatial)[axis];
        yield new long[] {each, each};
      }
    };
  }

  private static Flow embedding(TorchModule module, Flow input, GraphDraft draft)
      throws IOException {
    if (module.has("max_norm")) {
      throw module.refused("it changes its weights in the forward pass (max_norm)", WayOut.EXPORT);
    }
    String weights =
        draft.parameter(
            module, "weight", module.integer("num_embeddings"), module.integer("embedding_dim"));
    return draft.node(module, "Gather", Attributes.NONE, input.rank() + 1, weights, input.value());
  }

  static List<Long> list(long... values) {
    return Arrays.stream(values).boxed().toList();
  }
}
