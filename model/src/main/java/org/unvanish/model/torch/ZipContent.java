package org.unvanish.model.torch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.unvanish.model.ModelRefusedException;

/**
 * The form of PyTorch 1.6 and later: a zip archive with one folder, in which {@code data.pkl} is a
 * pickle and {@code data/KEY} the numbers of a storage. {@code byteorder} says which of their bytes
 * is first; where it is missing, the lowest.
 *
 * <p>Archives of other kinds have the same ending and are refused by what they have inside.
 */
final class ZipContent implements TorchFile.Content {

  private static final String PICKLE = "data.pkl";

  private static final int LONGEST_PICKLE = 64 << 20;

  private final ZipFile zip;
  private final String folder;
  private final ByteOrder order;
  private final Object root;

  private ZipContent(ZipFile zip) throws IOException {
    this.zip = zip;
    this.folder = folder(zip);
    this.order = order();
    byte[] pickle = bytes(PICKLE, LONGEST_PICKLE);
    this.root =
        Pickle.read(
            new PickleInput(PICKLE, new ByteArrayInputStream(pickle)),
            id -> id instanceof PickledList parts ? TorchStorage.of(parts).orElse(null) : null);
  }

  static ZipContent open(Path file) throws IOException {
    try {
      ZipFile zip = new ZipFile(file.toFile());
      try {
        return new ZipContent(zip);
      } catch (IOException | RuntimeException e) {
        zip.close();
        throw e;
      }
    } catch (ZipException e) {
      throw damaged(e);
    }
  }

  private static ModelRefusedException damaged(ZipException e) {
    return new ModelRefusedException(
        "", "it is a damaged zip archive (" + e.getMessage() + ")", "Copy or save it again.");
  }

  /** The one that has the pickle, with a slash behind it. */
  private static String folder(ZipFile zip) {
    List<String> folders =
        zip.stream()
            .map(ZipEntry::getName)
            .filter(
                name -> name.endsWith("/" + PICKLE) && name.indexOf('/') == name.lastIndexOf('/'))
            .map(name -> name.substring(0, name.indexOf('/') + 1))
            .toList();
    refuseOthers(zip);
    if (folders.size() != 1) {
      throw new ModelRefusedException(
          "",
          "it is a zip archive, but has no pickle %s of torch.save in it".formatted(PICKLE),
          "Save the model with torch.save(model, file).");
    }
    return folders.get(0);
  }

  private static void refuseOthers(ZipFile zip) {
    if (zip.stream()
        .map(ZipEntry::getName)
        .anyMatch(name -> name.contains("/code/") || name.endsWith("/constants.pkl"))) {
      throw new ModelRefusedException(
          "",
          "it is a TorchScript archive, whose forward pass is a program",
          "Load it with torch.jit.load and export it, or save the model that it was made of. "
              + WayOut.EXPORT);
    }
    Optional<String> program =
        zip.stream()
            .map(ZipEntry::getName)
            .filter(
                name ->
                    name.endsWith("exported_program.json") || name.endsWith("models/model.json"))
            .findFirst();
    if (program.isPresent()) {
      throw new ModelRefusedException(
          program.get(), "it is an archive of torch.export, which is not read", WayOut.EXPORT);
    }
  }

  private ByteOrder order() throws IOException {
    if (zip.getEntry(folder + "byteorder") == null) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    String name = new String(bytes("byteorder", 16), US_ASCII);
    return switch (name.strip()) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default ->
          throw new ModelRefusedException(
              "byteorder", "it is neither little nor big, but \"" + name + "\"", "");
    };
  }

  /**
   * What an entry has inside. PyTorch compresses nothing, so that no small file becomes a large
   * one.
   *
   * @param most how many bytes it may have
   */
  private byte[] bytes(String name, int most) throws IOException {
    ZipEntry entry = zip.getEntry(folder + name);
    if (entry == null) {
      throw new ModelRefusedException(
          name, "it is missing in the archive", "Copy or save the file again.");
    }
    if (entry.getMethod() != ZipEntry.STORED || entry.getSize() > most) {
      throw new ModelRefusedException(
          name,
          "it is compressed or has more than %d bytes, as torch.save never writes it"
              .formatted(most),
          "Save the file again.");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readNBytes(most);
    } catch (ZipException e) {
      throw damaged(e);
    }
  }

  @Override
  public Object root() {
    return root;
  }

  @Override
  public ByteBuffer read(TorchStorage storage, int size) throws IOException {
    String name = "data/" + storage.key();
    byte[] bytes = bytes(name, size);
    if (bytes.length != size) {
      throw new ModelRefusedException(
          name,
          "it has %d bytes instead of %d".formatted(bytes.length, size),
          "Copy or save the file again.");
    }
    return ByteBuffer.wrap(bytes).order(order);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
