package org.unvanish.codec;

import java.util.Optional;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Place;
import org.unvanish.network.Layer;

/**
 * Layers of one kind as specs, definitions, captions and the schema have them: an entry of {@link
 * LayerCodecs}.
 *
 * @param <L> the kind
 */
interface LayerCodec<L extends Layer> {

  /** The kind. */
  Class<L> kind();

  /** The word for it. */
  String word();

  /** Whether the word alone may be an entry of a network. */
  default boolean isWord() {
    return false;
  }

  /** Whether the word may be the key of an entry. */
  default boolean isKey() {
    return !isWord();
  }

  /**
   * Reads a layer.
   *
   * @param value of its key, or the word alone
   * @param place of the whole entry
   */
  LayerSpec read(Field value, Place place);

  /** Reads an entry that is the word alone; of its own where a key may have text, too. */
  default LayerSpec readWord(Field word) {
    return read(word, word.place());
  }

  /** As specs write it: the whole entry. */
  Object yaml(L layer);

  /** As the text that identifies a run has it; stored and hashed. */
  String definition(L layer);

  /** What captions say; nothing of layers without weights. */
  Optional<LayerCaption> caption(L layer);

  /** The schema of a whole entry. */
  JsonSchema schema();
}
