package org.unvanish.store.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unvanish.data.Columns;
import org.unvanish.data.InputColumn;
import org.unvanish.data.InputColumn.Form;
import org.unvanish.data.TargetColumn;
import org.unvanish.store.sql.Row;
import org.unvanish.store.sql.Schema;
import org.unvanish.store.sql.Sql;

/** Writes and reads what the inputs and targets of an experiment's data are, in a transaction. */
final class DataColumns {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Connection connection;

  DataColumns(Connection connection) {
    this.connection = connection;
  }

  /** In place of those that are there. */
  void write(long experiment, Columns columns) throws SQLException {
    Sql.update(connection, "DELETE FROM input_column WHERE experiment = ?", experiment);
    Sql.update(connection, "DELETE FROM target_column WHERE experiment = ?", experiment);
    for (int i = 0; i < columns.inputs().size(); i++) {
      InputColumn input = columns.inputs().get(i);
      Sql.update(
          connection,
          "INSERT INTO input_column VALUES (?, ?, ?, ?, ?)",
          experiment,
          i,
          input.form().label(),
          input.name(),
          categories(input));
    }
    for (int i = 0; i < columns.targets().size(); i++) {
      TargetColumn target = columns.targets().get(i);
      Sql.update(
          connection,
          "INSERT INTO target_column VALUES (?, ?, ?, ?, ?)",
          experiment,
          i,
          target.name(),
          target.mean(),
          target.deviation());
    }
  }

  private static String categories(InputColumn input) {
    try {
      return JSON.writeValueAsString(input.categories());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text can be written as JSON", e);
    }
  }

  /** Of an experiment; none in a store of an older layout, which has none. */
  Columns read(long experiment) throws SQLException {
    if (!Schema.hasColumns(connection)) {
      return Columns.NONE;
    }
    List<InputColumn> inputs = new ArrayList<>();
    for (Row row : rows("input_column", experiment)) {
      inputs.add(input(row));
    }
    List<TargetColumn> targets = new ArrayList<>();
    for (Row row : rows("target_column", experiment)) {
      targets.add(new TargetColumn(row.text("name"), row.number("mean"), row.number("deviation")));
    }
    return new Columns(inputs, targets);
  }

  private List<Row> rows(String table, long experiment) throws SQLException {
    return Sql.rows(
        connection,
        "SELECT * FROM " + table + " WHERE experiment = ? ORDER BY position",
        experiment);
  }

  private static InputColumn input(Row row) {
    String name = row.text("name");
    String label = row.text("form");
    Form form =
        Arrays.stream(Form.values())
            .filter(known -> known.label().equals(label))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("an input is a " + label));
    return switch (form) {
      case NUMBER -> new InputColumn.Numeric(name);
      case ONE_HOT -> new InputColumn.OneHot(name, categories(row).get(0));
      case CODED -> new InputColumn.Coded(name, categories(row));
    };
  }

  private static List<String> categories(Row row) {
    try {
      return List.of(JSON.readValue(row.text("categories"), String[].class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("categories are no list", e);
    }
  }
}
