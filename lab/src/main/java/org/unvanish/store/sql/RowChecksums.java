package org.unvanish.store.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The checksums of all that is stored, within a transaction. They tell what a disk has changed:
 * each is the CRC-32C of all columns of some rows, and stands in a row of its own.
 *
 * <p>Whoever writes rows calls {@link #write}, whoever reads them {@link #require}. In a store of
 * an older layout, which has no checksums, both do nothing.
 */
public final class RowChecksums {

  /** What has a checksum, and the rows that it covers; each is named by one or two numbers. */
  public enum Of {
    /**
     * By its id: the experiment with its arms' names, epochs and seeds, predictor, shard and race.
     */
    EXPERIMENT(
        rows("SELECT * FROM experiment WHERE id = ?1"),
        rows("SELECT * FROM experiment_arm WHERE experiment = ?1 ORDER BY position"),
        rows("SELECT * FROM constant_predictor WHERE experiment = ?1"),
        rows("SELECT * FROM constant_score WHERE experiment = ?1 ORDER BY name", Schema::hasScores),
        rows(
            "SELECT * FROM input_column WHERE experiment = ?1 ORDER BY position",
            Schema::hasColumns),
        rows(
            "SELECT * FROM target_column WHERE experiment = ?1 ORDER BY position",
            Schema::hasColumns),
        rows("SELECT * FROM shard WHERE experiment = ?1", Schema::hasShards),
        rows("SELECT * FROM race WHERE experiment = ?1", Schema::hasRaces),
        rows(
            "SELECT * FROM dropped_arm WHERE experiment = ?1 ORDER BY position", Schema::hasRaces)),
    /** By its id: the run and its sessions. */
    RUN(
        rows("SELECT * FROM run WHERE id = ?1"),
        rows("SELECT * FROM session WHERE run = ?1 ORDER BY id")),
    /** By run and epoch: its scores, gradients, updates, learned scales and sizes. */
    EPOCH(
        rows("SELECT * FROM epoch WHERE run = ?1 AND epoch = ?2"),
        rows("SELECT * FROM gradient WHERE run = ?1 AND epoch = ?2 ORDER BY position"),
        rows("SELECT * FROM score WHERE run = ?1 AND epoch = ?2 ORDER BY name", Schema::hasScores),
        rows(
            "SELECT * FROM parameter_update WHERE run = ?1 AND epoch = ?2 ORDER BY position",
            Schema::hasUpdates),
        rows(
            "SELECT * FROM learned_scale WHERE run = ?1 AND epoch = ?2 ORDER BY position",
            Schema::hasScales),
        rows(
            "SELECT * FROM value_size WHERE run = ?1 AND epoch = ?2 ORDER BY position",
            Schema::hasSizes)),
    /** By the run. */
    CHECKPOINT(rows("SELECT * FROM checkpoint WHERE run = ?1")),
    /** By arm and seed: all moments and the prescription. */
    DIAGNOSIS(
        rows("SELECT * FROM moment WHERE arm = ?1 AND seed = ?2 ORDER BY step"),
        rows("SELECT * FROM prescription WHERE arm = ?1 AND seed = ?2"));

    // Copied, and of texts and functions without state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Covered> covered;

    Of(Covered... covered) {
      this.covered = List.of(covered);
    }

    private static Covered rows(String query) {
      return rows(query, connection -> true);
    }

    private static Covered rows(String query, Presence presence) {
      return new Covered(query, presence);
    }

    private List<Row> rows(Connection connection, long first, long second) throws SQLException {
      List<Row> rows = new ArrayList<>();
      for (Covered some : covered) {
        if (!some.presence().in(connection)) {
          continue;
        }
        rows.addAll(
            some.query().contains("?2")
                ? Sql.rows(connection, some.query(), first, second)
                : Sql.rows(connection, some.query(), first));
      }
      return rows;
    }
  }

  /** Whether a store's layout has a table. */
  private interface Presence {
    boolean in(Connection connection) throws SQLException;
  }

  /** Rows of one table. */
  private record Covered(String query, Presence presence) {}

  private final Connection connection;
  private final boolean kept;

  public RowChecksums(Connection connection) throws SQLException {
    this.connection = connection;
    kept = Schema.hasChecksums(connection);
  }

  /** After the rows have been written. */
  public void write(Of what, long first, long second) throws SQLException {
    if (kept) {
      put(what, first, second, of(what.rows(connection, first, second)));
    }
  }

  /** The same where the only row is at hand, and large. */
  public void write(Of what, long first, long second, Object... row) throws SQLException {
    if (kept) {
      put(what, first, second, of(List.of(new Row(List.of(), row))));
    }
  }

  /** The same where all rows are at hand. */
  public void write(Of what, long first, long second, List<Row> rows) throws SQLException {
    if (kept) {
      put(what, first, second, of(rows));
    }
  }

  private void put(Of what, long first, long second, long value) throws SQLException {
    Sql.update(
        connection,
        "INSERT OR REPLACE INTO checksum VALUES (?, ?, ?, ?)",
        what.name(),
        first,
        second,
        value);
  }

  /**
   * Looks whether the rows are as they were written.
   *
   * @param name for the message
   * @throws IllegalArgumentException if they are not
   */
  public void require(Of what, long first, long second, String name) throws SQLException {
    if (kept) {
      require(what, first, second, what.rows(connection, first, second), name);
    }
  }

  /** The same where the rows are at hand. */
  public void require(Of what, long first, long second, List<Row> rows, String name)
      throws SQLException {
    if (!kept) {
      return;
    }
    Row written =
        Sql.row(
                connection,
                "SELECT value FROM checksum WHERE what = ? AND first = ? AND second = ?",
                what.name(),
                first,
                second)
            .orElseThrow(() -> new IllegalArgumentException(name + " has no checksum"));
    if (written.integer("value") != of(rows)) {
      throw new IllegalArgumentException(name + " is not as it was written");
    }
  }

  /** The second numbers of all that have a checksum under the first one. */
  public List<Long> seconds(Of what, long first) throws SQLException {
    List<Long> seconds = new ArrayList<>();
    if (!kept) {
      return seconds;
    }
    for (Row row :
        Sql.rows(
            connection,
            "SELECT second FROM checksum WHERE what = ? AND first = ? ORDER BY second",
            what.name(),
            first)) {
      seconds.add(row.integer("second"));
    }
    return seconds;
  }

  /** Writes the checksums of all that a store holds that had none. */
  public static void writeAll(Connection connection) throws SQLException {
    RowChecksums checksums = new RowChecksums(connection);
    checksums.writeAll(Of.EXPERIMENT, "SELECT id, 0 FROM experiment");
    checksums.writeAll(Of.RUN, "SELECT id, 0 FROM run");
    checksums.writeAll(Of.EPOCH, "SELECT run, epoch FROM epoch");
    checksums.writeAll(Of.CHECKPOINT, "SELECT run, 0 FROM checkpoint");
    checksums.writeAll(
        Of.DIAGNOSIS, "SELECT arm, seed FROM moment UNION SELECT arm, seed FROM prescription");
  }

  private void writeAll(Of what, String keys) throws SQLException {
    for (Row row : Sql.rows(connection, keys)) {
      @Nullable Object[] key = row.values();
      write(what, number(key[0]), number(key[1]));
    }
  }

  private static long number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalArgumentException("a key is no number");
  }

  /** Each value with its kind and, where that can differ, its length. */
  private static long of(List<Row> rows) {
    CRC32C crc = new CRC32C();
    ByteBuffer head = ByteBuffer.allocate(1 + Long.BYTES);
    for (Row row : rows) {
      for (@Nullable Object value : row.values()) {
        head.clear();
        byte[] rest = {};
        if (value instanceof Double number) {
          head.put((byte) 'd').putLong(Double.doubleToLongBits(number));
        } else if (value instanceof Number number) {
          head.put((byte) 'i').putLong(number.longValue());
        } else if (value instanceof String text) {
          rest = text.getBytes(UTF_8);
          head.put((byte) 't').putLong(rest.length);
        } else if (value instanceof byte[] bytes) {
          rest = bytes;
          head.put((byte) 'b').putLong(rest.length);
        } else {
          head.put((byte) '-');
        }
        crc.update(head.flip());
        crc.update(rest);
      }
      crc.update('\n');
    }
    return crc.getValue();
  }
}
