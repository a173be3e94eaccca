package org.unvanish.store.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.unvanish.experiment.Run;
import org.unvanish.gradient.GradientSource;
import org.unvanish.gradient.GradientStatistics;
import org.unvanish.loss.Score;
import org.unvanish.loss.Scores;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.store.sql.Row;
import org.unvanish.store.sql.RowChecksums;
import org.unvanish.store.sql.Schema;
import org.unvanish.store.sql.Sql;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.LearnedScale;
import org.unvanish.train.ParameterGradient;
import org.unvanish.train.UpdateRatio;
import org.unvanish.train.ValueSize;

/**
 * Reads the measurements of one run, within a transaction. What cannot have been measured is an
 * {@link IllegalArgumentException}.
 */
public final class EpochReader {

  /** The keys of the scores that are columns of an epoch's row. */
  static final Set<String> COLUMNS =
      Set.of(SoftmaxCrossEntropy.CROSS_ENTROPY.key(), Score.ACCURACY.key());

  private final Connection connection;
  private final Run run;
  private final long id;

  /**
   * @param id of the run
   */
  public EpochReader(Connection connection, Run run, long id) {
    this.connection = connection;
    this.run = run;
    this.id = id;
  }

  /**
   * In order, without a gap.
   *
   * @param done how many there must be
   */
  public List<EpochRecord> epochs(int done) throws SQLException {
    RowChecksums checksums = new RowChecksums(connection);
    Map<Integer, List<Row>> gradients =
        byEpoch("SELECT * FROM gradient WHERE run = ? ORDER BY epoch, position");
    Map<Integer, List<Row>> scores =
        Schema.hasScores(connection)
            ? byEpoch("SELECT * FROM score WHERE run = ? ORDER BY epoch, name")
            : Map.of();
    Map<Integer, List<Row>> updates =
        Schema.hasUpdates(connection)
            ? byEpoch("SELECT * FROM parameter_update WHERE run = ? ORDER BY epoch, position")
            : Map.of();
    Map<Integer, List<Row>> scales =
        Schema.hasScales(connection)
            ? byEpoch("SELECT * FROM learned_scale WHERE run = ? ORDER BY epoch, position")
            : Map.of();
    Map<Integer, List<Row>> sizes =
        Schema.hasSizes(connection)
            ? byEpoch("SELECT * FROM value_size WHERE run = ? ORDER BY epoch, position")
            : Map.of();
    List<EpochRecord> epochs = new ArrayList<>();
    for (Row row : Sql.rows(connection, "SELECT * FROM epoch WHERE run = ? ORDER BY epoch", id)) {
      int epoch = epochs.size() + 1;
      String name = "epoch %d of %s".formatted(epoch, RunReader.name(run));
      if (row.integer("epoch") != epoch) {
        throw new IllegalArgumentException(name + " is missing");
      }
      List<Row> own = gradients.getOrDefault(epoch, List.of());
      List<Row> all = new ArrayList<>(List.of(row));
      all.addAll(own);
      List<Row> further = scores.getOrDefault(epoch, List.of());
      all.addAll(further);
      List<Row> moved = updates.getOrDefault(epoch, List.of());
      all.addAll(moved);
      List<Row> learned = scales.getOrDefault(epoch, List.of());
      all.addAll(learned);
      List<Row> large = sizes.getOrDefault(epoch, List.of());
      all.addAll(large);
      checksums.require(RowChecksums.Of.EPOCH, id, epoch, all, name);
      try {
        epochs.add(epoch(row, own, further, moved, learned, large));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("%s: %s".formatted(name, e.getMessage()), e);
      }
    }
    if (epochs.size() != done) {
      throw new IllegalArgumentException(
          "%s has %d epochs, but should have %d"
              .formatted(RunReader.name(run), epochs.size(), done));
    }
    return epochs;
  }

  private EpochRecord epoch(
      Row row,
      List<Row> gradients,
      List<Row> further,
      List<Row> updates,
      List<Row> scales,
      List<Row> sizes) {
    return new EpochRecord(
        row.count("epoch"),
        scores("train", row, further),
        scores("test", row, further),
        row.magnitude("seconds"),
        gradients.stream().map(EpochReader::gradient).toList(),
        updates.stream()
            .map(update -> new UpdateRatio(update.text("parameter"), update.magnitude("ratio")))
            .toList(),
        scales.stream()
            .map(scale -> new LearnedScale(scale.text("parameter"), scale.number("value")))
            .toList(),
        sizes.stream().map(EpochReader::size).toList());
  }

  private static ValueSize size(Row row) {
    String label = row.text("kind");
    return Arrays.stream(ValueSize.Kind.values())
        .filter(kind -> kind.label().equals(label))
        .findFirst()
        .map(kind -> new ValueSize(kind, row.text("name"), row.magnitude("rms")))
        .orElseThrow(() -> new IllegalArgumentException("a size is of a " + label));
  }

  /** All that the run's arm reports. */
  private Scores scores(String samples, Row row, List<Row> further) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Score score : run.arm().recipe().scores()) {
      double value =
          COLUMNS.contains(score.key())
              ? value(score, row, samples + "_" + score.key())
              : value(score, of(score, further), samples);
      // Other programs need not have test data.
      if (score.form() == Score.Form.SHARE && Double.isNaN(value) && !run.arm().isWatched()) {
        throw new IllegalArgumentException("the %s is missing".formatted(score.title()));
      }
      values.put(score.key(), value);
    }
    return new Scores(values);
  }

  private static Row of(Score score, List<Row> further) {
    return further.stream()
        .filter(row -> row.text("name").equals(score.key()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("the score %s is missing".formatted(score.key())));
  }

  private static double value(Score score, Row row, String column) {
    return switch (score.form()) {
      case SHARE -> row.share(column);
      case NUMBER -> row.number(column);
    };
  }

  private Map<Integer, List<Row>> byEpoch(String query) throws SQLException {
    Map<Integer, List<Row>> rows = new TreeMap<>();
    for (Row row : Sql.rows(connection, query, id)) {
      rows.computeIfAbsent(row.count("epoch"), epoch -> new ArrayList<>()).add(row);
    }
    return rows;
  }

  private static ParameterGradient gradient(Row row) {
    return new ParameterGradient(
        row.text("parameter"),
        GradientSource.valueOf(row.text("source").toUpperCase(Locale.ROOT)),
        new GradientStatistics(
            row.integer("count"),
            row.magnitude("mean_abs"),
            row.magnitude("rms"),
            row.magnitude("max_abs"),
            row.magnitude("q05"),
            row.magnitude("q25"),
            row.magnitude("q50"),
            row.magnitude("q75"),
            row.magnitude("q95"),
            row.share("vanished_share")));
  }
}
