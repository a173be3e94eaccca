package org.unvanish.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.Output;
import org.unvanish.network.Recurrent.SimpleRecurrent;

/**
 * Recurrent layers of any activation and length, step by step from PyTorch's operations: its own
 * layers have tanh, relu and the logistic function alone, and no way back that is cut.
 */
final class TorchRecurrent {

  /** What a step makes of the states before it. */
  private interface Cell {
    /**
     * @param x (sample, feature)
     * @param before (sample, unit) each: h, and of an LSTM c
     */
    List<NDArray> step(Direction own, NDArray x, List<NDArray> before);
  }

  /**
   * One direction of a layer.
   *
   * @param biases that of the sums, and of a GRU that of its candidate; none where a layer has none
   * @param learned the activation's α, or none
   */
  private record Direction(
      Recurrent layer,
      NDArray inputWeights,
      NDArray recurrentWeights,
      List<NDArray> biases,
      List<NDArray> learned) {

    NDArray ofInput(NDArray x) {
      return biased(x.matMul(inputWeights.transpose()), 0);
    }

    NDArray ofState(NDArray h) {
      return h.matMul(recurrentWeights.transpose());
    }

    NDArray biased(NDArray sums, int bias) {
      return biases.isEmpty() ? sums : sums.add(biases.get(bias));
    }

    /** The sums of one gate. */
    NDArray part(NDArray sums, int gate) {
      int units = layer.units();
      return sums.get(new NDIndex().addAllDim().addSliceDim(gate * units, (gate + 1) * units));
    }

    NDArray activated(NDArray z) {
      return TorchActivation.apply(layer.activation(), z, learned);
    }
  }

  /** Those of the input and those of the state. */
  private static final int WEIGHTS = 2;

  private TorchRecurrent() {}

  static NDArray simple(SimpleRecurrent layer, NDArray x, List<NDArray> own, TorchPass pass) {
    return unrolled(
        layer,
        1,
        (direction, now, before) -> {
          NDArray sums = direction.ofInput(now).add(direction.ofState(before.get(0)));
          return List.of(direction.activated(sums));
        },
        x,
        own,
        pass);
  }

  static NDArray lstm(Lstm layer, NDArray x, List<NDArray> own, TorchPass pass) {
    return unrolled(
        layer,
        2,
        (direction, now, before) -> {
          NDArray sums = direction.ofInput(now).add(direction.ofState(before.get(0)));
          NDArray input = gate(layer.gates(), direction.part(sums, 0));
          NDArray forget = gate(layer.gates(), direction.part(sums, 1));
          NDArray candidate = direction.activated(direction.part(sums, 2));
          NDArray output = gate(layer.gates(), direction.part(sums, 3));
          NDArray cell = forget.mul(before.get(1)).add(input.mul(candidate));
          return List.of(output.mul(direction.activated(cell)), cell);
        },
        x,
        own,
        pass);
  }

  static NDArray gru(Gru layer, NDArray x, List<NDArray> own, TorchPass pass) {
    return unrolled(
        layer,
        1,
        (direction, now, before) -> {
          NDArray state = before.get(0);
          NDArray ofInput = direction.ofInput(now);
          NDArray ofState = direction.ofState(state);
          NDArray both = ofInput.add(ofState);
          NDArray reset = gate(layer.gates(), direction.part(both, 0));
          NDArray update = gate(layer.gates(), direction.part(both, 1));
          NDArray past = direction.biased(direction.part(ofState, 2), 1);
          NDArray candidate = direction.activated(direction.part(ofInput, 2).add(reset.mul(past)));
          return List.of(candidate.add(update.mul(state.sub(candidate))));
        },
        x,
        own,
        pass);
  }

  private static NDArray gate(ActivationFunction function, NDArray z) {
    return TorchActivation.apply(org.unvanish.activation.Activation.of(function), z, List.of());
  }

  /**
   * All directions over all steps.
   *
   * @param states how many arrays a cell's state has
   * @param x (sample, feature, step, 1)
   * @return (sample, unit, step, 1), or with one step for the last state
   */
  private static NDArray unrolled(
      Recurrent layer, int states, Cell cell, NDArray x, List<NDArray> own, TorchPass pass) {
    int each = WEIGHTS + (layer.bias() ? 1 + layer.moreBiases("").size() : 0);
    List<NDArray> learned = own.subList(layer.directions() * each, own.size());
    NDList channels = new NDList();
    for (int i = 0; i < layer.directions(); i++) {
      List<NDArray> tensors = own.subList(i * each, (i + 1) * each);
      List<NDArray> biases = tensors.subList(WEIGHTS, each);
      Direction direction = new Direction(layer, tensors.get(0), tensors.get(1), biases, learned);
      channels.add(direction(direction, states, cell, x, i == 1, pass));
    }
    // DJL joins one array to a copy without a gradient.
    NDArray all = channels.size() == 1 ? channels.get(0) : NDArrays.concat(channels, 1);
    return all.expandDims(3);
  }

  private static NDArray direction(
      Direction own, int states, Cell cell, NDArray x, boolean reverse, TorchPass pass) {
    int samples = (int) x.size(0);
    int steps = (int) x.size(2);
    int truncate = own.layer().truncate();
    NDArray zeros = x.getManager().zeros(new Shape(samples, own.layer().units()), x.getDataType());
    List<NDArray> state = new ArrayList<>();
    for (int i = 0; i < states; i++) {
      state.add(zeros);
    }
    NDArray[] seen = new NDArray[steps];
    for (int step = 0; step < steps; step++) {
      int row = reverse ? steps - 1 - step : step;
      IntPredicate isReal = sample -> row < pass.steps(sample, steps);
      IntPredicate isCut =
          sample -> {
            int left = reverse ? row + 1 : pass.steps(sample, steps) - row;
            return truncate > 0 && isReal.test(sample) && left % truncate == 0;
          };
      List<NDArray> before = new ArrayList<>();
      for (NDArray part : state) {
        before.add(choose(samples, isCut, part.stopGradient(), part));
      }
      NDArray now = x.get(new NDIndex("...," + row + ",0"));
      List<NDArray> after = cell.step(own, now, before);
      for (int i = 0; i < states; i++) {
        state.set(i, choose(samples, isReal, after.get(i), state.get(i)));
      }
      seen[row] = choose(samples, isReal, after.get(0), zeros);
    }
    return own.layer().output() == Output.ALL
        ? NDArrays.stack(new NDList(seen), 2)
        : state.get(0).expandDims(2);
  }

  /** Rows of one array for samples of which something holds, and of another for all others. */
  private static NDArray choose(int samples, IntPredicate holds, NDArray where, NDArray elsewhere) {
    boolean[] rows = new boolean[samples];
    int count = 0;
    for (int sample = 0; sample < samples; sample++) {
      rows[sample] = holds.test(sample);
      count += rows[sample] ? 1 : 0;
    }
    if (count == samples || count == 0) {
      return count == 0 ? elsewhere : where;
    }
    NDArray condition =
        where.getManager().create(rows, new Shape(samples, 1)).broadcast(where.getShape());
    return NDArrays.where(condition, where, elsewhere);
  }
}
