package org.unvanish.paper;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.unvanish.experiment.Experiment;

/**
 * A point that Ven &amp; Lederer (2021) leave open, and what an experiment does about it.
 *
 * <p>What it does is read off the experiment itself, so it stays true when a setting changes. It is
 * this project's choice and never the paper's.
 *
 * @param topic a word or two: {@code batch size}
 * @param paper what the paper says and leaves open
 * @param here what this experiment does
 */
public record Assumption(String topic, String paper, String here) {

  /**
   * The assumptions of an experiment, in the order of importance to a reader; none if it is not one
   * of the paper's.
   */
  public static List<Assumption> of(Experiment experiment) {
    return PaperSpecs.SERIES.find(experiment).isPresent()
        ? new Assumptions(experiment).list()
        : List.of();
  }

  /**
   * Paragraphs for a figure's caption. Under one of the paper's: how data and seeds differ from the
   * paper's, and the assumptions. Under any other: how its arms are trained, without the paper.
   */
  public static List<String> notes(Experiment experiment) {
    if (PaperSpecs.SERIES.find(experiment).isEmpty()) {
      return List.of(
          new Assumptions(experiment)
              .settings().stream()
                  .map(setting -> setting.topic() + ": " + setting.here())
                  .collect(Collectors.joining("; ", "How it is trained: ", ".")));
    }
    String here =
        String.format(
            Locale.ROOT,
            "Compare with Ven & Lederer (2021), who train on CIFAR-10 with %d seeds; here: %s with %d.",
            PaperSpecs.SEEDS,
            experiment.data().title(),
            experiment.seeds().size());
    String open =
        of(experiment).stream()
            .map(Assumption::toString)
            .collect(
                Collectors.joining(
                    "; ", "What the paper leaves open, and what is assumed here: ", "."));
    return List.of(here, open);
  }

  /** As in captions: {@code batch size: 32 (paper: not stated)}. */
  @Override
  public String toString() {
    return topic + ": " + here + " (paper: " + paper + ")";
  }
}
