package org.unvanish.data.catalog;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.DataException;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.Drawing;
import org.unvanish.data.LoadProgress;
import org.unvanish.data.SampleChecksums;
import org.unvanish.data.Subset;
import org.unvanish.data.catalog.CatalogEntry.State;
import org.unvanish.data.format.Cifar10;
import org.unvanish.data.format.Cifar10Format;
import org.unvanish.data.format.Cifar10Reader;
import org.unvanish.data.format.DataFiles;
import org.unvanish.data.format.Verification;
import org.unvanish.data.format.Verifier;
import org.unvanish.data.synthetic.DrawnData;
import org.unvanish.data.synthetic.SyntheticImages;

/**
 * Loads data sets: those known by name, from the folder where they are installed, and the user's
 * own files.
 *
 * @since 0.1
 */
public final class DataCatalog {
  /** The name of the installed CIFAR-10. */
  public static final String CIFAR10 = "cifar10";

  /** The name of the built-in images. */
  public static final String SYNTHETIC = "synthetic";

  private static final String REINSTALL = "Install it again with: unvanish data install cifar10";

  private final Path root;
  private final Cifar10Format format;

  /**
   * @param root holds a folder for each installed data set; need not exist
   */
  public DataCatalog(Path root) {
    this(root, Cifar10.PUBLISHED);
  }

  /** For tests, which do with smaller files. */
  DataCatalog(Path root, Cifar10Format format) {
    this.root = root;
    this.format = format;
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
    Path named = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
    Path cache = named.isAbsolute() ? named : home.resolve(".cache");
    return new DataCatalog(cache.resolve("unvanish").resolve("data"));
  }

