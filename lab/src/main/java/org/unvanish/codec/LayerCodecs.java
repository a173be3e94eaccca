package org.unvanish.codec;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.unvanish.network.Layer;

/** The table of layer kinds as texts have them. A test fails for a kind that it lacks. */
public final class LayerCodecs {

  /** All of them, in the order in which errors list their words. */
  static final List<LayerCodec<?>> ALL =
      Stream.of(
              ConvolutionCodec.ALL,
              PoolingCodec.ALL,
              List.of(DenseCodec.DENSE),
              RecurrentCodec.ALL,
              List.of(EmbeddingCodec.EMBEDDING),
              NormalizationCodec.ALL,
              List.of(DropoutCodec.DROPOUT),
              List.of(ResidualCodec.RESIDUAL),
              List.of(WordCodec.SOFTMAX),
              List.of(ActivatedCodec.ACTIVATED))
          .<LayerCodec<?>>flatMap(List::stream)
          .toList();

  private LayerCodecs() {}

  /**
   * The entry of a layer's kind.
   *
   * @throws IllegalStateException if the table has none
   */
  @SuppressWarnings("unchecked") // An entry's kind is its own.
  static <L extends Layer> LayerCodec<L> of(L layer) {
    return ALL.stream()
        .filter(codec -> codec.kind() == layer.getClass())
        .map(codec -> (LayerCodec<L>) codec)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no text has a layer " + layer.name()));
  }

  /** A layer as the text that identifies a run has it. */
  public static String definition(Layer layer) {
    return of(layer).definition(layer);
  }

  /** What captions say of a layer; nothing of layers without weights. */
  public static Optional<LayerCaption> caption(Layer layer) {
    return of(layer).caption(layer);
  }
}
