package org.unvanish.initialization;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.DoubleSupplier;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.random.RandomStream;

/**
 * The initialization of the parameters.
 *
 * <p>Weights of any layer are a matrix to those that speak of one: a row for each unit, filter or
 * channel that is put out, a column for each input that reaches it.
 *
 * @since 0.1
 */
public sealed interface Initialization {

  /** All zero: the usual start of biases. */
  record Zeros() implements Initialization {
    @Override
    public void fill(ParameterTensor tensor, RandomStream random, int first, float[] parameters) {
      each(tensor, parameters, () -> 0);
    }

    @Override
    public ExpectedValues expected(ParameterTensor tensor, int first) {
      return new ExpectedValues(0, ExpectedValues.Form.GIVEN);
    }
  }

  /**
   * Uniform on [−bound, bound).
   *
   * @param bound above 0
   */
  record Uniform(double bound) implements Initialization {
    /**
     * @throws IllegalArgumentException if the bound is not a finite number above 0
     */
    public Uniform {
      requirePositive("bound", bound);
    }

    @Override
    public void fill(ParameterTensor tensor, RandomStream random, int first, float[] parameters) {
      each(tensor, parameters, () -> (2 * random.uniform() - 1) * bound);
    }

    @Override
    public ExpectedValues expected(ParameterTensor tensor, int first) {
      return ExpectedValues.independent(bound * bound / 3);
    }
  }

  /**
   * Normal with mean 0.
   *
   * @param deviation the standard deviation, above 0
   */
  record Normal(double deviation) implements Initialization {
    /**
     * @throws IllegalArgumentException if the deviation is not a finite number above 0
     */
    public Normal {
      requirePositive("standard deviation", deviation);
    }

    @Override
    public void fill(ParameterTensor tensor, RandomStream random, int first, float[] parameters) {
      each(tensor, parameters, () -> random.normal() * deviation);
    }

    @Override
    public ExpectedValues expected(ParameterTensor tensor, int first) {
      return ExpectedValues.independent(deviation * deviation);
    }
  }

  /** Uniform on ±√(6/(fanIn + fanOut)): Glorot &amp; Bengio (2010), equation (16). */
  record Glorot() implements Initialization {
    @Override
    public void fill(ParameterTensor tensor, RandomStream random, int first, float[] parameters) {
      double bound = Math.sqrt(6.0 / (tensor.fanIn() + tensor.fanOut()));
      each(tensor, parameters, () -> (2 * random.uniform() - 1) * bound);
    }

    @Override
    public ExpectedValues expected(ParameterTensor tensor, int first) {
      return ExpectedValues.independent(2.0 / (tensor.fanIn() + tensor.fanOut()));
    }
  }

  /** Normal with standard deviation √(2/fanIn): He et al. (2015), equation (10). */
  record He() implements Initialization {
    @Override
    public void fill(ParameterTensor tensor, RandomStream random, int first, float[] parameters) {
      double deviation = Math.sqrt(2.0 / tensor.fanIn());
      each(tensor, parameters, () -> random.normal() * deviation);
    }

    @Override
    public ExpectedValues expected(ParameterTensor tensor, int first) {
      return ExpectedValues.independent(2.0 / tensor.fanIn());
    }
  }

  /**
   * Normal with standard deviation gain/√fanIn: LeCun et al. (1998), equation (16), where the gain
   * is 1.
   *
   * @param gain above 0; {@link Gain} has those of activation functions
   */
  record LeCun(double gain) implements Initialization {
    /**
     * @throws IllegalArgumentException if the gain is not a finite number above 0
     */
    public LeCun {
      requirePositive("gain", gain);
    }

    @Override
    public void fill(ParameterTensor tensor, RandomStream random, int first, float[] parameters) {
      double deviation = gain / Math.sqrt(tensor.fanIn());
      each(tensor, parameters, () -> random.normal() * deviation);
    }

    @Override
    public ExpectedValues expected(ParameterTensor tensor, int first) {
      return ExpectedValues.independent(gain * gain / tensor.fanIn());
    }
  }

