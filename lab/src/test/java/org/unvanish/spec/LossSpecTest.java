package org.unvanish.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.data.Shape;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.ClassWeights;
import org.unvanish.loss.Huber;
import org.unvanish.loss.Loss;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.loss.OneHot;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.loss.TargetKind;

/** What a spec's loss becomes on data of both kinds. */
class LossSpecTest {

  private static final DataDescription THREE_CLASSES = data(3);
  private static final DataDescription TWO_CLASSES = data(2);
  private static final DataDescription TWO_NUMBERS = data(2).withTargets(TargetKind.NUMBERS);

  private static DataDescription data(int classes) {
    return new DataDescription("own", "own data", "abc", Shape.flat(4), classes, 100, 20);
  }

  private static ExperimentSpec spec(String last, String loss) {
    return ExperimentSpec.parse(
        """
        name: small
        data: synthetic
        network:
          - dense: 5
          - activation
          - %s
        arms:
          - name: tanh
            activation: tanh
            %s
        """
            .formatted(last, loss),
        "own.yaml");
  }

  private static Arm arm(String last, String loss, DataDescription data) {
    ExperimentSpec spec = spec(last, loss);
    assertThat(ExperimentSpec.parse(spec.toYaml(), "again.yaml")).isEqualTo(spec);
    return spec.experiment(data).arms().get(0);
  }

  private static void has(Arm arm, Loss loss, int outputs) {
    assertThat(arm.settings().loss()).isEqualTo(loss);
    assertThat(arm.network().outputs()).isEqualTo(outputs);
  }

  @Test
  void theUsualLossIsThatOfTheDatasTargets() {
    has(arm("dense: classes", "", THREE_CLASSES), new SoftmaxCrossEntropy(), 3);
    has(arm("dense: targets", "", TWO_CLASSES), new SoftmaxCrossEntropy(), 2);
    has(arm("dense: {units: targets, bias: true}", "", TWO_NUMBERS), new MeanSquaredError(), 2);
    has(arm("dense: targets", "loss: huber", TWO_NUMBERS), new Huber(), 2);
  }

  @Test
  void aLossOnNumbersTakesClassesAsNumbers() {
    Loss binary = new BinaryCrossEntropy();
    has(arm("dense: targets", "loss: bce", TWO_CLASSES), new OneHot(binary, 2), 1);
    has(arm("dense: classes", "loss: bce", TWO_CLASSES), new OneHot(binary, 2), 2);
    has(arm("dense: targets", "loss: bce", TWO_NUMBERS), binary, 2);
    has(
        arm("dense: targets", "loss: MSELoss", THREE_CLASSES),
        new OneHot(new MeanSquaredError(), 3),
        3);
  }

  @Test
  void classWeightsAreReadAndCounted() {
    String weights = "loss: {softmax-cross-entropy: {class-weights: %s}}";
    has(
        arm("dense: targets", weights.formatted("[1, 2.5, 3]"), THREE_CLASSES),
        new SoftmaxCrossEntropy(new ClassWeights.Given(List.of(1.0, 2.5, 3.0))),
        3);
    has(
        arm("dense: targets", weights.formatted("balanced"), TWO_CLASSES),
        new SoftmaxCrossEntropy(new ClassWeights.Balanced()),
        2);
    refuse(
        spec("dense: targets", weights.formatted("[1, 2]")),
        THREE_CLASSES,
        "own.yaml:2:7: the arm \"tanh\": there are 2 class weights, but own has 3 classes");
  }

  @Test
  void whatDoesNotFitIsRefusedAtItsPlace() {
    refuse(
        spec("dense: targets", "loss: softmax-cross-entropy"),
        TWO_NUMBERS,
        "own.yaml:2:7: the arm \"tanh\": the loss softmax cross-entropy needs class labels as"
            + " targets, but those of own are numbers. Choose a loss for numbers, such as the mean"
            + " squared error, or data with class labels.");
    refuse(
        spec("dense: classes", ""),
        TWO_NUMBERS,
        "own.yaml:6:5: own has 2 numeric targets and no classes; write \"dense: targets\"");
    refuse(
        spec("dense: 3", ""),
        TWO_NUMBERS,
        "own.yaml:6:5: the last layer has 3 outputs, but own has 2 numeric targets; write"
            + " \"dense: targets\"");
    refuse(
        spec("dense: targets\n  - activation: logistic", "loss: binary-cross-entropy"),
        TWO_CLASSES,
        "own.yaml:7:5: The network ends with the logistic function, and the loss binary"
            + " cross-entropy applies it again. Leave out the last activation.");
    refuse(
        spec("dense: targets\n  - softmax", ""),
        THREE_CLASSES,
        "own.yaml:7:5: The network ends with a softmax, and the loss softmax cross-entropy applies it"
            + " again. Leave out the last layer, or choose the loss mean-squared-error.");
    assertThat(arm("dense: targets\n  - softmax", "loss: mse", THREE_CLASSES).network().outputs())
        .isEqualTo(3);
  }

  private static void refuse(ExperimentSpec spec, DataDescription data, String message) {
    assertThatThrownBy(() -> spec.experiment(data))
        .isInstanceOf(SpecException.class)
        .hasMessage(message);
  }

  /** A stored experiment is read again without its data. */
  @Test
  void aDefinitionSaysThatNumbersAreLearnt() {
    Experiment numbers = spec("dense: targets", "").experiment(TWO_NUMBERS);
    Definition definition = Definition.of(numbers.arms().get(0), TWO_NUMBERS);
    assertThat(definition.values())
        .containsEntry("targets", "numbers")
        .containsEntry("loss", "mean squared error");
    assertThat(definition.targets()).isEqualTo(TargetKind.NUMBERS);
    Experiment classes = spec("dense: targets", "loss: mse").experiment(THREE_CLASSES);
    definition = Definition.of(classes.arms().get(0), THREE_CLASSES);
    assertThat(definition.values())
        .doesNotContainKey("targets")
        .containsEntry("loss", "mean squared error on one-hot classes");
    assertThat(definition.targets()).isEqualTo(TargetKind.CLASSES);
  }
}
