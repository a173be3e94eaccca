package org.unvanish.examination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Learning;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.prescription.VerdictWords;

class VerdictTextTest {

  @Test
  void momentsAreNamedByEpochWhereTheyCan() {
    assertThat(VerdictWords.when(0, 10)).isEqualTo("at the initial weights");
    assertThat(VerdictWords.when(1, 10)).isEqualTo("after 1 step");
    assertThat(VerdictWords.when(15, 10)).isEqualTo("after 15 steps");
    assertThat(VerdictWords.when(20, 10)).isEqualTo("after epoch 2");
    assertThat(VerdictWords.when(1, 1)).isEqualTo("after epoch 1");
  }

  @Test
  void aVerdictIsASentence() {
    assertThat(
            VerdictText.sentence(
                new Verdict(Signal.VANISHING, Cause.MANY_LAYERS, Mechanism.LINEAR),
                "after 2 steps"))
        .isEqualTo(
            "After 2 steps the backpropagated gradient vanishes on its way from the last layer to the"
                + " first, through the weights, because the effects of many layers multiply (vanishing,"
                + " many-layers, linear).");
    assertThat(VerdictText.sentence(new Verdict(Signal.STABLE, Cause.NONE, null), "after epoch 2"))
        .isEqualTo(
            "After epoch 2 the backpropagated gradient keeps its size on its way from the last layer to"
                + " the first (stable, none).");
  }

  @Test
  void aNetworkThatLearnsIsToldByItsNumbers() {
    SnapshotJson ill = snapshot(0, "vanishing", "many-layers", 2.4, "nothing", -1.5, -1.5);
    SnapshotJson fitted = snapshot(60, "stable", "none", 0.2, "fitted", -1.5, -1.5);
    assertThat(VerdictText.of(List.of(ill, fitted), fitted, 30))
        .isEqualTo(
            "The network learns: after epoch 2 the loss is 0.200, where a constant predictor has"
                + " 2.30, the accuracy 50.0 % (stable, none). Training has fixed what was wrong at"
                + " the initial weights (vanishing, many-layers).");
  }

  @Test
  void anIllNetworkIsToldWithWhatItLearnsAllTheSame() {
    SnapshotJson ill = snapshot(0, "vanishing", "many-layers", 2.4, "nothing", -1.5, -1.5);
    SnapshotJson some = snapshot(60, "stable", "none", 1.5, "some", 0.0, 0.0);
    assertThat(VerdictText.of(List.of(ill, some), ill, 30))
        .startsWith("At the initial weights the backpropagated gradient vanishes")
        .endsWith(
            "The network learns: after epoch 2 the loss is 1.50, where a constant predictor has 2.30, the"
                + " accuracy 50.0 %.");
  }

