package org.unvanish.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.gradient.GradientSource;
import org.unvanish.network.ParameterTensor;
import org.unvanish.train.GradientRecorders;

/** Reads the gradients of a trainer's model after a backward pass, and completes them. */
final class GradientReader {

  private final List<ModelParameter> parameters;
  private final List<ParameterTensor> tensors;
  private final GradientRecorders recorders;
  private final Mirrors mirrors;
  private final @Nullable PenaltyHandOver penalty;
  private final float[] data;
  private final float[] ofPenalty;
  private final float[] total;

  /**
   * @param penalty whose gradient is to be added; null if there is none
   * @throws IllegalStateException if all parameters are frozen
   */
  GradientReader(Trainer trainer, @Nullable PenaltyHandOver penalty) {
    this.parameters =
        ModelParameter.of(trainer.getModel().getBlock()).stream()
            .filter(ModelParameter::isTrained)
            .toList();
    if (parameters.isEmpty()) {
      throw new IllegalStateException(
          "all parameters of the model are frozen, so there are no gradients to watch; unfreeze"
              + " some with block.freezeParameters(false)");
    }
    this.tensors = tensors(parameters);
    this.recorders = new GradientRecorders(tensors);
    this.mirrors = new Mirrors(trainer);
    this.penalty = penalty;
    int size = tensors.get(tensors.size() - 1).end();
    this.data = new float[size];
    this.ofPenalty = new float[size];
    this.total = penalty == null ? data : new float[size];
  }

  private static List<ParameterTensor> tensors(List<ModelParameter> parameters) {
    List<ParameterTensor> tensors = new ArrayList<>();
    int offset = 0;
    for (ModelParameter parameter : parameters) {
      Shape shape = parameter.parameter().getArray().getShape();
      int fanIn =
          Math.toIntExact(
              shape.size() / Math.max(1, shape.getShape().length == 0 ? 1 : shape.get(0)));
      ParameterTensor tensor =
          new ParameterTensor(
              parameter.name(),
              parameter.kind(),
              Arrays.stream(shape.getShape()).mapToObj(Math::toIntExact).toList(),
              offset,
              fanIn,
              Math.toIntExact(shape.size() / fanIn));
      offset = Math.addExact(offset, tensor.size());
      tensors.add(tensor);
    }
    return tensors;
  }

  GradientRecorders recorders() {
    return recorders;
  }

  /** Records the step whose backward pass is done, and adds the penalty's gradient. */
  void step(boolean recording) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      if (recording) {
        List<@Nullable NDArray> gradients = new ArrayList<>();
        parameters.forEach(parameter -> gradients.add(mirrors.gradient(parameter)));
        read(gradients, data);
      }
      if (penalty != null) {
        read(addPenalty(penalty), ofPenalty);
        for (int i = 0; i < total.length; i++) {
          total[i] = data[i] + ofPenalty[i];
        }
      }
    }
    if (recording) {
      recorders.record(GradientSource.DATA, data);
      recorders.record(GradientSource.PENALTY, ofPenalty);
      recorders.record(GradientSource.TOTAL, total);
    }
  }

  private List<@Nullable NDArray> addPenalty(PenaltyHandOver handOver) {
    int times = handOver.takeTimes();
    List<@Nullable NDArray> gradients = new ArrayList<>();
    for (ModelParameter parameter : parameters) {
      NDArray gradient = null;
      if (handOver.term().covers(parameter)) {
        gradient = handOver.term().gradient(parameter);
        gradient = times == 1 ? gradient : gradient.mul(times);
        parameter.parameter().getArray().getGradient().addi(gradient);
      }
      gradients.add(gradient);
    }
    return gradients;
  }

  /** Copies arrays to their places, all at once; those that are missing are zero. */
  private void read(List<@Nullable NDArray> arrays, float[] values) {
    NDList flat = new NDList();
    for (NDArray array : arrays) {
      if (array != null) {
        flat.add(array.flatten().toType(DataType.FLOAT32, false));
      }
    }
    float[] all = flat.isEmpty() ? new float[0] : NDArrays.concat(flat).toFloatArray();
    int from = 0;
    for (int i = 0; i < tensors.size(); i++) {
      ParameterTensor tensor = tensors.get(i);
      if (arrays.get(i) == null) {
        Arrays.fill(values, tensor.offset(), tensor.end(), 0);
      } else {
        System.arraycopy(all, from, values, tensor.offset(), tensor.size());
        from += tensor.size();
      }
    }
  }
}
