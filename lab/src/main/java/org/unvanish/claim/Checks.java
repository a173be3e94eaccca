package org.unvanish.claim;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.unvanish.claim.Claim.Check;
import org.unvanish.claim.Claim.Checked;
import org.unvanish.comparison.Comparison;
import org.unvanish.comparison.ComparisonTable;
import org.unvanish.comparison.Metric;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.comparison.ShownNumber;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.loss.Scores;
import org.unvanish.statistics.ConfidenceInterval;

/**
 * The ways in which a {@link Claim} is checked. Arms are named by their place among those that the
 * claim is about.
 *
 * <p>How much is "larger" or "considerable" is this project's choice, as the paper gives pictures
 * and no numbers: at least 10 % for gradients and runtimes, at least one percentage point for
 * accuracies. A verdict needs six seeds, the fewest with which Wilcoxon's test can reach 0.05.
 */
public final class Checks {

  /** With fewer seeds no claim is decided: with these, Wilcoxon's test can just reach 0.05. */
  public static final int FEWEST_SEEDS = 6;

  private static final double LEVEL = 0.05;
  private static final double RATIO = Math.log(1.1);
  private static final double POINT = 0.01;

  /** A decade: a gradient that still grows by more is called exploding. */
  private static final double EXPLOSION = 10;

  private Checks() {}

  /** The measure is larger in the second arm, by an extent that matters. */
  public static Check larger(int first, int second, RunMeasure measure) {
    return (result, arms) -> {
      Comparison c = compare(result, arms, first, second, measure);
      ConfidenceInterval i = c.interval();
      ClaimVerdict verdict = ClaimVerdict.UNDECIDED;
      if (c.pairs() >= FEWEST_SEEDS) {
        if (c.difference() >= least(measure) && i.low() > 0 && c.pValue() <= LEVEL) {
          verdict = ClaimVerdict.HOLDS;
        } else if (i.high() < least(measure)) {
          verdict = ClaimVerdict.FAILS;
        }
      }
      return new Checked(verdict, evidence(c), Optional.of(c));
    };
  }

  /** The measure differs between the arms by nothing that matters, up to some times that much. */
  public static Check similar(int first, int second, RunMeasure measure, double times) {
    return (result, arms) -> {
      Comparison c = compare(result, arms, first, second, measure);
      ConfidenceInterval i = c.interval();
      double most = times * least(measure);
      ClaimVerdict verdict = ClaimVerdict.UNDECIDED;
      if (c.pairs() >= FEWEST_SEEDS) {
        if (-most <= i.low() && i.high() <= most) {
          verdict = ClaimVerdict.HOLDS;
        } else if (i.low() > most || i.high() < -most) {
          verdict = ClaimVerdict.FAILS;
        }
      }
      return new Checked(verdict, evidence(c), Optional.of(c));
    };
  }

  /** The measure of the second arm lies below the first's by nothing that matters. */
  public static Check notBelow(int first, int second, RunMeasure measure, double times) {
    return (result, arms) -> {
      Comparison c = compare(result, arms, first, second, measure);
      double most = times * least(measure);
      ClaimVerdict verdict = ClaimVerdict.UNDECIDED;
      if (c.pairs() >= FEWEST_SEEDS) {
        if (c.interval().low() >= -most) {
          verdict = ClaimVerdict.HOLDS;
        } else if (c.interval().high() < -most) {
          verdict = ClaimVerdict.FAILS;
        }
      }
      return new Checked(verdict, evidence(c), Optional.of(c));
    };
  }

  /**
   * The arms have the same losses and accuracies after every epoch, to the last bit.
   *
   * <p>One seed that differs is enough to refute it.
   */
  public static Check identical(int first, int second) {
    return (result, arms) -> {
      List<RunResult> one = finished(result, arms.get(first));
      List<RunResult> other = finished(result, arms.get(second));
      int pairs = 0;
      int equal = 0;
      for (RunResult a : one) {
        for (RunResult b : other) {
          if (a.run().seed() == b.run().seed()) {
            pairs++;
            equal += losses(a).equals(losses(b)) ? 1 : 0;
          }
        }
      }
      ClaimVerdict verdict =
          equal < pairs
              ? ClaimVerdict.FAILS
              : pairs < FEWEST_SEEDS ? ClaimVerdict.UNDECIDED : ClaimVerdict.HOLDS;
      return new Checked(
          verdict,
          "Losses and accuracies of “%s” and “%s” are equal to the last bit in all epochs of %d of %d seeds."
              .formatted(arms.get(second).name(), arms.get(first).name(), equal, pairs));
    };
  }

