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

  /** The assumptions of an experiment, in the order of importance to a reader. */
  public static List<Assumption> of(Experiment experiment) {
    return new Assumptions(experiment).list();
  }

  /**
   * The same as paragraphs for a figure's caption or a report, after one on how data and seeds
   * differ from the paper's.
   */
  public static List<String> notes(Experiment experiment) {
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
