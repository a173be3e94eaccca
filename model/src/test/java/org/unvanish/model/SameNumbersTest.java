package org.unvanish.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.loss.Loss;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.onnx.OnnxWriter;
import org.unvanish.network.ParameterTensor;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.ProbeProgress;
import org.unvanish.probe.ProbedSnapshot;
import org.unvanish.probe.RemedyProbe;
import org.unvanish.remedy.Prescriber;

/** A network and its graph come to the same numbers, the same verdict and the same remedy. */
class SameNumbersTest {

  /** The engine computes in single precision. */
  private static final EvidenceNumbers.Bounds BOUNDS = new EvidenceNumbers.Bounds(1e-6, 5e-6, 1e-4);

  static List<SameNetworks.Case> cases() {
    return SameNetworks.all();
  }

  /** Not with tanh in place of relu: so large weights make chaos, in which rounding grows, too. */
  static List<SameNetworks.Case> changeable() {
    return cases().stream().filter(one -> !one.name().equals("explodes")).toList();
  }

  static List<SameNetworks.Case> patients() {
    return SameNetworks.patients();
  }

  private static GraphProbe probe(
      ImportedModel model, SameNetworks.Case one, GradientProbe engine) {
    GraphStack stack = ModelDiagnosis.stack(model);
    ModelData data = UserData.of(stack, one.data(), engine.settings().pixelScaling());
    List<int[]> window =
        GraphProbe.window(
            data.count(), SameNetworks.BATCH, GradientProbe.BATCHES, SameNetworks.SEED);
    Loss loss = engine.settings().loss();
    return new GraphProbe(
        stack, data, loss, TrainingNote.NONE, window, SameNetworks.SEED, ProbeProgress.SILENT);
  }

  private static GraphProbe probe(SameNetworks.Case one, GradientProbe engine) {
    return probe(new ImportedModel(graph(one, engine), "", "", List.of()), one, engine);
  }

  private static Graph graph(SameNetworks.Case one, GradientProbe engine) {
    return NetworkGraph.of(one.network(), engine.initialValues());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aGraphHasTheNumbersOfItsNetwork(SameNetworks.Case one) {
    GradientProbe engine = one.probe();
    assertSame(one, probe(one, engine), engine);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anOnnxFileHasTheNumbersOfItsNetwork(SameNetworks.Case one, @TempDir Path folder)
      throws IOException {
    GradientProbe engine = one.probe();
    Path file = folder.resolve("model.onnx");
    Files.write(file, OnnxWriter.bytes(graph(one, engine)));
    assertSame(one, probe(ModelReader.read(file), one, engine), engine);
  }

  @ParameterizedTest
  @MethodSource("changeable")
  void remediesChangeBothAlike(SameNetworks.Case one) {
    GradientProbe engine = one.probe();
    GraphProbe graph = probe(one, engine);
    if (!one.isRecurrent()) {
      assertSame(one, graph.scaled(3), engine.scaled(3));
      Optional<RemedyProbe> tanh = engine.withTanh();
      assertThat(graph.withTanh().isPresent()).isEqualTo(tanh.isPresent());
      tanh.ifPresent(other -> assertSame(one, graph.withTanh().orElseThrow(), other));
    }
    assertSame(one, graph.standardised(), engine.standardised());
    assertThat(graph.outputRemedies()).isEqualTo(engine.outputRemedies());
    for (OtherRemedy remedy : engine.outputRemedies()) {
      assertSame(one, graph.with(remedy), engine.with(remedy));
    }
  }

  @ParameterizedTest
  @MethodSource({"changeable", "patients"})
  void theSameRemedyIsPrescribed(SameNetworks.Case one) {
    GradientProbe engine = one.probe();
    GraphProbe graph = probe(one, engine);
    Prescription expected = prescribed(engine);
    Prescription found = prescribed(graph);
    assertThat(SnapshotDiagnosis.of(graph.initial(), Thresholds.DEFAULT).verdict())
        .isEqualTo(SnapshotDiagnosis.of(engine.initial(), Thresholds.DEFAULT).verdict());
    // Inside the nodes of recurrent layers there is no place for it.
    boolean scaledSteps = one.isRecurrent() && expected.change().alpha() != null;
    assertThat(found.change())
        .as(one.name())
        .isEqualTo(scaledSteps ? Change.NONE : expected.change());
  }

  /** Drawn numbers are others, of the same spread. */
  @ParameterizedTest
  @MethodSource("cases")
  void initialWeightsAreDrawnAlike(SameNetworks.Case one) {
    GradientProbe engine = one.probe();
    GraphProbe graph = probe(one, engine);
    for (PrescribedInitialization start : PrescribedInitialization.values()) {
      float[] expected = engine.initialValues(start);
      Map<String, float[]> drawn = byName(graph.stack(), graph.initialValues(start));
      for (ParameterTensor tensor : one.network().parameters()) {
        float[] own = drawn.get(NetworkGraph.constant(tensor.name()));
        float[] wanted = Arrays.copyOfRange(expected, tensor.offset(), tensor.end());
        switch (tensor.kind()) {
          case WEIGHTS, RECURRENT -> {
            // Five standard errors of normal numbers' root mean square, of both.
            double bound = 5 / Math.sqrt(tensor.size());
            assertThat(Math.log(rms(own) / rms(wanted))).as(tensor.name()).isBetween(-bound, bound);
          }
          case BIAS -> assertThat(rms(own)).as(tensor.name()).isZero();
          case NORMALIZATION -> assertThat(own).as(tensor.name()).containsExactly(wanted);
          case SCALE, STATISTIC -> {}
        }
      }
    }
  }

  private static Map<String, float[]> byName(GraphStack stack, float[] values) {
    Map<String, float[]> all = new HashMap<>();
    int at = 0;
    for (GraphParameter parameter : stack.parameters()) {
      int end = at + stack.constant(parameter).size();
      all.put(parameter.constant(), Arrays.copyOfRange(values, at, end));
      at = end;
    }
    return all;
  }

  private static double rms(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum / values.length);
  }

  private static Prescription prescribed(RemedyProbe probe) {
    ProbedSnapshot snapshot = new ProbedSnapshot(probe.initial(), probe.initialValues());
    return new Prescriber(probe, Thresholds.DEFAULT).prescribe(List.of(snapshot));
  }

  private static void assertSame(SameNetworks.Case one, RemedyProbe graph, RemedyProbe engine) {
    MeasuredBackward measured = graph.initial();
    MeasuredBackward expected = engine.measure(one.probe().initialValues(), 0);
    assertThat(differences(measured, expected))
        .as(one.name())
        // A file has the weights of both directions in one, and their gain is that of both.
        .filteredOn(line -> !one.name().contains("BOTH") || !line.contains("weight gain"))
        .isEmpty();
    assertThat(SnapshotDiagnosis.of(measured, Thresholds.DEFAULT).verdict())
        .isEqualTo(SnapshotDiagnosis.of(expected, Thresholds.DEFAULT).verdict());
  }

  /** A line for each number that is none of both. */
  static List<String> differences(MeasuredBackward measured, MeasuredBackward expected) {
    return EvidenceNumbers.of(measured).differences(EvidenceNumbers.of(expected), BOUNDS);
  }
}
