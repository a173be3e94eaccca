package org.unvanish.data.format.numpy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.unvanish.data.DataException;
import org.unvanish.data.Memory;

/**
 * What stands in front of an array's values: {@code {'descr': '<f4', 'fortran_order': False,
 * 'shape': (60, 784), }}.
 *
 * @param isFortran whether the first index runs fastest
 */
record NumpyHeader(NumpyType type, boolean isFortran, List<Integer> shape) {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** No array of numbers needs a longer one. */
  private static final int MOST_CHARACTERS = 10_000;

  /** NumPy has no more. */
  private static final int MOST_DIMENSIONS = 32;

  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d,L\\s]*)\\)");
  private static final Pattern SIZE = Pattern.compile("\\d+");

  /**
   * @param what the array is called in messages
   */
  static NumpyHeader read(String what, DataInputStream in) throws IOException {
    byte[] magic = new byte[MAGIC.length];
    in.readFully(magic);
    int version = in.readUnsignedByte();
    in.readUnsignedByte();
    if (!Arrays.equals(magic, MAGIC) || version < 1 || version > 3) {
      throw problem(what, "is not an array in NumPy's format, versions 1 to 3");
    }
    int length = Short.toUnsignedInt(Short.reverseBytes(in.readShort()));
    if (version > 1) {
      int high = Short.toUnsignedInt(Short.reverseBytes(in.readShort()));
      length = high > 0 ? Integer.MAX_VALUE : length;
    }
    if (length > MOST_CHARACTERS) {
      throw problem(what, "has a header of more than " + MOST_CHARACTERS + " characters");
    }
    byte[] text = in.readNBytes(length);
    if (text.length < length) {
      throw new EOFException();
    }
    return of(what, new String(text, StandardCharsets.UTF_8));
  }

  private static NumpyHeader of(String what, String text) {
    String type = found(what, TYPE, text, "type");
    NumpyType known =
        NumpyType.of(type)
            .orElseThrow(
                () ->
                    problem(
                        what,
                        "holds values of type \"%s\", but only numbers of 1 to 8 bytes and truth values are read"
                            .formatted(type)));
    boolean fortran = found(what, ORDER, text, "order").equals("True");
    List<Integer> shape = new ArrayList<>();
    Matcher sizes = SIZE.matcher(found(what, SHAPE, text, "shape"));
    double values = 1;
    while (sizes.find() && shape.size() <= MOST_DIMENSIONS) {
      double size = Double.parseDouble(sizes.group());
      // An extent of 0 does not make the others free: shapes are multiplied.
      values *= Math.max(1, size);
      shape.add((int) Math.min(size, Integer.MAX_VALUE));
    }
    if (shape.size() > MOST_DIMENSIONS || values * Double.BYTES > Memory.MOST_BYTES) {
      throw problem(what, "is larger than 2 GiB as doubles, or has more than 32 dimensions");
    }
    return new NumpyHeader(known, fortran, List.copyOf(shape));
  }

  private static String found(String what, Pattern pattern, String text, String part) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw problem(what, "has a header without a plain " + part);
    }
    return matcher.group(1);
  }

  private static DataException problem(String what, String problem) {
    return new DataException(
        what + " " + problem + ". Save an array of floats or integers with numpy.save.");
  }

  /** How many bytes the values take. */
  long bytes() {
    long values = 1;
    for (int size : shape) {
      values *= size;
    }
    return values * type.size();
  }
}
