package org.unvanish.dashboard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder to be served, and what users call it.
 *
 * @param folder with runs; it may have yet to be created
 * @param known the path by which users know it: the folder's own, or that of the trace in it
 */
public record ShownFolder(Path folder, Path known) {

  /** One that users know by its own path. */
  public static ShownFolder of(Path folder) {
    return new ShownFolder(folder, folder);
  }

  /**
   * A name for each, no two the same: the last part of its path, and as many parts before it as
   * tell it from the others. A folder that is named twice comes once.
   */
  static Map<String, Path> named(List<ShownFolder> all) {
    Map<Path, ShownFolder> different = new LinkedHashMap<>();
    all.forEach(one -> different.putIfAbsent(place(one.folder()), one));
    List<Path> known = new ArrayList<>();
    different.values().forEach(one -> known.add(absolute(one.known())));
    Map<String, Path> named = new LinkedHashMap<>();
    for (ShownFolder one : different.values()) {
      named.put(name(absolute(one.known()), known), one.folder());
    }
    return named;
  }

  private static String name(Path path, List<Path> all) {
    for (int parts = 1; parts <= path.getNameCount(); parts++) {
      Path end = path.subpath(path.getNameCount() - parts, path.getNameCount());
      if (all.stream().filter(other -> other.endsWith(end)).count() == 1) {
        return end.toString();
      }
    }
    return path.toString();
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** Where it is, however it is named. */
  private static Path place(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      return absolute(folder);
    }
  }
}
