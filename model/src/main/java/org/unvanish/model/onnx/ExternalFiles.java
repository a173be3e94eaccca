package org.unvanish.model.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;

/**
 * The numbers that a model keeps in files beside it. They are read from the model's own folder, and
 * through no link: a model of someone else's must not name what it does not own.
 */
final class ExternalFiles {
  private final Path folder;
  private final long limit;
  private long taken;

  /**
   * @param model the model's file
   * @param taken bytes that the model's file has
   */
  ExternalFiles(Path model, long taken, Limits limits) {
    Path parent = model.toAbsolutePath().getParent();
    this.folder = parent == null ? model.toAbsolutePath() : parent;
    this.limit = limits.fileBytes();
    this.taken = taken;
  }

  /**
   * The bytes of a tensor.
   *
   * @param size how many it needs
   * @throws ModelRefusedException if they are not where the tensor says, or that is not allowed
   */
  ByteBuffer bytes(TensorProto tensor, String place, long size) {
    Map<String, String> where = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      where.put(entry.getKey(), entry.getValue());
    }
    Path file = file(where.getOrDefault("location", ""), place);
    long offset = number(where, "offset", 0, place);
    long length = number(where, "length", size, place);
    if (length != size) {
      throw new ModelRefusedException(
          place, length + " bytes are named in another file, and its shape needs " + size, "");
    }
    taken += size;
    if (taken > limit || size > Integer.MAX_VALUE - 8) {
      throw new ModelRefusedException(
          place, "the model has more than " + limit + " bytes with its external data", "");
    }
    return read(file, offset, (int) size, place);
  }

  private Path file(String location, String place) {
    Path relative;
    try {
      relative = Path.of(location);
    } catch (InvalidPathException e) {
      throw outside(location, place);
    }
    boolean climbs = location.isEmpty() || location.contains("\\") || relative.isAbsolute();
    for (Path name : relative) {
      climbs |= name.toString().equals("..");
    }
    // The folder stands as it was given, such as "." or "link/..": only the system knows where it
    // is.
    if (climbs || !folder.resolve(relative).startsWith(folder)) {
      throw outside(location, place);
    }
    Path file = folder;
    for (Path name : relative) {
      file = file.resolve(name);
      if (Files.isSymbolicLink(file)) {
        throw new ModelRefusedException(
            place,
            "its external data \"" + location + "\" lie behind a link",
            "Put the file itself beside the model.");
      }
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new ModelRefusedException(
          place,
          "its external data \"" + location + "\" are missing",
          "Copy that file into the folder of the model.");
    }
    return file;
  }

  private static ModelRefusedException outside(String location, String place) {
    return new ModelRefusedException(
        place,
        "its external data \"" + location + "\" are not in the model's folder",
        "Save the model with its data beside it.");
  }

  private static long number(Map<String, String> where, String key, long absent, String place) {
    String text = where.get(key);
    if (text == null) {
      return absent;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as a negative one is.
    }
    throw new ModelRefusedException(
        place, "the " + key + " \"" + text + "\" of its external data is no number of bytes", "");
  }

  private static ByteBuffer read(Path file, long offset, int size, String place) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      if (offset > channel.size() || size > channel.size() - offset) {
        throw new ModelRefusedException(
            place,
            "its external data end after byte " + channel.size() + " of " + file.getFileName(),
            "Copy that file again.");
      }
      ByteBuffer bytes = ByteBuffer.allocate(size);
      while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) > 0) {
        // Reads on: a channel may give less than it is asked for.
      }
      return bytes.flip();
    } catch (IOException e) {
      throw new ModelRefusedException(
          place, "its external data cannot be read: " + e.getMessage(), "");
    }
  }
}
