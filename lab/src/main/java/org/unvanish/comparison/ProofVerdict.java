package org.unvanish.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.loss.ConstantPredictor;
import org.unvanish.loss.Score;
import org.unvanish.loss.Scores;
import org.unvanish.statistics.ConfidenceInterval;
import org.unvanish.statistics.PairedSample;
import org.unvanish.train.EpochRecord;

/**
 * Whether training proved a prescription, against the network as it was; {@link ProofText} says it
 * in words.
 *
 * <p>It is proved if, after the last epoch and paired by seed, the headline score on the test data
 * is better (of a classification the accuracy) or, where that shows no difference, the test loss is
 * lower: Wilcoxon's exact two-sided p is at most {@value #LEVEL} and the bootstrap's 95 % interval
 * excludes zero. All runs must have ended, none of the prescribed ones by diverging, and so many of
 * these must {@link Measured#learning learn} by that measure that chance does not explain it. Each
 * of both tests finds a gain where there is none once in 40 times, so both together at most once in
 * 20.
 *
 * <p>An untouched run that diverged counts as a {@link ConstantPredictor}, which is the best that
 * can be said of it; so does the loss of one whose test loss overflows.
 *
 * @param reason why it is not proved; null if it is
 * @param seeds with which both runs ended, and which are compared
 * @param open seeds with which one of both runs failed, was interrupted or is not done yet
 * @param diverged seeds with which the prescribed run diverged or its test loss is no finite number
 * @param headline final headline scores on the test data
 * @param loss final test losses; the same where the loss is the headline score
 * @param constant what needs no training
 */
