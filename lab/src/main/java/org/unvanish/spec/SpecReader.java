package org.unvanish.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.unvanish.data.DataSource;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.experiment.Experiment;

/** Reads a whole spec from its tree. */
final class SpecReader {

  /** Characters of a name. */
  static final int LONGEST_NAME = 64;

  private static final int MOST_ARMS = 1_000;
  private static final int MOST_SAMPLES = 1_000_000_000;

  private static final Map<String, Boolean> LABELS_ARE = Map.of("classes", true);

  private SpecReader() {}

  /**
   * Reads a spec.
   *
   * @throws SpecException with all that is wrong
   */
  static ExperimentSpec read(Node root) {
    Problems problems = new Problems();
    Optional<ExperimentSpec> spec = problems.attempt(() -> read(root, problems));
    problems.requireNone();
    return spec.orElseThrow();
  }

  private static ExperimentSpec read(Node root, Problems problems) {
    Fields fields =
        new Field("a spec", root, problems)
            .fields("name", "title", "data", "pixels", "network", "defaults", "arms");
    Optional<String> name = fields.need("name", SpecReader::name);
    Optional<String> title = fields.find("title", f -> f.text(200));
    Optional<DataSource> data = fields.need("data", SpecReader::data);
    Optional<PixelScaling> pixels = fields.find("pixels", f -> f.choice(SpecWords.PIXELS));
    Optional<List<LayerSpec>> network = fields.need("network", LayerReader::read);
    ArmReader reader = new ArmReader(activationLayers(network), problems);
    ArmReader.Settings shared =
        fields.find("defaults", reader::defaults).orElse(ArmReader.Settings.NONE);
    Optional<List<ArmSpec>> arms = fields.need("arms", f -> reader.arms(shared, f, MOST_ARMS));
    if (problems.count() > 0) {
      throw new Problems.Told();
    }
    return new ExperimentSpec(
        name.orElseThrow(),
        title.or(() -> name).orElseThrow(),
        data.orElseThrow(),
        pixels.orElse(PixelScaling.UNIT),
        network.orElseThrow(),
        arms.orElseThrow(),
        new Written(fields.need("data").place(), fields.has("pixels")));
  }

  private static OptionalInt activationLayers(Optional<List<LayerSpec>> network) {
    return network.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(
            (int)
                LayerSpec.flat(network.get()).stream()
                    .filter(LayerSpec.Activated.class::isInstance)
                    .count());
  }

  private static String name(Field field) {
    String name = field.text(LONGEST_NAME);
    if (!Experiment.isName(name)) {
      throw field.mustBe("letters, digits, dots, dashes and underscores, as files are named by it");
    }
    return name;
  }

  private static DataSource data(Field field) {
    if (field.isText()) {
      return DataSource.of(field.text(4_096));
    }
    Fields fields =
        field.fields(
            "source",
            "format",
            "label-column",
            "labels-are",
            "test-share",
            "train-samples",
            "seed");
    return new DataSource(
        fields.need("source", f -> f.text(4_096)).orElse("?"),
        fields.find("format", f -> f.choice(SpecWords.FORMATS)),
        fields.find("label-column", f -> f.text(200)),
        fields.find("labels-are", f -> f.choice(LABELS_ARE)).orElse(false),
        fields.find("test-share", SpecReader::share).orElse(DataSource.DEFAULT_TEST_SHARE),
        fields
            .find("train-samples", f -> OptionalInt.of(f.count(1, MOST_SAMPLES)))
            .orElse(OptionalInt.empty()),
        fields.find("seed", f -> f.whole(0, ArmSpec.LARGEST_SEED)).orElse(DataSource.DEFAULT_SEED));
  }

  private static double share(Field field) {
    double share = field.decay();
    if (share == 0) {
      throw field.mustBe("above 0");
    }
    return share;
  }
}
