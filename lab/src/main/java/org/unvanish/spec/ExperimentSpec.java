package org.unvanish.spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.unvanish.codec.LayerSpec;
import org.unvanish.codec.yaml.Place;
import org.unvanish.codec.yaml.Problems;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.codec.yaml.YamlReader;
import org.unvanish.data.ColumnRoles;
import org.unvanish.data.DataException;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.InputFiles;
import org.unvanish.data.LoadProgress;
import org.unvanish.data.Nearest;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.data.scaling.InputScaling;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.loss.Loss;
import org.unvanish.spec.sweep.SweepSpec;
import org.unvanish.train.TrainingSettings;

/**
 * An experiment as somebody wrote it down: all that decides its results but the data themselves.
 *
 * <p>Two specs are equal if they say the same, however they are written.
 *
 * @param name as files are named: letters, digits, dots, dashes and underscores
 * @param title as a figure's heading names it
 * @param dataSource what all arms are trained on
 * @param pixels how values become inputs
 * @param arms at least one; those of a sweep last
 * @param sweep what makes the last arms, if anything does
 * @param written how it was written, where that decides nothing
 */
public record ExperimentSpec(
    String name,
    String title,
    DataSource dataSource,
    PixelScaling pixels,
    List<ArmSpec> arms,
    Optional<SweepSpec> sweep,
    Written written) {

  /** Copies the list. */
  public ExperimentSpec {
    arms = List.copyOf(arms);
  }

  /** As programs make it: nothing in it is a default. */
  public ExperimentSpec(
      String name, String title, DataSource dataSource, PixelScaling pixels, List<ArmSpec> arms) {
    this(name, title, dataSource, pixels, arms, Optional.empty(), Written.BY_PROGRAM);
  }

  /**
   * @param chosen the arms that are no points of the sweep
   */
  static ExperimentSpec of(
      String name,
      String title,
      DataSource dataSource,
      PixelScaling pixels,
      List<ArmSpec> chosen,
      Optional<SweepSpec> sweep,
      Written written) {
    List<ArmSpec> arms = new ArrayList<>(chosen);
    sweep.ifPresent(varied -> arms.addAll(varied.arms()));
    return new ExperimentSpec(name, title, dataSource, pixels, arms, sweep, written);
  }

  /** Its arms that are no points of a sweep. */
  public List<ArmSpec> chosenArms() {
    return arms.subList(0, arms.size() - sweep.map(varied -> varied.arms().size()).orElse(0));
  }

  /**
   * Reads a file.
   *
   * @throws SpecException if it is no valid spec, or cannot be read
   */
  public static ExperimentSpec read(Path file) {
    String where = file.toString();
    Place start = new Place(where, 1, 1);
    try {
      if (Files.isDirectory(file)) {
        throw start.error("this is a folder; name a file");
      }
      if (InputFiles.isEndless(file) && !isGiven(file)) {
        throw start.error("this is a pipe, a device or a socket; name a file");
      }
      return parse(decode(bytes(file, start), where), where);
    } catch (NoSuchFileException e) {
      throw start.error("the file does not exist%s", Nearest.question(file).orElse(""));
    } catch (IOException e) {
      throw start.error("the file cannot be read: %s", e.getMessage());
    }
  }

  /** What the shell hands over: {@code /dev/stdin}, or {@code /dev/fd/63} for {@code <(…)}. */
  private static boolean isGiven(Path file) {
    return file.toString().matches("/dev/(stdin|fd/[0-9]+)");
  }

  /** Not by its size: what is given by the shell has none. */
  private static byte[] bytes(Path file, Place start) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(YamlReader.MOST_CHARACTERS + 1);
      if (bytes.length > YamlReader.MOST_CHARACTERS) {
        throw start.error("the file is too large for a spec");
      }
      return bytes;
    }
  }

  /**
   * Reads a text.
   *
   * @param where what the text is called in errors: a file name
   * @throws SpecException if it is no valid spec, with all that is wrong
   */
  public static ExperimentSpec parse(String text, String where) {
    Problems problems = new Problems();
    return SpecReader.read(YamlReader.read(text, where, problems), problems);
  }

  /**
   * Reads the text of a stored experiment. Where its arms recorded every step though a rule would
   * leave some out, they were stored before there was that rule, and go on as they began.
   *
   * @param where what the text is called in errors
   * @param data as they are stored
   * @param stored the arms' definitions
   * @throws SpecException if it is no valid spec
   */
  public static ExperimentSpec parseStored(
      String text, String where, DataDescription data, List<Definition> stored) {
    ExperimentSpec spec = parse(text, where);
    boolean recordedAll = stored.stream().allMatch(arm -> arm.recorded().isAll());
    boolean wouldNot =
        spec.experiment(data).arms().stream().anyMatch(arm -> !arm.recorded().isAll());
    return recordedAll && wouldNot ? spec.recordingAll() : spec;
  }

  /**
   * A text as the name of a spec, with a dash for what cannot stand in one.
   *
   * @param otherwise the name where nothing is left of the text
   */
  public static String nameOf(String text, String otherwise) {
    String plain = text.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    String name = plain.isEmpty() ? otherwise : plain;
    return name.substring(0, Math.min(name.length(), SpecReader.LONGEST_NAME));
  }

  /** The JSON Schema of all specs, for editors that complete and check while somebody writes. */
  public static String schema() {
    return SpecReader.schema().text();
  }

  private static String decode(byte[] bytes, String where) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    out.flip();
    if (result.isError()) {
      throw YamlReader.placeAfter(out.toString(), where)
          .error("the file is not UTF-8 text from here on");
    }
    return out.toString();
  }

  /**
   * Loads its data into memory.
   *
   * @param progress is told how far reading is
   * @throws DataException if they cannot be loaded; it tells where the spec names them
   */
  public Dataset load(DataCatalog catalog, LoadProgress progress) {
    try {
      Set<String> embedded =
          arms.stream()
              .flatMap(arm -> LayerSpec.flat(arm.network()).stream())
              .flatMap(layer -> layer.embeddedColumn().stream())
              .collect(Collectors.toSet());
      ColumnRoles columns = dataSource.columns().withCoded(embedded);
      return catalog.load(dataSource.withColumns(columns), progress);
    } catch (DataException e) {
      throw written
          .data()
          .map(place -> new DataException(place + ": data: " + e.getMessage(), e))
          .orElse(e);
    }
  }

  /**
   * What the scaling of the inputs changes in its data.
   *
   * @param data what {@link #dataSource} names
   */
  public InputScaling inputScaling(Dataset data) {
    return InputScaling.of(data, pixels, written.saysPixels());
  }

  /**
   * The experiment on its data.
   *
   * @param data what {@link #dataSource} names
   * @throws SpecException if a network or a loss does not fit the data, or a file of initial values
   *     does not fit the network; the place is that of the layer, or of the data
   */
  public Experiment experiment(Dataset data) {
    Experiment experiment = experiment(DataDescription.of(data));
    for (int i = 0; i < arms.size(); i++) {
      requireInitialValues(experiment.arms().get(i), arms.get(i).network().get(0).place());
    }
    return experiment;
  }

  /** Only what is to be trained needs the file. */
  private static void requireInitialValues(Arm arm, Place place) {
    try {
      arm.settings().weights().requireFit(arm.network());
    } catch (IllegalArgumentException e) {
      throw place.error("arm \"%s\", %s", arm.name(), e.getMessage());
    }
  }

  /**
   * The experiment on data that need not be in memory.
   *
   * @param data what {@link #dataSource} names
   * @throws SpecException if networks or losses do not fit the data, with what is wrong with each
   *     arm; places are those of layers, or that of the data
   */
  public Experiment experiment(DataDescription data) {
    Problems problems = new Problems();
    List<Arm> bound =
        arms.stream().flatMap(arm -> problems.attempt(() -> bound(arm, data)).stream()).toList();
    problems.requireNone();
    return new Experiment(name, title, data, bound, sweep.map(SweepSpec::sweep));
  }

  private Arm bound(ArmSpec arm, DataDescription data) {
    Loss loss = loss(arm, data);
    return new Arm(
        arm.name(),
        new NetworkBinding(arm.network(), data).bind(arm.activations(), loss, arm.batchSize()),
        settings(arm, loss),
        arm.backend(),
        arm.seeds());
  }

  private Loss loss(ArmSpec arm, DataDescription data) {
    Loss loss = arm.loss().orElseGet(() -> Loss.standard(data.targets()));
    try {
      return loss.on(data.targets(), data.classes(), data.name());
    } catch (IllegalArgumentException e) {
      throw written
          .data()
          .<RuntimeException>map(
              place -> place.error("the arm \"%s\": %s", arm.name(), e.getMessage()))
          .orElse(e);
    }
  }

  private TrainingSettings settings(ArmSpec arm, Loss loss) {
    return new TrainingSettings(
        loss,
        arm.optimizer(),
        arm.schedule(),
        arm.clipping(),
        arm.penalty(),
        arm.weights(),
        arm.recurrent(),
        arm.biases(),
        pixels,
        arm.batchSize(),
        arm.epochs(),
        arm.recorded());
  }

  /**
   * The same with some changes.
   *
   * @throws IllegalArgumentException if an override is out of its range
   */
  public ExperimentSpec with(Overrides overrides) {
    return new Overriding(overrides).apply(this);
  }

  /** The same with all arms on one backend. */
  public ExperimentSpec on(Backend backend) {
    return of(
        name,
        title,
        dataSource,
        pixels,
        chosenArms().stream().map(arm -> arm.on(backend)).toList(),
        sweep.map(varied -> varied.withBase(varied.base().on(backend))),
        written);
  }

  private ExperimentSpec recordingAll() {
    return of(
        name,
        title,
        dataSource,
        pixels,
        chosenArms().stream().map(ArmSpec::recordingAll).toList(),
        sweep.map(varied -> varied.withBase(varied.base().recordingAll())),
        written);
  }

  /** The same where all arms are trained to the end. */
  public ExperimentSpec withoutRacing() {
    return new ExperimentSpec(
        name, title, dataSource, pixels, arms, sweep.map(SweepSpec::withoutRacing), written);
  }

  /** As YAML that {@link #parse} reads back to an equal spec. */
  public String toYaml() {
    return SpecWriter.write(this);
  }
}