  /** The user's own catalogue, as the command has it: {@link #ofUser} with this user's settings. */
  public static DataCatalog standard() {
    return ofUser(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** The folder that holds a folder for each installed data set. */
  public Path root() {
    return root;
  }

  /** All data sets known by name. */
  public List<CatalogEntry> entries() {
    List<CatalogEntry> entries = new ArrayList<>();
    entries.add(new CatalogEntry(CIFAR10, Cifar10.TITLE, cifar10State()));
    entries.add(
        new CatalogEntry(
            SYNTHETIC, SyntheticImages.title(SyntheticImages.DEFAULT_SEED), new State.BuiltIn()));
    for (DrawnData drawn : DrawnData.all()) {
      entries.add(new CatalogEntry(drawn.label(), drawn.title(), new State.BuiltIn()));
    }
    return List.copyOf(entries);
  }

  /** Whether a name is that of a data set here, and no path. */
  public boolean knows(String name) {
    return name.equals(CIFAR10) || isDrawn(name);
  }

  /**
   * What is trained on where the user does not say: {@link #CIFAR10} if it is installed (also if
   * damaged, so that loading it tells), else {@link #SYNTHETIC}.
   */
  public String defaultName() {
    return cifar10State() instanceof State.NotInstalled ? SYNTHETIC : CIFAR10;
  }

  /**
   * Loads a data set into memory.
   *
   * @param nameOrPath as {@link DataSource#source()}
   * @throws DataException if there is no such data set or its files are not as they should be
   */
  public Dataset load(String nameOrPath) {
    if (nameOrPath.isBlank()) {
      throw new DataException(
          "the name of the data is empty. Use a name that \"unvanish data list\" shows, or a path of"
              + " your own.");
    }
    return load(DataSource.of(nameOrPath));
  }

  /**
   * Loads a data set, or a subset of it, into memory.
   *
   * @return named and titled as CIFAR-10 only if every byte is as published; other data at a path
   *     are named by the path. The title tells a subset
   * @throws DataException if there is no such data set, its files are not as they should be, or
   *     more samples are asked for than there are
   */
  public Dataset load(DataSource source) {
    return load(source, LoadProgress.SILENT);
  }

  /**
   * The same, telling how far it is where that may take long.
   *
   * @throws DataException if there is no such data set, its files are not as they should be, or
   *     more samples are asked for than there are
   */
  public Dataset load(DataSource source, LoadProgress progress) {
    Dataset data = loadWhole(source, progress);
    Dataset taken =
        source.trainSamples().isEmpty()
            ? data
            : Subset.of(data, source.trainSamples().getAsInt(), source.seed());
    // After that, as standardised targets are those of the samples that are trained on.
    Dataset learnt = source.targets().of(taken);
    return source.steps().isEmpty() ? learnt : source.steps().get().of(learnt);
  }

  private Dataset loadWhole(DataSource source, LoadProgress progress) {
    Optional<DrawnData> drawn = DrawnData.of(source.source());
    if (!knows(source.source())) {
      return DataFiles.load(source, format, progress);
    }
    if (source.format().isPresent() || source.columns().said().isPresent()) {
      throw new DataException(
          source.source()
              + " is the name of a data set, which takes no format and no columns. To read a "
              + "folder of that name, write ./"
              + source.source());
    }
    if (drawn.isPresent()) {
      requireNoImages(source);
      return drawn.get().draw(source);
    }
    if (!source.drawing().equals(Drawing.DEFAULT)) {
      throw new DataException(
          source.source()
              + " takes no samples, noise, classes or number of steps. Leave them out. To "
              + "train on fewer samples, use train-samples.");
    }
    return source.source().equals(SYNTHETIC) ? SyntheticImages.draw() : loadInstalled();
  }

  private static void requireNoImages(DataSource source) {
    source
        .steps()
        .ifPresent(
            steps -> {
              throw new DataException(
                  "\"steps: %s\" is for images, but %s has none. Leave it out; of adding and copying, steps is a number."
                      .formatted(steps.label(), source.source()));
            });
  }

  private Dataset loadInstalled() {
    if (cifar10State() instanceof State.NotInstalled) {
      throw new DataException(
          "cifar10 is not installed in "
              + root
              + ". Install it with: unvanish data install cifar10");
    }
    Cifar10Reader.Content content = Cifar10Reader.read(cifar10Folder(), format, REINSTALL);
    for (int i = 0; i < format.checksums().size(); i++) {
      if (!content.checksums().get(i).equals(format.checksums().get(i))) {
        throw new DataException(
            cifar10Folder().resolve(Cifar10Format.FILES.get(i))
                + " is altered: its SHA-256 differs from the published one. "
                + REINSTALL);
      }
    }
    return new Dataset(
        CIFAR10,
        Cifar10.TITLE,
        Cifar10.CLASSES,
        content.train(),
        content.test(),
        SampleChecksums.ofParts(content.checksums()));
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
    if (isDrawn(name)) {
      throw new DataException(name + " is built in: there is nothing to install.");
    }
    if (!name.equals(CIFAR10)) {
      throw new DataException("there is no data set \"" + name + "\" to install, only cifar10.");
    }
    return new Installer(root, cifar10Folder(), format)
        .install(source == null ? Cifar10.ARCHIVE_URL : source, progress);
  }

  /**
   * Compares every file with the published one. That {@code cifar10} is not installed shows as all
   * its files missing.
   *
   * @param nameOrPath a name that the catalogue knows, or a folder with the binary version of
   *     CIFAR-10
   * @throws DataException if there is no such data set
   */
  public Verification verify(String nameOrPath) {
    if (isDrawn(nameOrPath)) {
      return new Verification(nameOrPath, List.of());
    }
    Path folder = nameOrPath.equals(CIFAR10) ? cifar10Folder() : folderOf(nameOrPath);
    return Verifier.verify(nameOrPath, folder, format);
  }

  private static boolean isDrawn(String name) {
    return name.equals(SYNTHETIC) || DrawnData.of(name).isPresent();
  }

  private Path cifar10Folder() {
    return root.resolve(CIFAR10);
  }

  private State cifar10State() {
    Path folder = cifar10Folder();
    if (!Files.exists(folder)) {
      return new State.NotInstalled();
    }
    return Verifier.firstProblem(folder, format)
        .<State>map(problem -> new State.Damaged(folder, problem))
        .orElseGet(() -> new State.Installed(folder));
  }

  private static Path folderOf(String path) {
    Path folder = DataFiles.existing(path);
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          path
              + " is not a folder. Use cifar10, synthetic, or a folder with the six files of the"
              + " binary version of CIFAR-10.");
    }
    return DataFiles.inner(folder, Cifar10.ARCHIVE_FOLDER);
  }
}
