package org.unvanish.data.format.csv;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.data.DataException;
import org.unvanish.data.DataSource;
import org.unvanish.data.Lengths;
import org.unvanish.data.LoadProgress;
import org.unvanish.data.TargetChoice;

/**
 * The content of one CSV file.
 *
 * @param file which
 * @param features the names of the columns that are inputs
 * @param categories of each of these, in the order of their first rows; none where it is a number
 * @param values of the features, row by row: a number, or the place of a category
 * @param labels the different labels, in the order of their first rows; none without a label column
 * @param sampleLabels the place of each sample's label among the labels, unsigned
 * @param targets the numbers to be learnt, sample by sample
 * @param lengths how many rows each sample has; full where rows are samples
 */
// Identity is enough: nobody compares tables.
@SuppressWarnings("ArrayRecordComponent")
record CsvTable(
    Path file,
    List<String> features,
    List<List<String>> categories,
    float[] values,
    List<String> labels,
    byte[] sampleLabels,
    float[] targets,
    Lengths lengths) {
  /**
   * @throws DataException if the file cannot be read, or anything in it is not as it should be
   */
  static CsvTable read(Path file, DataSource source, LoadProgress progress) {
    boolean learnsInputs = source.targets() == TargetChoice.INPUTS;
    return CsvRecords.read(
            file,
            progress,
            first -> new CsvRows(file, CsvHeader.of(file, first, source.columns(), learnsInputs)))
        .finish();
  }

  /** How many samples there are: rows, or sequences. */
  int samples() {
    return sampleLabels.length;
  }

  /** How many rows a sample has. */
  int steps(int sample) {
    return lengths.steps(sample, 1);
  }

  /** How many rows the longest sample has. */
  int longest() {
    return IntStream.range(0, samples()).map(this::steps).max().orElse(1);
  }
}
