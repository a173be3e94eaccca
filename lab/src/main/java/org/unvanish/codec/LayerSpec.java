package org.unvanish.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.unvanish.activation.Activation;
import org.unvanish.codec.yaml.Place;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Residual;

/** One entry of a spec's network. */
public sealed interface LayerSpec {

  /** Where it stands. */
  Place place();

  /** The same layers without repetitions, first to last. */
  Stream<Single> flat();

  /** Layers of a network without repetitions, first to last. */
  static List<Single> flat(List<LayerSpec> network) {
    return network.stream().flatMap(LayerSpec::flat).toList();
  }

  /** How many places layers have for activations of an arm. */
  static int places(List<LayerSpec> network) {
    return flat(network).stream().mapToInt(Single::places).sum();
  }

  /**
   * Layers without repetitions, first to last, with an activation in each place.
   *
   * @param activations gives that of the next place
   */
  static List<Single> filled(List<LayerSpec> network, Supplier<Activation> activations) {
    List<Single> filled = new ArrayList<>();
    flat(network).forEach(layer -> filled.add(layer.filled(activations)));
    return filled;
  }

  /** With a change of all layers that are the same for all arms and data. */
  LayerSpec with(UnaryOperator<Layer> change);

  /** With biases in all dense layers, or in none. */
  LayerSpec withDenseBiases(boolean biases);

  /** As specs write it. */
  Object yaml();

  /** An entry that is one layer. */
  sealed interface Single extends LayerSpec {

    @Override
    default Stream<Single> flat() {
      return Stream.of(this);
    }

    /**
     * The layer.
     *
     * @param binding gives what data and arm decide; the layers before have asked it already
     * @throws SpecException if the data do not have what it names
     */
    Layer bound(LayerBinding binding);

    @Override
    Single with(UnaryOperator<Layer> change);

    /** With an activation in each of its places, and without repetitions in what it holds. */
    default Single filled(Supplier<Activation> activations) {
      return this;
    }

    /** The column of categories that it reads by number, if it is an embedding. */
    default Optional<String> embeddedColumn() {
      return Optional.empty();
    }

    /** Whether the data say how many units it has, so that it makes the network's outputs. */
    default boolean isOutput() {
      return false;
    }

    /** Whether it is a dense layer, or holds one: no rows and columns come out of it. */
    boolean isDense();

    /** Whether it has no place after a dense layer, which leaves one row and one column. */
    boolean needsRowsAndColumns();

    /** How many places it has for activations of the arm. */
    default int places() {
      return 0;
    }
  }

  /**
   * A layer that is the same for all arms and data, also an activation.
   *
   * @param layer which
   */
  record Fixed(Layer layer, Place place) implements Single {
    @Override
    public Layer bound(LayerBinding binding) {
      return layer;
    }

    @Override
    public boolean isDense() {
      return layer instanceof Dense;
    }

    @Override
    public boolean needsRowsAndColumns() {
      return layer.needsRowsAndColumns();
    }

    @Override
    public Fixed with(UnaryOperator<Layer> change) {
      return new Fixed(change.apply(layer), place);
    }

    @Override
    public Fixed withDenseBiases(boolean biases) {
      return layer instanceof Dense dense
          ? new Fixed(new Dense(dense.units(), biases), place)
          : this;
    }

    @Override
    public Object yaml() {
      return LayerCodecs.of(layer).yaml(layer);
    }
  }

  /**
   * A dense layer whose units the data decide.
   *
   * @param ofClasses whether it has one for each class, or else as many as the loss needs of
   *     outputs
   */
  record Output(boolean ofClasses, boolean bias, Place place) implements Single {
    @Override
    public Layer bound(LayerBinding binding) {
      return new Dense(ofClasses ? binding.classes() : binding.outputs(), bias);
    }

    @Override
    public boolean isDense() {
      return true;
    }

    @Override
    public boolean needsRowsAndColumns() {
      return false;
    }

    @Override
    public boolean isOutput() {
      return true;
    }

    @Override
    public Output with(UnaryOperator<Layer> change) {
      return this;
    }

    @Override
    public Output withDenseBiases(boolean biases) {
      return new Output(ofClasses, biases, place);
    }

    @Override
    public Object yaml() {
      return DenseCodec.yaml(this);
    }
  }

  /**
   * An embedding.
   *
   * @param column its name
   * @param size values for each category
   */
  record Embedded(String column, int size, Place place) implements Single {
    @Override
    public Layer bound(LayerBinding binding) {
      return binding.embedding(column, size, place);
    }

    @Override
    public Optional<String> embeddedColumn() {
      return Optional.of(column);
    }

    @Override
    public boolean isDense() {
      return false;
    }

    @Override
    public boolean needsRowsAndColumns() {
      return false;
    }

