package org.unvanish.data.format;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.unvanish.data.DataException;
import org.unvanish.data.DataFormat;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.Drawing;
import org.unvanish.data.LoadProgress;
import org.unvanish.data.Nearest;
import org.unvanish.data.SampleChecksums;
import org.unvanish.data.TrainAndTest;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.data.format.csv.CsvReader;
import org.unvanish.data.format.image.ImageFolderReader;
import org.unvanish.data.format.numpy.NumpyReader;
import org.unvanish.data.synthetic.DrawnData;

/** Loads the data set at a path, whatever its format. */
public final class DataFiles {
  private DataFiles() {}

  /**
   * The path that a user wrote.
   *
   * @throws DataException if there is nothing
   */
  public static Path existing(String source) {
    Path path;
    try {
      path = Path.of(source);
    } catch (InvalidPathException e) {
      throw new DataException("\"" + source + "\" is neither a data set nor a path.", e);
    }
    if (!Files.exists(path)) {
      throw new DataException(
          "there is no data set or folder \""
              + source
              + "\""
              + nearest(path)
              + " Use a name that \"unvanish data list\" shows, or a folder, CSV or .npz file of"
              + " your own.");
    }
    return path;
  }

  private static String nearest(Path path) {
    List<String> known = new ArrayList<>(List.of(DataCatalog.CIFAR10, DataCatalog.SYNTHETIC));
    DrawnData.all().forEach(drawn -> known.add(drawn.label()));
    return Nearest.file(path)
        .map(Path::toString)
        .or(() -> Nearest.to(path.toString(), known))
        .map(": did you mean \"%s\"?"::formatted)
        .orElse(".");
  }

  /**
   * The format of what lies at a path, by the names of the files.
   *
   * @throws DataException if there are files of no format, or of several
   */
  public static DataFormat formatOf(Path path) {
    return FormatDetector.formatOf(path);
  }

  /**
   * Loads all of it.
   *
   * @throws DataException if it is in no known format, or not as it should be
   */
  public static Dataset load(DataSource source, Cifar10Format cifar10, LoadProgress progress) {
    Path path = existing(source.source());
    DataFormat format = source.format().orElseGet(() -> FormatDetector.formatOf(path));
    source
        .columns()
        .said()
        .filter(said -> format != DataFormat.CSV)
        .ifPresent(
            said -> {
              throw new DataException(
                  "%s cannot be given: %s is read as %s, which has none. Leave %s out."
                      .formatted(said, path, format.label(), said));
            });
    if (source.drawing().steps().isPresent()) {
      throw new DataException(
          ("a number of steps is for generated sequences, but %s is read from files. Images "
                  + "become sequences with \"steps: rows\" or \"steps: pixels\", tables with "
                  + "sequence-column.")
              .formatted(path));
    }
    if (!source.drawing().equals(Drawing.DEFAULT)) {
      throw new DataException(
          "samples, noise and classes are for generated data, but "
              + path
              + " is read from files. Leave them out; train-samples takes some of the rows.");
    }
    if (source.steps().isPresent() && format == DataFormat.CSV) {
      throw new DataException(
          ("\"steps: %s\" is for images, but %s is a table. Name the column that identifies its "
                  + "sequences in sequence-column.")
              .formatted(source.steps().get().label(), path));
    }
    if (format != DataFormat.CSV && format != DataFormat.NPZ && !Files.isDirectory(path)) {
      throw new DataException(
          path + " is not a folder, but the format " + format.label() + " is a folder of files.");
    }
    return switch (format) {
      case CIFAR10 -> cifar10(source.source(), path, cifar10);
      case CIFAR100 -> dataset(source, path, format, Cifar100Reader.read(path));
      case IDX -> dataset(source, path, format, IdxReader.read(path));
      case IMAGES -> dataset(source, path, format, ImageFolderReader.read(path, source, progress));
      case CSV -> dataset(source, path, format, CsvReader.read(path, source, progress));
      case NPZ -> dataset(source, path, format, NumpyReader.read(path, source));
    };
  }

  private static Dataset cifar10(String name, Path path, Cifar10Format format) {
    Cifar10Reader.Content content =
        Cifar10Reader.read(
            inner(path, Cifar10.ARCHIVE_FOLDER),
            format,
            "Get a fresh copy of the binary version of CIFAR-10.");
    boolean published = content.checksums().equals(format.checksums());
    return new Dataset(
        published ? DataCatalog.CIFAR10 : name,
        published ? Cifar10.TITLE : "CIFAR-10 format, altered",
        Cifar10.CLASSES,
        content.train(),
        content.test(),
        SampleChecksums.ofParts(content.checksums()));
  }

  private static Dataset dataset(
      DataSource source, Path path, DataFormat format, TrainAndTest content) {
    if (content.classes().size() == 1) {
      throw new DataException(
          "all samples of "
              + path
              + " are of one class, \""
              + content.classes().get(0)
              + "\". There must be at least two classes.");
    }
    return Dataset.of(source, fileName(path) + " (" + format.label() + ")", content);
  }

  private static String fileName(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? path.toString() : name.toString();
  }

  /** The folder that an archive unpacks to, if it is there, else the folder itself. */
  public static Path inner(Path folder, String name) {
    Path inner = folder.resolve(name);
    return Files.isDirectory(inner) ? inner : folder;
  }
}
