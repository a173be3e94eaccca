package org.unvanish.spec.draft;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.unvanish.data.DataException;
import org.unvanish.data.DataFormat;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.LoadProgress;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.data.format.DataFiles;
import org.unvanish.data.format.csv.TableSurvey;
import org.unvanish.experiment.DataDescription;
import org.unvanish.spec.ExperimentSpec;

/**
 * A first spec for somebody's data, with comments: what is learnt, a network of a usual kind and
 * size, a loss and a scaling that fit, and two arms to compare.
 *
 * @param text of the spec
 * @param found what the data are taken for, in words
 * @param learnt the columns of a table that are to be learnt; none of other data
 * @param isGuessed whether nobody said which columns are
 * @param left what of a table is left out and why, in words; none for most
 */
public record SpecDraft(
    String text, String found, List<String> learnt, boolean isGuessed, List<String> left) {

  /** Where a path says nothing that could be a name. */
  private static final String OWN = "own";

  /** Copies the lists. */
  public SpecDraft {
    learnt = List.copyOf(learnt);
    left = List.copyOf(left);
  }

  /**
   * What the spec for some data is named: as their file or folder is, without its ending.
   *
   * @param source a name of the catalogue, or a path
   */
  public static String name(String source) {
    String file = source.replaceFirst("[/\\\\]+$", "").replaceFirst("^.*[/\\\\]", "");
    return ExperimentSpec.nameOf(file.replaceFirst("(?<=.)\\.[^.]*$", ""), OWN);
  }

  /**
   * Of data, which are read.
   *
   * @param source a name of the catalogue, or a path
   * @param targets the columns of a table that are to be learnt; guessed if there are none
   * @param file what the spec's file will be called, as a shell reads it
   * @throws DataException if there are no such data, they are not as they should be, or columns are
   *     named of what is no table
   */
  public static SpecDraft of(
      String source,
      List<String> targets,
      String file,
      DataCatalog catalog,
      LoadProgress progress) {
    Optional<TableDraft> table =
        table(source, catalog)
            .map(path -> TableDraft.of(TableSurvey.of(path, progress), targets, progress));
    if (table.isEmpty() && !targets.isEmpty()) {
      throw new DataException(
          "%s is not a table, so it has no column \"%s\". Leave out --target."
              .formatted(source, targets.get(0)));
    }
    DataSource plain = DataSource.of(source);
    DataSource wanted = table.map(draft -> plain.withColumns(draft.roles())).orElse(plain);
    Dataset data = catalog.load(wanted, progress);
    DraftWriter writer = new DraftWriter(source, file, table, data);
    SpecDraft draft =
        new SpecDraft(
            writer.text(),
            writer.found(),
            table.map(TableDraft::learnt).orElse(List.of()),
            table.filter(TableDraft::isGuessed).isPresent(),
            table.map(TableDraft::leftOut).orElse(List.of()));
    // A spec that its reader refuses would be a fault of ours: better seen now than by the user.
    ExperimentSpec.parse(draft.text(), file).experiment(DataDescription.of(data));
    return draft;
  }

  private static Optional<Path> table(String source, DataCatalog catalog) {
    if (catalog.knows(source)) {
      return Optional.empty();
    }
    Path path = DataFiles.existing(source);
    return DataFiles.formatOf(path) == DataFormat.CSV ? Optional.of(path) : Optional.empty();
  }
}
