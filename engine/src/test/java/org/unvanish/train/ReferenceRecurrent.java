package org.unvanish.train;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Shape;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.SimpleRecurrent;

/** A recurrent layer from its equations, which are those of PyTorch. */
record ReferenceRecurrent(double[] parameters, Recurrent layer, List<ParameterTensor> own)
    implements ReferenceLayer.OfSample {

  /** A sequence as it was computed: what it read and what it put out, step by step. */
  private final class Run {
    final ReferenceTape tape;
    final List<ReferenceTape.Node> inputs = new ArrayList<>();

    /** By direction, then by row. */
    final List<List<ReferenceTape.Node>> states = new ArrayList<>();

    Run(Bounded x, BoundedSum[] gradient) {
      tape = new ReferenceTape(gradient);
      int rows = x.shape.rows();
      for (int row = 0; row < rows; row++) {
        Bounded step = new Bounded(Shape.flat(x.shape.channels()));
        for (int channel = 0; channel < step.value.length; channel++) {
          step.value[channel] = x.value[channel * rows + row];
          step.error[channel] = x.error[channel * rows + row];
        }
        inputs.add(tape.leaf(step));
      }
      Iterator<ParameterTensor> tensors = own.iterator();
      for (int direction = 0; direction < layer.directions(); direction++) {
        states.add(run(new Cell(tape, tensors), direction == 1));
      }
    }

    private List<ReferenceTape.Node> run(Cell cell, boolean reverse) {
      List<ReferenceTape.Node> after = new ArrayList<>();
      int rows = inputs.size();
      for (int step = 0; step < rows; step++) {
        int left = rows - step;
        if (layer.truncate() > 0 && left % layer.truncate() == 0) {
          cell.cut();
        }
        int row = reverse ? rows - 1 - step : step;
        after.add(reverse ? 0 : row, cell.step(inputs.get(row)));
      }
      return after;
    }

    /** What is put out, in the order direction, row. */
    List<ReferenceTape.Node> seen() {
      List<ReferenceTape.Node> seen = new ArrayList<>();
      for (int direction = 0; direction < states.size(); direction++) {
        List<ReferenceTape.Node> rows = states.get(direction);
        if (layer.output() == Recurrent.Output.ALL) {
          seen.addAll(rows);
        } else {
          seen.add(rows.get(direction == 0 ? rows.size() - 1 : 0));
        }
      }
      return seen;
    }
  }

  /** One direction: the state so far, and what a step makes of it. */
  private final class Cell {
    private final ReferenceTape tape;
    private final int units = layer.units();
    private final ReferenceLayer.Dense input;
    private final ReferenceLayer.Dense recurrent;
    private final List<ReferenceLayer.Bias> biases = new ArrayList<>();
    private final ReferenceActivation activation;
    private ReferenceTape.Node state;
    private ReferenceTape.Node memory;

    Cell(ReferenceTape tape, Iterator<ParameterTensor> tensors) {
      this.tape = tape;
      int rows = layer.sums() * units;
      input = new ReferenceLayer.Dense(parameters, tensors.next().offset(), rows);
      recurrent = new ReferenceLayer.Dense(parameters, tensors.next().offset(), rows);
      int count = !layer.bias() ? 0 : layer instanceof Gru ? 2 : 1;
      for (int i = 0; i < count; i++) {
        biases.add(new ReferenceLayer.Bias(parameters, tensors.next().offset()));
      }
      int alpha =
          own.stream()
              .filter(tensor -> tensor.kind() == Kind.SCALE)
              .mapToInt(ParameterTensor::offset)
              .findFirst()
              .orElse(-1);
      activation = new ReferenceActivation(layer.activation(), parameters, alpha);
      state = tape.zeros(units);
      memory = tape.zeros(units);
    }

    void cut() {
      state = tape.leaf(state.value);
      memory = tape.leaf(memory.value);
    }

    private ReferenceTape.Node biased(ReferenceTape.Node sums, int bias) {
      return bias < biases.size() ? tape.layer(biases.get(bias), sums) : sums;
    }

    private ReferenceTape.Node row(ReferenceTape.Node sums, int row) {
      return tape.part(sums, row * units, units);
    }

    ReferenceTape.Node step(ReferenceTape.Node x) {
      ReferenceTape.Node ofInput = biased(tape.layer(input, x), 0);
      ReferenceTape.Node ofState = tape.layer(recurrent, state);
      if (layer instanceof SimpleRecurrent) {
        state = tape.layer(activation, tape.sum(ofInput, ofState, 1));
      } else if (layer instanceof Lstm lstm) {
        ReferenceLayer.OfSample gate = gate(lstm.gates());
        ReferenceTape.Node sums = tape.sum(ofInput, ofState, 1);
        ReferenceTape.Node i = tape.layer(gate, row(sums, 0));
        ReferenceTape.Node f = tape.layer(gate, row(sums, 1));
        ReferenceTape.Node g = tape.layer(activation, row(sums, 2));
        ReferenceTape.Node o = tape.layer(gate, row(sums, 3));
        memory = tape.sum(tape.product(f, memory), tape.product(i, g), 1);
        state = tape.product(o, tape.layer(activation, memory));
      } else if (layer instanceof Gru gru) {
        ReferenceLayer.OfSample gate = gate(gru.gates());
        ReferenceTape.Node r = tape.layer(gate, tape.sum(row(ofInput, 0), row(ofState, 0), 1));
        ReferenceTape.Node z = tape.layer(gate, tape.sum(row(ofInput, 1), row(ofState, 1), 1));
        ReferenceTape.Node m = biased(row(ofState, 2), 1);
        ReferenceTape.Node n =
            tape.layer(activation, tape.sum(row(ofInput, 2), tape.product(r, m), 1));
        // (1 − z)·n + z·h
        state = tape.sum(n, tape.product(z, tape.sum(state, n, -1)), 1);
      } else {
        throw new IllegalStateException("there is no oracle for a layer " + layer.name());
      }
      return state;
    }

    private ReferenceLayer.OfSample gate(ActivationFunction function) {
      return new ReferenceActivation(Activation.of(function), parameters, -1);
    }
  }

  /** Where a value of a seen state lies in the output. */
  private int place(int seen, int unit, int seenRows) {
    return (seen / seenRows * layer.units() + unit) * seenRows + seen % seenRows;
  }

  @Override
  public Bounded forward(Bounded x) {
    List<ReferenceTape.Node> seen = new Run(x, new BoundedSum[0]).seen();
    // A sequence of one step is none to the layer, but in a batch with longer ones.
    int rows = layer.output() == Recurrent.Output.ALL ? x.shape.rows() : 1;
    Bounded y = new Bounded(new Shape(layer.outputs(), rows, 1));
    for (int i = 0; i < seen.size(); i++) {
      for (int unit = 0; unit < layer.units(); unit++) {
        int at = place(i, unit, y.shape.rows());
        y.value[at] = seen.get(i).value.value[unit];
        y.error[at] = seen.get(i).value.error[unit];
      }
    }
    return y;
  }

  @Override
  public Bounded backward(Bounded x, Bounded y, Bounded dy, BoundedSum[] gradient) {
    Run run = new Run(x, gradient);
    List<ReferenceTape.Node> seen = run.seen();
    for (int i = 0; i < seen.size(); i++) {
      for (int unit = 0; unit < layer.units(); unit++) {
        seen.get(i).add(unit, 1, 0, dy, place(i, unit, y.shape.rows()));
      }
    }
    run.tape.back();
    Bounded dx = new Bounded(x.shape);
    int rows = x.shape.rows();
    for (int row = 0; row < rows; row++) {
      Bounded d = run.inputs.get(row).gradient();
      for (int channel = 0; channel < d.value.length; channel++) {
        dx.value[channel * rows + row] = d.value[channel];
        dx.error[channel * rows + row] = d.error[channel];
      }
    }
    return dx;
  }
}
