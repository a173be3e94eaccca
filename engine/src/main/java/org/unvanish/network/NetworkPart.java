package org.unvanish.network;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.unvanish.data.Shape;

/**
 * A layer where it stands in a network.
 *
 * @param name as its tensors have it: {@code conv1}, {@code residual1/conv1}; of a layer without
 *     tensors that of its kind
 * @param layer which
 * @param input what reaches it
 * @param tensors its parameter tensors; of a block those of its projection
 * @param inside the layers that it holds
 */
public record NetworkPart(
    String name,
    Layer layer,
    Shape input,
    List<ParameterTensor> tensors,
    List<NetworkPart> inside) {

  /** Copies the lists. */
  public NetworkPart {
    tensors = List.copyOf(tensors);
    inside = List.copyOf(inside);
  }

  /** The layers of a network, first to last. */
  public static List<NetworkPart> of(Network network) {
    return parts(network.layers(), network.input(), network.parametersByLayer().iterator(), 1);
  }

  /**
   * @param depth how many words of a tensor's name are the layer's
   */
  private static List<NetworkPart> parts(
      List<Layer> layers, Shape input, Iterator<ParameterTensor> tensors, int depth) {
    List<NetworkPart> parts = new ArrayList<>();
    Shape reached = input;
    for (Layer layer : layers) {
      List<ParameterTensor> own = new ArrayList<>();
      layer.parameters(reached).forEach(tensor -> own.add(tensors.next()));
      List<ParameterTensor> left = own;
      List<NetworkPart> inside = List.of();
      if (!layer.layers().isEmpty()) {
        Iterator<ParameterTensor> branch = own.iterator();
        inside = parts(layer.layers(), reached, branch, depth + 1);
        left = new ArrayList<>();
        branch.forEachRemaining(left::add);
      }
      parts.add(
          new NetworkPart(
              own.stream()
                  .filter(tensor -> !tensor.isShared())
                  .findFirst()
                  .map(tensor -> name(tensor, depth))
                  .orElse(layer.name()),
              layer,
              reached,
              left,
              inside));
      reached = layer.output(reached);
    }
    return parts;
  }

  private static String name(ParameterTensor tensor, int depth) {
    return String.join("/", List.of(tensor.name().split("/")).subList(0, depth));
  }

  /** Whether a layer of a diagnosis begins here: one with weights, or a block that trains some. */
  public boolean begins() {
    return switch (layer.role()) {
      case WEIGHTS -> true;
      case BLOCK -> all().anyMatch(part -> !part.trained().isEmpty());
      case ACTIVATION, NORMALIZATION, POOLING, NOISE -> false;
    };
  }

  /** Itself and all layers that it holds. */
  Stream<NetworkPart> all() {
    return Stream.concat(Stream.of(this), inside.stream().flatMap(NetworkPart::all));
  }

  /** Those of its tensors that an optimizer moves. */
  public List<ParameterTensor> trained() {
    return tensors.stream().filter(tensor -> tensor.kind().isTrained()).toList();
  }
}
