package org.unvanish.data.format;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.unvanish.data.DataException;
import org.unvanish.data.DataFormat;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.LoadProgress;
import org.unvanish.data.SampleChecksums;
import org.unvanish.data.TrainAndTest;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.data.format.csv.CsvReader;
import org.unvanish.data.format.image.ImageFolderReader;

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
              + "\". Use cifar10, synthetic, or a folder or CSV file of your own.");
    }
    return path;
  }

  /**
   * Loads all of it.
   *
   * @throws DataException if it is in no known format, or not as it should be
   */
  public static Dataset load(DataSource source, Cifar10Format cifar10, LoadProgress progress) {
    Path path = existing(source.source());
    DataFormat format = source.format().orElseGet(() -> FormatDetector.formatOf(path));
    if (source.labelColumn().isPresent() && format != DataFormat.CSV) {
      throw new DataException(
          "a label column is given, but "
              + path
              + " is read as "
              + format.label()
              + ", which has none. Leave the label column out.");
    }
    if (source.labelsAreClasses() && format != DataFormat.CSV) {
      throw new DataException(
          "the labels are said to be classes, but "
              + path
              + " is read as "
              + format.label()
              + ", whose labels always are. Leave \"labels-are\" out.");
    }
    if (format != DataFormat.CSV && !Files.isDirectory(path)) {
      throw new DataException(
          path + " is not a folder, but the format " + format.label() + " is a folder of files.");
    }
    return switch (format) {
      case CIFAR10 -> cifar10(source.source(), path, cifar10);
      case CIFAR100 -> dataset(source, path, format, Cifar100Reader.read(path));
      case IDX -> dataset(source, path, format, IdxReader.read(path));
      case IMAGES -> dataset(source, path, format, ImageFolderReader.read(path, source, progress));
      case CSV -> dataset(source, path, format, CsvReader.read(path, source, progress));
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
    if (content.classes().size() < 2) {
      throw new DataException(
          "all samples of "
              + path
              + " are of one class, \""
              + content.classes().get(0)
              + "\". There must be at least two to tell apart.");
    }
    String title = fileName(path) + " (" + format.label() + ")";
    if (content.drawn()) {
      DecimalFormat percent =
          new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT));
      title +=
          ", %s %% of each class for testing (seed %d)"
              .formatted(percent.format(100 * source.testShare()), source.seed());
    }
    return new Dataset(
        source.source(),
        title,
        content.classes(),
        content.train(),
        content.test(),
        SampleChecksums.ofParts(
            List.of(SampleChecksums.of(content.train()), SampleChecksums.of(content.test()))));
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
