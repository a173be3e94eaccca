package org.unvanish.djl.monitor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.djl.model.ModelParameter;
import org.unvanish.djl.penalty.PenaltyHandOver;
import org.unvanish.djl.penalty.PenaltyTerm;
import org.unvanish.gradient.GradientSource;
import org.unvanish.network.ParameterTensor;
import org.unvanish.train.GradientRecorders;
import org.unvanish.train.RecordedSteps;

/** Reads the gradients of a trainer's model after a backward pass, and completes them. */
public final class GradientReader {

  /** So many parameters of dense layers take more than some per cent of a step to record. */
  private static final int MANY = 100_000;

  /** With so many parameters one step in this many is recorded. */
  private static final int USUAL = 16;

  private final List<ModelParameter> parameters;
  private final int[] sizes;
  private final GradientRecorders recorders;
  private final int recordEvery;
  private final DeviceCopies copies;
  private final @Nullable PenaltyHandOver penalty;

  // Of one tensor at a time, so that a large model is never copied as a whole.
  private final float[] data;
  private final float[] ofPenalty;
  private final float[] total;
  private boolean anyGradient;

  /**
   * @param penalty whose gradient is to be added; null if there is none
   * @param recorded in which steps gradients are recorded
   * @throws IllegalStateException if all parameters are frozen
   */
  public GradientReader(
      Trainer trainer, @Nullable PenaltyHandOver penalty, RecordedSteps recorded) {
    this.parameters =
        ModelParameter.of(trainer.getModel().getBlock()).stream()
            .filter(ModelParameter::isTrained)
            .toList();
    if (parameters.isEmpty()) {
      throw new IllegalStateException(
          "all parameters of the model are frozen, so there are no gradients to watch; unfreeze"
              + " some with block.freezeParameters(false)");
    }
    List<ParameterTensor> tensors = tensors(parameters);
    this.sizes = tensors.stream().mapToInt(ParameterTensor::size).toArray();
    this.recorders = new GradientRecorders(tensors, penalty != null);
    this.copies = new DeviceCopies(trainer);
    this.penalty = penalty;
    this.recordEvery =
        recorded.isAutomatic() ? usual(tensors.get(tensors.size() - 1).end()) : recorded.every();
    int most = Arrays.stream(sizes).max().orElseThrow();
    this.data = new float[most];
    this.ofPenalty = new float[penalty == null ? 0 : most];
    this.total = new float[ofPenalty.length];
  }

  /** Nobody knows what a step of somebody's blocks costs. */
  private static int usual(int parameters) {
    return parameters < MANY ? 1 : USUAL;
  }

  private static List<ParameterTensor> tensors(List<ModelParameter> parameters) {
    List<ParameterTensor> tensors = new ArrayList<>();
    int offset = 0;
    for (ModelParameter parameter : parameters) {
      ParameterTensor tensor = parameter.tensor(offset);
      offset = Math.addExact(offset, tensor.size());
      tensors.add(tensor);
    }
    return tensors;
  }

  /** Of how many steps one is to be recorded. */
  public int recordEvery() {
    return recordEvery;
  }

  /** What was recorded of the epoch so far. */
  public GradientRecorders recorders() {
    return recorders;
  }

  /**
   * Records the step whose backward pass is done, and adds the penalty's gradient.
   *
   * @param recording whether it is recorded, as the first step is to be
   * @throws IllegalStateException if it is the first one and there is no gradient
   */
  public void step(boolean recording) {
    int times = penalty == null ? 0 : penalty.takeTimes();
    for (int i = 0; i < sizes.length; i++) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        if (recording) {
          read(copies.gradient(parameters.get(i)), data, sizes[i]);
          recorders.record(GradientSource.DATA, i, data);
          see(data, sizes[i]);
        }
        if (penalty != null) {
          NDArray added = add(penalty.term(), parameters.get(i), times);
          if (recording) {
            read(added, ofPenalty, sizes[i]);
            recordPenalised(i);
            see(ofPenalty, sizes[i]);
          }
        }
      }
    }
    FirstStep.require(anyGradient);
  }

  private void see(float[] values, int size) {
    for (int i = 0; i < size && !anyGradient; i++) {
      anyGradient = values[i] != 0;
    }
  }

  /** Adds the penalty's gradient to that of a parameter, and returns it; null if there is none. */
  private static @Nullable NDArray add(PenaltyTerm term, ModelParameter parameter, int times) {
    if (!term.covers(parameter)) {
      return null;
    }
    NDArray once = term.gradient(parameter);
    NDArray gradient = times == 1 ? once : once.mul(times);
    parameter.parameter().getArray().getGradient().addi(gradient);
    return gradient;
  }

  private void recordPenalised(int tensor) {
    for (int j = 0; j < sizes[tensor]; j++) {
      total[j] = data[j] + ofPenalty[j];
    }
    recorders.record(GradientSource.PENALTY, tensor, ofPenalty);
    recorders.record(GradientSource.TOTAL, tensor, total);
  }

  /**
   * Copies an array; one that is missing is zero. From its own memory where it is Java's neighbour:
   * to join all arrays first takes several times as long as to read them one by one.
   */
  private static void read(@Nullable NDArray array, float[] values, int size) {
    if (array == null) {
      Arrays.fill(values, 0, size, 0);
    } else {
      array.toType(DataType.FLOAT32, false).toByteBuffer(true).asFloatBuffer().get(values, 0, size);
    }
  }
}
