package org.unvanish.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.Drawing;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.Conclusion;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.initialization.Initialization;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.SimpleRecurrent;
import org.unvanish.optimizer.Clipping;
import org.unvanish.probe.AppliedRemedies;
import org.unvanish.probe.DataReading;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.ProbedSnapshot;
import org.unvanish.train.TrainingSettings;

/** Recurrent networks on the adding problem whose fault is known, with what is prescribed. */
class TimeSearchTest {

  private static final int STEPS = 50;
  private static final Activation TANH = Activation.of(ActivationFunction.TANH);
  private static final Dataset DATA =
      new DataCatalog(Path.of("nowhere"))
          .load(
              DataSource.of("adding")
                  .withDrawing(
                      new Drawing(OptionalInt.of(200), OptionalDouble.empty(), OptionalInt.empty())
                          .withSteps(STEPS)));

  /** A network at its initial weights. */
  private record Found(GradientProbe probe, Diagnosis diagnosis, Prescription prescription) {
    Verdict verdict() {
      return diagnosis.verdict();
    }

    Conclusion untried() {
      return Conclusion.of(diagnosis, prescription, DataReading.of(DATA), null);
    }
  }

  private static GradientProbe probe(Recurrent layer, Initialization recurrent) {
    Network network = new Network(DATA.shape(), List.of(layer, new Dense(1, true)));
    TrainingSettings settings =
        TrainingSettings.DEFAULT.withLoss(new MeanSquaredError()).withRecurrent(recurrent);
    return new GradientProbe(network, settings, DATA, 1);
  }

  private static Found find(Recurrent layer, Initialization recurrent) {
    GradientProbe probe = probe(layer, recurrent);
    MeasuredBackward evidence = probe.initial();
    ProbedSnapshot snapshot = new ProbedSnapshot(evidence, probe.initialValues());
    return new Found(
        probe,
        Diagnosis.of(List.of(evidence), Thresholds.DEFAULT),
        new Prescriber(probe, Thresholds.DEFAULT).prescribe(List.of(snapshot)));
  }

  private static Verdict after(Found found) {
    return SnapshotDiagnosis.of(found.prescription().prediction().after(), Thresholds.DEFAULT)
        .verdict();
  }