  /**
   * A random matrix whose rows are orthogonal and of length gain, or whose columns are where it has
   * more rows: Saxe et al. (2013). Every such matrix is as likely as any other. Recurrent weights
   * are such a matrix for each gate.
   *
   * @param gain above 0; {@link Gain} has those of activation functions
   */
  record Orthogonal(double gain) implements Initialization {
    /**
     * @throws IllegalArgumentException if the gain is not a finite number above 0
     */
    public Orthogonal {
      requirePositive("gain", gain);
    }

    @Override
    public void fill(ParameterTensor tensor, RandomStream random, int first, float[] parameters) {
      OrthogonalMatrix.draw(tensor, random, gain, parameters);
    }

    @Override
    public ExpectedValues expected(ParameterTensor tensor, int first) {
      return ExpectedValues.orthogonal(tensor, gain);
    }
  }

  /**
   * A factor times the identity (Le, Jaitly &amp; Hinton 2015): of recurrent weights one such
   * matrix for each gate, so that a state at first stays as it is. Where a matrix is not square,
   * the ones stand where row and column agree modulo the columns, and in a convolution in the
   * middle of the kernels.
   *
   * @param gain above 0
   */
  record Identity(double gain) implements Initialization {
    /**
     * @throws IllegalArgumentException if the gain is not a finite number above 0
     */
    public Identity {
      requirePositive("gain", gain);
    }

    @Override
    public void fill(ParameterTensor tensor, RandomStream random, int first, float[] parameters) {
      each(tensor, parameters, () -> 0);
      addIdentity(tensor, (float) gain, parameters);
    }

    @Override
    public ExpectedValues expected(ParameterTensor tensor, int first) {
      double columns = (double) tensor.size() / tensor.shape().get(0);
      return new ExpectedValues(gain * gain / columns, ExpectedValues.Form.IDENTITY);
    }
  }

  /**
   * Layer-sequential unit variance (Mishkin &amp; Matas 2015): an orthogonal start, whose weights
   * are then scaled, layer by layer, so that each layer puts out values of variance 1 on the first
   * mini-batch of the run; recurrent layers, whose states have bounds, keep the orthogonal start.
   * The run's data decide them, so drawing alone gives the orthogonal start; {@link
   * org.unvanish.train.InitialValues} does the rest.
   */
  record Lsuv() implements Initialization {
    /** How far the variance may be from 1. The paper has 0.1. */
    public static final double TOLERANCE = 0.01;

    /** How often a layer is scaled at most. Without biases once is enough. */
    public static final int MOST_PASSES = 10;

    @Override
    public void fill(ParameterTensor tensor, RandomStream random, int first, float[] parameters) {
      OrthogonalMatrix.draw(tensor, random, 1, parameters);
    }

    @Override
    public ExpectedValues expected(ParameterTensor tensor, int first) {
      return ExpectedValues.orthogonal(tensor, 1);
    }

    @Override
    public boolean needsData() {
      return true;
    }
  }

  /**
   * For tanh: ones where row and column agree modulo the columns, plus normal noise with standard
   * deviation 0.085/√columns (Lee, Choi &amp; Kim 2025, arXiv 2410.02242, section 3.2). The paper
   * has dense layers only; in a convolution the ones stand in the middle of the kernels that lead
   * from a channel to the filter of its number.
   */
  record LeeChoiKim() implements Initialization {
    private static final double ALPHA = 0.085;

    @Override
    public void fill(ParameterTensor tensor, RandomStream random, int first, float[] parameters) {
      double columns = (double) tensor.size() / tensor.shape().get(0);
      double deviation = ALPHA / Math.sqrt(columns);
      each(tensor, parameters, () -> random.normal() * deviation);
      addIdentity(tensor, 1, parameters);
    }

