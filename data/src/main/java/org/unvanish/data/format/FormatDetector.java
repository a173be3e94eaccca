package org.unvanish.data.format;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.unvanish.data.DataException;
import org.unvanish.data.DataFormat;
import org.unvanish.data.format.csv.CsvReader;
import org.unvanish.data.format.image.ImageFolders;

/** Tells the format of a data set by the names of its files. */
final class FormatDetector {
  private FormatDetector() {}

  /**
   * @throws DataException if there are files of no format, or of several
   */
  static DataFormat formatOf(Path path) {
    if (!Files.isDirectory(path)) {
      if (lowerName(path).endsWith(".csv")) {
        return DataFormat.CSV;
      }
      if (lowerName(path).endsWith(".npz")) {
        return DataFormat.NPZ;
      }
      throw new DataException(
          path
              + " is not a folder, and its name does not end in .csv or .npz. Use a folder, a "
              + "CSV or .npz file, or a name that \"unvanish data list\" shows. If it is a CSV "
              + "file, give the format csv.");
    }
    List<DataFormat> found =
        Arrays.stream(DataFormat.values()).filter(format -> isThere(format, path)).toList();
    if (found.size() > 1) {
      throw new DataException(
          path
              + " holds files of several formats: "
              + found.stream().map(DataFormat::label).collect(Collectors.joining(", "))
              + ". Name the format, or move each format into a folder of its own.");
    }
    if (found.isEmpty()) {
      throw new DataException(
          path
              + " holds no known data set. Looked for: "
              + Arrays.stream(DataFormat.values())
                  .map(format -> format.label() + " (" + lookedFor(format) + ")")
                  .collect(Collectors.joining("; "))
              + ".");
    }
    return found.get(0);
  }

  private static String lookedFor(DataFormat format) {
    return switch (format) {
      case CIFAR10 -> "data_batch_1.bin to data_batch_5.bin and test_batch.bin";
      case CIFAR100 -> "train.bin and test.bin";
      case IDX ->
          "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and"
              + " t10k-labels-idx1-ubyte, with .gz or without";
      case IMAGES -> "a folder of images for each class, or train and test with such folders";
      case CSV -> "train.csv and test.csv";
      case NPZ -> "not in folders: name the .npz file itself";
    };
  }

  /** One file is enough: the reader then says which others are missing. */
  private static boolean isThere(DataFormat format, Path folder) {
    return switch (format) {
      case CIFAR10 -> {
        Path inner = DataFiles.inner(folder, Cifar10.ARCHIVE_FOLDER);
        yield !inner.equals(folder) || anyOf(inner, Cifar10Format.FILES.stream());
      }
      case CIFAR100 -> {
        Path inner = DataFiles.inner(folder, Cifar100Reader.ARCHIVE_FOLDER);
        yield !inner.equals(folder)
            || anyOf(inner, Stream.of(Cifar100Reader.TRAIN, Cifar100Reader.TEST));
      }
      case IDX -> anyOf(folder, IdxReader.allNames());
      case IMAGES -> ImageFolders.subfolders(folder).stream().anyMatch(FormatDetector::holdsImages);
      case CSV -> anyOf(folder, Stream.of(CsvReader.TRAIN, CsvReader.TEST));
      case NPZ -> false;
    };
  }

  private static boolean anyOf(Path folder, Stream<String> names) {
    return names.anyMatch(name -> Files.exists(folder.resolve(name)));
  }

  /** By name, in the folder or in the class folders that it holds. */
  private static boolean holdsImages(Path folder) {
    return holdsImageFile(folder)
        || ImageFolders.subfolders(folder).stream().anyMatch(FormatDetector::holdsImageFile);
  }

  private static boolean holdsImageFile(Path folder) {
    List<String> endings =
        Arrays.stream(ImageIO.getReaderFileSuffixes())
            .filter(suffix -> !suffix.isEmpty())
            .map(suffix -> "." + suffix.toLowerCase(Locale.ROOT))
            .toList();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            folder, file -> endings.stream().anyMatch(lowerName(file)::endsWith))) {
      return files.iterator().hasNext();
    } catch (IOException e) {
      throw DataException.cannotRead(folder, e);
    }
  }

  private static String lowerName(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }
}
