package org.unvanish.benchmarks.sidebyside;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.unvanish.file.AtomicFile;

/**
 * A folder's finished measurements, in a file of JSON lines that grows by one with each: the first
 * line has the {@link Conditions}, the others a {@link Measurement} each, with keys_like_this. Who
 * starts again in the same folder goes on where it stood.
 */
final class Journal {

  /** In its folder. */
  static final String FILE = "measurements.jsonl";

  static final ObjectMapper JSON =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  private final Path file;
  private final Conditions conditions;
  private final List<Measurement> measurements = new ArrayList<>();

  private Journal(Path file, Conditions conditions) {
    this.file = file;
    this.conditions = conditions;
  }

  /**
   * Opens a folder's journal, or starts one.
   *
   * @throws IllegalArgumentException if its measurements were made under other conditions
   * @throws IOException if it cannot be read or written
   */
  static Journal open(Path folder, Conditions conditions) throws IOException {
    Path file = folder.resolve(FILE);
    Journal journal = new Journal(file, conditions);
    if (!Files.exists(file)) {
      AtomicFile.write(file, line(conditions));
      return journal;
    }
    List<String> lines = Files.readString(file, StandardCharsets.UTF_8).lines().toList();
    Conditions there = conditions(file, lines);
    if (!conditions.equals(there)) {
      throw new IllegalArgumentException(
          "%s was measured under other conditions (here / there): %s. Name another folder with --out"
              .formatted(file, conditions.differences(there)));
    }
    boolean isWhole = true;
    for (String line : lines.subList(1, lines.size())) {
      try {
        journal.measurements.add(JSON.readValue(line, Measurement.class));
      } catch (JsonProcessingException e) {
        // Cut short when the process was killed: it is measured again.
        isWhole = false;
      }
    }
    if (!isWhole) {
      journal.rewrite();
    }
    return journal;
  }

  private static Conditions conditions(Path file, List<String> lines) {
    try {
      return JSON.readValue(lines.isEmpty() ? "{}" : lines.get(0), Conditions.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file + " does not begin with conditions of this version. Name another folder with --out",
          e);
    }
  }

  private void rewrite() throws IOException {
    StringBuilder text = new StringBuilder(new String(line(conditions), StandardCharsets.UTF_8));
    for (Measurement measurement : measurements) {
      text.append(new String(line(measurement), StandardCharsets.UTF_8));
    }
    AtomicFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] line(Object value) throws IOException {
    return (JSON.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Adds a measurement, on the disk before this returns. */
  void add(Measurement measurement) throws IOException {
    measurements.add(measurement);
    Files.write(file, line(measurement), StandardOpenOption.APPEND, StandardOpenOption.SYNC);
  }

  Optional<Measurement> find(int round, String network, String contestant, Setting setting) {
    return measurements.stream()
        .filter(m -> m.isOf(round, network, contestant, setting))
        .findFirst();
  }

  Conditions conditions() {
    return conditions;
  }

  List<Measurement> measurements() {
    return List.copyOf(measurements);
  }
}
