package org.unvanish.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.data.Dataset;
import org.unvanish.data.LoadProgress;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.network.Embedding;
import org.unvanish.network.Layer;
import org.unvanish.train.Training;

/** From a table with categories to a network that embeds them. */
class EmbeddingSpecTest {

  private static final String EMBEDDINGS =
      "{embedding: {column: city, size: 3}}, {embedding: {column: floor, size: 2}}, ";

  @TempDir Path folder;
  private Path table;

  @BeforeEach
  void write() throws IOException {
    StringBuilder rows = new StringBuilder("floor,size,city,sold\n");
    for (int i = 0; i < 60; i++) {
      rows.append('f').append(i % 4).append(',').append(40 + i);
      rows.append(i % 3 == 0 ? ",Rome" : i % 3 == 1 ? ",Oslo" : ",Lima");
      rows.append(i % 5 < 2 ? ",yes\n" : ",no\n");
    }
    table = Files.writeString(folder.resolve("houses.csv"), rows);
  }

  private String text(String layers) {
    return """
        name: houses
        data: {source: %s, label-column: sold, categorical-columns: [city, floor]}
        network: [%s{dense: 4}, activation, {dense: classes}]
        arms: [{name: tanh, activation: tanh, batch-size: 8, epochs: 2}]
        """
        .formatted(table, layers);
  }

  private ExperimentSpec spec(String layers) {
    return ExperimentSpec.parse(text(layers), "own.yaml");
  }

  private Dataset load(ExperimentSpec spec) {
    return spec.load(new DataCatalog(folder.resolve("cache")), LoadProgress.SILENT);
  }

  @Test
  void embeddingsFindTheirColumnsWhereverTheyStand() {
    ExperimentSpec spec = spec(EMBEDDINGS);
    Dataset data = load(spec);
    Experiment experiment = spec.experiment(data);
    Arm arm = experiment.arms().get(0);
    // The file has floor, size and city; the values of city come first into the network.
    List<Layer> layers = arm.network().layers();
    assertThat(layers.subList(0, 2))
        .containsExactly(new Embedding(2, 3, 3), new Embedding(0, 4, 2));
    assertThat(arm.network().embeddedInputs()).isEqualTo(Map.of(0, 4, 2, 3));
    assertThat(arm.network().output(1).size()).isEqualTo(6);
    Layer floorFirst =
        spec("{embedding: {column: floor, size: 2}}, {embedding: {column: city, size: 3}}, ")
            .experiment(data)
            .arms()
            .get(0)
            .network()
            .layers()
            .get(1);
    assertThat(floorFirst).isEqualTo(new Embedding(3, 3, 3));
    assertThat(Definition.of(arm, experiment.data()).values())
        .containsEntry("layer 1", "embedding of input 2, 3 categories to 3 values")
        .containsEntry("layer 2", "embedding of input 0, 4 categories to 2 values");
    Training training = new Training(arm.network(), arm.settings(), 1);
    assertThat(training.run(data).history().epochs()).hasSize(2);
  }

  @Test
  void aColumnWithoutAnEmbeddingHasAnInputForEachCategory() {
    ExperimentSpec spec = spec("{embedding: {column: city, size: 3}}, ");
    Arm arm = spec.experiment(load(spec)).arms().get(0);
    assertThat(arm.network().input().size()).isEqualTo(4 + 1 + 1);
    assertThat(arm.network().layers().get(0)).isEqualTo(new Embedding(5, 3, 3));
  }

  @Test
  void theSpecIsWrittenBack() {
    ExperimentSpec spec = spec(EMBEDDINGS);
    assertThat(ExperimentSpec.parse(spec.toYaml(), "again.yaml")).isEqualTo(spec);
  }

  @Test
  void whatIsNoCategoricalColumnIsRefusedAtItsPlace() {
    refuse(
        "{embedding: {column: citty, size: 3}}, ",
        "own.yaml:3:11: \"citty\" is none of the data's categorical-columns: did you mean \"city\"?");
    refuse(
        "{embedding: {column: size, size: 3}}, ",
        "own.yaml:3:11: \"size\" is none of the data's categorical-columns; name it there: {source:"
            + " own.csv, categorical-columns: [size]}");
    refuse(
        "{embedding: {column: city, size: 3}}, {embedding: {column: city, size: 3}}, ",
        "own.yaml:3:49: the column has an embedding already; leave one of them out");
    refuse(
        "activation, {embedding: {column: city, size: 3}}, ",
        "own.yaml:3:23: an embedding reads the data, so it cannot stand after another layer; put it"
            + " first");
  }

  private void refuse(String layers, String message) {
    assertThatThrownBy(() -> spec(layers)).isInstanceOf(SpecException.class).hasMessage(message);
  }

  @Test
  void dataThatAreLoadedForAnotherNetworkAreRefused() {
    Dataset coded = load(spec(EMBEDDINGS));
    Dataset inputs = load(spec(""));
    assertThatThrownBy(() -> spec("").experiment(coded))
        .isInstanceOf(SpecException.class)
        .hasMessage(
            "own.yaml:3:11: The column \"floor\" holds the numbers of categories, and no embedding"
                + " reads it. Put an embedding first, or load the column as inputs of 0 and 1.");
    assertThatThrownBy(() -> spec(EMBEDDINGS).experiment(inputs))
        .isInstanceOf(SpecException.class)
        .hasMessage("own.yaml:3:11: the data have no column \"city\" in categorical-columns");
  }
}
