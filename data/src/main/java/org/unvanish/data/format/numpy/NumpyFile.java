package org.unvanish.data.format.numpy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.unvanish.data.DataException;
import org.unvanish.data.InputFiles;
import org.unvanish.data.Memory;

/**
 * Files in which NumPy keeps arrays: {@code .npy} has one, {@code .npz} is a zip archive of several
 * with names. Arrays of Python objects are refused: they are pickles, which are programs.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the
 *     format</a>
 */
public final class NumpyFile {

  private static final String ENDING = ".npy";
  private static final String WAY_OUT = "Save it again with numpy.save or numpy.savez.";

  /** Deflate makes nothing smaller than this (a match of 258 bytes takes at least two bits). */
  private static final long BEST_COMPRESSION = 1032;

  /** Arrays of an archive. */
  private static final int MOST_ARRAYS = 1000;

  private NumpyFile() {}

  /** Whether a file is one by its name. */
  public static boolean isNamed(Path file) {
    String name = file.toString();
    return name.endsWith(ENDING) || name.endsWith(".npz");
  }

  /**
   * All arrays of a file by their names; that of a {@code .npy} file has the empty one.
   *
   * @throws DataException if it is anything else than the format says, or too large
   */
  public static Map<String, NumpyArray> read(Path file) {
    InputFiles.requireFile(file);
    try {
      return file.toString().endsWith(ENDING)
          ? Map.of("", read(file.toString(), Files.newInputStream(file), Files.size(file)))
          : archive(file);
    } catch (ZipException e) {
      throw new DataException(
          file + " is not an intact zip archive (" + e.getMessage() + "). " + WAY_OUT, e);
    } catch (IOException e) {
      throw DataException.cannotRead(file, e);
    }
  }

  private static Map<String, NumpyArray> archive(Path file) throws IOException {
    Map<String, NumpyArray> arrays = new LinkedHashMap<>();
    long left = Memory.MOST_BYTES;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.size() > MOST_ARRAYS) {
        throw new DataException(
            "%s holds %d files, but at most %d arrays are read. Save those that are needed."
                .formatted(file, zip.size(), MOST_ARRAYS));
      }
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (entry.getName().endsWith(ENDING)) {
          String name = entry.getName().substring(0, entry.getName().length() - ENDING.length());
          NumpyArray array =
              read(
                  file + ", array \"" + name + "\"",
                  zip.getInputStream(entry),
                  Math.min(left, BEST_COMPRESSION * compressed(entry, file)));
          left -= (long) Double.BYTES * array.values().length;
          arrays.put(name, array);
        }
      }
    }
    if (arrays.isEmpty()) {
      throw new DataException(file + " holds no array. " + WAY_OUT);
    }
    return arrays;
  }

  /** What an entry takes in the file, which may say more than there is. */
  private static long compressed(ZipEntry entry, Path file) throws IOException {
    return Math.max(0, Math.min(entry.getCompressedSize(), Files.size(file)));
  }

  /**
   * @param what the array is called in messages
   * @param size how many bytes there are at most
   */
  private static NumpyArray read(String what, InputStream stream, long size) throws IOException {
    try (DataInputStream in = new DataInputStream(stream)) {
      NumpyHeader header = NumpyHeader.read(what, in);
      long bytes = header.bytes();
      if (bytes > size) {
        throw new EOFException();
      }
      byte[] data = Memory.bytes(bytes);
      in.readFully(data);
      if (in.read() >= 0) {
        throw new DataException(
            "%s has more bytes than the %d of its values. %s".formatted(what, bytes, WAY_OUT));
      }
      double[] values = header.type().numbers(data);
      return new NumpyArray(
          header.shape(),
          header.isFortran() ? inRows(values, header.shape()) : values,
          header.type().numbers());
    } catch (EOFException e) {
      throw new DataException(
          what + " is truncated: it has fewer bytes than its header says. " + WAY_OUT, e);
    }
  }

  /** From Fortran's order, the first index running fastest, to C's. */
  private static double[] inRows(double[] values, List<Integer> shape) {
    double[] result = new double[values.length];
    int[] index = new int[shape.size()];
    List<Integer> strides = new ArrayList<>();
    int stride = 1;
    for (int size : shape) {
      strides.add(stride);
      stride *= size;
    }
    for (int i = 0; i < result.length; i++) {
      int from = 0;
      for (int axis = 0; axis < index.length; axis++) {
        from += index[axis] * strides.get(axis);
      }
      result[i] = values[from];
      for (int axis = index.length - 1; axis >= 0 && ++index[axis] == shape.get(axis); axis--) {
        index[axis] = 0;
      }
    }
    return result;
  }
}
