package org.unvanish.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.data.Shape;

/** Layers one after the other on an input, with shapes checked and parameter tensors named. */
final class LayerStack {

  private final List<Layer> layers;
  private final List<Shape> outputs = new ArrayList<>();
  private final List<List<Layer.Parameters>> parameters = new ArrayList<>();
  private int leastBatch = 1;
  private long multiplyAdds;

  /**
   * @param input what reaches the first layer
   * @throws IllegalArgumentException if a layer does not fit what reaches it; the message names it
   *     by number and kind
   */
  LayerStack(Shape input, List<Layer> layers) {
    this.layers = List.copyOf(layers);
    Map<String, Integer> counts = new HashMap<>();
    Shape shape = input;
    for (int i = 0; i < this.layers.size(); i++) {
      Layer layer = this.layers.get(i);
      String name = layer.name() + counts.merge(layer.countedAs(), 1, Integer::sum) + "/";
      if (layer.readsData() && !this.layers.subList(0, i).stream().allMatch(Layer::readsData)) {
        throw new IllegalArgumentException(
            "layer %d, %s, reads the data; put it before all other layers"
                .formatted(i + 1, layer.name()));
      }
      Shape output;
      try {
        output = layer.output(shape);
        parameters.add(layer.parameters(shape).stream().map(own -> own.within(name)).toList());
        multiplyAdds += layer.multiplyAdds(shape);
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(
            "layer %d, %s, has more values than an array holds".formatted(i + 1, layer.name()), e);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("layer " + (i + 1) + ", " + e.getMessage(), e);
      }
      outputs.add(output);
      leastBatch = Math.max(leastBatch, layer.leastBatch(shape));
      shape = output;
    }
  }

  List<Layer> layers() {
    return layers;
  }

  /** What a layer puts out. */
  Shape output(int layer) {
    return outputs.get(layer);
  }

  /** What the last layer puts out. */
  Shape output() {
    return outputs.get(outputs.size() - 1);
  }

  /** The fewest samples that a batch of training may have. */
  int leastBatch() {
    return leastBatch;
  }

  /** What weights take to send one sample forward. */
  long multiplyAdds() {
    return multiplyAdds;
  }

  /** The tensors of a layer, each under the layer's name: {@code dense1/weights}. */
  List<Layer.Parameters> parameters(int layer) {
    return parameters.get(layer);
  }

  /** The tensors of all layers, first to last. */
  List<Layer.Parameters> parameters() {
    return parameters.stream().flatMap(List::stream).toList();
  }
}
