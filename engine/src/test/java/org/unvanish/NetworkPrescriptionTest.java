package org.unvanish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.network.Network;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.Training;

/** Whatever is prescribed, a program gets it from a training and a data set. */
class NetworkPrescriptionTest {

  /** One to which every remedy is a change. */
  private static final Training TRAINING =
      Training.of(
              Network.builder(Shape.flat(2))
                  .dense(4)
                  .activation(ActivationFunction.ARCTAN)
                  .dense(1)
                  .activation(Activation.of(ActivationFunction.LOGISTIC))
                  .build())
          .loss(new MeanSquaredError())
          .penalty(Penalty.l2(0.1))
          .epochs(1);

  private static final Dataset DATA =
      Dataset.of(
          "own",
          new float[][] {{1, 2}, {3, 4}, {5, 6}, {7, 8}, {9, 9}},
          new float[][] {{10}, {20}, {30}, {40}, {50}});

  private static NetworkPrescription prescription(Change change) {
    return new NetworkPrescription(new Prescription(change, "", null));
  }

  @Test
  void everyRemedyChangesTheTrainingOrTheData() {
    List<Change> changes =
        new ArrayList<>(
            List.of(
                Change.penalty(3),
                Change.scale(2),
                Change.start(PrescribedInitialization.HE),
                Change.factors(List.of(2.0, 3.0))));
    for (OtherRemedy remedy : OtherRemedy.values()) {
      changes.add(Change.of(remedy));
    }
    for (Change change : changes) {
      NetworkPrescription prescription = prescription(change);
      boolean ofTraining = !prescription.applyTo(TRAINING).equals(TRAINING);
      boolean ofData = !prescription.applyTo(DATA).equals(DATA);
      assertThat(ofTraining).as("%s", change).isEqualTo(!ofData);
      assertThat(prescription.changesData()).as("%s", change).isEqualTo(ofData);
    }
    assertThat(prescription(Change.of(OtherRemedy.SCALE_TARGETS)).changesData()).isTrue();
  }

  @Test
  void targetsAreStandardisedByTheTrainingSamples() {
    NetworkPrescription prescription = prescription(Change.of(OtherRemedy.SCALE_TARGETS));
    Dataset scaled = prescription.applyTo(DATA);
    Targets.Numeric numbers = (Targets.Numeric) scaled.train().targets();
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < numbers.count(); i++) {
      sum += numbers.number(i, 0);
      squares += numbers.number(i, 0) * numbers.number(i, 0);
    }
    assertThat(sum).isCloseTo(0, within(1e-6));
    assertThat(squares / numbers.count()).isCloseTo(1, within(1e-6));
    assertThat(prescription.applyTo(TRAINING).run(scaled).history().last().epoch()).isEqualTo(1);
  }
}
