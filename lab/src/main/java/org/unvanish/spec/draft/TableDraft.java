package org.unvanish.spec.draft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.unvanish.data.ColumnRoles;
import org.unvanish.data.DataException;
import org.unvanish.data.LoadProgress;
import org.unvanish.data.Nearest;
import org.unvanish.data.TrainAndTest;
import org.unvanish.data.format.csv.SurveyedColumn;
import org.unvanish.data.format.csv.TableSurvey;
import org.unvanish.data.format.csv.TableSurvey.SequenceColumns;

/**
 * What the columns of a table are for, as far as they show it themselves.
 *
 * @param roles of the columns
 * @param isGuessed whether nobody said which column is to be learnt
 * @param left why columns are left out: a reason with the columns that it holds for
 */
record TableDraft(ColumnRoles roles, boolean isGuessed, Map<String, List<String>> left) {

  /** How people call a column that is to be learnt, in the order in which they are looked for. */
  private static final List<String> USUAL_NAMES = List.of("label", "class", "target", "y");

  /** Categories that become an input each; a column with more is read by an embedding. */
  private static final int MOST_INPUTS = 50;

  /** As many different texts are categories, whatever the number of rows. */
  private static final int FEW = 10;

  /** Columns that are named one by one where they are told. */
  private static final int MOST_NAMED = 8;

  /**
   * Of a table.
   *
   * @param targets the columns that are to be learnt; guessed if there are none
   * @throws DataException if a target is not there or cannot be learnt, or nothing is left to learn
   *     from
   */
  static TableDraft of(TableSurvey survey, List<String> targets, LoadProgress progress) {
    List<SurveyedColumn> learnt =
        targets.isEmpty()
            ? List.of(guess(survey))
            : targets.stream().distinct().map(name -> named(survey, name)).toList();
    learnt.forEach(column -> requireLearnable(survey, column, learnt.size() > 1));
    List<String> names = learnt.stream().map(SurveyedColumn::name).toList();
    Optional<SequenceColumns> sequences = survey.sequences(names, progress);
    Set<String> taken =
        Stream.concat(
                names.stream(), sequences.stream().flatMap(s -> Stream.of(s.sequence(), s.time())))
            .collect(Collectors.toSet());
    List<SurveyedColumn> others =
        survey.columns().stream().filter(column -> !taken.contains(column.name())).toList();
    Map<String, List<String>> left = left(survey, others);
    List<SurveyedColumn> categorical =
        others.stream().filter(column -> !column.isNumeric() && !isLeft(column, left)).toList();
    boolean numbers = learnt.size() > 1 || isNumber(learnt.get(0));
    ColumnRoles roles =
        new ColumnRoles(
            numbers ? Optional.empty() : Optional.of(names.get(0)),
            false,
            numbers ? names : List.of(),
            categorical.stream().map(SurveyedColumn::name).toList(),
            categorical.stream()
                .filter(column -> column.different() > MOST_INPUTS && sequences.isEmpty())
                .map(SurveyedColumn::name)
                .collect(Collectors.toSet()),
            sequences.map(SequenceColumns::sequence),
            sequences.map(SequenceColumns::time),
            left.values().stream().flatMap(List::stream).toList());
    return new TableDraft(roles, targets.isEmpty(), left);
  }

  /** One that is called as such columns are, else the last one that can be learnt. */
  private static SurveyedColumn guess(TableSurvey survey) {
    List<SurveyedColumn> columns = survey.columns();
    for (String usual : USUAL_NAMES) {
      for (SurveyedColumn column : columns) {
        if (column.name().toLowerCase(Locale.ROOT).equals(usual)) {
          return column;
        }
      }
    }
    for (int i = columns.size() - 1; i >= 0; i--) {
      SurveyedColumn column = columns.get(i);
      if (problem(survey, column, false).isEmpty() && !isName(survey, column)) {
        return column;
      }
    }
    throw new DataException(
        "no column of %s looks like a target. Name one with --target; the columns are: %s."
            .formatted(survey.file(), shown(columns.stream().map(SurveyedColumn::name).toList())));
  }

