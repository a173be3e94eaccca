package org.unvanish.comparison;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.unvanish.experiment.RunResult;
import org.unvanish.loss.Score;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.LearnedScale;

/**
 * One number that a run comes to, by which arms are compared.
 *
 * @param key as CSV and JSON name it
 * @param label as tables name it
 * @param unit how differences between arms are expressed
 * @param number the number; NaN where the run has none
 */
public record RunMeasure(String key, String label, Unit unit, ToDoubleFunction<RunResult> number) {

  /** How differences between arms are expressed. */
  public enum Unit {
    /** A share in [0, 1], compared by difference. */
    SHARE("share"),
    /** A number such as a loss, compared by difference. */
    NUMBER("difference"),
    /** A positive quantity of any magnitude, compared by the logarithm of the ratio. */
    MAGNITUDE("log ratio"),
    /** A time, compared like a magnitude. */
    SECONDS("log ratio");

    private final String label;

    Unit(String label) {
      this.label = label;
    }

    /** The unit of a difference, as CSV and JSON name it. */
    public String label() {
      return label;
    }
  }

  private static final Metric TEST_ACCURACY = new Metric.Test(Score.ACCURACY);

  /** Test accuracy after the last epoch. */
  public static final RunMeasure FINAL_ACCURACY = last(Score.ACCURACY);

  /**
   * Test accuracy averaged over the epochs: high for a run that learns early, which is where a
   * remedy acts.
   */
  public static final RunMeasure MEAN_ACCURACY = mean(Score.ACCURACY);

  /** Mean absolute total gradient, averaged over all epochs. */
  public static final RunMeasure GRADIENT =
      magnitude(
          "gradient",
          "gradient over all epochs",
          run -> mean(run.epochs(), Metric.GRADIENT_MEAN_ABS));

  /** Wall-clock time of an epoch, averaged over the epochs. */
  public static final RunMeasure SECONDS =
      new RunMeasure("seconds", "time of an epoch", Unit.SECONDS, RunMeasure::seconds);

  /** A score on the test data after the last epoch. */
  public static RunMeasure last(Score score) {
    return ofScore("final_" + score.key(), "final test " + score.title(), score, RunMeasure::last);
  }

  /** An error on the test data after the last epoch, by whose ratio arms are compared. */
  public static RunMeasure lastError(Score score) {
    return magnitude(
        "final_" + score.key(), "final test " + score.title(), run -> last(run, score));
  }

  /** The best value of a score on the test data after any epoch. */
  public static RunMeasure best(Score score) {
    return ofScore("best_" + score.key(), "best test " + score.title(), score, RunMeasure::best);
  }

  /**
   * The area under the curve of a score on the test data by epochs, divided by the number of
   * epochs.
   */
  public static RunMeasure mean(Score score) {
    return ofScore(
        "mean_" + score.key(),
        "test " + score.title() + " over all epochs",
        score,
        (run, ofEpochs) -> mean(run.epochs(), new Metric.Test(ofEpochs)));
  }

  /** Test accuracy averaged over all epochs after some, NaN for a run that has none of them. */
  public static RunMeasure accuracyAfter(int epochs) {
    return accuracy(
        "accuracy_after_" + epochs,
        "test accuracy after epoch " + epochs,
        run ->
            run.epochs().size() <= epochs
                ? Double.NaN
                : window(run, epochs + 1, run.epochs().size(), TEST_ACCURACY));
  }

  /** Test accuracy averaged over some epochs, NaN for a run that has not all of them. */
  public static RunMeasure accuracyFrom(int first, int last) {
    return accuracy(
        "accuracy_" + first + "_" + last,
        "test accuracy " + inEpochs(first, last),
        run -> window(run, first, last, TEST_ACCURACY));
  }

  /** Mean absolute total gradient averaged over some epochs, NaN for a run that has not all. */
  public static RunMeasure gradientFrom(int first, int last) {
    return magnitude(
        "gradient_" + first + "_" + last,
        "gradient " + inEpochs(first, last),
        run -> window(run, first, last, Metric.GRADIENT_MEAN_ABS));
  }

