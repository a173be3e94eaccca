package org.unvanish.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.unvanish.data.Dataset;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.loss.Loss;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.loss.OneHot;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.model.TrainingNote.FileLoss;
import org.unvanish.model.TrainingNote.FileOptimizer;
import org.unvanish.model.TrainingNote.FileRegularizer;
import org.unvanish.probe.ProbeProgress;

/** What a file says of its training enters the diagnosis of its model. */
class FileTrainingTest {

  private static final Path KERAS = Path.of("src/test/resources/org/unvanish/model/keras");

  /** Four features, three classes, softmax behind the last dense layer. */
  private static final ImportedModel SOFTMAX = ModelReader.read(KERAS.resolve("mlp-keras-2.1.h5"));

  /** Four features, two outputs. */
  private static final ImportedModel LINEAR = ModelReader.read(KERAS.resolve("mlp-keras-3.h5"));

  private static ImportedModel with(ImportedModel model, TrainingNote note) {
    return new ImportedModel(
        model.graph(), model.format(), model.producer(), model.warnings(), Optional.of(note));
  }

  private static TrainingNote lossOnly(String name, @Nullable Loss known, boolean fromLogits) {
    return new TrainingNote(
        Optional.of(new FileLoss(name, Optional.ofNullable(known), fromLogits)),
        Optional.empty(),
        Map.of(),
        Map.of());
  }

  private static Dataset classes(int classes) {
    Random random = new Random(5);
    float[][] rows = new float[60][4];
    int[] labels = new int[60];
    for (int i = 0; i < rows.length; i++) {
      labels[i] = i % classes;
      for (int k = 0; k < 4; k++) {
        rows[i][k] = (float) random.nextGaussian() + labels[i];
      }
    }
    return Dataset.of("rows", rows, labels);
  }

  private static ModelDiagnosis diagnose(ImportedModel model, int classes, @Nullable Loss asked) {
    return ModelDiagnosis.of(
        model,
        stack -> UserData.of(stack, classes(classes), PixelScaling.RAW),
        asked,
        1,
        Thresholds.DEFAULT,
        ProbeProgress.SILENT);
  }

  private static MeasuredBackward evidence(ModelDiagnosis found) {
    return found.diagnosis().decisive().evidence();
  }

  @Test
  void theFilesLossIsMeasured() {
    ModelDiagnosis found =
        diagnose(with(LINEAR, lossOnly("mse", new MeanSquaredError(), false)), 2, null);

    assertThat(found.loss()).contains(new OneHot(new MeanSquaredError(), 2));
  }

  @Test
  void theUsersLossComesFirst() {
    ModelDiagnosis found =
        diagnose(
            with(LINEAR, lossOnly("mse", new MeanSquaredError(), false)),
            2,
            new SoftmaxCrossEntropy());

    assertThat(found.loss()).contains(new SoftmaxCrossEntropy());
  }

  @Test
  void aLossThatIsNotKnownIsNamedAndTheUsualOneTaken() {
    ModelDiagnosis found = diagnose(with(LINEAR, lossOnly("focal", null, false)), 2, null);

    assertThat(found.loss()).contains(new SoftmaxCrossEntropy());
    assertThat(found.notes())
        .contains(
            "The file's loss focal is none that Unvanish has: it is measured with the softmax"
                + " cross-entropy. --loss names another.");
  }

  @Test
  void aSoftmaxThatTheLossTakesWithItIsLeftToTheLoss() {
    ModelDiagnosis found = diagnose(SOFTMAX, 3, null);

    assertThat(found.loss()).contains(new SoftmaxCrossEntropy());
    assertThat(found.stack().last().isSoftmax()).isFalse();
    assertThat(found.notes()).noneMatch(note -> note.contains("softmax"));
  }

  @Test
  void aSoftmaxInFrontOfALossOnLogitsIsMeasuredTwiceAndSaid() {
    TrainingNote note = lossOnly("SparseCategoricalCrossentropy", new SoftmaxCrossEntropy(), true);
    ModelDiagnosis twice = diagnose(with(SOFTMAX, note), 3, null);

    assertThat(twice.stack().last().isSoftmax()).isTrue();
    assertThat(twice.notes())
        .contains(
            "The model ends with softmax, and the file's loss SparseCategoricalCrossentropy"
                + " (from logits) applies softmax once more. Leave one of them out. It is measured"
                + " as it is.");
    assertThat(evidence(twice).output().loss())
        .isNotCloseTo(evidence(diagnose(SOFTMAX, 3, null)).output().loss(), within(1e-3));
  }

