package org.unvanish.data;

import java.util.List;
import org.unvanish.network.Shape;

/**
 * The binary version of CIFAR-10: files of records, each a label byte and then the red, the green
 * and the blue pixels, row by row.
 *
 * @param recordsPerFile 10,000 in the published files; tests use fewer
 * @param checksums SHA-256 of each file in the order of {@link #FILES}, in lower-case hexadecimal
 */
record Cifar10Format(long recordsPerFile, List<String> checksums) {
  /** Training files in order, then the test file. */
  static final List<String> FILES =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin",
          "test_batch.bin");

  static final int TRAIN_FILES = 5;

  static final Shape SHAPE = new Shape(3, 32, 32);

  static final int RECORD_BYTES = 1 + SHAPE.size();

  Cifar10Format {
    checksums = List.copyOf(checksums);
  }

  /** The size of each file. */
  long fileBytes() {
    return recordsPerFile * RECORD_BYTES;
  }
}
