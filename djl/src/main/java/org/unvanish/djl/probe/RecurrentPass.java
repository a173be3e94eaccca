package org.unvanish.djl.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import org.unvanish.diagnosis.measurement.BackwardPass;
import org.unvanish.diagnosis.measurement.PreActivationCounts;
import org.unvanish.diagnosis.measurement.ScaledSum;
import org.unvanish.diagnosis.measurement.StepSquares;
import org.unvanish.diagnosis.measurement.TimePass;
import org.unvanish.djl.model.FloatArrays;
import org.unvanish.djl.model.RecurrentSettings.Kind;

/**
 * One mini-batch through a recurrent layer, step by step.
 *
 * <p>At each place whose gradient is to be known, zeros are added that are leaves of their own. So
 * one backward pass through all steps tells the gradients at all of them.
 */
final class RecurrentPass {

  /**
   * A direction. Each array of zeros is [step, sample, value], by the order in which steps are
   * done.
   *
   * @param state is added to the state that meets the recurrent weights
   * @param products is added to what comes of that
   * @param kept is added to what gates pass on past the sums, an LSTM's cell or a GRU's state
   * @param cell is added to the cell that a step of an LSTM makes
   */
  private record Way(NDArray state, NDArray products, NDArray kept, NDArray cell) {}

  private final RecurrentLayer layer;
  private final int samples;
  private final int steps;
  private final List<Way> ways = new ArrayList<>();
  private final List<NDArray> sums = new ArrayList<>();
  private final NDArray output;

  /**
   * Goes forward.
   *
   * @param x what the layer reads, [sample, step, feature]
   */
  RecurrentPass(RecurrentLayer layer, ParameterStore store, NDArray x) {
    this.layer = layer;
    this.samples = Math.toIntExact(x.getShape().get(0));
    this.steps = Math.toIntExact(x.getShape().get(1));
    NDArray rows = x.transpose(1, 0, 2);
    NDList states = new NDList();
    for (int i = 0; i < layer.directions().size(); i++) {
      states.add(forward(layer.directions().get(i), i == 1, store, rows));
    }
    this.output = joined(states, 2).transpose(1, 0, 2);
  }

  /** The states of all steps, [step, sample, unit]. */
  private NDArray forward(
      RecurrentLayer.Direction own, boolean reverse, ParameterStore store, NDArray x) {
    int units = layer.units();
    Way way =
        new Way(
            zeros(x, units),
            zeros(x, layer.kind().sums() * units),
            zeros(x, units),
            zeros(x, units));
    ways.add(way);
    NDList states = way.state().split(steps);
    NDList products = way.products().split(steps);
    NDList kept = way.kept().split(steps);
    NDList cells = way.cell().split(steps);
    NDArray transposed = value(own.recurrent(), store, x).transpose();
    NDList inputs =
        biased(x.matMul(value(own.input(), store, x).transpose()), own, 0, store).split(steps);
    NDArray[] seen = new NDArray[steps];
    NDArray state = x.getManager().zeros(new Shape(1, samples, units), x.getDataType());
    NDArray cell = state;
    for (int step = 0; step < steps; step++) {
      int row = reverse ? steps - 1 - step : step;
      NDArray product = state.add(states.get(step)).matMul(transposed).add(products.get(step));
      RecurrentLayer.Made made =
          layer.step(
              inputs.get(row),
              biased(product, own, 1, store),
              cell.add(kept.get(step)),
              cells.get(step));
      sums.add(made.sums());
      state = made.state();
      cell = made.cell();
      seen[row] = state;
    }
    return joined(new NDList(seen), 0);
  }

  private NDArray zeros(NDArray like, int values) {
    NDArray zeros = like.getManager().zeros(new Shape(steps, samples, values), like.getDataType());
    zeros.setRequiresGradient(true);
    return zeros;
  }

  private static NDArray value(Parameter parameter, ParameterStore store, NDArray near) {
    return store.getValue(parameter, near.getDevice(), true);
  }

  private static NDArray biased(
      NDArray sums, RecurrentLayer.Direction own, int bias, ParameterStore store) {
    return own.biases().isEmpty() ? sums : sums.add(value(own.biases().get(bias), store, sums));
  }

  /** DJL joins one array to a copy without a gradient. */
  private static NDArray joined(NDList parts, int axis) {
    return parts.size() == 1 ? parts.head() : NDArrays.concat(parts, axis);
  }

  /** All states, [sample, step, unit], those of the second direction behind the others. */
  NDArray output() {
    return output;
  }

  /** Counts the pre-activations of all steps. */
  void count(PreActivationCounts counts) {
    for (NDArray step : sums) {
      float[] values = FloatArrays.of(step);
      for (int i = 0; i < values.length; i++) {
        counts.add(i % layer.units(), values[i]);
      }
    }
  }

  /**
   * Tells what has become of the gradient at each step, after its way back.
   *
   * @param index of the layer in the pass
   * @param sent the gradient with respect to the output that was sent back
   */
  void tell(BackwardPass pass, int index, float[] sent) {
    for (int i = 0; i < ways.size(); i++) {
      tell(pass.time(index, i, layer.stateValues()), i, sent);
    }
  }

  private void tell(TimePass time, int direction, float[] sent) {
    Kind kind = layer.kind();
    int units = layer.units();
    Way way = ways.get(direction);
    float[] recurrent = FloatArrays.of(way.state().getGradient());
    float[] products = FloatArrays.of(way.products().getGradient());
    float[] kept = kind == Kind.RNN ? new float[0] : FloatArrays.of(way.kept().getGradient());
    float[] cell = kind == Kind.LSTM ? FloatArrays.of(way.cell().getGradient()) : new float[0];
    // With respect to a state, and to an LSTM's cell, without what comes to it from the output.
    float[] after = new float[samples * units];
    float[] afterCell = new float[samples * units];
    for (int step = steps - 1; step >= 0; step--) {
      int row = direction == 1 ? steps - 1 - step : step;
      for (int sample = 0; sample < samples; sample++) {
        int own = sample * units;
        int at = (step * samples + sample) * units;
        int out = (sample * steps + row) * ways.size() * units + direction * units;
        for (int unit = 0; unit < units; unit++) {
          after[own + unit] += sent[out + unit];
        }
        double state = squares(after, own, units) + squares(afterCell, own, units);
        for (int unit = 0; unit < units; unit++) {
          after[own + unit] = recurrent[at + unit] + (kind == Kind.GRU ? kept[at + unit] : 0);
          afterCell[own + unit] = kind == Kind.LSTM ? kept[at + unit] : 0;
        }
        double before = squares(after, own, units) + squares(afterCell, own, units);
        double sumsOf = squares(products, at * kind.sums(), kind.sums() * units);
        StepSquares squares =
            kind == Kind.RNN
                ? new StepSquares(state, sumsOf, before)
                : new StepSquares(
                    state,
                    sumsOf,
                    squares(recurrent, at, units),
                    before,
                    kind == Kind.LSTM ? squares(cell, at, units) : state,
                    squares(kept, at, units));
        time.add(sample, steps - 1 - step, squares);
      }
    }
  }

  private static double squares(float[] values, int from, int count) {
    return ScaledSum.ofSquares(values, from, from + count);
  }
}
