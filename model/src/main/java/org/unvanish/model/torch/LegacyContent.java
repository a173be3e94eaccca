package org.unvanish.model.torch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.unvanish.model.ModelRefusedException;

/**
 * The form before PyTorch 1.6, and of later ones with {@code _use_new_zipfile_serialization=False}:
 * five pickles (a magic number, a version, the writer's machine, the object, the keys of the
 * storages), then of each storage the count of its numbers and the numbers, the lowest byte first.
 */
final class LegacyContent implements TorchFile.Content {

  private static final Object MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final Object VERSION = 1001L;

  private final FileChannel channel;
  private final Object root;
  private final Map<String, TorchStorage> storages = new HashMap<>();
  private final Map<String, Long> places = new HashMap<>();

  private LegacyContent(FileChannel channel, PickleInput in) throws IOException {
    this.channel = channel;
    if (!Pickle.read(in, id -> null).equals(MAGIC)) {
      throw new ModelRefusedException(
          "",
          "it is a pickle, but torch.save did not write it",
          "Save the model with torch.save(model, file).");
    }
    Object version = Pickle.read(in, id -> null);
    if (!version.equals(VERSION)) {
      throw in.refused("the form of the file has the version " + version, "Save it again.");
    }
    Pickle.read(in, id -> null);
    this.root = Pickle.read(in, this::outside);
    findPlaces(Pickle.read(in, id -> null), in);
  }

  static LegacyContent open(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      try {
        return new LegacyContent(channel, new PickleInput("pickle", in));
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }
  }

  /** A storage, or ("module", class, file, source), in which the class is kept. */
  private @Nullable Object outside(Object id) {
    if (!(id instanceof PickledList parts)) {
      return null;
    }
    if (parts.size() == 4 && "module".equals(parts.get(0))) {
      return parts.get(1);
    }
    @Nullable TorchStorage storage = TorchStorage.of(parts).orElse(null);
    if (storage != null) {
      storages.put(storage.key(), storage);
    }
    return storage;
  }

  private void findPlaces(Object keys, PickleInput in) throws IOException {
    if (!(keys instanceof PickledList list)) {
      throw in.refused("a list of storages was expected", "");
    }
    long at = in.at();
    for (Object key : list.items()) {
      TorchStorage storage = key instanceof String name ? storages.get(name) : null;
      if (storage == null) {
        throw in.refused("the list of storages has one that no tensor uses", "");
      }
      ByteBuffer count = bytes(storage, at, Long.BYTES);
      if (count.getLong(0) != storage.count()) {
        throw new ModelRefusedException(
            "byte " + at,
            "the storage %s has another count than the %d of its tensors"
                .formatted(storage.key(), storage.count()),
            "");
      }
      places.put(storage.key(), at + Long.BYTES);
      at += Long.BYTES + size(storage, at);
    }
  }

  private static long size(TorchStorage storage, long at) {
    if (storage.numbers().isEmpty() || storage.count() > Integer.MAX_VALUE) {
      throw new ModelRefusedException(
          "byte " + at,
          "the storage %s has %d numbers of the type %s, which is not read"
              .formatted(storage.key(), storage.count(), storage.type()),
          "Convert the model in Python with model.float(), and save it again.");
    }
    return storage.count() * storage.numbers().orElseThrow().bytes();
  }

  @Override
  public Object root() {
    return root;
  }

  @Override
  public ByteBuffer read(TorchStorage storage, int bytes) throws IOException {
    Long place = places.get(storage.key());
    if (place == null || !storage.equals(storages.get(storage.key()))) {
      throw new ModelRefusedException(
          "", "its storage %s is not in the file".formatted(storage.key()), "");
    }
    return bytes(storage, place, bytes);
  }

  private ByteBuffer bytes(TorchStorage storage, long at, int bytes) throws IOException {
    if (bytes > channel.size() - at) {
      throw new ModelRefusedException(
          "byte " + at,
          "the file ends before the storage %s does".formatted(storage.key()),
          "The file is cut off; copy or save it again.");
    }
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {
      // until it is full
    }
    return buffer.rewind();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
