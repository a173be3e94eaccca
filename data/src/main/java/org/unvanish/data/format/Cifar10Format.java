package org.unvanish.data.format;

import java.util.List;
import org.unvanish.data.Shape;

/**
 * The binary version of CIFAR-10: files of records, each a label byte and then the red, the green
 * and the blue pixels, row by row.
 *
 * @param recordsPerFile 10,000 in the published files; tests use fewer
 * @param checksums SHA-256 of each file in the order of {@link #FILES}, in lower-case hexadecimal
 */
public record Cifar10Format(long recordsPerFile, List<String> checksums) {
  /** Training files in order, then the test file. */
  public static final List<String> FILES =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin",
          "test_batch.bin");

  public static final int TRAIN_FILES = 5;

  public static final Shape SHAPE = new Shape(3, 32, 32);

  public static final int RECORD_BYTES = 1 + SHAPE.size();

  public Cifar10Format {
    checksums = List.copyOf(checksums);
  }

  /** The size of each file. */
  public long fileBytes() {
    return recordsPerFile * RECORD_BYTES;
  }
}
