package org.unvanish.data.format.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.unvanish.data.DataException;

/** What lies in folders, without hidden files, in the order of the names whatever the machine. */
public final class ImageFolders {
  private ImageFolders() {}

  public static List<Path> subfolders(Path folder) {
    return list(folder, Files::isDirectory);
  }

  /**
   * The images of a class.
   *
   * @throws DataException if there are none, or a folder is among them
   */
  static List<Path> images(Path classFolder) {
    List<Path> inside = subfolders(classFolder);
    if (!inside.isEmpty()) {
      throw new DataException(
          classFolder
              + " is read as the images of one class, but holds a folder, "
              + inside.get(0).getFileName()
              + ". There must be one folder for each class, or the two folders train and test with"
              + " one folder for each class.");
    }
    List<Path> images = list(classFolder, file -> true);
    if (images.isEmpty()) {
      throw new DataException(
          classFolder + " is the folder of a class, but holds no image. Add some, or remove it.");
    }
    return images;
  }

  static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static List<Path> list(Path folder, Predicate<Path> wanted) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !name(file).startsWith("."))
          .filter(wanted)
          .sorted(Comparator.comparing(ImageFolders::name))
          .toList();
    } catch (IOException e) {
      throw DataException.cannotRead(folder, e);
    }
  }
}
