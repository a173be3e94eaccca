package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Dropout;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Residual;
import org.unvanish.train.ValueSize.Kind;

class ValueSizeTest {

  private static final Shape INPUT = new Shape(1, 6, 6);
  private static final Layer TANH = new Activated(Activation.of(ActivationFunction.TANH));
  private static final Layer RELU = new Activated(Activation.of(ActivationFunction.RELU));

  /** Above the samples that are measured, so that some are not. */
  private static final int TEST_SAMPLES = OutputSizes.SAMPLES + 37;

  private static final List<Layer> LAYERS =
      List.of(
          new Convolution(3, 3, true),
          TANH,
          new MaxPooling(2),
          new Residual(List.of(RELU, new Convolution(3, 3, false), TANH), false),
          BatchNormalization.DEFAULT,
          TANH,
          new Dense(4, true),
          new Dropout(0.5),
          new Dense(3, true));

  private static final Network NETWORK = new Network(INPUT, LAYERS);

  private static ImageSet images(Random random, int count) {
    byte[] pixels = new byte[count * INPUT.size()];
    random.nextBytes(pixels);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(3);
    }
    return new ImageSet(INPUT, pixels, labels);
  }

  private static Dataset data() {
    Random random = new Random(1);
    List<String> classes = List.of("a", "b", "c");
    return new Dataset("d", "d", classes, images(random, 40), images(random, TEST_SAMPLES), "");
  }

  private static double rmsOfOutputs(int layers, float[] parameters, Dataset data) {
    Network part = new Network(INPUT, LAYERS.subList(0, layers));
    Model model =
        new Model(
            part,
            TrainingSettings.DEFAULT.pixelScaling().fit(data.train()),
            List.of(),
            0.5,
            Arrays.copyOf(parameters, part.parameterCount()),
            new TrainingHistory(List.of()));
    double squares = 0;
    long count = 0;
    for (float[] outputs : Arrays.copyOf(model.outputs(data.test()), OutputSizes.SAMPLES)) {
      for (float output : outputs) {
        squares += (double) output * output;
        count++;
      }
    }
    return Math.sqrt(squares / count);
  }

  @Test
  void weightsAndActivationsAreMeasuredAsTheyStandAtTheEndOfAnEpoch() {
    Dataset data = data();
    Recording recording = new Recording();
    TrainingSettings settings = TrainingSettings.DEFAULT.withBatchSize(8).withEpochs(2);
    Trainer trainer = new Trainer(NETWORK, settings, data, 1);
    assertThat(trainer.run(recording)).isInstanceOf(TrainingOutcome.Finished.class);
    float[] parameters = trainer.parameters();
    EpochRecord last = recording.epochs.get(1);

    for (ParameterTensor tensor : NETWORK.trainedParameters()) {
      double squares = 0;
      for (int i = tensor.offset(); i < tensor.end(); i++) {
        squares += (double) parameters[i] * parameters[i];
      }
      assertThat(last.size(Kind.PARAMETER, tensor.name()))
          .as(tensor.name())
          .isCloseTo(Math.sqrt(squares / tensor.size()), within(1e-9));
    }
    // After the activation, where there is one: behind a normalization too, but before pooling.
    assertThat(last.sizes())
        .filteredOn(size -> size.kind() == Kind.ACTIVATION)
        .extracting(ValueSize::name)
        .containsExactly("conv1", "residual1/conv1", "residual1", "dense1", "dense2");
    int[] layers = {2, 6, 7, 9};
    List<String> names = List.of("conv1", "residual1", "dense1", "dense2");
    for (int i = 0; i < layers.length; i++) {
      double expected = rmsOfOutputs(layers[i], parameters, data);
      assertThat(last.size(Kind.ACTIVATION, names.get(i)))
          .as(names.get(i))
          .isCloseTo(expected, within(1e-5 * expected));
    }
    assertThat(recording.epochs.get(0).sizes()).isNotEqualTo(last.sizes());
  }

  @Test
  void whatWasNotMeasuredIsNamed() {
    EpochRecord none = new EpochRecord(1, 1, 1, 1, 1, 1, List.of());
    assertThatThrownBy(() -> none.size(Kind.ACTIVATION, "dense7"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no size of the activation dense7 is known");
  }
}
