package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Columns;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.InputColumn;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.network.Activated;
import org.unvanish.network.Dense;
import org.unvanish.network.Embedding;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Residual;

class EmbeddingTest {

  private static final Layer TANH = new Activated(Activation.of(ActivationFunction.TANH));

  /** Some inputs embedded in any order, then any layer. */
  private static Network network(RandomCases random) {
    int inputs = random.between(1, 6);
    List<Integer> values = new ArrayList<>(IntStream.range(0, inputs).boxed().toList());
    List<Layer> layers = new ArrayList<>();
    for (int i = random.between(1, inputs); i > 0; i--) {
      List<Integer> places =
          IntStream.range(0, values.size()).filter(at -> values.get(at) >= 0).boxed().toList();
      int at = places.get(random.between(0, places.size() - 1));
      int size = random.between(1, 5);
      layers.add(new Embedding(at, random.between(1, 20), size));
      values.remove(at);
      for (int value = 0; value < size; value++) {
        values.add(at, -1);
      }
    }
    layers.add(random.oneOf(TANH, BatchNormalization.DEFAULT, new Dense(4, true)));
    layers.add(new Dense(3, true));
    return new Network(Shape.flat(inputs), layers);
  }

  @Test
  void everyGradientIsWithinItsBoundInEveryArrangement() {
    RandomCases random = new RandomCases(1);
    for (int i = 0; i < 200; i++) {
      Network network = network(random);
      Batch batch =
          new Batch(
              network,
              random.values(network, Kind.WEIGHTS, 1),
              random.values(network, Kind.BIAS, 1),
              random.data(network, random.oneOf(3, 16, 17, 33), 1));
      TrainingStep step = batch.byEngine();
      double worst = Batch.worst(step, batch.byReference(step.parameters()));
      assertThat(worst).as("gradient of %s, in bounds", batch).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void theOraclesGradientsAreTheLimitOfDifferences() {
    RandomCases random = new RandomCases(2);
    for (int i = 0; i < 60; i++) {
      Network network = network(random);
      ImageSet samples = random.data(network, 7, 1).train();
      double[] parameters = new double[network.parameterCount()];
      Arrays.setAll(parameters, p -> random.between(-100, 100) / 100.0 + 0.005);
      ReferenceNetwork reference = new ReferenceNetwork(network, parameters);
      Batch.addAll(reference, samples, samples.count());
      for (int p = 0; p < parameters.length; p += random.between(1, 1 + parameters.length / 8)) {
        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
          double[] moved = parameters.clone();
          moved[p] += side == 0 ? -1e-5 : 1e-5;
          ReferenceNetwork other = new ReferenceNetwork(network, moved);
          Batch.addAll(other, samples, samples.count());
          losses[side] = other.loss() / samples.count();
        }
        assertThat(reference.gradient(p))
            .as("parameter %s of %s", p, network)
            .isCloseTo((losses[1] - losses[0]) / 2e-5, within(1e-5));
      }
    }
  }

  @Test
  void categoriesBecomeTheirValuesInTheirPlace() {
    Network network =
        new Network(
            Shape.flat(4),
            List.of(new Embedding(2, 3, 2), new Embedding(0, 2, 3), new Dense(1, false)));
    assertThat(network.output(0)).isEqualTo(Shape.flat(5));
    assertThat(network.output(1)).isEqualTo(Shape.flat(7));
    assertThat(network.embeddedInputs()).isEqualTo(Map.of(0, 2, 2, 3));
    assertThat(network.multiplyAdds()).isEqualTo(7);
    assertThat(network.parameters().stream().map(ParameterTensor::name))
        .containsExactly("embedding1/weights", "embedding2/weights", "dense1/weights");
    assertThat(network.parameters().get(0).shape()).containsExactly(3, 2);
    // Both inputs that are no categories, and of each category its values.
    float[] parameters = new float[network.parameterCount()];
    for (int i = 0; i < 12; i++) {
      parameters[i] = i + 1;
    }
    float[] digits = {1000, 100, 10, 1, 0.1f, 0.01f, 0.001f};
    System.arraycopy(digits, 0, parameters, 12, 7);
    Model model =
        new Model(
            network,
            PixelScaling.RAW.fit(samples(network, 1, 7, 2, 9)),
            List.of(),
            0.5,
            parameters,
            new TrainingHistory(List.of()));
    // Category 1 of input 0 has the values 10, 11 and 12; category 2 of input 2 has 5 and 6.
    assertThat((double) model.outputs(samples(network, 1, 7, 2, 9))[0][0])
        .isCloseTo(10_000 + 1_100 + 120 + 7 + 0.5 + 0.06 + 0.009, within(1e-3));
    assertThatThrownBy(() -> model.outputs(samples(network, 1, 7, 3, 9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the samples have 3.0 as input 2 of sample 0, both counted from 0; an embedding needs a"
                + " category's number there, whole, from 0 to 2 and not scaled");
    for (float wrong : new float[] {-1, 0.5f, Float.NaN, Float.POSITIVE_INFINITY, 1e20f}) {
      assertThatThrownBy(() -> model.outputs(samples(network, wrong, 7, 2, 9)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("as input 0 of sample 0");
    }
  }

  private static ImageSet samples(Network network, float... values) {
    return new ImageSet(network.input(), new Pixels.Floats(values), new byte[1]);
  }

  @Test
  void whatReadsTheDataStandsFirst() {
    Embedding embedding = new Embedding(0, 3, 2);
    assertRefused(
        List.of(TANH, embedding), "layer 2, embedding, reads the data; put it before all other");
    assertRefused(
        List.of(embedding, embedding),
        "layer 2, embedding, reads value 0, which an embedding before it has learnt");
    assertRefused(
        List.of(embedding, new Embedding(4, 3, 2)),
        "layer 2, embedding, reads value 4, counted from 0, but 4 reach it");
    assertThatThrownBy(() -> new Network(new Shape(2, 3, 3), List.of(embedding)))
        .hasMessage("layer 1, embedding, needs the columns of a table, but 2×3×3 reaches it");
    assertThatThrownBy(() -> new Residual(List.of(embedding), true))
        .hasMessageStartingWith("an embedding reads the data and cannot stand in a residual block");
    assertThatThrownBy(() -> new Embedding(-1, 3, 2)).hasMessageContaining("has column -1");
    assertThatThrownBy(() -> new Embedding(0, 0, 2)).hasMessageContaining("0 categories");
    assertThatThrownBy(() -> new Embedding(0, 3, 0)).hasMessageContaining("0 values");
  }

  private static void assertRefused(List<Layer> layers, String message) {
    assertThatThrownBy(() -> new Network(Shape.flat(3), layers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void embeddingsAndColumnsOfCategoriesGoTogether() {
    InputColumn size = new InputColumn.Numeric("size");
    InputColumn city = new InputColumn.Coded("city", List.of("a", "b", "c"));
    Columns columns = new Columns(List.of(size, city), List.of());
    assertThat(first(new Embedding(1, 3, 2)).problem(columns)).isEmpty();
    assertThat(first(new Embedding(1, 3, 2)).problem(Columns.NONE)).isEmpty();
    assertThat(first(TANH).problem(columns))
        .contains(
            "The column \"city\" holds the numbers of categories, and no embedding reads it. Put an"
                + " embedding first, or load the column as inputs of 0 and 1.");
    assertThat(first(new Embedding(0, 3, 2)).problem(columns))
        .contains(
            "An embedding reads the column \"size\", which does not hold the numbers of categories."
                + " Load it as a coded column.");
    assertThat(first(new Embedding(1, 4, 2)).problem(columns))
        .contains("The column \"city\" has 3 categories, but its embedding has 4.");
  }

  private static Network first(Layer layer) {
    return new Network(Shape.flat(2), List.of(layer, new Dense(2, true)));
  }

  @Test
  void aTrainingRefusesWhatIsNoCategory() {
    Network network = first(new Embedding(1, 3, 2));
    ImageSet train =
        new ImageSet(
            network.input(),
            new Pixels.Floats(new float[] {1, 0, 2, 1, 3, 2}),
            new byte[] {0, 1, 1});
    Dataset data = new Dataset("own", "own", List.of("a", "b"), train, train, "");
    Training training = Training.of(network).batchSize(3).epochs(2);
    assertThatThrownBy(() -> training.run(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the samples of own have 0.5 as input 1 of sample 1");
    Model model = training.scaling(PixelScaling.RAW).run(data);
    assertThat(model.predict(train)).hasSize(3);
  }

  @Test
  void aCategoryThatNoSampleHasKeepsItsValues() {
    Network network = first(new Embedding(1, 3, 2));
    ImageSet train =
        new ImageSet(
            network.input(), new Pixels.Floats(new float[] {1, 0, 2, 2}), new byte[] {0, 1});
    Dataset data = new Dataset("own", "own", List.of("a", "b"), train, train, "");
    Training training = Training.of(network).scaling(PixelScaling.RAW).epochs(3);
    float[] before = InitialValues.of(network, training.settings(), train, 1);
    float[] after = training.run(data).parameters();
    assertThat(Arrays.copyOfRange(after, 2, 4)).isEqualTo(Arrays.copyOfRange(before, 2, 4));
    assertThat(Arrays.copyOfRange(after, 0, 2)).isNotEqualTo(Arrays.copyOfRange(before, 0, 2));
    assertThat(Arrays.copyOfRange(after, 4, 6)).isNotEqualTo(Arrays.copyOfRange(before, 4, 6));
  }
}