  @Test
  void smallRecurrentWeightsLoseALittleInEachStepAndAnOrthogonalStartDoesNot() {
    Found found = find(new SimpleRecurrent(16, TANH), new Initialization.LeCun(0.5));
    assertThat(found.verdict())
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.MANY_STEPS, Mechanism.LINEAR));
    assertThat(found.prescription().other()).containsExactly(OtherRemedy.ORTHOGONAL_RECURRENT);
    assertThat(after(found).isHealthy()).isTrue();
    assertThat(found.prescription().why())
        .contains("An orthogonal matrix as initial recurrent weights")
        .contains("On its way back through time the gradient shrinks 10");
    assertThat(found.untried().remarks())
        .anySatisfy(
            remark -> {
              assertThat(remark.cause()).isEqualTo(Cause.MANY_STEPS);
              assertThat(remark.advice()).isTrue();
              assertThat(remark.text()).contains("Try an LSTM or a GRU instead of recurrent1");
            });
  }

  @Test
  void aForecastForManyStepsClaimsNoMoreThanProbesSee() {
    Found found = find(new SimpleRecurrent(16, TANH), new Initialization.LeCun(0.5));
    assertThat(found.untried().prescription().why())
        .endsWith(
            "This is a forecast by probes; it was not tried. Probes see only the gradient: only training can show whether early steps are then learnt.");
  }

  @Test
  void orthogonalWeightsLoseWhatTanhTakesAndAScaleGivesItBack() {
    Found found = find(new SimpleRecurrent(16, TANH), new Initialization.Orthogonal(1));
    assertThat(found.verdict())
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.MANY_STEPS, Mechanism.ACTIVATION));
    assertThat(found.prescription().other()).isEmpty();
    assertThat(found.prescription().alpha()).isGreaterThan(1);
    assertThat(after(found).isHealthy()).isTrue();
  }

  @Test
  void largeRecurrentWeightsAreLargeParametersAndExplode() {
    Found found = find(new SimpleRecurrent(16, TANH), new Initialization.LeCun(4));
    assertThat(found.verdict())
        .isEqualTo(new Verdict(Signal.EXPLODING, Cause.LARGE_PARAMETERS, Mechanism.LINEAR));
    assertThat(found.prescription().other()).containsExactly(OtherRemedy.ORTHOGONAL_RECURRENT);
    assertThat(after(found).isHealthy()).isTrue();
  }

  /** Another start is no remedy for what training has done to a healthy one. */
  @Test
  void whatTrainingMakesGrowALittleInEachStepIsClipped() {
    GradientProbe probe =
        probe(
            new SimpleRecurrent(16, Activation.of(ActivationFunction.IDENTITY)),
            new Initialization.Orthogonal(1));
    float[] grown = probe.initialValues();
    ParameterTensor recurrent =
        probe.network().parameters().stream()
            .filter(tensor -> tensor.kind() == ParameterTensor.Kind.RECURRENT)
            .findFirst()
            .orElseThrow();
    for (int i = 0; i < recurrent.size(); i++) {
      grown[recurrent.offset() + i] *= 1.15f;
    }
    List<ProbedSnapshot> snapshots =
        List.of(
            new ProbedSnapshot(probe.initial(), probe.initialValues()),
            new ProbedSnapshot(probe.measure(grown, 30), grown));
    Diagnosis diagnosis =
        Diagnosis.of(snapshots.stream().map(ProbedSnapshot::evidence).toList(), Thresholds.DEFAULT);
    assertThat(diagnosis.snapshots().get(0).verdict().isHealthy()).isTrue();
    assertThat(diagnosis.verdict())
        .isEqualTo(new Verdict(Signal.EXPLODING, Cause.MANY_STEPS, Mechanism.LINEAR));
    Prescription prescription = new Prescriber(probe, Thresholds.DEFAULT).prescribe(snapshots);
    assertThat(prescription.change()).isEqualTo(Change.of(OtherRemedy.CLIPPED_GRADIENTS));
    assertThat(prescription.prediction()).isNull();
    assertThat(new Found(probe, diagnosis, prescription).untried().prescription().why())
        .contains("Clip the gradient to a norm of 1", "only training can show what that does.")
        .endsWith("It was not tried.")
        .doesNotContain("Neither of the paper's two remedies", "forecast");
  }

  @Test
  void whatIsWellGetsNothing() {
    // Without inputs' help, α = 5 leaves tanh nearly linear.
    Found found = find(new SimpleRecurrent(16, TANH.times(5)), new Initialization.Orthogonal(1));
    assertThat(found.verdict().isHealthy()).isTrue();
    assertThat(found.prescription().isEmpty()).isTrue();
  }

  @Test
  void gatesThatLetGoAreAdvisedToOpen() {
    Found found = find(new Lstm(16, TANH), new Initialization.Glorot());
    assertThat(found.verdict().signal()).isEqualTo(Signal.VANISHING);
    assertThat(found.verdict().cause()).isEqualTo(Cause.MANY_STEPS);
    assertThat(found.untried().remarks())
        .anySatisfy(
            remark ->
                assertThat(remark.text()).contains("forget bias of about ln 50 = 3.9 carries it"));
    Lstm open =
        new Lstm(
            16,
            TANH,
            ActivationFunction.LOGISTIC,
            Recurrent.Output.LAST,
            Recurrent.Direction.FORWARD,
            true,
            0,
            3.9);
    assertThat(find(open, new Initialization.Glorot()).verdict().isHealthy()).isTrue();
  }

  @Test
  void remediesOfStepsChangeTheTraining() {
    TrainingSettings settings =
        AppliedRemedies.settings(
            TrainingSettings.DEFAULT,
            new Change(
                null,
                null,
                null,
                List.of(OtherRemedy.ORTHOGONAL_RECURRENT, OtherRemedy.CLIPPED_GRADIENTS)));
    assertThat(settings.recurrent()).isEqualTo(new Initialization.Orthogonal(1));
    assertThat(settings.weights()).isEqualTo(TrainingSettings.DEFAULT.weights());
    assertThat(settings.clipping()).isEqualTo(new Clipping.Norm(1));
  }
}
