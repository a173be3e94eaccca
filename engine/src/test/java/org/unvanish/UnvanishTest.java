package org.unvanish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unvanish.activation.ActivationFunction.TANH;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.unvanish.activation.Activation;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.forecast.Forecast;
import org.unvanish.forecast.LayerForecast;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Dropout;
import org.unvanish.network.Embedding;
import org.unvanish.network.Network;
import org.unvanish.network.NetworkBuilder;
import org.unvanish.network.Residual;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.Training;

/** The diagnosis as a program asks for it. */
class UnvanishTest {

  private static final Dataset DATA = SyntheticImages.draw(1, 320, 40);

  private static Network deep() {
    NetworkBuilder builder = Network.builder(new Shape(3, 32, 32));
    for (int i = 0; i < 4; i++) {
      builder.dense(32).activation(TANH);
    }
    return builder.dense(10).build();
  }

  @Test
  void aPrescriptionThatIsAppliedCuresTheNetwork() {
    Training ill = Training.of(deep()).initialWeights(new Initialization.Uniform(2)).epochs(1);
    NetworkDiagnosis diagnosis = Unvanish.diagnose(ill, DATA, List.of());
    assertThat(diagnosis.verdict().cause()).isEqualTo(Cause.LARGE_PARAMETERS);
    assertThat(diagnosis.layers())
        .extracting(LayerDiagnosis::name)
        .containsExactly("dense1", "dense2", "dense3", "dense4", "dense5");
    NetworkPrescription prescription = diagnosis.prescription();
    assertThat(prescription.details().initial()).isEqualTo(PrescribedInitialization.GLOROT);
    // The conclusion comes first.
    assertThat(diagnosis.explain())
        .startsWith(
            """
            The gradient keeps its size, but parameters are large.
            Use Glorot's initialization: it lowered the training loss in short trainings
            with two seeds.

            Verdict   stable, large-parameters (at the initial weights)
            """)
        .contains("\nTrial     Tried for ", "\nlayer ", "\ndense1 ")
        .doesNotContain("--", "\u001b");
    assertThat(diagnosis.explain().lines()).allMatch(line -> line.length() <= 80);

    Training cured = prescription.applyTo(ill);
    assertThat(cured.settings().weights()).isEqualTo(new Initialization.Glorot());
    assertThat(cured.seed()).isEqualTo(ill.seed());
    assertThat(cured.network()).isEqualTo(prescription.applyTo(ill.network()));
    assertThat(cured.settings()).isEqualTo(prescription.applyTo(ill.settings()));
    assertThat(Unvanish.diagnose(cured, DATA, List.of()).verdict().isHealthy()).isTrue();
  }

  @Test
  void snapshotsEndWithTheTraining() {
    Network network = Network.builder(DATA.shape()).dense(16).activation(TANH).dense(10).build();
    NetworkDiagnosis diagnosis = Unvanish.diagnose(network, DATA);
    assertThat(diagnosis.verdict().signal()).isEqualTo(Signal.STABLE);
    assertThat(diagnosis.snapshots().snapshots())
        .extracting(snapshot -> snapshot.evidence().step())
        // Ten epochs of ten steps: neither 300 nor an epoch after them.
        .containsExactly(0L, 10L, 100L);
  }

  @Test
  void nothingChangesNothing() {
    NetworkPrescription nothing =
        new NetworkPrescription(new Prescription(Change.NONE, "It is fine.", null));
    assertThat(nothing.isEmpty()).isTrue();
    assertThat(nothing).hasToString("nothing");
    assertThat(nothing.applyTo(Training.of(deep()))).isEqualTo(Training.of(deep()));
  }

  /** With biases, which are 0 at first: no pre-activation differs from 0. */
  private static final Network DENSE =
      Network.builder(Shape.flat(3))
          .dense(8)
          .activation(TANH)
          .dense(8)
          .activation(TANH)
          .dense(2)
          .build();