    @Override
    public Embedded with(UnaryOperator<Layer> change) {
      return this;
    }

    @Override
    public Embedded withDenseBiases(boolean biases) {
      return this;
    }

    @Override
    public Object yaml() {
      return EmbeddingCodec.yaml(column, size);
    }
  }

  /** Where an arm's activation goes. */
  record Activated(Place place) implements Single {
    @Override
    public Layer bound(LayerBinding binding) {
      return new org.unvanish.network.Activated(binding.activation());
    }

    @Override
    public boolean isDense() {
      return false;
    }

    @Override
    public boolean needsRowsAndColumns() {
      return false;
    }

    @Override
    public int places() {
      return 1;
    }

    @Override
    public Activated with(UnaryOperator<Layer> change) {
      return this;
    }

    @Override
    public Fixed filled(Supplier<Activation> activations) {
      return new Fixed(new org.unvanish.network.Activated(activations.get()), place);
    }

    @Override
    public Activated withDenseBiases(boolean biases) {
      return this;
    }

    @Override
    public Object yaml() {
      return ActivatedCodec.ACTIVATED.word();
    }
  }

  /**
   * A recurrent layer where an arm's activation goes.
   *
   * @param layer it, with any activation
   */
  record Recurrence(Recurrent layer, Place place) implements Single {
    @Override
    public Layer bound(LayerBinding binding) {
      return layer.with(layer.units(), binding.activation());
    }

    @Override
    public boolean isDense() {
      return false;
    }

    @Override
    public boolean needsRowsAndColumns() {
      return layer.needsRowsAndColumns();
    }

    @Override
    public int places() {
      return 1;
    }

    @Override
    public Recurrence with(UnaryOperator<Layer> change) {
      Recurrent changed = (Recurrent) change.apply(layer);
      return new Recurrence(changed.with(changed.units(), layer.activation()), place);
    }

    @Override
    public Fixed filled(Supplier<Activation> activations) {
      return new Fixed(layer.with(layer.units(), activations.get()), place);
    }

    @Override
    public Recurrence withDenseBiases(boolean biases) {
      return this;
    }

    @Override
    public Object yaml() {
      return RecurrentCodec.open(layer);
    }
  }

  /**
   * A residual block.
   *
   * @param layers that it holds
   */
  record Block(List<LayerSpec> layers, boolean projection, Place place) implements Single {
    /** Copies the list. */
    public Block {
      layers = List.copyOf(layers);
    }

    /** How many blocks stand one in another, this one included. */
    int depth() {
      return 1
          + LayerSpec.flat(layers).stream()
              .mapToInt(layer -> layer instanceof Block block ? block.depth() : 0)
              .max()
              .orElse(0);
    }

    @Override
    public Layer bound(LayerBinding binding) {
      return new Residual(
          LayerSpec.flat(layers).stream().map(l -> l.bound(binding)).toList(), projection);
    }

    @Override
    public boolean isDense() {
      return LayerSpec.flat(layers).stream().anyMatch(Single::isDense);
    }

    @Override
    public boolean needsRowsAndColumns() {
      return LayerSpec.flat(layers).stream()
          .filter(layer -> layer.isDense() || layer.needsRowsAndColumns())
          .findFirst()
          .map(Single::needsRowsAndColumns)
          .orElse(false);
    }

    @Override
    public int places() {
      return LayerSpec.places(layers);
    }

    @Override
    public Block filled(Supplier<Activation> activations) {
      return new Block(List.copyOf(LayerSpec.filled(layers, activations)), projection, place);
    }

    @Override
    public Block with(UnaryOperator<Layer> change) {
      return changed(layer -> layer.with(change));
    }

    @Override
    public Block withDenseBiases(boolean biases) {
      return changed(layer -> layer.withDenseBiases(biases));
    }

    private Block changed(UnaryOperator<LayerSpec> change) {
      return new Block(layers.stream().map(change).toList(), projection, place);
    }

    @Override
    public Object yaml() {
      return ResidualCodec.yaml(layers.stream().map(LayerSpec::yaml).toList(), projection);
    }
  }

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
    public Stream<Single> flat() {
      return IntStream.range(0, times)
          .boxed()
          .flatMap(i -> layers.stream().flatMap(LayerSpec::flat));
    }

    @Override
    public Repeat with(UnaryOperator<Layer> change) {
      return changed(layer -> layer.with(change));
    }

    @Override
    public Repeat withDenseBiases(boolean biases) {
      return changed(layer -> layer.withDenseBiases(biases));
    }

    private Repeat changed(UnaryOperator<LayerSpec> change) {
      return new Repeat(times, layers.stream().map(change).toList(), place);
    }

    @Override
    public Object yaml() {
      return NetworkCodec.yamlOfRepeat(this);
    }
  }
}
