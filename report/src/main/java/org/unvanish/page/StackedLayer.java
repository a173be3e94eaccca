package org.unvanish.page;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.codec.LayerCodecs;
import org.unvanish.data.Shape;
import org.unvanish.experiment.Arm;
import org.unvanish.network.Activated;
import org.unvanish.network.Layer;
import org.unvanish.network.NetworkPart;
import org.unvanish.network.ParameterTensor;

/**
 * A layer of a network as it is drawn: one with weights, or a block, with what follows it.
 *
 * @param name as a diagnosis names it; empty for what stands before the first such layer
 * @param does what it and those that follow it do, in this order
 * @param output the shape of what the last of them puts out
 * @param parameters how many are trained; those that layers share count in the first of them
 */
public record StackedLayer(String name, List<String> does, String output, int parameters) {

  /** Copies the list. */
  public StackedLayer {
    does = List.copyOf(does);
  }

  /** The network of an arm, first layer to last; none where another program has trained it. */
  static List<StackedLayer> of(Arm arm) {
    if (arm.isWatched()) {
      return List.of();
    }
    List<StackedLayer> layers = new ArrayList<>();
    List<ParameterTensor> counted = new ArrayList<>();
    List<NetworkPart> together = new ArrayList<>();
    for (NetworkPart part : NetworkPart.of(arm.network())) {
      if (!together.isEmpty() && part.begins()) {
        layers.add(of(together, counted));
        together.clear();
      }
      together.add(part);
    }
    layers.add(of(together, counted));
    return layers;
  }

  /**
   * @param counted the tensors of layers before; those of these ones are added
   */
  private static StackedLayer of(List<NetworkPart> parts, List<ParameterTensor> counted) {
    NetworkPart last = parts.get(parts.size() - 1);
    Shape output = last.layer().output(last.input());
    return new StackedLayer(
        parts.get(0).begins() ? parts.get(0).name() : "",
        parts.stream().map(part -> text(part.layer())).toList(),
        output.title(),
        parts.stream().mapToInt(part -> parameters(part, counted)).sum());
  }

  private static String text(Layer layer) {
    return layer instanceof Activated activated
        ? activated.activation().toString()
        : LayerCodecs.definition(layer);
  }

  private static int parameters(NetworkPart part, List<ParameterTensor> counted) {
    int sum = part.inside().stream().mapToInt(inside -> parameters(inside, counted)).sum();
    for (ParameterTensor tensor : part.trained()) {
      if (!counted.contains(tensor)) {
        counted.add(tensor);
        sum += tensor.size();
      }
    }
    return sum;
  }
}