  @Test
  void whereTheTypicalSampleLosesItsGradientThatIsSaid() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json =
        mapper.valueToTree(snapshot(0, "exploding", "large-parameters", 9.0, "nothing", 1.5, 1.5));
    json.put("net_log10", 3).put("typical_log10", -4.4).put("typical_signal", "vanishing");
    SnapshotJson one = mapper.treeToValue(json, SnapshotJson.class);
    assertThat(VerdictText.of(List.of(one), one, 30))
        .endsWith(
            "(exploding, large-parameters). The gradient explodes for few samples and vanishes for"
                + " the typical one, whose gradient shrinks 10⁴-fold.");
    json.putNull("typical_log10").putNull("typical_signal");
    SnapshotJson older = mapper.treeToValue(json, SnapshotJson.class);
    assertThat(VerdictText.of(List.of(older), older, 30))
        .endsWith("(exploding, large-parameters).");
  }

  @Test
  void whatTrainingBroughtIsToldWithWhatWasBefore() {
    SnapshotJson well = snapshot(0, "stable", "none", 2.4, "nothing", 0.0, 0.0);
    SnapshotJson lost = snapshot(5, "exploding", "large-learning-rate", null, "worse", 0.0, 9.0);
    assertThat(VerdictText.of(List.of(well, lost), lost, 30))
        .contains("because the learning rate is too large (exploding, large-learning-rate).")
        .contains("Training caused this: at the initial weights the verdict is stable, none.")
        .contains("The network gets worse: after 5 steps the loss is not finite");
  }

  @Test
  void manyLayersAreManyAndOneThatDoesItIsNamed() {
    assertThat(sentence(-1.5, -1.5)).contains("because the effects of the layers multiply");
    assertThat(sentence(-0.1, null)).contains("because dense2 causes nearly all of it");
    assertThat(sentence(-0.2, 0.1, -4.0)).contains("because dense3 causes nearly all of it");
    assertThat(sentence(-0.5, -0.5, -0.5, -0.5, -0.5))
        .contains("because the effects of many layers multiply");
  }

  private static String sentence(@Nullable Double... nets) {
    SnapshotJson snapshot = snapshot(0, "vanishing", "many-layers", 2.3, "nothing", nets);
    return VerdictText.of(List.of(snapshot), snapshot, 30);
  }

  private static SnapshotJson snapshot(
      long step,
      String signal,
      String cause,
      @Nullable Double loss,
      String learning,
      @Nullable Double... nets) {
    List<SnapshotJson.Layer> layers = new ArrayList<>();
    for (Double net : nets) {
      layers.add(
          new SnapshotJson.Layer(
              "dense" + (layers.size() + 1),
              net,
              net,
              0.0,
              0.0,
              net,
              null,
              0.0,
              net,
              0.0,
              0.0,
              0.0,
              null,
              false,
              1.0,
              1.0,
              1.0,
              0.0,
              signal,
              "none",
              null,
              List.of(),
              null,
              null));
    }
    return new SnapshotJson(
        step, signal, cause, null, -3.0, null, null, -3.0, 0.0, -5.0, null, "loss", loss, 0.5, 0.3,
        1.0, 1.0, 2.3026, 0.1, 0.2, learning, null, null, null, null, null, layers, List.of());
  }

  @Test
  void whatIsLostThroughTimeIsSaidOfTime() {
    SnapshotJson steps = throughTime(-0.2, 0.05);
    assertThat(VerdictText.of(List.of(steps), steps, 30))
        .isEqualTo(
            "At the initial weights the backpropagated gradient vanishes on its way back through"
                + " time, through f′, because the effects of many steps multiply (vanishing, many-steps,"
                + " activation).");
    SnapshotJson large = throughTime(-0.2, 0.9);
    assertThat(VerdictText.of(List.of(large), large, 30))
        .isEqualTo(
            "At the initial weights the backpropagated gradient explodes on its way back through"
                + " time, through the recurrent weights, because parameters are large (exploding,"
                + " large-parameters, linear).");
    assertThat(steps.rank()).isEqualTo(snapshotThroughTime(-0.2, 0.05).rank());
    assertThat(steps.rank().worstLog10()).isCloseTo(-3, within(1e-9));
    SnapshotJson well = throughTime(-0.05, 0.05);
    assertThat(VerdictText.of(List.of(well), well, 30))
        .contains("from the last layer to the first");
  }

  private static SnapshotDiagnosis snapshotThroughTime(double activation, double recurrent) {
    return RecurrentSnapshots.snapshot(
        0,
        1,
        RecurrentSnapshots.simple(
            "recurrent1", false, 20, -1, activation, recurrent, 0, 1, 10, 20));
  }

  private static SnapshotJson throughTime(double activation, double recurrent) {
    return SnapshotJson.of(snapshotThroughTime(activation, recurrent));
  }

  /** Kept by a version that did not know yet what a network has learnt. */
  @Test
  void momentsOfEarlierVersionsAreRead() throws IOException {
    String kept =
        """
        {"step":0,"signal":"vanishing","cause":"many-layers","mechanism":"linear","net_log10":-8.8,
        "activation_log10":0,"weights_log10":-8.8,"first_gradient_log10":-10.5,"adam_epsilon":1e-8,
        "loss":2.3,"accuracy":0.1,"residual_rms":0.3,"logits_rms":1,"input_rms":1,"layers":[
        {"name":"dense1","gain_log10":-8.8,"activation_log10":0,"linear_log10":-8.8,"shape_log10":0,
        "net_log10":-8.8,"entering_log10":0,"leaving_log10":-8.8,"saturated_share":0,"dead_share":0,
        "knee_rms":0.1,"test_signal":false,"input_rms":1,"weight_gain":1,"critical_gain":1,
        "signal":"vanishing","cause":"none","mechanism":"linear","tensors":[
        {"name":"dense1/weights","size":4,"rms":0.05,"gradient_log10":-10.5}]}]}
        """;
    SnapshotJson snapshot = new ObjectMapper().readValue(kept, SnapshotJson.class);
    assertThat(snapshot.rank().learning()).isEqualTo(Learning.UNKNOWN);
    assertThat(snapshot.rank().worstLog10()).isEqualTo(-8.8);
    assertThat(snapshot.constantLoss()).isNull();
    assertThat(snapshot.layers().get(0).tensors().get(0).change()).isNull();
    assertThat(VerdictText.of(List.of(snapshot), snapshot, 10))
        .startsWith("At the initial weights the backpropagated gradient vanishes");
  }

  @Test
  void everyVerdictHasWords() {
    for (Signal signal : Signal.values()) {
      for (Cause cause : Cause.values()) {
        for (Mechanism mechanism : Mechanism.values()) {
          assertThat(VerdictText.sentence(new Verdict(signal, cause, mechanism), "now"))
              .startsWith("Now the backpropagated gradient ")
              .contains("(" + signal + ", " + cause + ", " + mechanism + ").");
        }
      }
    }
  }
}
