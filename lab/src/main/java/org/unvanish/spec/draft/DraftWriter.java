package org.unvanish.spec.draft;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.unvanish.data.ColumnRoles;
import org.unvanish.data.Dataset;
import org.unvanish.data.Pixels;
import org.unvanish.data.TargetRange;
import org.unvanish.data.Targets;
import org.unvanish.spec.draft.NetworkDraft.Line;

/**
 * Writes a first spec.
 *
 * @param source of the data, as the user wrote it
 * @param file of the spec, as a shell reads it
 * @param table what the columns are for, if it is a table
 * @param data what is at the source
 */
record DraftWriter(String source, String file, Optional<TableDraft> table, Dataset data) {

  /** Numbers to be learnt that are larger take many steps to reach: they are standardised. */
  private static final double LARGE_TARGET = 3;

  /** How many times as frequent as the rarest class the commonest may be before it is told. */
  private static final int UNEVEN = 4;

  /** Images and sequences that a first look needs. */
  private static final int ENOUGH_SAMPLES = 10_000;

  private static final int BATCH_SIZE = 32;

  /** The fewest with which a difference between two arms can be clear. */
  private static final int SEEDS = 6;

  /** Steps of a run: a small network on a table takes seconds for them, others minutes. */
  private static final int STEPS_OF_TABLE = 10_000;

  private static final int STEPS_OF_OTHERS = 2_000;
  private static final int FEWEST_EPOCHS = 3;
  private static final int MOST_EPOCHS = 50;
  private static final int LONGEST_TITLE = 100;

  /** What the data are taken for. */
  String found() {
    return "%d %s %s"
        .formatted(data.train().count() + data.test().count(), data.sampleText(), data.learnt());
  }

  private boolean isTable() {
    return data.train().pixels() instanceof Pixels.Floats && !data.shape().isSequence();
  }

  /** How many samples are trained on. */
  private int samples() {
    int all = data.train().count();
    return isTable() ? all : Math.min(all, ENOUGH_SAMPLES);
  }

  String text() {
    DraftText text = new DraftText();
    text.comment("", "A first spec for %s. Change what you like, then type:".formatted(source));
    String spec = DraftText.oneLine(file);
    text.line("#   unvanish check " + spec, "shows layers, sizes and the time it takes");
    text.line("#   unvanish diagnose " + spec, "explains whether gradients vanish, and what helps");
    text.line("#   unvanish run " + spec, "trains the arms below and compares them");
    text.key("name", SpecDraft.name(source));
    text.key("title", title(), "the heading of figures");
    writeData(text);
    text.gap();
    text.comment(
        "",
        (data.train().pixels() instanceof Pixels.Floats
                ? "Each column of numbers"
                : "Each colour channel")
            + " gets mean 0 and standard deviation 1 over the training samples.");
    text.key("input-scaling", "standardised");
    NetworkDraft network =
        NetworkDraft.of(data, table.map(draft -> draft.roles().coded()).orElse(Set.of()));
    text.gap();
    text.comment("", "The layers, first to last: %s.".formatted(network.kind()));
    text.line("network:");
    network.layers().forEach(line -> write(text, line));
    writeDefaults(text);
    text.gap();
    text.comment("", "What is compared. The first arm is the one that is diagnosed.");
    text.line("arms:");
    network.arms().forEach(line -> write(text, line));
    text.comment("  ", "More to try: the remedies of Ven & Lederer (2021).");
    text.line("  # - {name: \"tanh, α = 2\", activation: {function: tanh, alpha: 2}}");
    text.line("  # - {name: \"tanh, r = 0.01\", activation: tanh, penalty: {l2: 0.01}}");
    return text.text();
  }

  private static void write(DraftText text, Line line) {
    if (line.comment().isEmpty()) {
      text.line(line.yaml());
    } else {
      text.line(line.yaml(), line.comment());
    }
  }

  private String title() {
    String title =
        table
            .map(
                draft ->
                    "%s of %s".formatted(TableDraft.shown(draft.learnt()), SpecDraft.name(source)))
            .orElse(data.title())
            .replaceAll("(?U)[\\s\\p{Cntrl}]+", " ");
    return title.length() <= LONGEST_TITLE ? title : SpecDraft.name(source);
  }

