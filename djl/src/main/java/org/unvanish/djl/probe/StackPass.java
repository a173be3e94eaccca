package org.unvanish.djl.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.measurement.BackwardPass;
import org.unvanish.diagnosis.measurement.LayerGradient;
import org.unvanish.diagnosis.measurement.ScaledSum;
import org.unvanish.djl.model.FloatArrays;
import org.unvanish.djl.model.ModelParameter;

/**
 * One mini-batch, forward through a stack block by block, so that its gradient can be sent back
 * block by block: each block's input is a leaf of its own.
 */
final class StackPass {

  private final BlockStack stack;
  private final GradientCollector collector;
  private final List<NDArray> inputs = new ArrayList<>();
  private final List<NDArray> outputs = new ArrayList<>();

  /** By the places of recurrent layers. */
  private final Map<Integer, RecurrentPass> unrolled = new HashMap<>();

  StackPass(BlockStack stack, ParameterStore store, GradientCollector collector, NDArray input) {
    this.stack = stack;
    this.collector = collector;
    NDArray value = input;
    for (BlockStack.Leaf leaf : stack.leaves()) {
      NDArray own = apart(value);
      NDArray output = forward(leaf, store, own);
      inputs.add(own);
      outputs.add(output);
      value = output;
    }
  }

  private NDArray forward(BlockStack.Leaf leaf, ParameterStore store, NDArray input) {
    if (leaf.recurrent().isEmpty()) {
      return leaf.block().forward(store, new NDList(input), true).singletonOrThrow();
    }
    RecurrentPass steps = new RecurrentPass(leaf.recurrent().get(), store, input);
    unrolled.put(outputs.size(), steps);
    return steps.output();
  }

  private static NDArray apart(NDArray value) {
    NDArray copy = value.stopGradient().duplicate();
    if (copy.getDataType().isFloating()) {
      copy.setRequiresGradient(true);
    }
    return copy;
  }

  /** What a block reads. */
  NDArray input(int layer) {
    return inputs.get(layer);
  }

  /** What a block puts out. */
  NDArray output(int layer) {
    return outputs.get(layer);
  }

  /** The steps of recurrent layers, by their places. */
  Map<Integer, RecurrentPass> unrolled() {
    return unrolled;
  }

  /** What the last block puts out. */
  NDArray output() {
    return output(outputs.size() - 1);
  }

  /**
   * The output error: the gradient of the batch's loss, which is a mean, times its samples, so that
   * it is each sample's own.
   */
  NDArray outputError(Loss loss, NDList labels) {
    NDArray copy = apart(output());
    collector.backward(loss.evaluate(labels, new NDList(copy)));
    return copy.getGradient().mul((float) copy.getShape().get(0));
  }

  /**
   * Sends a gradient back.
   *
   * @param pass measures it
   * @param from the block behind which it starts
   * @param first the block where it ends
   * @param tests for a test gradient where no gradient arrives; null to send none
   * @return the gradients of all parameters by their names, each times a power of 2
   */
  Map<String, float[]> backward(
      BackwardPass pass, int from, int first, NDArray start, @Nullable DoubleSupplier tests) {
    Map<String, float[]> gradients = new HashMap<>();
    NDArray gradient = start;
    int samples = Math.toIntExact(start.getShape().get(0));
    for (int i = from; i >= first; i--) {
      float[] values = FloatArrays.of(gradient);
      if (!pass.arrive(i, LayerGradient.of(values, samples), tests)) {
        Arrays.fill(values, 0);
      }
      NDArray passed = gradient.getManager().create(values, gradient.getShape());
      collector.backward(outputs.get(i).mul(passed).sum());
      RecurrentPass steps = unrolled.get(i);
      if (steps != null) {
        steps.tell(pass, i, values);
      }
      List<ModelParameter> trained = stack.leaves().get(i).trained();
      for (int t = 0; t < trained.size(); t++) {
        Parameter parameter = trained.get(t).parameter();
        if (parameter.getArray().hasGradient()) {
          float[] own = take(parameter.getArray().getGradient());
          pass.parameterGradient(i, t, ScaledSum.ofSquares(own, 0, own.length), own.length);
          gradients.put(trained.get(t).name(), own);
        }
      }
      if (i > first) {
        gradient = inputs.get(i).getGradient();
      }
    }
    return gradients;
  }

  /** Reads a gradient and clears it. */
  private static float[] take(NDArray gradient) {
    float[] values = FloatArrays.of(gradient);
    gradient.subi(gradient);
    return values;
  }
}
