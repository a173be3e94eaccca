package org.unvanish.diagnosis.prescription;

import java.util.Locale;
import org.unvanish.diagnosis.evidence.TimeEvidence;
import org.unvanish.diagnosis.evidence.TimeEvidence.Point;

/** What becomes of the gradient on its way back through time, in sentences. */
final class TimeWords {

  /** What is left when people say that little is: a hundredth, as log₁₀. */
  private static final double LITTLE = -2;

  /** From here on the typical sample's gradient is worth a sentence of its own. */
  private static final double APART = 1;

  private final TimeEvidence time;

  TimeWords(TimeEvidence time) {
    this.time = time;
  }

  /** What all steps do, and what each of them does; the first sentence without a capital. */
  String steps() {
    return format(
        "the backpropagated gradient %s on its way back through %s of %s. %s%s",
        MagnitudeText.change(time.wholeLog10()), count(), name(), each(), typical());
  }

  /** What becomes of the typical sample's gradient, where few samples carry most of it. */
  private String typical() {
    Point farthest = time.farthest();
    return farthest.carriedLog10() - farthest.typicalLog10() >= APART
        ? format(
            " Few samples carry most of it: that of the typical one %s.",
            MagnitudeText.change(farthest.typicalLog10()))
        : "";
  }

  /** {@code recurrent1}, with the direction where that is the reverse one. */
  private String name() {
    return time.layer() + (time.reverse() ? " in reverse" : "");
  }

  /** {@code 27 steps}. */
  String count() {
    return time.steps() == 1 ? "one step" : time.steps() + " steps";
  }

  private String each() {
    double step = time.stepLog10();
    if (step == Double.NEGATIVE_INFINITY) {
      return "A single step leaves nothing of it.";
    }
    if (step >= 0) {
      return format("Each step makes it %s times as large.", number(Math.pow(10, step)));
    }
    return format("Each step leaves %s %% of it", number(100 * Math.pow(10, step)))
        + time.points().stream()
            .filter(point -> point.carriedLog10() <= LITTLE && point.back() < time.steps())
            .findFirst()
            .map(point -> format(" on average; %s a hundredth is left.", after(point.back())))
            .orElse(".");
  }

  private static String after(int steps) {
    return steps == 1 ? "after one step" : "after " + steps + " steps";
  }

  /** What does it: f′ and the recurrent weights, and beside them the gates. */
  String parts() {
    Point farthest = time.farthest();
    String sums =
        format(
            "Over all steps %s, and %s.",
            MagnitudeText.effect("f′", false, farthest.activationLog10(), "it"),
            MagnitudeText.effect("the recurrent weights", true, farthest.recurrentLog10(), "it"));
    return time.gated()
        ? sums
            + format(
                " Along the path that bypasses the weights, %s.",
                MagnitudeText.effect("the gates alone", true, farthest.cellLog10(), "it"))
        : sums;
  }

  /** What to try: gates, or such that are open at the start (after Tallec &amp; Ollivier 2018). */
  String gates() {
    int states = time.steps() + 1;
    return time.gated()
        ? format(
            "Open the gates of %s at the start, as they lose the gradient: an LSTM's forget bias of about ln %d = %.1f carries it back over the whole sequence.",
            time.layer(), states, StrictMath.log(states))
        : format(
            "Try an LSTM or a GRU instead of %s: its gates can carry the gradient past the weights.",
            time.layer());
  }

  private static String number(double value) {
    return MagnitudeText.number(value);
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
