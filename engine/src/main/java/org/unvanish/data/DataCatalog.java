package org.unvanish.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The data sets that are known by name, and the folder where they are installed. */
public final class DataCatalog {
  /** The name of the installed CIFAR-10. */
  public static final String CIFAR10 = "cifar10";

  /** The name of the built-in images. */
  public static final String SYNTHETIC = "synthetic";

  private final Path root;

  /**
   * @param root holds a folder for each installed data set; need not exist
   */
  public DataCatalog(Path root) {
    this.root = root;
  }

  /**
   * The user's own catalogue, in {@code unvanish/data} of the cache folder: {@code XDG_CACHE_HOME}
   * if that is an absolute path, as the XDG Base Directory Specification asks, else {@code
   * ~/.cache}.
   *
   * @param environment as {@link System#getenv()} gives it
   * @param home the user's home folder
   */
  public static DataCatalog ofUser(Map<String, String> environment, Path home) {
    throw new UnsupportedOperationException();
  }

  /** The folder that holds a folder for each installed data set. */
  public Path root() {
    return root;
  }

  /** All data sets known by name. */
  public List<CatalogEntry> entries() {
    throw new UnsupportedOperationException();
  }

  /**
   * What is trained on where the user does not say: {@link #CIFAR10} if it is installed (also if
   * damaged, so that loading it tells), else {@link #SYNTHETIC}.
   */
  public String defaultName() {
    throw new UnsupportedOperationException();
  }

  /**
   * Loads a data set into memory.
   *
   * @param nameOrPath {@code cifar10}, {@code synthetic}, or a folder that holds the six files of
   *     the binary version of CIFAR-10, itself or in {@code cifar-10-batches-bin}
   * @throws DataException if there is no such data set or its files are not as they should be
   */
  public Dataset load(String nameOrPath) {
    throw new UnsupportedOperationException();
  }

  /**
   * Installs a data set, unless it is there and intact.
   *
   * @param name {@code cifar10}
   * @param source a {@code .tar.gz} or {@code .tar.xz} archive, as a path or as an http, https or
   *     file URL; null for the data set's home page
   * @throws DataException if it cannot be installed; nothing that looks installed is left then
   */
  public InstallOutcome install(String name, @Nullable String source, InstallProgress progress) {
    throw new UnsupportedOperationException();
  }

  /**
   * Compares every file with the published one. That {@code cifar10} is not installed shows as all
   * its files missing.
   *
   * @param nameOrPath as for {@link #load}
   * @throws DataException if there is no such data set
   */
  public Verification verify(String nameOrPath) {
    throw new UnsupportedOperationException();
  }
}