  private static List<RunResult> finished(ExperimentResult result, Arm arm) {
    return result.of(arm).stream().filter(RunResult::isFinished).toList();
  }

  private static List<List<Scores>> losses(RunResult run) {
    return run.epochs().stream().map(epoch -> List.of(epoch.train(), epoch.test())).toList();
  }

  /**
   * No run with the remedy diverges, and none's gradient still grows tenfold in the second half of
   * its epochs to ten times the largest without the remedy.
   *
   * <p>A gradient that had vanished must grow by many decades to be of use, so growth alone leaves
   * the claim undecided; only a run that diverges refutes it.
   *
   * @param first the arm without the remedy
   * @param second the arm with it
   */
  public static Check noExplosion(int first, int second) {
    return (result, arms) -> {
      Arm remedy = arms.get(second);
      List<RunResult> runs = result.of(remedy);
      long diverged =
          runs.stream().filter(run -> run.outcome() instanceof RunOutcome.Diverged).count();
      List<RunResult> finished = finished(result, remedy);
      double without =
          result.of(arms.get(first)).stream().mapToDouble(Checks::largestGradient).max().orElse(0);
      double growth =
          finished.stream().mapToDouble(run -> lateGrowth(run, without)).max().orElse(0);
      String evidence =
          String.format(
              Locale.ROOT,
              "%d of %d runs of “%s” diverged; the gradient of the last epoch is at most %s times that of the middle one, or the largest without the remedy.",
              diverged,
              runs.size(),
              remedy.name(),
              ShownNumber.of("%.2g", growth));
      if (diverged > 0) {
        return new Checked(ClaimVerdict.FAILS, evidence);
      }
      boolean decided = finished.size() >= FEWEST_SEEDS && growth <= EXPLOSION;
      return new Checked(decided ? ClaimVerdict.HOLDS : ClaimVerdict.UNDECIDED, evidence);
    };
  }

  private static double lateGrowth(RunResult run, double without) {
    int last = run.epochs().size() - 1;
    double before = Metric.GRADIENT_MEAN_ABS.of(run.epochs().get(last / 2));
    double growth = Metric.GRADIENT_MEAN_ABS.of(run.epochs().get(last)) / Math.max(before, without);
    // Zero by zero, where the gradient has died.
    return Double.isNaN(growth) ? 0 : growth;
  }

  private static double largestGradient(RunResult run) {
    return run.epochs().stream().mapToDouble(Metric.GRADIENT_MEAN_ABS::of).max().orElse(0);
  }

  /** All of the checks: one that fails is enough to refute, all must hold to confirm. */
  public static Check all(Check... checks) {
    return (result, arms) -> {
      List<Checked> checked =
          Arrays.stream(checks).map(check -> check.apply(result, arms)).toList();
      List<ClaimVerdict> verdicts = checked.stream().map(Checked::verdict).distinct().toList();
      ClaimVerdict verdict =
          verdicts.contains(ClaimVerdict.FAILS)
              ? ClaimVerdict.FAILS
              : verdicts.contains(ClaimVerdict.UNDECIDED)
                  ? ClaimVerdict.UNDECIDED
                  : ClaimVerdict.HOLDS;
      return new Checked(
          verdict,
          checked.stream().map(Checked::evidence).collect(Collectors.joining(" ")),
          checked.stream()
              .filter(one -> one.verdict() == verdict)
              .flatMap(one -> one.comparison().stream())
              .min(Comparator.comparingDouble(Comparison::difference)));
    };
  }

  private static Comparison compare(
      ExperimentResult result, List<Arm> arms, int first, int second, RunMeasure measure) {
    return Comparison.of(result, arms.get(first), arms.get(second), measure);
  }

  private static double least(RunMeasure measure) {
    return switch (measure.unit()) {
      case SHARE -> POINT;
      case NUMBER -> throw new IllegalArgumentException("there is no claim on losses");
      case MAGNITUDE, SECONDS -> RATIO;
    };
  }

  private static String evidence(Comparison c) {
    if (c.pairs() == 0) {
      return "No seed finished with both “%s” and “%s” and has the %s."
          .formatted(c.secondArm(), c.firstArm(), c.measure().label());
    }
    return String.format(
        Locale.ROOT,
        "%s of “%s” against “%s”: %s against %s, %s, p = %.2g, higher in %d and lower in %d of %d seeds%s.",
        c.measure().label(),
        c.secondArm(),
        c.firstArm(),
        c.measure().format(c.second()),
        c.measure().format(c.first()),
        ComparisonTable.difference(c),
        c.pValue(),
        c.higher(),
        c.lower(),
        c.pairs(),
        c.leftOutText());
  }
}
