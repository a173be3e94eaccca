package org.unvanish.spec.sweep;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.codec.LayerSpec;
import org.unvanish.codec.NetworkCodec;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Recurrent;

/** Makes networks deeper, and wider. */
final class NetworkSize {

  private NetworkSize() {}

  /**
   * With another number of repetitions.
   *
   * @throws IllegalArgumentException if there is not one {@code repeat}, or it becomes too deep
   */
  static List<LayerSpec> repeated(List<LayerSpec> network, int times) {
    long repeats = network.stream().mapToLong(NetworkSize::repeats).sum();
    if (repeats != 1) {
      throw new IllegalArgumentException(
          repeats == 0
              ? "the network has no \"repeat\" for depth to vary; write \"- {repeat: 5, "
                  + "layers: [{dense: 30}, activation]}\""
              : "the network has " + repeats + " \"repeat\", and depth is the number of one alone");
    }
    List<LayerSpec> deeper = deeper(network, times);
    NetworkCodec.requireSize(deeper);
    return deeper;
  }

  private static long repeats(LayerSpec layer) {
    if (layer instanceof LayerSpec.Repeat repeat) {
      return 1 + repeat.layers().stream().mapToLong(NetworkSize::repeats).sum();
    }
    return layer instanceof LayerSpec.Block block
        ? block.layers().stream().mapToLong(NetworkSize::repeats).sum()
        : 0;
  }

  private static List<LayerSpec> deeper(List<LayerSpec> layers, int times) {
    return layers.stream().map(layer -> deeper(layer, times)).toList();
  }

  private static LayerSpec deeper(LayerSpec layer, int times) {
    if (layer instanceof LayerSpec.Repeat repeat) {
      return new LayerSpec.Repeat(times, repeat.layers(), repeat.place());
    }
    return layer instanceof LayerSpec.Block block
        ? new LayerSpec.Block(deeper(block.layers(), times), block.projection(), block.place())
        : layer;
  }

  /**
   * With other units in all hidden layers that are dense or recurrent. A dense layer that ends the
   * network makes its outputs, and stays.
   *
   * @throws IllegalArgumentException if there is no such layer
   */
  static List<LayerSpec> wide(List<LayerSpec> network, int units) {
    List<LayerSpec> wider = new ArrayList<>(network);
    int hidden = wider.size();
    while (hidden > 0 && !hasUnits(wider.get(hidden - 1))) {
      hidden--;
    }
    boolean ends =
        hidden > 0
            && wider.get(hidden - 1) instanceof LayerSpec.Single last
            && last.isDense()
            && !(last instanceof LayerSpec.Block);
    List<LayerSpec> inner = wider.subList(0, ends ? hidden - 1 : hidden);
    if (inner.stream().noneMatch(NetworkSize::hasUnits)) {
      throw new IllegalArgumentException(
          "the network has no hidden layer, dense or recurrent, for width to vary");
    }
    inner.replaceAll(layer -> layer.with(one -> wide(one, units)));
    return wider;
  }

  private static boolean hasUnits(LayerSpec layer) {
    boolean[] found = {layer.flat().anyMatch(LayerSpec.Single::isOutput)};
    layer.with(
        one -> {
          found[0] |= one instanceof Dense || one instanceof Recurrent;
          return one;
        });
    return found[0];
  }

  private static Layer wide(Layer layer, int units) {
    if (layer instanceof Dense dense) {
      return new Dense(units, dense.bias());
    }
    return layer instanceof Recurrent recurrent
        ? recurrent.with(units, recurrent.activation())
        : layer;
  }
}