  @Test
  void logitsForALossOnProbabilitiesAreSaid() {
    ModelDiagnosis found =
        diagnose(
            with(
                LINEAR,
                lossOnly("sparse_categorical_crossentropy", new SoftmaxCrossEntropy(), false)),
            2,
            null);

    assertThat(found.notes())
        .anyMatch(note -> note.contains("takes probabilities, but the model does not end with"));
  }

  /** Of l2·w² the gradient is 2·l2·w. */
  @Test
  void aRegulariserIsThePenaltyOfItsTensorAlone() {
    MeasuredBackward measured = evidence(diagnose(SOFTMAX, 3, null));
    double rms = measured.layers().get(0).tensors().get(0).rms();

    assertThat(measured.layers().get(0).tensors().get(0).penaltyLog10())
        .isCloseTo(StrictMath.log10(2 * 0.01 * rms), within(1e-12));
    assertThat(measured.layers().get(0).tensors().get(1).penaltyLog10())
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(measured.layers().get(1).tensors().get(0).penaltyLog10())
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void aRegulariserOfBothKindsAddsUp() {
    FileRegularizer both = new FileRegularizer(0.5, 0.25);

    assertThat(both.gradient(-2)).isEqualTo(-0.5 - 1);
    assertThat(both.gradient(0)).isZero();
  }

  private static ModelDiagnosis withoutData(double l2) {
    ImportedModel model = ModelReader.read(KERAS.resolve("cnn-keras-2.11.h5"));
    TrainingNote note = model.training().orElseThrow();
    Map<String, FileRegularizer> regularizers =
        l2 == 0 ? Map.of() : Map.of("conv2d_1/kernel", new FileRegularizer(0, l2));
    return ModelDiagnosis.of(
        with(
            model,
            new TrainingNote(note.loss(), note.optimizer(), regularizers, note.initializers())),
        stack -> UserData.none(stack, 256, 1),
        null,
        1,
        Thresholds.DEFAULT,
        ProbeProgress.SILENT);
  }

  /** The weights of conv2d_1 are large, and the file says that they were drawn by Glorot's. */
  @Test
  void aPenaltyThatIsThereIsNotPrescribedAgain() {
    ModelDiagnosis none = withoutData(0);
    assertThat(none.conclusion().prescription().l2()).isPositive();
    assertThat(none.notes())
        .contains("The strength r follows the random error signal: diagnose with data to know it.")
        .noneMatch(note -> note.contains("takes the place"));

    ModelDiagnosis weak = withoutData(1e-7);
    assertThat(weak.conclusion().prescription().l2()).isPositive();
    assertThat(weak.notes())
        .contains("The prescribed penalty takes the place of the file's regularisers.");

    assertThat(withoutData(1).conclusion().prescription().l2()).isNull();
  }

  @Test
  void adamsEpsilonIsThatOfTheFile() {
    TrainingNote note =
        new TrainingNote(
            Optional.empty(),
            Optional.of(new FileOptimizer("Adam", OptionalDouble.of(0.1), OptionalDouble.of(1e-4))),
            Map.of(),
            Map.of());

    assertThat(evidence(diagnose(with(LINEAR, note), 2, null)).adamEpsilon()).isEqualTo(1e-4);
    assertThat(evidence(diagnose(SOFTMAX, 3, null)).adamEpsilon()).isNull();
  }

  @Test
  void theInitializationThatTheFileNamesIsNotPrescribedAgain() {
    GraphStack stack = ModelDiagnosis.stack(SOFTMAX);
    ModelData data = UserData.none(stack, 8, 1);

    assertThat(
            new GraphProbe(
                    stack,
                    data,
                    null,
                    SOFTMAX.training().orElseThrow(),
                    GraphProbe.window(8, 8, 1, 1),
                    1,
                    ProbeProgress.SILENT)
                .otherStarts())
        .containsExactly(PrescribedInitialization.HE);
  }

  @Test
  void whatTheFileSaysIsSaid() {
    assertThat(diagnose(SOFTMAX, 3, null).notes())
        .contains(
            "The file says of its training: loss categorical_crossentropy; optimizer SGD (learning"
                + " rate 0.01); initialisers glorot_uniform, zeros.",
            "The file's regularisers count: l2 = 0.01 on dense_1/kernel.");
  }
}
