package org.unvanish.model.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * RNN, LSTM and GRU. Each direction is a {@link RecurrentSweep}; a backward pass computes it again.
 */
final class RecurrentOperators {
  private RecurrentOperators() {}

  static void addTo(Map<String, Operators.Entry> table) {
    table.put("RNN", new Operators.Entry(new Recurrent(1, SimpleCell::new), 3, 6, 1, 2, 3));
    table.put("GRU", new Operators.Entry(new Recurrent(3, GruCell::new), 3, 6, 1, 2, 3));
    table.put("LSTM", new Operators.Entry(new Recurrent(4, LstmCell::new), 3, 8, 1, 2, 3, 7));
  }

  /** Makes what computes the steps of a sweep. */
  private interface Cells {
    RecurrentCell of(RecurrentSweep sweep);
  }

  /**
   * Over sequences of vectors.
   *
   * @param gates how many sums each unit has
   */
  private record Recurrent(int gates, Cells cells) implements Operator {
    private boolean hasMemory() {
      return gates == 4;
    }

    private List<RecurrentCell> forward(Call call, RecurrentSizes sizes) {
      List<RecurrentCell> done = new ArrayList<>();
      for (int direction = 0; direction < sizes.directions(); direction++) {
        RecurrentSweep sweep = new RecurrentSweep(call, sizes, direction);
        RecurrentCell cell = cells.of(sweep);
        for (int step = 0; step < sizes.steps(); step++) {
          cell.forward(step);
        }
        done.add(cell);
      }
      return done;
    }

    @Override
    public List<Tensor> forward(Call call) {
      RecurrentSizes sizes = RecurrentSizes.of(call, gates);
      Tensor y = call.zeros(sizes.outputShape());
      Tensor last = call.zeros(sizes.stateShape());
      Tensor memory = call.zeros(sizes.stateShape());
      for (RecurrentCell cell : forward(call, sizes)) {
        RecurrentSweep sweep = cell.sweep();
        sweep.putOut(y.values());
        sweep.putLast(sweep.states(), last.values());
        if (cell instanceof LstmCell lstm) {
          sweep.putLast(lstm.memories(), memory.values());
        }
      }
      return hasMemory() ? List.of(y, last, memory) : List.of(y, last);
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      RecurrentSizes sizes = RecurrentSizes.of(call, gates);
      @Nullable Tensor[] results = new @Nullable Tensor[call.inputs()];
      for (int i = 0; i < results.length; i++) {
        boolean lengths = i == 4;
        results[i] = call.has(i) && !lengths ? call.zeros(call.input(i).shape()) : null;
      }
      for (RecurrentCell cell : forward(call, sizes)) {
        RecurrentSweep sweep = cell.sweep();
        Tensor ofOutput = gradients.get(0);
        double[] state = sweep.ofLast(gradients.get(1));
        double[] memory = sweep.ofLast(hasMemory() ? gradients.get(2) : null);
        for (int step = sizes.steps() - 1; step >= 0; step--) {
          if (ofOutput != null) {
            sweep.addOutput(step, ofOutput.values(), state);
          }
          cell.backward(step, state, memory);
        }
        cell.parameters(results);
        sweep.addInitial(state, result(results, 5));
        sweep.addInitial(memory, result(results, 6));
      }
      return Arrays.asList(results);
    }
  }

  static @Nullable Tensor result(@Nullable Tensor[] results, int index) {
    return index < results.length ? results[index] : null;
  }
}
