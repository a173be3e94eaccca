package org.unvanish.data.format;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.unvanish.data.DataException;
import org.unvanish.data.InputFiles;
import org.unvanish.data.Memory;

/**
 * A file of unsigned bytes in the IDX format of Y. LeCun's MNIST: two bytes 0, a byte for the type,
 * a byte for the number of dimensions, the dimensions as four bytes each with the highest first,
 * and then the values.
 *
 * @param dimensions each at least 1
 * @param bytes as many as the product of the dimensions
 */
// Identity is enough: nobody compares files.
@SuppressWarnings("ArrayRecordComponent")
record IdxFile(List<Integer> dimensions, byte[] bytes) {
  private static final int UNSIGNED_BYTES = 0x08;

  /** Deflate makes nothing smaller than this (a match of 258 bytes takes at least two bits). */
  private static final int BEST_COMPRESSION = 1032;

  private static final String WAY_OUT = "Get a fresh copy.";

  /**
   * @param file compressed by gzip if its name ends in .gz
   * @param dimensions how many there must be
   * @throws DataException if the file is anything else than the format says
   */
  static IdxFile read(Path file, int dimensions) {
    InputFiles.requireFile(file);
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        DataInputStream in = new DataInputStream(isCompressed(file) ? gunzip(raw) : raw)) {
      IdxFile content = read(file, in, dimensions);
      if (in.read() >= 0) {
        throw new DataException(
            file + " has more bytes than the " + content.product() + " of its header. " + WAY_OUT);
      }
      return content;
    } catch (EOFException e) {
      throw new DataException(
          file + " is truncated: it has fewer bytes than its header says. " + WAY_OUT, e);
    } catch (ZipException e) {
      throw new DataException(
          file + " is not an intact gzip file (" + e.getMessage() + "). " + WAY_OUT, e);
    } catch (IOException e) {
      throw DataException.cannotRead(file, e);
    }
  }

  private static IdxFile read(Path file, DataInputStream in, int dimensions) throws IOException {
    int magic = in.readInt();
    int expected = UNSIGNED_BYTES << 8 | dimensions;
    if (magic != expected) {
      throw new DataException(
          ("%s starts with %08x instead of %08x, so it is not an IDX file of unsigned bytes in "
                  + "%d %s. %s")
              .formatted(
                  file,
                  magic,
                  expected,
                  dimensions,
                  dimensions == 1 ? "dimension" : "dimensions",
                  WAY_OUT));
    }
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      sizes.add(in.readInt());
    }
    byte[] bytes = room(file, sizes);
    in.readFully(bytes);
    return new IdxFile(List.copyOf(sizes), bytes);
  }

  /** A damaged header must not make us ask for memory that the file cannot fill. */
  private static byte[] room(Path file, List<Integer> sizes) throws IOException {
    double values = 1;
    for (int size : sizes) {
      values *= size;
      if (size < 1) {
        throw new DataException(
            file + " has dimensions " + text(sizes) + ", but each must be at least 1. " + WAY_OUT);
      }
    }
    if (values > (double) Files.size(file) * (isCompressed(file) ? BEST_COMPRESSION : 1)) {
      throw new EOFException();
    }
    return Memory.bytes((long) values);
  }

  private static InputStream gunzip(InputStream in) throws IOException {
    return new GZIPInputStream(in, 1 << 16);
  }

  private static boolean isCompressed(Path file) {
    return file.toString().endsWith(".gz");
  }

  private String product() {
    return text(dimensions) + " values";
  }

  private static String text(List<Integer> sizes) {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining("×"));
  }
}
