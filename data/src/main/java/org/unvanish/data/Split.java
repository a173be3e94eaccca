package org.unvanish.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Keeps a share of the samples for testing. */
public final class Split {
  private Split() {}

  /**
   * Draws the test samples class by class; both parts keep the order of the samples. Of each class
   * at least one sample goes to each part, however small or large the share.
   *
   * @param what the samples are called in messages: their file or folder
   * @param share of each class that goes to the test samples, in (0, 1)
   * @throws DataException if a class has less than two samples
   */
  public static TrainAndTest of(
      String what, List<String> classes, ImageSet samples, double share, long seed) {
    Randomness randomness = new Randomness(seed, "test split");
    boolean[] isTest = new boolean[samples.count()];
    for (int number = 0; number < classes.size(); number++) {
      int label = number;
      int[] ofClass =
          IntStream.range(0, samples.count()).filter(i -> samples.label(i) == label).toArray();
      if (ofClass.length < 2) {
        throw new DataException(
            "class \""
                + InputFiles.abbreviated(classes.get(number))
                + "\" of "
                + what
                + " has "
                + (ofClass.length == 0 ? "no sample" : "only one sample")
                + ", but needs one to train on and one to test on. Add samples, or remove the "
                + "class.");
      }
      long wanted = Math.round(share * ofClass.length);
      int count = (int) Math.max(1, Math.min(ofClass.length - 1, wanted));
      randomness.drawFirst(ofClass, count);
      Arrays.stream(ofClass, 0, count).forEach(i -> isTest[i] = true);
    }
    return parts(classes, samples, isTest);
  }

  /**
   * Draws the test samples from all of them, whatever their targets are; both parts keep the order
   * of the samples, and have at least one.
   *
   * @param share of the samples that goes to the test samples, in (0, 1)
   * @throws DataException if there are less than two samples
   */
  public static TrainAndTest of(String what, ImageSet samples, double share, long seed) {
    if (samples.count() < 2) {
      throw new DataException(
          what
              + " has only one sample, but needs one to train on and one to test on. Add "
              + "samples.");
    }
    int[] drawn = IntStream.range(0, samples.count()).toArray();
    int count = (int) Math.max(1, Math.min(drawn.length - 1, Math.round(share * drawn.length)));
    new Randomness(seed, "test split").drawFirst(drawn, count);
    boolean[] isTest = new boolean[drawn.length];
    Arrays.stream(drawn, 0, count).forEach(i -> isTest[i] = true);
    return parts(List.of(), samples, isTest);
  }

  private static TrainAndTest parts(List<String> classes, ImageSet samples, boolean[] isTest) {
    return new TrainAndTest(
        classes,
        samples.select(numbers(isTest, false)),
        samples.select(numbers(isTest, true)),
        true);
  }

  private static int[] numbers(boolean[] isTest, boolean wanted) {
    return IntStream.range(0, isTest.length).filter(i -> isTest[i] == wanted).toArray();
  }
}
