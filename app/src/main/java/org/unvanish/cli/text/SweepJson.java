package org.unvanish.cli.text;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.statistics.ConfidenceInterval;
import org.unvanish.statistics.Spread;
import org.unvanish.sweep.Marginal;
import org.unvanish.sweep.SweepResult;
import org.unvanish.sweep.SweepText;
import org.unvanish.sweep.SweptArm;

/** What a sweep came to, for other programs. */
final class SweepJson {

  private SweepJson() {}

  /** The conclusion, what each setting matters, and the arms, the best first. */
  static Object of(SweepResult result) {
    return Json.object(
        "measure", result.measure().key(),
        "conclusion", new SweepText(result).conclusion(),
        "settings", result.marginals().stream().map(SweepJson::json).toList(),
        "best",
            result.ranked().stream().limit(SweepResult.BEST).map(arm -> arm.arm().name()).toList(),
        "points", result.arms().stream().map(arm -> json(result, arm)).toList());
  }

  private static Object json(Marginal marginal) {
    return Json.object(
        "setting",
        marginal.levels().axis().name(),
        "explains",
        marginal.share(),
        "values",
        IntStream.range(0, marginal.levels().labels().size())
            .mapToObj(
                i ->
                    Json.object(
                        "value",
                        marginal.levels().labels().get(i),
                        "mean",
                        marginal.scores().get(i).map(Spread::mean).orElse(Double.NaN),
                        "best",
                        marginal.best().get(i)))
            .toList());
  }

  private static Object json(SweepResult result, SweptArm arm) {
    ConfidenceInterval interval = arm.interval();
    Map<String, @Nullable Object> at = new LinkedHashMap<>();
    for (int i = 0; i < result.axes().size(); i++) {
      var value = arm.values().get(i);
      at.put(
          result.axes().get(i).name(),
          value.number().isPresent() ? (Object) value.number().getAsDouble() : value.text());
    }
    return Json.object(
        "arm", arm.arm().name(),
        "at", at,
        "final_score", arm.score(),
        "final_score_low", interval.low(),
        "final_score_high", interval.high(),
        "n", arm.scores().size(),
        "runs", arm.asked(),
        "first_gradient", arm.gradient(),
        "unfinished", arm.flaw().orElse(null));
  }
}
