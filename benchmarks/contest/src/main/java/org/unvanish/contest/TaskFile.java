package org.unvanish.contest;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A task as a file. All numbers are big-endian, texts as {@link DataOutputStream#writeUTF} has
 * them:
 *
 * <pre>
 * "unvanish task 1"                      text
 * network                                text
 * number of operations                   int
 *   kind                                 text
 *   size, in and out (channels, rows, columns), offset    8 ints
 * batch                                  int
 * seed                                   long
 * learning rate, β₁, β₂, ε               4 doubles
 * number of parameters, parameters       int, floats
 * number of images                       int
 * labels, order, pixels                  bytes, ints, bytes
 * </pre>
 */
public final class TaskFile {

  private static final String MARK = "unvanish task 1";

  private TaskFile() {}

  /**
   * Writes a file, under another name first.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(Task task, Path file) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(temporary)))) {
        write(task, out);
      }
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void write(Task task, DataOutputStream out) throws IOException {
    out.writeUTF(MARK);
    out.writeUTF(task.network());
    out.writeInt(task.ops().size());
    for (Op op : task.ops()) {
      out.writeUTF(op.kind().name());
      out.writeInt(op.size());
      write(op.in(), out);
      write(op.out(), out);
      out.writeInt(op.offset());
    }
    out.writeInt(task.batch());
    out.writeLong(task.seed());
    out.writeDouble(task.adam().learningRate());
    out.writeDouble(task.adam().beta1());
    out.writeDouble(task.adam().beta2());
    out.writeDouble(task.adam().epsilon());
    out.writeInt(task.parameters().length);
    for (float value : task.parameters()) {
      out.writeFloat(value);
    }
    out.writeInt(task.labels().length);
    out.write(task.labels());
    for (int image : task.order()) {
      out.writeInt(image);
    }
    out.write(task.images());
  }

  private static void write(Op.Dimensions shape, DataOutputStream out) throws IOException {
    out.writeInt(shape.channels());
    out.writeInt(shape.rows());
    out.writeInt(shape.columns());
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it is no task's, cut short or longer than it should be
   */
  public static Task read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (!in.readUTF().equals(MARK)) {
        throw new IOException(file + " is no task: it does not start with \"" + MARK + "\"");
      }
      Task task = read(in);
      if (in.read() >= 0) {
        throw new IOException(file + " goes on after its end");
      }
      return task;
    } catch (EOFException | IllegalArgumentException e) {
      throw new IOException(
          file + " is no whole task: " + Objects.requireNonNullElse(e.getMessage(), "cut short"),
          e);
    }
  }

  private static Task read(DataInputStream in) throws IOException {
    String network = in.readUTF();
    int count = in.readInt();
    List<Op> ops = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Op.Kind kind = Op.Kind.valueOf(in.readUTF());
      ops.add(new Op(kind, in.readInt(), dimensions(in), dimensions(in), in.readInt()));
    }
    int batch = in.readInt();
    long seed = in.readLong();
    Task.Adam adam =
        new Task.Adam(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
    float[] parameters = new float[in.readInt()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = in.readFloat();
    }
    byte[] labels = new byte[in.readInt()];
    in.readFully(labels);
    int[] order = new int[labels.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = in.readInt();
    }
    byte[] images = new byte[Math.multiplyExact(labels.length, ops.get(0).in().size())];
    in.readFully(images);
    return new Task(network, ops, parameters, batch, seed, adam, images, labels, order);
  }

  private static Op.Dimensions dimensions(DataInputStream in) throws IOException {
    return new Op.Dimensions(in.readInt(), in.readInt(), in.readInt());
  }
}
