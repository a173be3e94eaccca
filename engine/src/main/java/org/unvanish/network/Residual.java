package org.unvanish.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.unvanish.data.Shape;
import org.unvanish.network.Convolutional.Convolution;

/**
 * A residual block (He et al. 2015): y = x + F(x), or y = W·x + F(x), where F are the layers that
 * it holds. The gradient at x is the sum of both ways.
 *
 * @param layers what F does, first to last; at least one
 * @param projection whether weights W bring x to the shape of F(x): a dense layer where that is
 *     flat, else a 1×1 convolution with the stride of its convolutions, both without biases
 * @since 0.1
 */
public record Residual(List<Layer> layers, boolean projection) implements Layer {

  /** How many blocks may stand one in another. */
  public static final int DEEPEST = 4;

  /**
   * @throws IllegalArgumentException if it holds no layers or one that reads the data, or blocks
   *     stand in it too deep
   */
  public Residual {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a residual block needs layers");
    }
    if (layers.stream().anyMatch(Layer::readsData)) {
      throw new IllegalArgumentException(
          "an embedding reads the data and cannot stand in a residual block; put it before all other layers");
    }
    if (depth(layers) >= DEEPEST) {
      throw new IllegalArgumentException(
          "at most " + DEEPEST + " residual blocks may stand one in another");
    }
  }

  private static int depth(List<Layer> layers) {
    return layers.stream()
        .filter(layer -> !layer.layers().isEmpty())
        .mapToInt(layer -> 1 + depth(layer.layers()))
        .max()
        .orElse(0);
  }

  @Override
  public Role role() {
    return Role.BLOCK;
  }

  @Override
  public String name() {
    return "residual";
  }

  /** As the first of its layers that asks for an image or flattens it. */
  @Override
  public boolean needsRowsAndColumns() {
    for (Layer layer : layers) {
      if (layer instanceof Dense) {
        return false;
      }
      if (layer.needsRowsAndColumns()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean needsBatch() {
    return layers.stream().anyMatch(Layer::needsBatch);
  }

  @Override
  public int leastBatch(Shape input) {
    return stack(input).leastBatch();
  }

  private LayerStack stack(Shape input) {
    try {
      return new LayerStack(input, layers);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("residual block, " + e.getMessage(), e);
    }
  }

  @Override
  public Shape output(Shape input) {
    Shape output = stack(input).output();
    Optional<Layer> projected = projectionOf(input);
    if (projected.isEmpty() && !output.equals(input)) {
      throw new IllegalArgumentException(
          "residual block, cannot add what its layers make, %s, to what reaches it, %s; add projection: true, or let its last layer make as much"
              .formatted(output, input));
    }
    projected.ifPresent(way -> requireFit(way.output(input), input, output));
    return output;
  }

  private void requireFit(Shape projected, Shape input, Shape output) {
    if (!projected.equals(output)) {
      throw new IllegalArgumentException(
          "residual block, has no projection from %s to %s: a 1×1 convolution with stride %d makes %s; give its convolutions same padding and put pooling outside the block, or let its layers end with a dense one"
              .formatted(input, output, stride(), projected));
    }
  }

  /** How many rows and columns of what reaches it become one, as convolutions say. */
  private int stride() {
    return layers.stream()
        .flatMap(Layer::flat)
        .mapToInt(layer -> layer instanceof Convolutional convolution ? convolution.stride() : 1)
        .reduce(1, (all, one) -> (int) Math.min((long) all * one, Integer.MAX_VALUE));
  }

  /**
   * The layer that brings what reaches the block to the shape of what its layers make.
   *
   * @param input what reaches it
   * @return empty without a projection
   */
  public Optional<Layer> projectionOf(Shape input) {
    if (!projection) {
      return Optional.empty();
    }
    Shape output = stack(input).output();
    return Optional.of(
        output.rows() == 1 && output.columns() == 1
            ? new Dense(output.channels(), false)
            : new Convolution(1, output.channels(), false, stride(), Padding.SAME));
  }

  /** Those of its layers under their names, then {@code projection/weights}. */
  @Override
  public List<Parameters> parameters(Shape input) {
    List<Parameters> own = new ArrayList<>(stack(input).parameters());
    projectionOf(input)
        .ifPresent(
            layer ->
                layer.parameters(input).forEach(tensor -> own.add(tensor.within("projection/"))));
    return own;
  }

  @Override
  public long multiplyAdds(Shape input) {
    return stack(input).multiplyAdds()
        + projectionOf(input).map(layer -> layer.multiplyAdds(input)).orElse(0L);
  }

  @Override
  public Stream<Layer> flat() {
    return layers.stream().flatMap(Layer::flat);
  }

  @Override
  public Residual with(UnaryOperator<Layer> change) {
    return new Residual(layers.stream().map(layer -> layer.with(change)).toList(), projection);
  }

  @Override
  public Residual widened(int factor) {
    return with(layer -> layer.widened(factor));
  }
}
