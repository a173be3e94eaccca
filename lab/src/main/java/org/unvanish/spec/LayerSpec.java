package org.unvanish.spec;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.unvanish.network.Layer;

/** One entry of a spec's network. */
public sealed interface LayerSpec {

  /** Where it stands. */
  Place place();

  /** The same layers without repetitions, first to last. */
  default Stream<LayerSpec> flat() {
    return Stream.of(this);
  }

  /** Layers of a network without repetitions, first to last. */
  static List<LayerSpec> flat(List<LayerSpec> network) {
    return network.stream().flatMap(LayerSpec::flat).toList();
  }

  /**
   * A layer that is the same for all arms and data.
   *
   * @param layer which; never an activation
   */
  record Fixed(Layer layer, Place place) implements LayerSpec {}

  /** A dense layer with a unit for each class of the data. */
  record Classes(boolean bias, Place place) implements LayerSpec {}

  /** Where an arm's activation goes. */
  record Activated(Place place) implements LayerSpec {}

  /**
   * Layers that come several times in a row.
   *
   * @param times at least 1
   */
  record Repeat(int times, List<LayerSpec> layers, Place place) implements LayerSpec {
    /** Copies the list. */
    public Repeat {
      layers = List.copyOf(layers);
    }

    @Override
    public Stream<LayerSpec> flat() {
      return IntStream.range(0, times)
          .boxed()
          .flatMap(i -> layers.stream().flatMap(LayerSpec::flat));
    }
  }
}
