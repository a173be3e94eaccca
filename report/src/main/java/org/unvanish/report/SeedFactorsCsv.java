package org.unvanish.report;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.unvanish.beyond.SeedFactors;
import org.unvanish.file.ResultFile;

/**
 * What was measured of each seed so far, in a CSV file that a second run continues: definition (the
 * SHA-256 of the arm's), seed, and four factors as log₁₀. A row is there once it is measured, and
 * reads back to the same bits.
 */
public final class SeedFactorsCsv {

  private static final String[] COLUMNS = {
    "definition", "seed", "activation_log10", "weights_log10", "rms_log10", "typical_log10"
  };

  private final Path file;
  private final Map<String, Map<Long, SeedFactors>> rows = new TreeMap<>();

  private SeedFactorsCsv(Path file) {
    this.file = file;
  }

  /**
   * What is in a file; nothing if there is none.
   *
   * @throws IOException if it cannot be read, or holds what Unvanish does not write
   */
  public static SeedFactorsCsv open(Path file) throws IOException {
    ResultFile.requireReplaceable(file);
    SeedFactorsCsv table = new SeedFactorsCsv(file);
    if (Files.exists(file)) {
      CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
      try (CSVParser parser =
          format.parse(new StringReader(Files.readString(file, StandardCharsets.UTF_8)))) {
        for (CSVRecord record : parser) {
          if (record.isConsistent()) {
            table.put(record);
          }
        }
      } catch (IllegalArgumentException | UncheckedIOException e) {
        throw new IOException(
            "%s holds what is no number or no CSV (%s). Delete it to measure anew"
                .formatted(file, e.getMessage()),
            e);
      }
    }
    return table;
  }

  private void put(CSVRecord record) {
    put(
        record.get(COLUMNS[0]),
        new SeedFactors(
            Long.parseLong(record.get(COLUMNS[1])),
            number(record.get(COLUMNS[2])),
            number(record.get(COLUMNS[3])),
            number(record.get(COLUMNS[4])),
            number(record.get(COLUMNS[5]))));
  }

  private static double number(String cell) {
    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
  }

  private void put(String definition, SeedFactors factors) {
    rows.computeIfAbsent(definition, key -> new TreeMap<>()).put(factors.seed(), factors);
  }

  /**
   * A seed's.
   *
   * @param definition of its arm
   */
  public Optional<SeedFactors> get(String definition, long seed) {
    return Optional.ofNullable(rows.getOrDefault(definition, new HashMap<>()).get(seed));
  }

  /** Adds a row, and replaces the file by one that has it. */
  public void add(String definition, SeedFactors factors) throws IOException {
    put(definition, factors);
    CsvText text = new CsvText(COLUMNS);
    for (Map.Entry<String, Map<Long, SeedFactors>> arm : rows.entrySet()) {
      for (SeedFactors row : arm.getValue().values()) {
        text.row(
            arm.getKey(),
            row.seed(),
            row.activationLog10(),
            row.weightsLog10(),
            row.rmsLog10(),
            row.typicalLog10());
      }
    }
    ResultFile.write(file, text.text().getBytes(StandardCharsets.UTF_8));
  }
}
