package org.unvanish.data;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the columns of a table are for. Those that are not named are inputs, and hold numbers.
 *
 * <p>In a table of sequences each row is a time step. What is to be learnt stands in all rows of a
 * sequence.
 *
 * @param label the column that holds the class; where it is empty and there are no target columns,
 *     {@code label}
 * @param labelsAreClasses whether somebody says that the labels are classes, though they are
 *     numbers that look like measurements
 * @param targets the columns whose numbers are to be learnt, in the order of a network's outputs;
 *     none where classes are
 * @param categorical the columns whose cells are categories: texts, or numbers that are names
 * @param coded those of the categorical ones that become one input, the category's number, for an
 *     embedding to read; the others become an input for each category
 * @param sequence the column that tells which sequence a row is a step of; where it is empty, each
 *     row is a sample of its own
 * @param time the column whose numbers grow from step to step of a sequence; it is no input
 * @param ignored the columns that are not read: names of rows, notes, what has missing cells
 * @since 0.1
 */
public record ColumnRoles(
    Optional<String> label,
    boolean labelsAreClasses,
    List<String> targets,
    List<String> categorical,
    Set<String> coded,
    Optional<String> sequence,
    Optional<String> time,
    List<String> ignored) {

  /** The class stands in the column {@code label}, and numbers in all others. */
  public static final ColumnRoles DEFAULT =
      new ColumnRoles(Optional.empty(), false, List.of(), List.of(), Set.of());

  /** Of the column that holds the class, where none is named. */
  public static final String DEFAULT_LABEL = "label";

  /**
   * @throws IllegalArgumentException if a name is blank, a column has two roles, columns are coded
   *     that are not categorical, or there is a column of times without one of sequences
   */
  public ColumnRoles {
    targets = List.copyOf(targets);
    categorical = List.copyOf(categorical);
    coded = Set.copyOf(coded);
    ignored = List.copyOf(ignored);
    if (label.isPresent() && label.get().isBlank()) {
      throw new IllegalArgumentException("the name of the label column is empty");
    }
    if (!targets.isEmpty() && (label.isPresent() || labelsAreClasses)) {
      throw new IllegalArgumentException(
          "a table has either a label column (for classes) or target columns (for numbers). "
              + "Leave one of them out");
    }
    Set<String> seen = new HashSet<>(label.map(Set::of).orElse(Set.of()));
    if (time.isPresent() && sequence.isEmpty()) {
      throw new IllegalArgumentException(
          "a time-column needs a sequence-column, which says to which sequence a row belongs");
    }
    Stream<String> others =
        Stream.of(
                targets.stream(),
                categorical.stream(),
                sequence.stream(),
                time.stream(),
                ignored.stream())
            .flatMap(names -> names);
    for (String name : others.toList()) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("the name of a column is empty");
      }
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "the column \"" + name + "\" is named twice, but can have one role only");
      }
    }
    if (!categorical.containsAll(coded)) {
      throw new IllegalArgumentException("only categorical columns can be coded, not " + coded);
    }
  }

  /**
   * Of a table whose rows are samples.
   *
   * @throws IllegalArgumentException if a name is blank, a column has two roles, or columns are
   *     coded that are not categorical
   */
  public ColumnRoles(
      Optional<String> label,
      boolean labelsAreClasses,
      List<String> targets,
      List<String> categorical,
      Set<String> coded) {
    this(
        label,
        labelsAreClasses,
        targets,
        categorical,
        coded,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /**
   * The class stands in a column of another name.
   *
   * @throws IllegalArgumentException if the name is blank
   */
  public static ColumnRoles label(String column) {
    return new ColumnRoles(Optional.of(column), false, List.of(), List.of(), Set.of());
  }

  /**
   * The numbers of these columns are to be learnt.
   *
   * @throws IllegalArgumentException if a name is blank, or two are the same
   */
  public static ColumnRoles targets(String... columns) {
    return new ColumnRoles(Optional.empty(), false, List.of(columns), List.of(), Set.of());
  }

  /**
   * The same where the labels are classes, though they are numbers that look like measurements.
   *
   * @throws IllegalArgumentException if there are target columns
   */
  public ColumnRoles withLabelsAreClasses() {
    return new ColumnRoles(label, true, targets, categorical, coded, sequence, time, ignored);
  }

  /**
   * The same with columns whose cells are categories. Those that are coded stay so.
   *
   * @throws IllegalArgumentException if a name is blank, or that of a column with another role
   */
  public ColumnRoles withCategorical(String... columns) {
    Set<String> known = new HashSet<>(coded);
    known.retainAll(List.of(columns));
    return new ColumnRoles(
        label, labelsAreClasses, targets, List.of(columns), known, sequence, time, ignored);
  }

  /**
   * The same for a table whose rows are the steps of sequences.
   *
   * @param column which tells the sequence
   * @throws IllegalArgumentException if the name is blank, or that of a column with another role
   */
  public ColumnRoles withSequence(String column) {
    return new ColumnRoles(
        label, labelsAreClasses, targets, categorical, coded, Optional.of(column), time, ignored);
  }

  /**
   * The same with a column of times.
   *
   * @throws IllegalArgumentException if there is no column of sequences, or the name is blank or
   *     that of a column with another role
   */
  public ColumnRoles withTime(String column) {
    return new ColumnRoles(
        label,
        labelsAreClasses,
        targets,
        categorical,
        coded,
        sequence,
        Optional.of(column),
        ignored);
  }

  /**
   * The same with columns that are not read.
   *
   * @throws IllegalArgumentException if a name is blank, or that of a column with another role
   */
  public ColumnRoles withIgnored(String... columns) {
    return new ColumnRoles(
        label, labelsAreClasses, targets, categorical, coded, sequence, time, List.of(columns));
  }

  /**
   * The same for a network with embeddings.
   *
   * @param columns what the embeddings read; those that are not categorical stay as they are
   */
  public ColumnRoles withCoded(Set<String> columns) {
    Set<String> known = new HashSet<>(categorical);
    known.retainAll(columns);
    return new ColumnRoles(
        label, labelsAreClasses, targets, categorical, known, sequence, time, ignored);
  }

  /** What is said of columns, in words; empty where nothing is. */
  public Optional<String> said() {
    if (label.isPresent()) {
      return Optional.of("the label column");
    }
    if (labelsAreClasses) {
      return Optional.of("\"labels-are\"");
    }
    if (!targets.isEmpty()) {
      return Optional.of("the target columns");
    }
    if (!categorical.isEmpty()) {
      return Optional.of("the categorical columns");
    }
    if (sequence.isPresent()) {
      return Optional.of("the sequence column");
    }
    return ignored.isEmpty() ? Optional.empty() : Optional.of("the ignored columns");
  }
}
