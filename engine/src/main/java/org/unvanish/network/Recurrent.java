package org.unvanish.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Shape;
import org.unvanish.network.ParameterTensor.Kind;

/**
 * A layer that reads a sequence step by step and carries a state of its units along.
 *
 * <p>It reads features×steps×1: a channel for each feature, a row for each time step. The state
 * begins with zeros. Behind the end of a sequence that is shorter than the longest, nothing
 * happens: the state stays, the steps are put out as zeros, and no gradient comes from there.
 *
 * <p>The formulas, the order of the gates and so the layout of the parameters are those of PyTorch,
 * but that what PyTorch adds as two biases is one. U are {@code input-weights} [gates·units,
 * features], R are {@code recurrent-weights} [gates·units, units], b is {@code bias} [gates·units].
 * A layer with both directions has the same again under {@code reverse-…}, for a state that starts
 * at the last step.
 *
 * @since 0.1
 */
public sealed interface Recurrent extends Layer {

  /** Which states are put out. */
  enum Output {
    /** That after the last step: units×1×1. */
    LAST,
    /** That after each step: units×steps×1. */
    ALL
  }

  /** Which way a sequence is read. */
  enum Direction {
    /** First step to last. */
    FORWARD,
    /**
     * And once more from the last to the first, by units of their own, whose states are put out
     * behind the others: twice as many channels.
     */
    BOTH
  }

  /** Units of one direction, at least 1. */
  int units();

  /** What makes a state of sums; where there are gates, of the candidate and of the output. */
  Activation activation();

  /** Which states are put out. */
  Output output();

  /** Which way a sequence is read. */
  Direction direction();

  /** Whether there are biases. */
  boolean bias();

  /**
   * After how many steps the way back is cut, counted from the end of each sequence: between the
   * parts, no gradient passes from a state to the one before it. 0 for a whole way.
   */
  int truncate();

  /** Sums of inputs and state that make one unit: 1 without gates. */
  int sums();

  /** A layer with other units and another activation. */
  Recurrent with(int units, Activation activation);

  /** Channels of the output: the units of all directions. */
  default int outputs() {
    return Math.multiplyExact(units(), directions());
  }

  /** The number of directions. */
  default int directions() {
    return direction() == Direction.BOTH ? 2 : 1;
  }

  /**
   * Numbers that training keeps for each unit and step of a sample: states, what becomes of sums,
   * and the gradients with respect to these.
   */
  int valuesOfStep();

  @Override
  default Role role() {
    return Role.WEIGHTS;
  }

  @Override
  default boolean needsRowsAndColumns() {
    return true;
  }

  @Override
  default List<Activation> activations() {
    return List.of(activation());
  }

  @Override
  default Layer withActivations(UnaryOperator<Activation> change) {
    return with(units(), change.apply(activation()));
  }

  @Override
  default Shape output(Shape input) {
    if (input.columns() != 1) {
      throw new IllegalArgumentException(
          "%s, reads a sequence (features×steps×1), but %s reaches it; images become sequences with \"steps: rows\" or \"steps: pixels\" beside the data"
              .formatted(name(), input));
    }
    if (input.rows() == 1) {
      throw new IllegalArgumentException(
          "%s, reads a sequence, but one step of %d values reaches it; let a recurrent layer before it put out all states, and put dense layers behind it"
              .formatted(name(), input.channels()));
    }
    return new Shape(outputs(), output() == Output.ALL ? input.rows() : 1, 1);
  }

  @Override
  default List<Parameters> parameters(Shape input) {
    int rows = Math.multiplyExact(sums(), units());
    List<Parameters> own = new ArrayList<>();
    for (String way : List.of("", "reverse-").subList(0, directions())) {
      own.add(
          Parameters.weights(
              way + "input-weights", List.of(rows, input.channels()), input.channels(), rows));
      own.add(
          new Parameters(
              way + "recurrent-weights", Kind.RECURRENT, List.of(rows, units()), units(), rows, 0));
      if (bias()) {
        int fanIn = Math.addExact(input.channels(), units());
        own.add(new Parameters(way + "bias", Kind.BIAS, List.of(rows), fanIn, rows, 0));
        own.addAll(moreBiases(way));
      }
    }
    own.addAll(Activated.parameters(activation()));
    return own;
  }

  /**
   * Biases beside those of the sums.
   *
   * @param way what their names begin with
   */
  default List<Parameters> moreBiases(String way) {
    return List.of();
  }

  @Override
  default long multiplyAdds(Shape input) {
    return input.rows()
        * parameters(input).stream()
            .filter(tensor -> tensor.kind() == Kind.WEIGHTS || tensor.kind() == Kind.RECURRENT)
            .mapToLong(Parameters::size)
            .sum();
  }

  @Override
  default Layer widened(int factor) {
    return with(units() * factor, activation());
  }