    @Override
    public ExpectedValues expected(ParameterTensor tensor, int first) {
      int rows = tensor.shape().get(0);
      double columns = (double) tensor.size() / rows;
      return new ExpectedValues((ALPHA * ALPHA + 1) / columns, ExpectedValues.Form.IDENTITY);
    }
  }

  /**
   * The given values.
   *
   * @param values of all parameter tensors of this kind, in the order of the network
   */
  record Given(List<Float> values) implements Initialization {
    /** Copies the values. */
    public Given {
      values = List.copyOf(values);
    }

    @Override
    public void fill(ParameterTensor tensor, RandomStream random, int first, float[] parameters) {
      for (int i = 0; i < tensor.size(); i++) {
        parameters[tensor.offset() + i] = values.get(first + i);
      }
    }

    @Override
    public ExpectedValues expected(ParameterTensor tensor, int first) {
      return ExpectedValues.given(this, tensor, first);
    }

    @Override
    public OptionalInt count() {
      return OptionalInt.of(values.size());
    }
  }

  /**
   * All parameters of a network from a file in the safetensors format: each tensor under the name
   * that the network has for it, in single precision. What {@link org.unvanish.train.Model#save}
   * writes is one. Biases, learned scales and what normalizes come from it, too.
   *
   * @param file its path
   * @param sha256 of the whole file, in hexadecimal digits: another file is refused
   */
  record FromFile(String file, String sha256) implements Initialization {

    /**
     * What a file holds now.
     *
     * @throws IllegalArgumentException if it cannot be read; the message names it
     */
    public static FromFile of(String file) {
      return new FromFile(file, WeightsFile.sha256(file));
    }

    @Override
    public void requireFit(Network network) {
      WeightsFile.requireFit(this, network);
    }

    @Override
    public void fill(ParameterTensor tensor, RandomStream random, int first, float[] parameters) {
      WeightsFile.read(file, tensor, parameters);
    }

    @Override
    public ExpectedValues expected(ParameterTensor tensor, int first) {
      return ExpectedValues.given(this, tensor, first);
    }

    @Override
    public boolean isWhole() {
      return true;
    }
  }

  /**
   * Fills a tensor.
   *
   * @param tensor which
   * @param random the stream of all initial weights, from which it takes what it needs
   * @param first the number of the tensor's first parameter among all of its kind in the network,
   *     from 0
   * @param parameters of the network
   */
  void fill(ParameterTensor tensor, RandomStream random, int first, float[] parameters);

  /**
   * What is known of a tensor's values before they are drawn. What the data of the run do to them
   * is not.
   *
   * @param tensor which
   * @param first as in {@link #fill}
   * @throws IllegalArgumentException if a file cannot be read
   */
  ExpectedValues expected(ParameterTensor tensor, int first);

  /** How many parameters of its kind a network must have; empty where any number will do. */
  default OptionalInt count() {
    return OptionalInt.empty();
  }

  /** Whether it gives all parameters of a network, biases and learned scales too. */
  default boolean isWhole() {
    return false;
  }

  /** Whether the values depend on the data of the run. */
  default boolean needsData() {
    return false;
  }

  /**
   * Looks whether it can fill a network.
   *
   * @throws IllegalArgumentException if it cannot; the message says why
   */
  default void requireFit(Network network) {}

  private static void each(ParameterTensor tensor, float[] parameters, DoubleSupplier draw) {
    for (int i = 0; i < tensor.size(); i++) {
      parameters[tensor.offset() + i] = (float) draw.getAsDouble();
    }
  }

  /** Adds a number wherever row and column agree modulo the columns: in the middle of kernels. */
  private static void addIdentity(ParameterTensor tensor, float one, float[] parameters) {
    int rows = tensor.shape().get(0);
    int area = tensor.kernelArea();
    int channels = tensor.size() / rows / area;
    int middle = tensor.kernelMiddle();
    for (int row = 0; row < rows; row++) {
      int at = (row * channels + row % channels) * area + middle;
      parameters[tensor.offset() + at] += one;
    }
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be a finite number above 0, but is " + value);
    }
  }
}
