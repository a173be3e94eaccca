package org.unvanish.codec;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.data.ColumnRoles;

/** What the columns of a table are for: keys beside the source of the data. */
final class ColumnRolesCodec {

  /** Characters of a column's name. */
  static final int LONGEST_NAME = 200;

  private static final int MOST_NAMES = 1_000;
  private static final Map<String, Boolean> LABELS_ARE_WORDS = Map.of("classes", true);

  private static final Key<String> LABEL =
      Key.text(
          "label-column",
          LONGEST_NAME,
          "The column of a CSV file that holds the class. Default: label.");
  private static final Key<Boolean> LABELS_ARE =
      new Key<>(
          "labels-are",
          field -> field.choice(LABELS_ARE_WORDS),
          JsonSchema.of(
                  "Says that the labels of a CSV file are classes, though they are numbers that"
                      + " look like measurements.")
              .word("classes"));
  private static final Key<List<String>> TARGETS =
      names(
          "target-columns",
          "The columns of a CSV file whose numbers are to be learnt, instead of a label column.");
  private static final Key<List<String>> CATEGORICAL =
      names(
          "categorical-columns",
          "The columns of a CSV file that hold categories: each category becomes an input of 0 or"
              + " 1, unless an embedding reads the column.");

  private static final Key<String> SEQUENCE =
      Key.text(
          "sequence-column",
          LONGEST_NAME,
          "The column of a CSV file that tells which sequence a row is a step of. Default: each"
              + " row is a sample of its own.");
  private static final Key<String> TIME =
      Key.text(
          "time-column",
          LONGEST_NAME,
          "The column of a CSV file whose numbers grow from step to step of a sequence; it is no"
              + " input.");

  private static final Key<List<String>> IGNORED =
      names(
          "ignored-columns",
          "The columns of a CSV file that are not read: names of rows, notes, columns with missing"
              + " cells.");

  /** All of them. */
  static final List<Key<?>> KEYS =
      List.of(LABEL, LABELS_ARE, TARGETS, CATEGORICAL, SEQUENCE, TIME, IGNORED);

  private ColumnRolesCodec() {}

  private static Key<List<String>> names(String name, String description) {
    JsonSchema one = JsonSchema.of("A column's name.").text(LONGEST_NAME);
    JsonSchema several = JsonSchema.of("Several columns' names.").items(one, 1, MOST_NAMES);
    return new Key<>(
        name, ColumnRolesCodec::names, JsonSchema.of(description).anyOf(List.of(one, several)));
  }

  private static List<String> names(Field field) {
    return field.isList()
        ? field.items(MOST_NAMES).stream()
            .flatMap(item -> field.problems().attempt(() -> item.text(LONGEST_NAME)).stream())
            .toList()
        : List.of(field.text(LONGEST_NAME));
  }

  /**
   * Reads all keys.
   *
   * @throws IllegalArgumentException if they do not go together
   */
  static ColumnRoles read(Fields fields) {
    return new ColumnRoles(
        LABEL.find(fields),
        LABELS_ARE.find(fields).orElse(false),
        TARGETS.find(fields).orElse(List.of()),
        CATEGORICAL.find(fields).orElse(List.of()),
        Set.of(),
        SEQUENCE.find(fields),
        TIME.find(fields),
        IGNORED.find(fields).orElse(List.of()));
  }

  /** Writes what is not a default. */
  static void write(ColumnRoles columns, Map<String, Object> map) {
    columns.label().ifPresent(column -> map.put(LABEL.name(), column));
    if (columns.labelsAreClasses()) {
      map.put(LABELS_ARE.name(), "classes");
    }
    if (!columns.targets().isEmpty()) {
      map.put(TARGETS.name(), columns.targets());
    }
    if (!columns.categorical().isEmpty()) {
      map.put(CATEGORICAL.name(), columns.categorical());
    }
    columns.sequence().ifPresent(column -> map.put(SEQUENCE.name(), column));
    columns.time().ifPresent(column -> map.put(TIME.name(), column));
    if (!columns.ignored().isEmpty()) {
      map.put(IGNORED.name(), columns.ignored());
    }
  }
}
