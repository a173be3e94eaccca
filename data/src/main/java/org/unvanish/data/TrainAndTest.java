package org.unvanish.data;

import java.util.List;

/**
 * What the files of a data set hold.
 *
 * @param classes their names, in the order of the class numbers
 * @param drawn whether the test samples were drawn by the seed, not given as such
 * @since 0.1
 */
public record TrainAndTest(List<String> classes, ImageSet train, ImageSet test, boolean drawn) {
  /** A class number is stored in a byte. */
  public static final int MOST_CLASSES = 256;

  public TrainAndTest {
    classes = List.copyOf(classes);
  }
}
