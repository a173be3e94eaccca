package org.unvanish.data.format.csv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVRecord;
import org.unvanish.data.ColumnRoles;
import org.unvanish.data.DataException;
import org.unvanish.data.InputFiles;
import org.unvanish.data.Nearest;

/**
 * The first line of a CSV file, with what each column is for.
 *
 * @param columns all names, no two the same
 * @param roles of the columns
 * @param targets which columns hold the targets, from 0, in the order in which they are learnt
 */
record CsvHeader(List<String> columns, List<Role> roles, List<Integer> targets) {

  /** What a column is for. */
  enum Role {
    /** An input that is a number. */
    NUMBER,
    /** Inputs that tell the category. */
    CATEGORY,
    /** The class. */
    LABEL,
    /** A number to be learnt. */
    TARGET,
    /** The sequence that a row is a step of. */
    SEQUENCE,
    /** When a step is. */
    TIME,
    /** Nothing: it is not read. */
    IGNORED
  }

  /** What some spreadsheets write before the first name. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * @param wanted what the columns are for
   * @param learnsInputs whether there need be no column to be learnt
   * @throws DataException if a name is missing or twice there, a column that is wanted is not
   *     there, or there is none to learn from
   */
  static CsvHeader of(Path file, CSVRecord line, ColumnRoles wanted, boolean learnsInputs) {
    List<String> columns = names(file, line);
    List<Role> roles = new ArrayList<>(Collections.nCopies(columns.size(), Role.NUMBER));
    List<String> missing = new ArrayList<>();
    for (String name : wanted.categorical()) {
      roles.set(
          place(file, columns, name, ", which categorical-columns names", missing), Role.CATEGORY);
    }
    List<Integer> targets = new ArrayList<>();
    for (String name : wanted.targets()) {
      targets.add(place(file, columns, name, ", which target-columns names", missing));
    }
    targets.forEach(target -> roles.set(target, Role.TARGET));
    wanted
        .sequence()
        .ifPresent(
            name ->
                roles.set(
                    place(file, columns, name, ", which sequence-column names", missing),
                    Role.SEQUENCE));
    wanted
        .time()
        .ifPresent(
            name ->
                roles.set(
                    place(file, columns, name, ", which time-column names", missing), Role.TIME));
    for (String name : wanted.ignored()) {
      roles.set(place(file, columns, name, ", which ignored-columns names", missing), Role.IGNORED);
    }
    if (targets.isEmpty() && !(learnsInputs && wanted.label().isEmpty())) {
      String name = wanted.label().orElse(ColumnRoles.DEFAULT_LABEL);
      int label =
          place(
              file,
              columns,
              name,
              " for the labels. Name the label column or, for numeric targets, target-columns",
              missing);
      requireNone(missing);
      Role other = roles.get(label);
      if (other != Role.NUMBER) {
        throw new DataException(
            switch (other) {
              case CATEGORY ->
                  ("the column \"%s\" of %s holds the labels, so it cannot be an input. Remove "
                          + "it from categorical-columns, or name another label-column.")
                      .formatted(name, file);
              case IGNORED ->
                  ("the column \"%s\" of %s holds the labels. Remove it from ignored-columns, "
                          + "or name another label-column.")
                      .formatted(name, file);
              default ->
                  ("the column \"%s\" of %s holds the labels, so it cannot hold sequences or "
                          + "times. Name another label-column, or target-columns for numeric targets.")
                      .formatted(name, file);
            });
      }
      roles.set(label, Role.LABEL);
    }
    requireNone(missing);
    CsvHeader header = new CsvHeader(columns, List.copyOf(roles), List.copyOf(targets));
    if (header.features().isEmpty()) {
      throw new DataException(
          "%s has no column but %s. Add at least one input column."
              .formatted(
                  file,
                  (targets.isEmpty() ? "the label column" : "the target columns")
                      + (wanted.sequence().isPresent() ? " and the sequences" : "")));
    }
    return header;
  }

  /**
   * The names of the columns.
   *
   * @param line the first of the file
   * @throws DataException if there are too many, a name is missing, or one is twice there
   */
  static List<String> names(Path file, CSVRecord line) {
    if (line.size() > InputFiles.MOST_COLUMNS) {
      throw CsvRecordGuard.tooManyColumns(file, 1);
    }
    List<String> columns = new ArrayList<>(line.toList());
    if (columns.get(0).startsWith(BYTE_ORDER_MARK)) {
      columns.set(0, columns.get(0).substring(BYTE_ORDER_MARK.length()).strip());
    }
    if (columns.size() == 1 && columns.get(0).matches("(?s).*[;\t].*")) {
      throw new DataException(
          "%s has one column, \"%s\". Separate cells by commas, not by semicolons or tabs."
              .formatted(file, InputFiles.abbreviated(columns.get(0))));
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).isEmpty()) {
        throw new DataException(
            "%s, line 1: column %d has no name. Name it, or remove the column; pandas leaves its own out with to_csv(file, index=False)."
                .formatted(file, i + 1));
      }
      if (!seen.add(columns.get(i))) {
        throw new DataException(
            "%s, line 1: two columns are named \"%s\". Rename one."
                .formatted(file, columns.get(i)));
      }
    }
    return List.copyOf(columns);
  }

  /**
   * Looks whether a record has a cell for each column.
   *
   * @param line where it ends, from 1
   * @throws DataException if it is too short or too long
   */
  static void requireComplete(Path file, List<String> columns, CSVRecord row, long line) {
    if (row.size() != columns.size()) {
      throw new DataException(
          "%s, line %d: there are %d cells, but the header names %d columns. Complete the line, or remove it."
              .formatted(file, line, row.size(), columns.size()));
    }
  }

  /** All columns that are not there are told, as they were misspelt together. */
  private static void requireNone(List<String> missing) {
    if (!missing.isEmpty()) {
      throw new DataException(String.join(" ", missing));
    }
  }

  /**
   * Where a column stands.
   *
   * @param missing receives a sentence where it is not there
   * @return from 0, also where it is not there
   */
  private static int place(
      Path file, List<String> columns, String name, String what, List<String> missing) {
    int place = columns.indexOf(name);
    if (place < 0) {
      missing.add(
          "%s has no column \"%s\"%s; the columns, separated by commas, are: %s.%s"
              .formatted(
                  file,
                  name,
                  what,
                  abbreviated(columns),
                  Nearest.to(name, columns).map(" Did you mean \"%s\"?"::formatted).orElse("")));
    }
    return Math.max(place, 0);
  }

  /**
   * Where a column stands that has a role of its own.
   *
   * @return from 0; below 0 if no column has the role
   */
  int place(Role role) {
    return roles.indexOf(role);
  }

  /** The places of the columns that are inputs. */
  List<Integer> features() {
    return IntStream.range(0, columns.size())
        .filter(i -> roles.get(i) == Role.NUMBER || roles.get(i) == Role.CATEGORY)
        .boxed()
        .toList();
  }

  private static String abbreviated(List<String> columns) {
    int shown = Math.min(columns.size(), 10);
    return String.join(", ", columns.subList(0, shown))
        + (shown < columns.size() ? ", … (" + columns.size() + " in all)" : "");
  }
}
