package org.unvanish.data.format.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.unvanish.data.DataException;
import org.unvanish.data.InputColumn;
import org.unvanish.data.Memory;

/**
 * How the cells of a table become inputs: a number as it is, a category by its place among all that
 * the training table has. What is told apart by one network is so for every table that it reads.
 */
final class CsvInputs {

  private final List<String> features;
  private final List<List<String>> categories;
  private final Set<String> coded;

  /**
   * @param train where the categories come from
   * @param coded the columns whose categories become one number
   */
  CsvInputs(CsvTable train, Set<String> coded) {
    this.features = train.features();
    this.categories = train.categories().stream().map(TextOrder::sorted).toList();
    this.coded = coded;
  }

  private boolean isNumber(int feature) {
    return categories.get(feature).isEmpty();
  }

  /** One for each input, in the order of the columns and then of the categories. */
  List<InputColumn> columns() {
    List<InputColumn> columns = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      String name = features.get(i);
      if (isNumber(i)) {
        columns.add(new InputColumn.Numeric(name));
      } else if (coded.contains(name)) {
        columns.add(new InputColumn.Coded(name, categories.get(i)));
      } else {
        categories.get(i).forEach(c -> columns.add(new InputColumn.OneHot(name, c)));
      }
    }
    return List.copyOf(columns);
  }

  /**
   * The inputs of all samples, in the order sample, input, step; those that are shorter than the
   * longest are filled up with zeros.
   *
   * @param longest how many steps all have then
   * @throws DataException if a table has categories that the training table has not, or there is no
   *     room
   */
  float[] values(CsvTable table, int longest) {
    if (table.lengths().isFull() && categories.stream().allMatch(List::isEmpty)) {
      return table.values();
    }
    List<List<Integer>> places = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      places.add(places(table, i));
    }
    int width = columns().size();
    float[] values =
        table.lengths().isFull()
            ? Memory.floats((long) table.samples() * width)
            : Memory.sequences(table.file().toString(), table.samples(), width, longest);
    int from = 0;
    for (int sample = 0; sample < table.samples(); sample++) {
      for (int step = 0; step < table.steps(sample); step++) {
        int to = sample * width * longest + step;
        for (int i = 0; i < features.size(); i++) {
          float cell = table.values()[from++];
          if (isNumber(i)) {
            values[to] = cell;
            to += longest;
          } else if (coded.contains(features.get(i))) {
            values[to] = places.get(i).get((int) cell);
            to += longest;
          } else {
            values[to + places.get(i).get((int) cell) * longest] = 1;
            to += categories.get(i).size() * longest;
          }
        }
      }
    }
    return values;
  }

  /** Of each category of a table its place among those of the training table. */
  private List<Integer> places(CsvTable table, int feature) {
    List<Integer> places = new ArrayList<>();
    for (String category : table.categories().get(feature)) {
      int place = categories.get(feature).indexOf(category);
      if (place < 0) {
        throw new DataException(
            "%s has rows with \"%s\" in the column \"%s\", but %s has none to train on. Add some, or remove these."
                .formatted(table.file(), category, features.get(feature), CsvReader.TRAIN));
      }
      places.add(place);
    }
    return places;
  }
}
