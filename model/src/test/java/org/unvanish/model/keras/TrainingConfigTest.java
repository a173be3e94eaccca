package org.unvanish.model.keras;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unvanish.loss.Huber;
import org.unvanish.loss.Loss;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.model.TrainingNote;
import org.unvanish.model.TrainingNote.FileLoss;
import org.unvanish.model.TrainingNote.FileOptimizer;
import org.unvanish.model.TrainingNote.FileRegularizer;

/** What files of all versions of Keras say of training, as Keras's sources write it. */
class TrainingConfigTest {

  private static TrainingNote note(Path file) throws IOException {
    return KerasReader.read(file).training().orElseThrow();
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  @Test
  void anHdf5FileSaysHowItWasTrained() throws IOException {
    TrainingNote note = note(KerasFixture.path("mlp-keras-2.1.h5"));

    assertThat(note.loss())
        .contains(
            new FileLoss(
                "categorical_crossentropy", Optional.of(new SoftmaxCrossEntropy()), false));
    assertThat(note.optimizer())
        .contains(new FileOptimizer("SGD", OptionalDouble.of(0.01), OptionalDouble.empty()));
    assertThat(note.regularizers())
        .isEqualTo(Map.of("dense_1/kernel", new FileRegularizer(0, 0.01)));
    assertThat(note.initializers())
        .isEqualTo(
            Map.of(
                "dense_1/kernel", "glorot_uniform",
                "dense_1/bias", "zeros",
                "dense_2/kernel", "glorot_uniform"));
  }

  @Test
  void anArchiveSaysHowItWasTrained() throws IOException {
    TrainingNote note = note(KerasFixture.path("recurrent.keras"));

    assertThat(note.loss())
        .contains(new FileLoss("mse", Optional.of(new MeanSquaredError()), false));
    assertThat(note.optimizer())
        .contains(new FileOptimizer("Adam", OptionalDouble.of(0.001), OptionalDouble.of(1e-7)));
    assertThat(note.regularizers()).isEmpty();
  }

  @Test
  void aFileThatWasNotCompiledNamesNeitherLossNorOptimizer() throws IOException {
    TrainingNote note = note(KerasFixture.path("functional-keras-2.3.h5"));

    assertThat(note.loss()).isEmpty();
    assertThat(note.optimizer()).isEmpty();
  }

  @Test
  void regularisersAreThoseOfRecurrentWeightsInBothDirections(@TempDir Path folder)
      throws IOException {
    Path file =
        KerasFixture.altered(
            folder.resolve("altered.keras"),
            "recurrent.keras",
            config ->
                config.replace(
                    "\"recurrent_dropout\": 0.0",
                    "\"recurrent_dropout\": 0.0, \"recurrent_regularizer\":"
                        + " {\"module\": \"keras.regularizers\", \"class_name\": \"L2\","
                        + " \"config\": {\"l2\": 0.125}, \"registered_name\": null}"));

    assertThat(note(file).regularizers())
        .containsOnlyKeys(
            "simple_rnn/recurrent_kernel",
            "bidirectional/recurrent_kernel",
            "gru/recurrent_kernel",
            "gru_1/recurrent_kernel")
        .containsValue(new FileRegularizer(0, 0.125));
  }

  @Test
  void aRegulariserThatIsNoSumOverParametersIsSaidToBeLeftOut(@TempDir Path folder)
      throws IOException {
    Path file =
        KerasFixture.altered(
            folder.resolve("altered.keras"),
            "functional.keras",
            config ->
                config.replace(
                    "\"kernel_regularizer\": null",
                    "\"kernel_regularizer\": {\"class_name\": \"OrthogonalRegularizer\","
                        + " \"config\": {\"factor\": 0.01}}"));

    assertThat(KerasReader.read(file).warnings())
        .contains("layer \"dense\" (Dense): its kernel_regularizer is left out.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'sparse_categorical_crossentropy' | softmax cross-entropy | false",
        "'MSE' | mean squared error | false",
        "{'class_name': 'MeanAbsoluteError', 'config': {'reduction': 'auto', 'name': 'x'}} | mean absolute error | false",
        "{'module': 'keras.losses', 'class_name': 'SparseCategoricalCrossentropy', 'config': {'from_logits': true}, 'registered_name': null} | softmax cross-entropy | true",
        "{'class_name': 'BinaryCrossentropy', 'config': {'from_logits': false}} | binary cross-entropy | false",
        "{'module': 'builtins', 'class_name': 'function', 'config': 'mean_squared_error', 'registered_name': 'function'} | mean squared error | false",
        "{'out': 'binary_crossentropy'} | binary cross-entropy | false",
        "['mae'] | mean absolute error | false",
        "'kl_divergence' | none | false",
      })
  void lossesAreKnownHoweverTheyAreWritten(String loss, String known, boolean fromLogits)
      throws IOException {
    FileLoss read = TrainingConfig.loss(json("{'loss': %s}".formatted(loss))).orElseThrow();

    assertThat(read.known().map(Loss::name).orElse("none")).isEqualTo(known);
    assertThat(read.fromLogits()).isEqualTo(fromLogits);
  }

  @Test
  void aLossKeepsItsNumber() throws IOException {
    assertThat(
            TrainingConfig.loss(json("{'loss': {'class_name': 'Huber', 'config': {'delta': 2.5}}}"))
                .orElseThrow()
                .known())
        .contains(new Huber(2.5));
  }

  @Test
  void ofSeveralOutputsThereIsNoOneLoss() throws IOException {
    assertThat(TrainingConfig.loss(json("{'loss': {'a': 'mse', 'b': 'mae'}}"))).isEmpty();
    assertThat(TrainingConfig.loss(json("{'loss': ['mse', 'mae']}"))).isEmpty();
    assertThat(TrainingConfig.loss(json("{'loss': null}"))).isEmpty();
    assertThat(TrainingConfig.loss(json("{}"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'optimizer_config': {'class_name': 'Adam', 'config': {'lr': 0.01, 'epsilon': 1e-08}}} | Adam (learning rate 0.01) | 1e-8",
        "{'optimizer_config': {'class_name': 'Adam', 'config': {'lr': 0.01, 'epsilon': null}}} | Adam (learning rate 0.01) | 1e-7",
        "{'optimizer_config': {'class_name': 'RMSprop', 'config': {'learning_rate': 0.001, 'epsilon': 1e-07}}} | RMSprop (learning rate 0.001) | NaN",
        "{'optimizer_config': {'class_name': 'Adam', 'config': {'learning_rate': {'class_name': 'ExponentialDecay', 'config': {'initial_learning_rate': 0.1}}}}} | Adam (learning rate 0.1) | 1e-7",
        "{'optimizer': {'module': 'keras.optimizers', 'class_name': 'LossScaleOptimizer', 'config': {'inner_optimizer': {'class_name': 'AdamW', 'config': {'learning_rate': 0.5, 'epsilon': 1e-3}}}}} | AdamW (learning rate 0.5) | 1e-3",
        "{'optimizer': 'adam'} | adam | 1e-7",
      })
  void optimizersAreKnownHoweverTheyAreWritten(String training, String text, Double epsilon)
      throws IOException {
    FileOptimizer read = TrainingConfig.optimizer(json(training)).orElseThrow();

    assertThat(read).hasToString(text);
    assertThat(read.adamEpsilon().orElse(Double.NaN)).isEqualTo(epsilon);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'class_name': 'L1L2', 'config': {'l1': 0.5, 'l2': 0.25}} | l1 = 0.5, l2 = 0.25",
        "{'class_name': 'L1', 'config': {'l1': 0.5}} | l1 = 0.5",
        "'l2' | l2 = 0.01",
        "'l1_l2' | l1 = 0.01, l2 = 0.01",
        "{'class_name': 'L1L2', 'config': {'l1': 0.0, 'l2': 0.0}} | none",
        "{'class_name': 'L2', 'config': {'l2': -1}} | none",
        "{'class_name': 'L2', 'config': {'l2': 1e999}} | none",
        "null | none",
      })
  void regularisersAreKnownHoweverTheyAreWritten(String regularizer, String text)
      throws IOException {
    assertThat(
            TrainingConfig.regularizer(json(regularizer))
                .map(FileRegularizer::toString)
                .orElse("none"))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'glorot_uniform' | glorot_uniform",
        "{'class_name': 'GlorotUniform', 'config': {'seed': null}} | glorot_uniform",
        "{'class_name': 'VarianceScaling', 'config': {'scale': 1.0, 'mode': 'fan_avg', 'distribution': 'uniform', 'seed': null}} | glorot_uniform",
        "{'class_name': 'VarianceScaling', 'config': {'scale': 2.0, 'mode': 'fan_in', 'distribution': 'truncated_normal'}} | he_normal",
        "{'class_name': 'VarianceScaling', 'config': {'scale': 1.0, 'mode': 'fan_in', 'distribution': 'normal'}} | lecun_normal",
        "{'class_name': 'VarianceScaling', 'config': {'scale': 3.0, 'mode': 'fan_in', 'distribution': 'normal'}} | variance_scaling",
        "{'module': 'keras.initializers', 'class_name': 'Orthogonal', 'config': {'gain': 1.0}} | orthogonal",
      })
  void initialisersHaveKerasShortNames(String initializer, String name) throws IOException {
    assertThat(TrainingConfig.initializer(json(initializer))).contains(name);
  }
}
