package org.unvanish.spec;

import java.util.List;
import java.util.OptionalInt;
import org.unvanish.data.DataSource;
import org.unvanish.data.PixelScaling;
import org.unvanish.experiment.Experiment;

/** Reads a whole spec from its tree. */
final class SpecReader {

  /** Characters of a name. */
  static final int LONGEST_NAME = 64;

  private static final int MOST_ARMS = 1_000;
  private static final int MOST_SAMPLES = 1_000_000_000;

  private SpecReader() {}

  /**
   * Reads a spec.
   *
   * @throws SpecException at the first thing that is wrong
   */
  static ExperimentSpec read(Node root) {
    Fields fields =
        new Field("a spec", root)
            .fields("name", "title", "data", "pixels", "network", "defaults", "arms");
    String name = name(fields.need("name"));
    List<LayerSpec> network = LayerReader.read(fields.need("network"));
    int activationLayers =
        (int)
            LayerSpec.flat(network).stream().filter(LayerSpec.Activated.class::isInstance).count();
    Field arms = fields.need("arms");
    return new ExperimentSpec(
        name,
        fields.find("title").map(f -> f.text(200)).orElse(name),
        data(fields.need("data")),
        fields.find("pixels").map(f -> f.choice(Words.PIXELS)).orElse(PixelScaling.UNIT),
        network,
        new ArmReader(activationLayers).read(fields.find("defaults"), arms, MOST_ARMS),
        new Written(fields.need("data").place(), fields.has("pixels")));
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
        field.fields("source", "format", "label-column", "test-share", "train-samples", "seed");
    return new DataSource(
        fields.need("source").text(4_096),
        fields.find("format").map(f -> f.choice(Words.FORMATS)),
        fields.find("label-column").map(f -> f.text(200)),
        fields.find("test-share").map(SpecReader::share).orElse(DataSource.DEFAULT_TEST_SHARE),
        fields
            .find("train-samples")
            .map(f -> OptionalInt.of(f.count(1, MOST_SAMPLES)))
            .orElse(OptionalInt.empty()),
        fields
            .find("seed")
            .map(f -> f.whole(0, ArmSpec.LARGEST_SEED))
            .orElse(DataSource.DEFAULT_SEED));
  }

  private static double share(Field field) {
    double share = field.decay();
    if (share == 0) {
      throw field.mustBe("above 0");
    }
    return share;
  }
}
