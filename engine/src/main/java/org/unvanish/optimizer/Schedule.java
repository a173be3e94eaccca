package org.unvanish.optimizer;

/**
 * How the learning rate changes along a training: the optimizer's own rate is multiplied by a
 * factor, warm-up times decay. The factor is a function of the step alone, counted from the start
 * of the training, and not of how many epochs the run will have: so a run can go on where it
 * stopped, and can be extended.
 *
 * @param warmUp how it rises at the start
 * @param decay how it falls
 * @since 0.1
 */
public record Schedule(WarmUp warmUp, Decay decay) {

  /** The learning rate stays as it is. */
  public static final Schedule CONSTANT = new Schedule(WarmUp.NONE, new Decay.None());

  /** What a warm-up's length is counted in. */
  public enum Unit {
    /** Steps of the optimizer. */
    STEPS,
    /** Passes over the training data. */
    EPOCHS
  }

  /**
   * Linear: step k of n has the factor k/n.
   *
   * @param length n, in its unit; 0 for none
   * @param unit what the length counts
   */
  public record WarmUp(int length, Unit unit) {
    /** None. */
    public static final WarmUp NONE = new WarmUp(0, Unit.STEPS);

    /**
     * @throws IllegalArgumentException if the length is below 0
     */
    public WarmUp {
      if (length < 0) {
        throw new IllegalArgumentException("a warm-up is at least 0 long, but is " + length);
      }
      unit = length == 0 ? Unit.STEPS : unit;
    }

    private double factor(int step, int stepsPerEpoch) {
      long steps =
          switch (unit) {
            case STEPS -> length;
            case EPOCHS -> (long) length * stepsPerEpoch;
          };
      return step < steps ? (double) step / steps : 1;
    }
  }

  /** How the learning rate falls. */
  public sealed interface Decay {

    /** It does not. */
    record None() implements Decay {
      @Override
      public double factor(int step, int stepsPerEpoch) {
        return 1;
      }
    }

    /**
     * By a factor every few epochs, as PyTorch's {@code StepLR}.
     *
     * @param epochs between two changes, at least 1
     * @param factor of each change, above 0 and at most 1
     */
    record Step(int epochs, double factor) implements Decay {
      /**
       * @throws IllegalArgumentException if a number is outside its range
       */
      public Step {
        requireEpochs(epochs);
        if (!(factor > 0 && factor <= 1)) {
          throw new IllegalArgumentException("the factor must lie in (0, 1], but is " + factor);
        }
      }

      @Override
      public double factor(int step, int stepsPerEpoch) {
        int times = (step - 1) / stepsPerEpoch / epochs;
        return StrictMath.pow(factor, times);
      }
    }

    /**
     * Half a cosine, from 1 in the first step down to the end factor, which then stays: step by
     * step, as PyTorch's {@code CosineAnnealingLR} where it is told of each step. Loshchilov &amp;
     * Hutter (2017), without restarts.
     *
     * @param epochs from the start of the training to the end factor, at least 1
     * @param endFactor in [0, 1]
     */
    record Cosine(int epochs, double endFactor) implements Decay {
      /**
       * @throws IllegalArgumentException if a number is outside its range
       */
      public Cosine {
        requireEpochs(epochs);
        if (!(endFactor >= 0 && endFactor <= 1)) {
          throw new IllegalArgumentException(
              "the end factor must lie in [0, 1], but is " + endFactor);
        }
      }

      @Override
      public double factor(int step, int stepsPerEpoch) {
        double way = Math.min(1, (step - 1) / ((double) epochs * stepsPerEpoch));
        return endFactor + (1 - endFactor) * (1 + StrictMath.cos(Math.PI * way)) / 2;
      }
    }

    /**
     * What the learning rate is multiplied by in a step.
     *
     * @param step from 1
     * @param stepsPerEpoch at least 1
     */
    double factor(int step, int stepsPerEpoch);

    private static void requireEpochs(int epochs) {
      if (epochs < 1) {
        throw new IllegalArgumentException("epochs must be at least 1, but are " + epochs);
      }
    }
  }

  /**
   * What the learning rate is multiplied by in a step.
   *
   * @param step from 1, counted from the start of the training
   * @param stepsPerEpoch at least 1
   */
  public double factor(int step, int stepsPerEpoch) {
    return warmUp.factor(step, stepsPerEpoch) * decay.factor(step, stepsPerEpoch);
  }
}