  private static void require(int units, int truncate) {
    if (units < 1) {
      throw new IllegalArgumentException("units must be at least 1, but is " + units);
    }
    if (truncate < 0) {
      throw new IllegalArgumentException(
          "truncate must be a number of steps, or 0 for all, but is " + truncate);
    }
  }

  /**
   * Without gates (Elman 1990): h_t = f(U·x_t + R·h_{t−1} + b).
   *
   * @param units at least 1
   * @param activation f
   * @param output which states are put out
   * @param direction which way a sequence is read
   * @param bias whether there is a b
   * @param truncate after how many steps the way back is cut; 0 for none
   */
  record SimpleRecurrent(
      int units,
      Activation activation,
      Output output,
      Direction direction,
      boolean bias,
      int truncate)
      implements Recurrent {
    /**
     * @throws IllegalArgumentException if a number is outside its range
     */
    public SimpleRecurrent {
      require(units, truncate);
    }

    /** The last state of a layer with biases, read forward, with the whole way back. */
    public SimpleRecurrent(int units, Activation activation) {
      this(units, activation, Output.LAST, Direction.FORWARD, true, 0);
    }

    @Override
    public String name() {
      return "recurrent";
    }

    @Override
    public int sums() {
      return 1;
    }

    @Override
    public int valuesOfStep() {
      return 2;
    }

    @Override
    public Recurrent with(int others, Activation other) {
      return new SimpleRecurrent(others, other, output, direction, bias, truncate);
    }
  }

  /**
   * Long short-term memory (Hochreiter &amp; Schmidhuber 1997, with the forget gate of Gers et al.
   * 2000): sums i, f, g, o of a step; c_t = s(f)·c_{t−1} + s(i)·a(g) and h_t = s(o)·a(c_t).
   *
   * @param units at least 1
   * @param activation a
   * @param gates s
   * @param output which states are put out
   * @param direction which way a sequence is read
   * @param bias whether there are biases
   * @param truncate after how many steps the way back is cut; 0 for none
   * @param forgetBias is added to what the biases of f are drawn as, so that the cell keeps what it
   *     has at first (Jozefowicz et al. 2015); of given biases it says nothing, nor where there are
   *     none
   */
  record Lstm(
      int units,
      Activation activation,
      ActivationFunction gates,
      Output output,
      Direction direction,
      boolean bias,
      int truncate,
      double forgetBias)
      implements Recurrent {
    /**
     * @throws IllegalArgumentException if a number is outside its range
     */
    public Lstm {
      require(units, truncate);
      if (!Double.isFinite(forgetBias)) {
        throw new IllegalArgumentException(
            "forget-bias must be a finite number, but is " + forgetBias);
      }
    }

    /** The last state of a layer with biases, read forward, with logistic gates. */
    public Lstm(int units, Activation activation) {
      this(
          units,
          activation,
          ActivationFunction.LOGISTIC,
          Output.LAST,
          Direction.FORWARD,
          true,
          0,
          1);
    }

    @Override
    public String name() {
      return "lstm";
    }

    @Override
    public int sums() {
      return 4;
    }

    @Override
    public int valuesOfStep() {
      return 7;
    }

    @Override
    public Recurrent with(int others, Activation other) {
      return new Lstm(others, other, gates, output, direction, bias, truncate, forgetBias);
    }
  }

  /**
   * Gated recurrent unit (Cho et al. 2014): sums r and z of a step, and of the candidate n =
   * a(U·x_t + b + s(r)·(R·h_{t−1} + b′)), where b′ is {@code recurrent-bias} [units]; h_t = (1 −
   * s(z))·n + s(z)·h_{t−1}.
   *
   * @param units at least 1
   * @param activation a
   * @param gates s
   * @param output which states are put out
   * @param direction which way a sequence is read
   * @param bias whether there are biases
   * @param truncate after how many steps the way back is cut; 0 for none
   */
  record Gru(
      int units,
      Activation activation,
      ActivationFunction gates,
      Output output,
      Direction direction,
      boolean bias,
      int truncate)
      implements Recurrent {
    /**
     * @throws IllegalArgumentException if a number is outside its range
     */
    public Gru {
      require(units, truncate);
    }

    /** The last state of a layer with biases, read forward, with logistic gates. */
    public Gru(int units, Activation activation) {
      this(units, activation, ActivationFunction.LOGISTIC, Output.LAST, Direction.FORWARD, true, 0);
    }

    @Override
    public String name() {
      return "gru";
    }

    @Override
    public int sums() {
      return 3;
    }

    @Override
    public int valuesOfStep() {
      return 11;
    }

    @Override
    public List<Parameters> moreBiases(String way) {
      return List.of(
          new Parameters(way + "recurrent-bias", Kind.BIAS, List.of(units), units, units, 0));
    }

    @Override
    public Recurrent with(int others, Activation other) {
      return new Gru(others, other, gates, output, direction, bias, truncate);
    }
  }
}
