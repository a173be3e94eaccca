package org.unvanish.data.synthetic;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.unvanish.data.DataException;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;

/** Generated samples. The bits depend on the source's settings alone, on any machine. */
public sealed interface DrawnData permits DrawnTable, DrawnSequences {

  /** All there are, in the order in which they are listed. */
  static List<DrawnData> all() {
    return Stream.<DrawnData>concat(
            Arrays.stream(DrawnTable.values()), Arrays.stream(DrawnSequences.values()))
        .toList();
  }

  /** The one of a name, if it is the name of any. */
  static Optional<DrawnData> of(String label) {
    return all().stream().filter(data -> data.label().equals(label)).findFirst();
  }

  /** As users write it. */
  String label();

  /** In words. */
  String title();

  /**
   * Draws the samples and keeps a share of them for testing. The first samples of a larger draw are
   * those of a smaller one.
   *
   * @param source of this name
   * @throws DataException if it asks for what this does not have
   */
  Dataset draw(DataSource source);
}
