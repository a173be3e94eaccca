package org.unvanish.train;

import org.unvanish.network.Network;

/**
 * In which steps of an epoch gradients are recorded: in all, or in one of so many. What is trained
 * does not depend on it, to the bit.
 *
 * <p>One in n are ⌈S/n⌉ of an epoch's S steps, evenly spaced, each in the middle of its stretch.
 * Which they are follows from a step's number in its epoch, so that a run that goes on has the
 * same. The middle is the fairest: gradients that fall or rise along an epoch are neither taken too
 * early nor too late.
 *
 * <p>Statistics of some steps are estimates of those of all: docs/performance.md has their errors.
 * The largest |g| is the largest of these steps, and so at most that of all.
 *
 * @param every one step in so many, 1 to {@value #MOST}; 0 for as many as {@link #AUTOMATIC} says
 * @since 0.1
 */
public record RecordedSteps(int every) {

  /** The fewest are one step in this many. */
  public static final int MOST = 65_536;

  /** Every step. */
  public static final RecordedSteps ALL = new RecordedSteps(1);

  /**
   * As many as take no more than 2 % of a training's time on the engine, by a rule on network,
   * batch size and penalty: see {@link #on}.
   */
  public static final RecordedSteps AUTOMATIC = new RecordedSteps(0);

  /** Below so many parameters, recording a gradient takes less than 0.05 ms. */
  private static final int SMALL = 50_000;

  /** Of the time of all else. */
  private static final double SHARE = 0.02;

  // What one parameter takes, in multiply-adds of a step, by benchmarks of the engine.
  private static final double RECORDING = 65;
  private static final double RECORDING_PENALISED = 140;
  private static final double UPDATING = 25;

  /**
   * @throws IllegalArgumentException if the number is out of its range
   */
  public RecordedSteps {
    if (every < 0 || every > MOST) {
      throw new IllegalArgumentException(
          "gradients must be recorded in one step of 1 to %d, but not of %d"
              .formatted(MOST, every));
    }
  }

  /** Whether a rule decides. */
  public boolean isAutomatic() {
    return every == AUTOMATIC.every;
  }

  /** Whether that is every step. */
  public boolean isAll() {
    return every == ALL.every;
  }

  /**
   * The steps of a training: these, or where they are {@link #AUTOMATIC} those of the rule.
   *
   * <p>A step takes 3·B·M multiply-adds for batches of B samples with M each, and 25 a parameter
   * for the optimizer. Recording a parameter's gradient takes 65; with a penalty there are three
   * gradients, which take 140. Recorded is one step in n, with the least n for which recording
   * takes at most 2 % of that: every step of convolutional and recurrent networks, which use each
   * parameter many times. Networks of less than 50,000 parameters are recorded in every step.
   */
  public RecordedSteps on(Network network, TrainingSettings settings) {
    if (!isAutomatic()) {
      return this;
    }
    double parameters = network.trainedCount();
    if (parameters < SMALL) {
      return ALL;
    }
    double recording = settings.penalty().isNone() ? RECORDING : RECORDING_PENALISED;
    double step = 3.0 * settings.batchSize() * network.multiplyAdds() + UPDATING * parameters;
    double every = Math.ceil(recording * parameters / (SHARE * step));
    return new RecordedSteps((int) Math.max(1, every));
  }

  /**
   * Whether a step is one of them.
   *
   * @param step within the epoch, from 1
   * @param stepsPerEpoch how many it has, at least 1
   * @throws IllegalStateException if a rule is to decide first
   */
  public boolean includes(int step, int stepsPerEpoch) {
    if (isAutomatic()) {
      throw new IllegalStateException("which steps are recorded depends on the network");
    }
    long chosen = (stepsPerEpoch - 1) / every + 1;
    return stretch(step, chosen, stepsPerEpoch) != stretch(step - 1, chosen, stepsPerEpoch);
  }

  /** How many middles of the stretches are behind so many steps. */
  private static long stretch(long steps, long chosen, long stepsPerEpoch) {
    return (2 * steps * chosen + stepsPerEpoch) / (2 * stepsPerEpoch);
  }
}
