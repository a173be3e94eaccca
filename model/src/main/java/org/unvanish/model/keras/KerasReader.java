package org.unvanish.model.keras;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.unvanish.model.ImportedModel;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Graph;

/**
 * Reads models of Keras: {@code .h5} files of Keras 2 (and those that Keras 3 still writes) and
 * {@code .keras} files of Keras 3 (and of the last versions 2). No Python code is run: layers that
 * are such code are refused by name.
 *
 * <p>The graph computes what the model does in inference. Its inputs and outputs have the axes in
 * Keras's order, channels last.
 *
 * @since 0.1
 */
public final class KerasReader {
  /** The first four bytes of an archive, and of an HDF5 file. */
  private static final int ZIP = 'P' << 24 | 'K' << 16 | 3 << 8 | 4;

  private static final int HDF5 = 0x89 << 24 | 'H' << 16 | 'D' << 8 | 'F';

  private KerasReader() {}

  /** Reads a file within the {@link Limits#DEFAULT default limits}. */
  public static ImportedModel read(Path path) throws IOException {
    return read(path, Limits.DEFAULT);
  }

  /**
   * Reads a file.
   *
   * @throws ModelRefusedException if it is damaged, too large, or has what Unvanish does not know;
   *     the message names the file and the layer, and the way out
   * @throws IOException if the file cannot be read at all
   */
  public static ImportedModel read(Path path, Limits limits) throws IOException {
    try {
      KerasFile file = open(path, limits);
      GraphBuilder builder = new GraphBuilder(limits);
      Graph graph =
          new ModelTranslator(file.weights(), file.major(), builder).translate(file.model());
      List<String> warnings = builder.warnings();
      String format = file.archive() ? "Keras archive" : "Keras HDF5";
      String producer = ("Keras " + file.version() + " " + file.backend()).strip();
      return new ImportedModel(
          graph, format, producer, warnings, Optional.of(builder.training(file.training())));
    } catch (ModelRefusedException e) {
      throw e.in("file " + path);
    }
  }

  private static KerasFile open(Path path, Limits limits) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      if (channel.size() > limits.fileBytes()) {
        throw new ModelRefusedException(
            "",
            "it has " + channel.size() + " bytes, and " + limits.fileBytes() + " are allowed",
            "");
      }
      ByteBuffer start = ByteBuffer.allocate(Integer.BYTES);
      channel.read(start, 0);
      return switch (start.getInt(0)) {
        case ZIP -> KerasFile.archive(path, limits);
        case HDF5 -> KerasFile.hdf5(channel, limits);
        default ->
            throw new ModelRefusedException(
                "", "it is neither an HDF5 file nor a .keras archive", Hdf5.SAVE_AGAIN);
      };
    }
  }
}
