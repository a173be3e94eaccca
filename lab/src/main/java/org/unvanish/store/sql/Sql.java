package org.unvanish.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Short forms of JDBC. */
public final class Sql {

  private Sql() {}

  /** Sets all parameters of a statement, in order. */
  public static void set(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  /** Executes a statement once; returns the number of rows that it changed. */
  public static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      return statement.executeUpdate();
    }
  }

  /** Adds rows to a table as they are, each with a value for each of its columns. */
  public static void insert(Connection connection, String table, List<Row> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    String places = String.join(", ", Collections.nCopies(rows.get(0).columns().size(), "?"));
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO %s VALUES (%s)".formatted(table, places))) {
      for (Row row : rows) {
        set(insert, row.values());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** All rows that a query finds. */
  public static List<Row> rows(Connection connection, String query, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      set(statement, values);
      try (ResultSet found = statement.executeQuery()) {
        ResultSetMetaData head = found.getMetaData();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= head.getColumnCount(); i++) {
          columns.add(head.getColumnLabel(i));
        }
        List<Row> rows = new ArrayList<>();
        while (found.next()) {
          @Nullable Object[] row = new Object[columns.size()];
          for (int i = 0; i < row.length; i++) {
            row[i] = found.getObject(i + 1);
          }
          rows.add(new Row(columns, row));
        }
        return rows;
      }
    }
  }

  /** The row that a query finds, if there is one. */
  public static Optional<Row> row(Connection connection, String query, Object... values)
      throws SQLException {
    return rows(connection, query, values).stream().findFirst();
  }

  /**
   * The column {@code id} of the only row.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static long id(Connection connection, String query, Object... values) throws SQLException {
    return row(connection, query, values)
        .orElseThrow(() -> new IllegalArgumentException("nothing is found by: " + query))
        .integer("id");
  }
}
