package org.unvanish.model.keras;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
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
  private static final int ZIP = 'P' << 8 | 'K';

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
      String format = file.archive() ? "Keras archive (.keras)" : "Keras HDF5 (.h5)";
      String producer = ("Keras " + file.version() + " " + file.backend()).strip();
      return new ImportedModel(graph, format, producer, warnings);
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
      ByteBuffer start = ByteBuffer.allocate(2);
      channel.read(start, 0);
      if (start.getShort(0) == ZIP) {
        return KerasFile.archive(path, limits);
      }
      return KerasFile.hdf5(channel, limits);
    }
  }
}
