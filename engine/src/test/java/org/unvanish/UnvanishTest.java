package org.unvanish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unvanish.activation.ActivationFunction.TANH;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Network;
import org.unvanish.network.NetworkBuilder;
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

  @Test
  void stepsAreNotNegative() {
    assertThatThrownBy(() -> Unvanish.diagnose(Training.of(deep()), DATA, List.of(0L, -1L)))
        .hasMessage("steps must not be negative, but are [0, -1]");
  }
}
