package org.unvanish.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.loss.Loss;
import org.unvanish.model.graph.Graph;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.ProbeProgress;

/** A network and its graph come to the same numbers and the same verdict. */
class SameNumbersTest {

  /** The engine computes in single precision. */
  private static final EvidenceNumbers.Bounds BOUNDS = new EvidenceNumbers.Bounds(1e-6, 5e-6, 1e-4);

  static List<SameNetworks.Case> cases() {
    return SameNetworks.all();
  }

  private static GraphProbe probe(Graph graph, SameNetworks.Case one, GradientProbe engine) {
    GraphStack stack = ModelDiagnosis.stack(new ImportedModel(graph, "", "", List.of()));
    ModelData data = UserData.of(stack, one.data(), engine.settings().pixelScaling());
    List<int[]> window =
        GraphProbe.window(
            data.count(), SameNetworks.BATCH, engine.initial().batches(), SameNetworks.SEED);
    Loss loss = engine.settings().loss();
    return new GraphProbe(
        stack, data, loss, TrainingNote.NONE, window, SameNetworks.SEED, ProbeProgress.SILENT);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aGraphHasTheNumbersOfItsNetwork(SameNetworks.Case one) {
    GradientProbe engine = one.probe();
    MeasuredBackward expected = engine.initial();
    Graph graph = NetworkGraph.of(one.network(), engine.initialValues());
    MeasuredBackward measured = probe(graph, one, engine).initial();
    assertThat(differences(measured, expected))
        .as(one.name())
        // A file has the weights of both directions in one, and their gain is that of both.
        .filteredOn(line -> !one.name().contains("BOTH") || !line.contains("weight gain"))
        .isEmpty();
    assertThat(SnapshotDiagnosis.of(measured, Thresholds.DEFAULT).verdict())
        .isEqualTo(SnapshotDiagnosis.of(expected, Thresholds.DEFAULT).verdict());
  }

  private static List<String> differences(MeasuredBackward measured, MeasuredBackward expected) {
    return EvidenceNumbers.of(measured).differences(EvidenceNumbers.of(expected), BOUNDS);
  }
}
