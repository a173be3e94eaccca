package org.unvanish.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.diagnosis.evidence.NumbersEvidence;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.measurement.NumbersMeasurement;
import org.unvanish.diagnosis.measurement.ScaledSum;
import org.unvanish.loss.ClassShares;
import org.unvanish.loss.Loss;
import org.unvanish.loss.OneHot;
import org.unvanish.loss.Scores;
import org.unvanish.loss.TargetKind;
import org.unvanish.loss.TargetTable;
import org.unvanish.random.RandomStream;

/**
 * Reads a model's outputs over a window, beside what they are to be, and says where its gradient
 * starts: at the gradient of a loss, or at random numbers where nothing is to be learnt.
 */
abstract class OutputError {

  /**
   * Reads the outputs of some samples.
   *
   * @param samples their numbers
   * @param outputs of each of them
   * @return the gradient of each sample's own loss with respect to its outputs
   */
  abstract double[][] read(int[] samples, double[][] outputs);

  /** What was read of all mini-batches. */
  abstract OutputEvidence evidence();

  /** The place of the largest output, of equal ones the first. */
  static int largest(double[] outputs) {
    int largest = 0;
    for (int i = 1; i < outputs.length; i++) {
      largest = outputs[i] > outputs[largest] ? i : largest;
    }
    return largest;
  }

  /** Of a loss. */
  static final class OfLoss extends OutputError {

    /** A logit whose probability is as good as 0 or 1. */
    private static final double SURE = 50;

    private final Loss loss;
    private final TargetTable targets;
    private final int width;
    private final int classes;
    private final @Nullable TargetTable numbers;
    private final NumbersMeasurement measured;
    private final ScaledSum errors = new ScaledSum();
    private final ScaledSum values = new ScaledSum();
    private final List<Integer> window = new ArrayList<>();
    private final double[] sums;
    private final int[] predicted;

    /**
     * @param loss as it is computed on the targets
     * @param width of the outputs
     * @param classes how many there are; 0 of numbers
     * @param last the activation behind the last weights, if there is one
     * @param softmax whether that is a softmax
     */
    OfLoss(
        Loss loss,
        TargetTable targets,
        TargetKind kind,
        int width,
        int classes,
        Optional<Activation> last,
        boolean softmax) {
      this.loss = loss;
      this.targets = targets;
      this.width = width;
      this.classes = classes;
      this.numbers =
          loss instanceof OneHot
              ? OneHot.numbers(targets, width)
              : kind == TargetKind.NUMBERS ? targets : null;
      this.measured =
          softmax ? NumbersMeasurement.ofProbabilities(width) : NumbersMeasurement.of(width, last);
      this.sums = new double[loss.sums(width)];
      this.predicted = new int[classes];
    }

    @Override
    double[][] read(int[] samples, double[][] outputs) {
      double[][] gradients = new double[samples.length][];
      for (int i = 0; i < samples.length; i++) {
        double[] output = outputs[i];
        double[] target = targets.of(samples[i]);
        window.add(samples[i]);
        values.add(TensorGradient.sumOfSquares(output), 0, width);
        loss.add(output, target, sums);
        gradients[i] = loss.gradient(output, target);
        errors.add(TensorGradient.sumOfSquares(gradients[i]), 0, width);
        if (classes > 0) {
          predicted[predicted(output)]++;
        }
        for (int k = 0; numbers != null && k < width; k++) {
          measured.add(k, output[k], numbers.value(samples[i], k));
        }
      }
      return gradients;
    }

    private int predicted(double[] output) {
      return width == 1 ? (output[0] > loss.threshold() ? 1 : 0) : largest(output);
    }

    @Override
    OutputEvidence evidence() {
      int[] samples = window.stream().mapToInt(Integer::intValue).toArray();
      Scores scores = loss.scores(sums, samples.length);
      Scores constant = loss.constant(targets.of(samples)).scores();
      return new OutputEvidence(
          scores.loss(),
          scores.accuracy(),
          errors.rms(),
          values.rms(),
          constant.loss(),
          constant.accuracy(),
          ClassShares.largestShare(predicted),
          numbers == null ? null : numbers(scores, constant, samples, numbers),
          null);
    }

    private NumbersEvidence numbers(
        Scores scores, Scores constant, int[] samples, TargetTable table) {
      return measured.result(
          leastLoss(samples, table),
          loss.headline(),
          scores.of(loss.headline()),
          constant.of(loss.headline()));
    }

    /** The mean loss where every output says its target. */
    private double leastLoss(int[] samples, TargetTable table) {
      double[] least = new double[loss.sums(width)];
      double[] best = new double[width];
      for (int sample : samples) {
        for (int i = 0; i < width; i++) {
          double number = table.value(sample, i);
          best[i] = loss.applied() == Loss.OutputFunction.LOGISTIC ? logit(number) : number;
        }
        loss.add(best, targets.of(sample), least);
      }
      return least[0] / samples.length;
    }

    private static double logit(double probability) {
      double logit = StrictMath.log(probability / (1 - probability));
      return Math.max(-SURE, Math.min(logit, SURE));
    }
  }

  /**
   * Of random numbers: the loss of a sample is the sum of its outputs, each times a standard normal
   * number of its own, so that these numbers are its gradient.
   */
  static final class Random extends OutputError {

    private final int width;
    private final long seed;
    private final ScaledSum errors = new ScaledSum();
    private final ScaledSum values = new ScaledSum();
    private double sum;
    private long samplesRead;

    Random(int width, long seed) {
      this.width = width;
      this.seed = seed;
    }

    @Override
    double[][] read(int[] samples, double[][] outputs) {
      double[][] gradients = new double[samples.length][width];
      for (int i = 0; i < samples.length; i++) {
        // Whatever is probed, a sample has the same error signal.
        RandomStream random = new RandomStream(seed, "error signal " + samples[i]);
        for (int k = 0; k < width; k++) {
          gradients[i][k] = random.normal();
          sum += gradients[i][k] * outputs[i][k];
        }
        errors.add(TensorGradient.sumOfSquares(gradients[i]), 0, width);
        values.add(TensorGradient.sumOfSquares(outputs[i]), 0, width);
        samplesRead++;
      }
      return gradients;
    }

    @Override
    OutputEvidence evidence() {
      return new OutputEvidence(
          sum / samplesRead,
          Double.NaN,
          errors.rms(),
          values.rms(),
          Double.NaN,
          Double.NaN,
          Double.NaN,
          null,
          null,
          true);
    }
  }
}