public record ProofVerdict(
    @Nullable Reason reason,
    int seeds,
    int open,
    int diverged,
    Measured headline,
    Measured loss,
    ConstantPredictor constant) {

  /** The fewest seeds with which the test's p can be at most {@value #LEVEL}: 2 ÷ 2⁶ = 0.031. */
  public static final int LEAST_SEEDS = 6;

  static final double LEVEL = 0.05;

  /** Why a prescription is not proved: the first that applies. */
  public enum Reason {
    /** No arm follows the prescription: there is none, or it would change nothing. */
    NOTHING_PRESCRIBED("nothing-prescribed"),
    /** Runs failed, were interrupted or are not done yet. */
    NOT_FINISHED("not-finished"),
    /** A prescribed run diverged. */
    DIVERGED("diverged"),
    /** Fewer than {@value #LEAST_SEEDS} seeds, with which no difference is clear. */
    TOO_FEW_SEEDS("too-few-seeds"),
    /** The headline score is worse, or the loss higher and that score no better. */
    WORSE("worse"),
    /** Too many prescribed runs do not learn, neither by headline score nor by loss. */
    NOTHING_LEARNS("nothing-learns"),
    /** Neither headline score nor loss shows a gain that is clear of the constant predictor. */
    NO_DIFFERENCE("no-difference");

    private final String label;

    Reason(String label) {
      this.label = label;
    }

    /** As JSON names it. */
    public String label() {
      return label;
    }
  }

  /** What a measure says of the prescription. */
  public enum Effect {
    /** It is better. */
    GAIN,
    /** No difference is clear. */
    NONE,
    /** It is worse. */
    HARM
  }

  /**
   * One score of both arms.
   *
   * @param score which
   * @param untouched mean over the seeds; NaN without seeds
   * @param prescribed mean over the seeds; NaN without seeds
   * @param better seeds with which it is better as prescribed
   * @param worse seeds with which it is worse as prescribed
   * @param difference of the prescribed from the untouched, mean over the seeds
   * @param interval of that difference, 95 %, by bootstrap over the seeds
   * @param pValue two-sided, of Wilcoxon's signed-rank test, exact up to 50 seeds; 1 without seeds
   * @param effect what it says
   * @param learning seeds with which the prescribed run ends clear of the constant predictor by
   *     this measure, and with a lower training loss than after its first epoch, if it has more
   *     than one
   */
  public record Measured(
      Score score,
      double untouched,
      double prescribed,
      int better,
      int worse,
      double difference,
      ConfidenceInterval interval,
      double pValue,
      Effect effect,
      int learning) {

    private static Measured of(Score score, List<double[]> pairs, int learning) {
      boolean up = score.higherIsBetter();
      PairedSample sample = PairedSample.of(values(pairs, 0), values(pairs, 1));
      ConfidenceInterval interval = sample.interval();
      double p = sample.pValue();
      Effect effect = Effect.NONE;
      if (p <= LEVEL && (interval.low() > 0 || interval.high() < 0)) {
        effect = interval.low() > 0 == up ? Effect.GAIN : Effect.HARM;
      }
      return new Measured(
          score,
          mean(pairs, 0),
          mean(pairs, 1),
          up ? sample.higher() : sample.lower(),
          up ? sample.lower() : sample.higher(),
          sample.mean(),
          interval,
          p,
          effect,
          learning);
    }

    /** True where enough seeds learn by this measure. */
    boolean isLearned(int seeds) {
      return learning >= leastLearning(seeds);
    }

    private static double mean(List<double[]> pairs, int place) {
      return Arrays.stream(values(pairs, place)).average().orElse(Double.NaN);
    }

    private static double[] values(List<double[]> pairs, int place) {
      return pairs.stream().mapToDouble(pair -> pair[place]).toArray();
    }
  }

  /**
   * The verdict on what runs came to so far.
   *
   * @param experiment whose scores count
   * @param untouched runs of the network as it was
   * @param prescribed runs of the network as prescribed, with the same seeds; empty where no arm
   *     follows the prescription
   * @param constant of the data on which both were tested
   */
  public static ProofVerdict of(
      Experiment experiment,
      List<RunResult> untouched,
      List<RunResult> prescribed,
      ConstantPredictor constant) {
    Score headline = experiment.headline();
    Score loss = experiment.scores().get(0);
    List<double[]> ofHeadline = new ArrayList<>();
    List<double[]> ofLoss = new ArrayList<>();
    int pairs = 0;
    int diverged = 0;
    int learningByHeadline = 0;
    int learningByLoss = 0;
    for (RunResult after : prescribed) {
      for (RunResult before : untouched) {
        if (before.run().seed() == after.run().seed()) {
          pairs++;
          if (hasEnded(before) && hasEnded(after)) {
            ofHeadline.add(both(before, after, constant, headline));
            ofLoss.add(both(before, after, constant, loss));
            diverged += hasFiniteLoss(after) ? 0 : 1;
            if (hasFiniteLoss(after) && trainingLossFalls(after)) {
              Scores end = last(after).test();
              learningByHeadline += constant.isBeaten(headline, end.of(headline)) ? 1 : 0;
              learningByLoss += constant.isBeaten(loss, end.of(loss)) ? 1 : 0;
            }
          }
        }
      }
    }
    int open = pairs - ofHeadline.size();
    Measured first = Measured.of(headline, ofHeadline, learningByHeadline);
    Measured second = Measured.of(loss, ofLoss, learningByLoss);
    Reason reason = null;
    if (pairs == 0) {
      reason = Reason.NOTHING_PRESCRIBED;
    } else if (open > 0) {
      reason = Reason.NOT_FINISHED;
    } else if (diverged > 0) {
      reason = Reason.DIVERGED;
    } else if (pairs < LEAST_SEEDS) {
      reason = Reason.TOO_FEW_SEEDS;
    } else if (first.effect() == Effect.HARM
        || (first.effect() == Effect.NONE && second.effect() == Effect.HARM)) {
      reason = Reason.WORSE;
    } else if (!first.isLearned(pairs) && !second.isLearned(pairs)) {
      reason = Reason.NOTHING_LEARNS;
    } else if (!isProof(first, pairs) && !isProof(second, pairs)) {
      reason = Reason.NO_DIFFERENCE;
    }
    return new ProofVerdict(reason, ofHeadline.size(), open, diverged, first, second, constant);
  }

  /** True where the prescription is proved. */
  public boolean isProved() {
    return reason == null;
  }

  /** True where the headline score proves it; else, if it is proved, the loss does. */
  boolean isProvedByHeadline() {
    return isProved() && isProof(headline, seeds);
  }

  private static boolean isProof(Measured measured, int seeds) {
    return measured.effect() == Effect.GAIN && measured.isLearned(seeds);
  }

  private static boolean hasEnded(RunResult run) {
    return run.isFinished() || run.outcome() instanceof RunOutcome.Diverged;
  }

  private static EpochRecord last(RunResult run) {
    return run.epochs().get(run.epochs().size() - 1);
  }

  private static boolean hasFiniteLoss(RunResult run) {
    return run.isFinished() && Double.isFinite(last(run).testLoss());
  }

  private static double[] both(
      RunResult before, RunResult after, ConstantPredictor constant, Score score) {
    double otherwise = constant.scores().of(score);
    return new double[] {value(before, otherwise, score), value(after, otherwise, score)};
  }

  private static double value(RunResult run, double otherwise, Score score) {
    double value = run.isFinished() ? last(run).test().of(score) : otherwise;
    return Double.isFinite(value) ? value : otherwise;
  }

  private static boolean trainingLossFalls(RunResult run) {
    return run.epochs().size() == 1 || last(run).trainLoss() < run.epochs().get(0).trainLoss();
  }

  /**
   * The fewest seeds that must learn, so that most of all seeds there are can be said to: so many
   * heads of tossed coins are no luck, by the sign test at the same level.
   *
   * @param all at least {@value #LEAST_SEEDS}
   */
  static int leastLearning(int all) {
    int least = all;
    while (isClear(least - 1, all)) {
      least--;
    }
    return least;
  }

  private static boolean isClear(int seeds, int all) {
    double[] signs = new double[all];
    Arrays.fill(signs, -1);
    Arrays.fill(signs, 0, seeds, 1);
    return 2 * seeds > all && new PairedSample(signs).pValue() <= LEVEL;
  }
}
