package org.unvanish.model.keras;

import java.util.Arrays;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Tensor;

/** Layers that are a product with a matrix, or a row of one. */
final class DenseLayers {
  private static final Attributes NONE = Attributes.NONE;

  /** ONNX's number of the type of 64-bit whole numbers. */
  private static final long INT64 = 7;

  private DenseLayers() {}

  /** x · kernel + bias over the last axis: Gemm for rows, otherwise MatMul and Add. */
  static Value dense(LayerCall call) {
    Value x = call.endsPlain(call.input());
    if (x.rank() < 2) {
      throw call.refused("it takes samples of at least one feature each", "");
    }
    int units = call.settings().integer("units", 0);
    Tensor weights = call.weight("kernel", -1, units);
    call.fits(x, -1, weights.extent(0));
    String kernel = call.constant("kernel", weights);
    boolean biased = call.settings().flag("use_bias", true);
    String bias = biased ? call.constant("bias", call.weight("bias", units)) : "";
    String z;
    if (x.rank() == 2) {
      z =
          biased
              ? call.main("Gemm", NONE, x.name(), kernel, bias)
              : call.main("Gemm", NONE, x.name(), kernel);
    } else {
      z = call.main("MatMul", NONE, x.name(), kernel);
      z = biased ? call.node("Add", "plus_bias", NONE, z, bias) : z;
    }
    long[] shape = x.shape().clone();
    shape[shape.length - 1] = units;
    return Activations.after(call, new Value(z, shape, x.order()));
  }

  /** The rows of a matrix that whole numbers name. */
  static Value embedding(LayerCall call) {
    Value x = call.plain(call.input());
    if (call.settings().flag("mask_zero", false)) {
      call.graph()
          .warn(
              call.layer().place()
                  + ": its mask is left out, so time steps of padding count as others.");
    }
    int width = call.settings().integer("output_dim", 0);
    String rows = call.constant("embeddings", call.weight("embeddings", -1, width));
    String whole = call.node("Cast", "whole", NONE.with("to", INT64), x.name());
    String z = call.main("Gather", NONE.with("axis", 0L), rows, whole);
    long[] shape = Arrays.copyOf(x.shape(), x.rank() + 1);
    shape[x.rank()] = width;
    return Value.plain(z, shape);
  }
}
