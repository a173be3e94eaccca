package org.unvanish.diagnosis.measurement;

import java.util.Optional;
import org.unvanish.activation.Activation;
import org.unvanish.diagnosis.evidence.NumbersEvidence;
import org.unvanish.loss.Score;

/**
 * Gathers the outputs of a network beside the numbers that they are to come near.
 *
 * <p>Tell {@link #add} each output of each sample, and ask for the {@link #result} in the end.
 */
public final class NumbersMeasurement {

  /** A target so near to an asymptote, as a part of the range, is meant to be there. */
  private static final double AT_ASYMPTOTE = 1e-3;

  /** A target beyond the range by this part of it is so by rounding. */
  private static final double ROUNDING = 1e-6;

  private final OutputRange range;
  private final Sums[] targets;
  private final Sums[] outputs;
  private double targetSquares;
  private double unreachable;
  private long count;
  private long outside;
  private long atAsymptote;

  /** Sums of one output, from its first value on, so that large means do not cancel. */
  private static final class Sums {
    private double first = Double.NaN;
    private double sum;
    private double squares;

    void add(double value) {
      if (Double.isNaN(first)) {
        first = value;
      }
      double difference = value - first;
      sum += difference;
      squares += difference * difference;
    }

    /** The sum of the squares of the differences from the mean of n values. */
    double spread(double n) {
      return Math.max(0, squares - sum * sum / n);
    }
  }

  private NumbersMeasurement(int width, OutputRange range) {
    this.range = range;
    this.targets = sums(width);
    this.outputs = sums(width);
  }

  /**
   * Behind an activation, or none.
   *
   * @param width how many outputs there are
   */
  public static NumbersMeasurement of(int width, Optional<Activation> last) {
    return new NumbersMeasurement(width, last.map(OutputRange::of).orElse(OutputRange.ALL));
  }

  /** Behind softmax. */
  public static NumbersMeasurement ofProbabilities(int width) {
    return new NumbersMeasurement(width, OutputRange.PROBABILITIES);
  }

  private static Sums[] sums(int width) {
    Sums[] sums = new Sums[width];
    for (int i = 0; i < width; i++) {
      sums[i] = new Sums();
    }
    return sums;
  }

  /**
   * Adds one output of a sample.
   *
   * @param index which output, from 0
   */
  public void add(int index, double output, double target) {
    targets[index].add(target);
    outputs[index].add(output);
    targetSquares += target * target;
    double missing = target - range.nearest(target);
    unreachable += missing * missing;
    outside += Math.abs(missing) > ROUNDING * Math.max(1, Math.abs(target)) ? 1 : 0;
    atAsymptote += range.isLimit(target, AT_ASYMPTOTE) ? 1 : 0;
    count++;
  }

  /**
   * What was measured of at least one sample.
   *
   * @param leastLoss the loss where every output is its target
   * @param score the headline of the loss
   * @param value what the network has of it
   * @param constantValue what a constant predictor has
   */
  public NumbersEvidence result(double leastLoss, Score score, double value, double constantValue) {
    double samples = (double) count / targets.length;
    double spread = 0;
    double outputSpread = 0;
    for (int i = 0; i < targets.length; i++) {
      spread += targets[i].spread(samples);
      outputSpread += outputs[i].spread(samples);
    }
    return new NumbersEvidence(
        Math.sqrt(targetSquares / count),
        Math.sqrt(spread / count),
        Math.sqrt(outputSpread / count),
        (double) outside / count,
        unreachable == 0 ? 0 : unreachable / spread,
        (double) atAsymptote / count,
        leastLoss,
        score,
        value,
        constantValue);
  }
}
