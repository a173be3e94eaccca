package org.unvanish.network;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Shape;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.Convolution1d;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Pooling.GlobalAveragePooling;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.SimpleRecurrent;

/**
 * Builds a network, layer by layer: {@link Network#builder}.
 *
 * <p>Dense layers have biases and convolutions have none, as is usual; {@link #layer} adds any
 * other.
 *
 * @since 0.1
 */
public final class NetworkBuilder {

  private final Shape input;
  private final List<Layer> layers = new ArrayList<>();

  NetworkBuilder(Shape input) {
    this.input = input;
  }

  /**
   * A dense layer with biases. It flattens what reaches it.
   *
   * @param units at least 1; of the last layer, as many outputs as the loss needs: one for each
   *     class
   * @throws IllegalArgumentException if there are none
   */
  public NetworkBuilder dense(int units) {
    return layer(new Dense(units, true));
  }

  /**
   * A k×k convolution without biases, with stride 1 and zero padding.
   *
   * @param kernel k, odd
   * @param filters output channels, at least 1
   * @throws IllegalArgumentException if a number is outside its range
   */
  public NetworkBuilder convolution(int kernel, int filters) {
    return layer(new Convolution(kernel, filters, false));
  }

  /**
   * A k×k convolution without biases.
   *
   * @param kernel k, odd with same padding
   * @param filters output channels, at least 1
   * @param stride rows and columns from one output to the next, at least 1
   * @param padding what is read beyond the edges
   * @throws IllegalArgumentException if a number is outside its range
   */
  public NetworkBuilder convolution(int kernel, int filters, int stride, Padding padding) {
    return layer(new Convolution(kernel, filters, false, stride, padding));
  }

  /**
   * A convolution along the columns of a signal of one row, without biases.
   *
   * @param kernel columns of the kernel, odd with same padding
   * @param filters output channels, at least 1
   * @param stride columns from one output to the next, at least 1
   * @param padding what is read beyond the ends
   * @throws IllegalArgumentException if a number is outside its range
   */
  public NetworkBuilder convolution1d(int kernel, int filters, int stride, Padding padding) {
    return layer(new Convolution1d(kernel, filters, false, stride, padding));
  }

  /**
   * Max pooling over size×size tiles; rows and columns that fill none are left out.
   *
   * @throws IllegalArgumentException if the size is below 2
   */
  public NetworkBuilder maxPooling(int size) {
    return layer(new MaxPooling(size));
  }

  /**
   * Average pooling over size×size tiles; rows and columns that fill none are left out.
   *
   * @throws IllegalArgumentException if the size is below 2
   */
  public NetworkBuilder averagePooling(int size) {
    return layer(new AveragePooling(size));
  }

  /** The mean of each channel over all rows and columns. */
  public NetworkBuilder globalAveragePooling() {
    return layer(new GlobalAveragePooling());
  }

  /**
   * A recurrent layer without gates that reads features×steps×1 and puts out its last state; {@link
   * #layer} takes one that is otherwise.
   *
   * @param units at least 1
   * @param activation what makes a state of sums
   * @throws IllegalArgumentException if there are no units
   */
  public NetworkBuilder recurrent(int units, Activation activation) {
    return layer(new SimpleRecurrent(units, activation));
  }

  /**
   * Long short-term memory with logistic gates, otherwise as {@link #recurrent}.
   *
   * @param units at least 1
   * @param activation of candidate and output
   * @throws IllegalArgumentException if there are no units
   */
  public NetworkBuilder lstm(int units, Activation activation) {
    return layer(new Lstm(units, activation));
  }

  /**
   * Gated recurrent units with logistic gates, otherwise as {@link #recurrent}.
   *
   * @param units at least 1
   * @param activation of the candidate
   * @throws IllegalArgumentException if there are no units
   */
  public NetworkBuilder gru(int units, Activation activation) {
    return layer(new Gru(units, activation));
  }

  /** An activation function without a scale. */
  public NetworkBuilder activation(ActivationFunction function) {
    return activation(Activation.of(function));
  }

  /** An activation function with its scale, such as {@code TANH.scaled(2)}. */
  public NetworkBuilder activation(Activation activation) {
    return layer(new Activated(activation));
  }

  /** Any layer. */
  public NetworkBuilder layer(Layer layer) {
    layers.add(layer);
    return this;
  }

  /**
   * The network.
   *
   * @throws IllegalArgumentException if a layer does not fit what reaches it, or none has
   *     parameters; the message names it
   */
  public Network build() {
    return new Network(input, layers);
  }
}