  private void writeData(DraftText text) {
    text.gap();
    text.comment("", found() + ".");
    table
        .filter(TableDraft::isGuessed)
        .ifPresent(
            draft ->
                text.comment(
                    "",
                    "The target %s is a guess. To choose another, name it with --target."
                        .formatted(TableDraft.shown(draft.learnt()))));
    unevenness().ifPresent(said -> text.comment("", said));
    text.line("data:");
    text.key("  source", source);
    table.ifPresent(draft -> writeColumns(text, draft));
    if (isLarge()) {
      text.key("  targets", "standardised", "mean 0 and standard deviation 1, as the inputs");
    }
    if (samples() < data.train().count()) {
      text.key(
          "  train-samples",
          samples(),
          "for a first look; leave it out to train on all %d".formatted(data.train().count()));
    }
  }

  private void writeColumns(DraftText text, TableDraft draft) {
    ColumnRoles roles = draft.roles();
    roles
        .label()
        .ifPresent(
            label ->
                text.key(
                    "  label-column",
                    label,
                    "%d classes: %s"
                        .formatted(data.classes().size(), TableDraft.shown(data.classes()))));
    if (!roles.targets().isEmpty()) {
      text.key("  target-columns", roles.targets(), "numeric targets");
    }
    if (!roles.categorical().isEmpty()) {
      text.key(
          "  categorical-columns",
          roles.categorical(),
          "each category becomes an input of 0 or 1"
              + (roles.coded().isEmpty() ? "" : ", or is read by an embedding"));
    }
    roles
        .sequence()
        .ifPresent(
            name -> text.key("  sequence-column", name, "rows with the same value are one sample"));
    roles.time().ifPresent(name -> text.key("  time-column", name, "grows from step to step"));
    draft.leftOut().forEach(said -> text.comment("  ", "Left out: " + said + "."));
    if (!roles.ignored().isEmpty()) {
      text.key("  ignored-columns", roles.ignored());
    }
  }

  /** Where one class is much more frequent than another, a network may do with telling that. */
  private Optional<String> unevenness() {
    if (data.classes().isEmpty()) {
      return Optional.empty();
    }
    int[] counts = new int[data.classes().size()];
    IntStream.range(0, data.train().count()).forEach(i -> counts[data.train().label(i)]++);
    int most = Arrays.stream(counts).max().orElseThrow();
    int least = Arrays.stream(counts).min().orElseThrow();
    return most < UNEVEN * (long) least
        ? Optional.empty()
        : Optional.of(
            "The classes are uneven: %d to %d training samples. The loss {softmax-cross-entropy: {class-weights: balanced}} gives each class the same weight."
                .formatted(least, most));
  }

  private boolean isLarge() {
    if (!(data.train().targets() instanceof Targets.Numeric numbers)) {
      return false;
    }
    TargetRange range = numbers.range();
    return Math.max(-range.least(), range.most()) > LARGE_TARGET;
  }

  /** Whether each number to be learnt is a label that a sample has or has not. */
  private boolean isLabels() {
    if (!(data.train().targets() instanceof Targets.Numeric numbers)) {
      return false;
    }
    return IntStream.range(0, numbers.count())
        .allMatch(
            sample ->
                IntStream.range(0, numbers.width())
                    .mapToDouble(i -> numbers.number(sample, i))
                    .allMatch(number -> number == 0 || number == 1));
  }

  private void writeDefaults(DraftText text) {
    text.gap();
    text.comment("", "What all arms share unless they say otherwise.");
    text.line("defaults:");
    if (!data.classes().isEmpty()) {
      text.key(
          "  loss", "softmax-cross-entropy", "for classes; the network ends without a softmax");
    } else if (isLabels()) {
      text.key(
          "  loss",
          "binary-cross-entropy",
          "for labels of 0 or 1; the network ends without a sigmoid");
    } else {
      text.key("  loss", "mean-squared-error", "for numbers; huber is less sensitive to outliers");
    }
    text.line("  optimizer: {adam: {learning-rate: %s}}".formatted(isTable() ? "0.01" : "0.001"));
    text.key("  batch-size", BATCH_SIZE);
    int steps = (samples() - 1) / BATCH_SIZE + 1;
    int epochs = (isTable() ? STEPS_OF_TABLE : STEPS_OF_OTHERS) / steps;
    text.key(
        "  epochs",
        Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, epochs)),
        "passes over the training samples");
    text.key("  seeds", SEEDS, "runs of each arm; with fewer, no difference can be significant");
  }
}
