package org.unvanish.loss;

import java.util.Arrays;

/**
 * The sums from which the scores of classes come. Behind the sum of the losses stand the number of
 * correct predictions; for each class how many samples it has, and how many of these are predicted
 * right; and where two classes are ranked, two histograms of their ranks.
 *
 * <p>The area under the ROC curve, AUC, comes from these histograms: it is the share of pairs of a
 * sample of each class in which that of the second class has the higher rank, where a pair in one
 * bin counts half. So it is off by at most half the share of pairs that are in one bin. Bins are
 * {@value #BINS_PER_UNIT} to the unit, of logits in [−16, 16]; what lies beyond is in the outermost
 * ones. Sums over any samples can be added up, which the ranks themselves cannot.
 */
public final class ClassSums {

  /** Samples whose class is predicted. */
  private static final int CORRECT = 1;

  private static final int CLASSES = 2;

  private static final int BINS_PER_UNIT = 32;
  private static final int BINS = 2 * 16 * BINS_PER_UNIT;

  private final int classes;
  private final boolean ranked;

  /**
   * @param classes how many there are
   * @param ranked whether there are two of them, of which outputs tell which is likelier
   */
  public ClassSums(int classes, boolean ranked) {
    this.classes = classes;
    this.ranked = ranked;
  }

  /** How many there are, that of the losses included. */
  public int length() {
    return CLASSES + 2 * classes + (ranked ? 2 * BINS : 0);
  }

  /**
   * Adds one sample, but for its loss.
   *
   * @param label its class
   * @param predicted the class that the network predicts
   * @param rank how much likelier the second class is, as a logit; without a meaning where they are
   *     not ranked
   */
  public void add(double[] sums, int label, int predicted, double rank) {
    sums[CLASSES + 2 * label]++;
    if (label == predicted) {
      sums[CORRECT]++;
      sums[CLASSES + 2 * label + 1]++;
    }
    if (ranked) {
      int bin = (int) Math.floor(rank * BINS_PER_UNIT) + BINS / 2;
      sums[histogram(label) + Math.max(0, Math.min(bin, BINS - 1))]++;
    }
  }

  private int histogram(int label) {
    return CLASSES + 2 * classes + label * BINS;
  }

  /** The share of correct predictions. */
  double accuracy(double[] sums, long samples) {
    return sums[CORRECT] / samples;
  }

  /** The mean over the classes that have samples of the share of them that is predicted right. */
  double balancedAccuracy(double[] sums) {
    double sum = 0;
    int present = 0;
    for (int label = 0; label < classes; label++) {
      double count = sums[CLASSES + 2 * label];
      if (count > 0) {
        sum += sums[CLASSES + 2 * label + 1] / count;
        present++;
      }
    }
    return sum / present;
  }

  /** The area under the ROC curve; NaN where one of both classes has no samples. */
  double auc(double[] sums) {
    double below = 0;
    double pairs = 0;
    for (int bin = 0; bin < BINS; bin++) {
      double first = sums[histogram(0) + bin];
      double second = sums[histogram(1) + bin];
      pairs += second * (below + first / 2);
      below += first;
    }
    return pairs / (below * Arrays.stream(sums, histogram(1), histogram(1) + BINS).sum());
  }

  /** The largest of some outputs, of equal ones the first. */
  static int largest(double[] outputs) {
    int largest = 0;
    for (int i = 1; i < outputs.length; i++) {
      if (outputs[i] > outputs[largest]) {
        largest = i;
      }
    }
    return largest;
  }
}