  /** The same of the data gradient, in which a penalty has no part. */
  public static RunMeasure dataGradientFrom(int first, int last) {
    return magnitude(
        "data_gradient_" + first + "_" + last,
        "data gradient " + inEpochs(first, last),
        run -> window(run, first, last, Metric.GRADIENT_MEAN_ABS_DATA));
  }

  /**
   * A learned α after the last epoch, NaN for a run that has no such α or no epochs.
   *
   * @param parameter the name of its tensor: {@code activations/alpha} of one that places share
   */
  public static RunMeasure finalScale(String parameter) {
    return new RunMeasure(
        "final_" + parameter,
        "final α of " + parameter,
        Unit.NUMBER,
        run ->
            run.epochs().isEmpty()
                ? Double.NaN
                : run.epochs().get(run.epochs().size() - 1).scales().stream()
                    .filter(scale -> scale.parameter().equals(parameter))
                    .mapToDouble(LearnedScale::value)
                    .findFirst()
                    .orElse(Double.NaN));
  }

  /**
   * The first epoch after which a score on the test data is as good as a value, or better.
   *
   * @param value in the score's unit: of a share in [0, 1]
   */
  public static OptionalInt epochsTo(RunResult run, Score score, double value) {
    return run.epochs().stream()
        .filter(
            epoch -> {
              double reached = epoch.test().of(score);
              return reached == value || score.isBetter(reached, value);
            })
        .mapToInt(EpochRecord::epoch)
        .findFirst();
  }

  /** What the run comes to. */
  public double of(RunResult run) {
    return number.applyAsDouble(run);
  }

  /**
   * A value as people read it, a sign alone where there is none: {@code 41.6 %}, {@code 2.30},
   * {@code 5.4e-02}, {@code 1.52 s}.
   */
  public String format(double value) {
    return switch (unit) {
      case SHARE -> ShownNumber.of("%.1f %%", 100 * value);
      case NUMBER -> ShownNumber.of("%.3g", value);
      case MAGNITUDE -> ShownNumber.of("%.1e", value);
      case SECONDS -> ShownNumber.of("%.2f s", value);
    };
  }

  private static RunMeasure accuracy(String key, String label, ToDoubleFunction<RunResult> number) {
    return new RunMeasure(key, label, Unit.SHARE, number);
  }

  private static RunMeasure ofScore(
      String key, String label, Score score, ToDoubleBiFunction<RunResult, Score> number) {
    Unit unit =
        switch (score.form()) {
          case SHARE -> Unit.SHARE;
          case NUMBER -> Unit.NUMBER;
        };
    return new RunMeasure(key, label, unit, run -> number.applyAsDouble(run, score));
  }

  private static RunMeasure magnitude(
      String key, String label, ToDoubleFunction<RunResult> number) {
    return new RunMeasure(key, label, Unit.MAGNITUDE, number);
  }

  private static String inEpochs(int first, int last) {
    return first == last ? "in epoch " + first : "in epochs " + first + " to " + last;
  }

  private static double last(RunResult run, Score score) {
    return run.epochs().isEmpty()
        ? Double.NaN
        : run.epochs().get(run.epochs().size() - 1).test().of(score);
  }

  private static double best(RunResult run, Score score) {
    DoubleStream values = run.epochs().stream().mapToDouble(epoch -> epoch.test().of(score));
    return (score.higherIsBetter() ? values.max() : values.min()).orElse(Double.NaN);
  }

  private static double seconds(RunResult run) {
    return run.epochs().stream().mapToDouble(EpochRecord::seconds).average().orElse(Double.NaN);
  }

  private static double window(RunResult run, int first, int last, Metric metric) {
    return run.epochs().size() < last
        ? Double.NaN
        : mean(run.epochs().subList(first - 1, last), metric);
  }

  private static double mean(List<EpochRecord> epochs, Metric metric) {
    return epochs.stream().mapToDouble(metric::of).average().orElse(Double.NaN);
  }
}