  private static SurveyedColumn named(TableSurvey survey, String name) {
    List<String> all = survey.columns().stream().map(SurveyedColumn::name).toList();
    return survey
        .column(name)
        .orElseThrow(
            () ->
                new DataException(
                    "%s has no column \"%s\"%s."
                        .formatted(
                            survey.file(),
                            name,
                            Nearest.to(name, all)
                                .map(near -> ": did you mean \"" + near + "\"?")
                                .orElse("; the columns are: " + shown(all)))));
  }

  private static void requireLearnable(
      TableSurvey survey, SurveyedColumn column, boolean asNumber) {
    problem(survey, column, asNumber)
        .ifPresent(
            problem -> {
              throw new DataException(
                  "the column \"%s\" of %s cannot be a target: %s"
                      .formatted(column.name(), survey.file(), problem));
            });
  }

  /**
   * @param asNumber whether it is one of several, which are numbers
   */
  private static Optional<String> problem(
      TableSurvey survey, SurveyedColumn column, boolean asNumber) {
    if (column.missing() > 0) {
      return Optional.of(
          "%d of its %d cells are missing. Fill them in, remove these rows, or name another with --target."
              .formatted(column.missing(), survey.rows()));
    }
    if (column.isConstant()) {
      return Optional.of("all rows have the same value. Name another with --target.");
    }
    if (column.isNumeric()) {
      return Optional.empty();
    }
    if (asNumber) {
      return Optional.of(
          "it holds text, but several target columns must be numbers. Name it alone with "
              + "--target.");
    }
    return column.different() > TrainAndTest.MOST_CLASSES || !column.isCounted()
        ? Optional.of(
            ("it has more than %d different texts, the largest number of classes. Name another "
                    + "with --target.")
                .formatted(TrainAndTest.MOST_CLASSES))
        : Optional.empty();
  }

  /** Whether a single column is learnt as a number, not as classes. */
  private static boolean isNumber(SurveyedColumn column) {
    return column.isNumeric() && column.isMeasured();
  }

  private static Map<String, List<String>> left(TableSurvey survey, List<SurveyedColumn> columns) {
    Map<String, List<String>> left = new LinkedHashMap<>();
    for (SurveyedColumn column : columns) {
      if (column.missing() > 0) {
        add(left, "cells are missing; fill them in to use it", column);
      } else if (isName(survey, column)) {
        add(left, "it only names the rows", column);
      }
    }
    boolean numbered =
        columns.stream().anyMatch(column -> !column.isRowNumber() && !isLeft(column, left));
    if (numbered) {
      columns.stream()
          .filter(column -> column.isRowNumber() && !isLeft(column, left))
          .forEach(column -> add(left, "it only numbers the rows", column));
    }
    if (columns.stream().allMatch(column -> isLeft(column, left))) {
      throw new DataException(
          "%s has no input column left: %s."
              .formatted(
                  survey.file(),
                  left.entrySet().stream()
                      .map(entry -> "%s: %s".formatted(shown(entry.getValue()), entry.getKey()))
                      .collect(Collectors.joining("; "))));
    }
    return left;
  }

  private static void add(Map<String, List<String>> left, String reason, SurveyedColumn column) {
    left.computeIfAbsent(reason, first -> new ArrayList<>()).add(column.name());
  }

  private static boolean isLeft(SurveyedColumn column, Map<String, List<String>> left) {
    return left.values().stream().anyMatch(names -> names.contains(column.name()));
  }

  /** Whether it holds texts of which nearly each row has another: names, dates, notes. */
  private static boolean isName(TableSurvey survey, SurveyedColumn column) {
    return !column.isNumeric()
        && (!column.isCounted()
            || column.different() == survey.rows()
            || column.different() > Math.max(FEW, survey.rows() / 2));
  }

  /** The columns that are to be learnt. */
  List<String> learnt() {
    return roles.label().map(List::of).orElse(roles.targets());
  }

  /** What is left out, and why. */
  List<String> leftOut() {
    return left.entrySet().stream()
        .map(entry -> shown(entry.getValue()) + ": " + entry.getKey())
        .toList();
  }

  /** Names in a row, not too many. */
  static String shown(List<String> names) {
    return names.size() <= MOST_NAMED
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_NAMED)) + ", … (" + names.size() + " in all)";
  }
}