  private static Dataset rows(FloatUnaryOperator value) {
    float[][] rows = new float[40][3];
    int[] labels = new int[40];
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j < 3; j++) {
        rows[i][j] = value.of(i * (j + 1) % 7);
      }
      labels[i] = i % 2;
    }
    return Dataset.of("own", rows, labels);
  }

  private interface FloatUnaryOperator {
    float of(int value);
  }

  @Test
  void constantInputsAreFound() {
    for (PixelScaling scaling : List.of(PixelScaling.UNIT, PixelScaling.STANDARDISED)) {
      NetworkDiagnosis diagnosis =
          Unvanish.diagnose(Training.of(DENSE).scaling(scaling), rows(value -> 4), List.of());
      assertThat(diagnosis.prescription().why())
          .isEqualTo(
              "The gradient is fine; look elsewhere. All 32 training samples have the same inputs, so no network can tell them apart. Check how the data is read.");
    }
  }

  @Test
  void blocksThatTrainNothingAreDiagnosedWithTheLayerBefore() {
    Residual ofTanh = new Residual(List.of(new Activated(Activation.of(TANH))), false);
    Network network =
        Network.builder(Shape.flat(3))
            .layer(ofTanh)
            .dense(8)
            .layer(new Residual(List.of(new Dropout(0.1)), false))
            .layer(ofTanh)
            .dense(2)
            .layer(ofTanh)
            .build();
    Training ill =
        Training.of(network)
            .initialWeights(new Initialization.Normal(20))
            .penalty(Penalty.l2(10))
            .epochs(1);
    NetworkDiagnosis diagnosis = Unvanish.diagnose(ill, rows(value -> value), List.of());
    assertThat(diagnosis.layers())
        .extracting(LayerDiagnosis::name)
        .containsExactly("dense1", "dense2");
    assertThat(diagnosis.verdict().cause()).isEqualTo(Cause.LARGE_PARAMETERS);
    assertThat(Unvanish.forecast(ill, rows(value -> value)).layers())
        .extracting(LayerForecast::name)
        .containsExactly("dense1", "dense2");
  }

  @Test
  void weightsOfZeroLoseTheGradient() {
    Training zeros = Training.of(DENSE).initialWeights(new Initialization.Zeros());
    Dataset data = rows(value -> value);
    Forecast forecast = Unvanish.forecast(zeros, data);
    assertThat(forecast.isComplete()).isTrue();
    assertThat(forecast.layers())
        .allMatch(layer -> layer.variance() == 0 && Double.isNaN(layer.criticalFactor()));
    assertThat(forecast.explain())
        .startsWith(
            """
            At the initial weights the backpropagated gradient is lost from the last layer to the first, typically and in root mean square.
            Draw the initial weights at random: weights of 0 pass no gradient on.

            dense1: f′ 0.0, weights 0.0, typical 0.0 ± 0.0, variance 0.0, 0 % saturated
            """)
        .contains("\ndense3: f′ 0.0, weights −∞, typical −∞ ± 0.0, variance 0.0, 0 % saturated\n");
    assertThat(Unvanish.diagnose(zeros, data, List.of()).verdict().cause())
        .isEqualTo(Cause.EQUAL_UNITS);
  }

  @Test
  void whatNoTrainingWouldReadIsNeitherDiagnosedNorForecast() {
    Network embedding =
        Network.builder(Shape.flat(3)).layer(new Embedding(0, 5, 2)).dense(2).build();
    Dataset categories = rows(value -> value % 5);
    assertRefused(
        Training.of(embedding),
        categories,
        "the samples of own have 0.25 as input 0 of sample 1, both counted from 0; an embedding needs a category's number there, whole, from 0 to 4 and not scaled");
    Dataset seven = rows(value -> value == 6 ? 7 : value % 5);
    assertRefused(
        Training.of(embedding).scaling(PixelScaling.RAW),
        seven,
        "the samples of own have 7.0 as input 0 of sample 7, both counted from 0; an embedding needs a category's number there, whole, from 0 to 4 and not scaled");
    float[][][] sequences = new float[40][][];
    int[] labels = new int[40];
    for (int i = 0; i < 40; i++) {
      sequences[i] = new float[3 + i % 4][2];
      labels[i] = i % 2;
    }
    Network pooled =
        Network.builder(new Shape(2, 6, 1))
            .averagePooling(2)
            .recurrent(3, Activation.of(TANH))
            .dense(2)
            .build();
    assertRefused(
        Training.of(pooled),
        Dataset.of("walks", sequences, labels),
        "walks: The sequences have different lengths, up to 6 steps, but 3 steps reach recurrent1. Leave out what changes their number before it, or give sequences of one length.");
  }

  private static void assertRefused(Training training, Dataset data, String message) {
    for (Executable asked :
        List.<Executable>of(
            () -> training.run(data),
            () -> Unvanish.forecast(training, data),
            () -> Unvanish.diagnose(training, data, List.of()))) {
      assertThatThrownBy(asked::execute)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
    }
  }

  @Test
  void anInterruptedThreadEndsItsDiagnosis() {
    Training training = Training.of(DENSE);
    Dataset data = rows(value -> value);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> Unvanish.diagnose(training, data, List.of()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the diagnosis was interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void stepsAreNotNegative() {
    assertThatThrownBy(() -> Unvanish.diagnose(Training.of(deep()), DATA, List.of(0L, -1L)))
        .hasMessage("steps must not be negative, but are [0, -1]");
  }
}
