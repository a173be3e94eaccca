package org.unvanish.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.network.Activated;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.probe.AppliedRemedies;

/** What a trial trains, and what the fixed spec says, are one network. */
class RemediedNetworkTest {

  private static final DataDescription DATA = DataDescription.of(SyntheticImages.draw(1, 64, 32));
  private static final int SPECS = 600;

  @Test
  void theNetworkOfATrialIsThatOfTheFixedSpecAndOfTheProof() {
    SplittableRandom random = new SplittableRandom(14);
    for (int i = 0; i < SPECS; i++) {
      Drawn drawn = new Drawn(random);
      String text = drawn.spec();
      ExperimentSpec spec = ExperimentSpec.parse(text, "own.yaml");
      List<Arm> before = spec.experiment(DATA).arms();
      int examined = random.nextInt(before.size());
      Change change = drawn.change(before.get(examined).network());
      Prescription prescription =
          new Prescription(new Change(null, change.alpha(), null, change.other()), "so", null);
      ExperimentSpec fixed =
          ExperimentSpec.parse(
              Remedied.spec(spec, spec.arms().get(examined), prescription).toYaml(), "fixed.yaml");
      for (Arm arm : fixed.experiment(DATA).arms()) {
        Arm old = arm(before, arm.name());
        boolean other = old != before.get(examined);
        assertThat(arm.network())
            .as("%s of %s\nwith %s", arm.name(), text, change)
            .isEqualTo(
                AppliedRemedies.network(old.network(), other ? ofWholeSpec(change) : change));
      }
      assertThat(fixed.arms()).extracting(ArmSpec::name).contains(spec.arms().get(examined).name());
      requireProof(
          ProofSpec.of(spec, spec.arms().get(examined), prescription, 0.01, DATA),
          before.get(examined).network(),
          change,
          text);
    }
  }

  private static void requireProof(ProofSpec proof, Network before, Change change, String text) {
    List<Arm> arms = new ArrayList<>(proof.spec().experiment(DATA).arms());
    proof.scaled().ifPresent(spec -> arms.addAll(spec.experiment(DATA).arms()));
    assertThat(arm(arms, ProofSpec.UNTOUCHED).network()).as(text).isEqualTo(before);
    for (Arm arm : arms) {
      if (arm.name().equals(ProofSpec.PRESCRIBED)) {
        assertThat(arm.network()).as(text).isEqualTo(AppliedRemedies.network(before, change));
      } else if (arm.name().startsWith("α")) {
        double alpha = change.alpha() == null ? 2 : change.alpha();
        assertThat(arm.network()).as(text).isEqualTo(before.scaled(alpha));
      }
    }
  }

  private static Arm arm(List<Arm> arms, String name) {
    return arms.stream().filter(arm -> arm.name().equals(name)).findFirst().orElseThrow();
  }

  private static Change ofWholeSpec(Change change) {
    return new Change(
        null, null, null, change.other().stream().filter(Remedied::isCommon).toList());
  }

  /**
   * A spec whose activations stand anywhere: fixed or an arm's, in blocks, repeated, at the end.
   */
  private record Drawn(SplittableRandom random) {

    private static final List<String> ACTIVATIONS =
        List.of(
            "logistic",
            "tanh",
            "arctan",
            "{function: tanh, alpha: 3}",
            "{function: softsign, alpha: {learned: 2}}");

    private static final List<String> ENDS =
        List.of(
            "dense: classes",
            "dense: classes}, {activation: logistic",
            "dense: classes}, activation, {activation: tanh",
            "repeat: 3, layers: [dense: 10, activation: logistic]",
            "repeat: 2, layers: [dense: 10, activation]",
            "repeat: 2, layers: [dense: 10, {repeat: 2, layers: [activation: tanh, activation]}]",
            "residual: {layers: [dense: 10, activation: tanh], projection: true}",
            "dense: classes}, {residual: {layers: [dense: 10, activation, activation: arctan]}");

    String spec() {
      String network =
          "[{dense: 4}, %s, {%s}%s]"
              .formatted(
                  layers(3),
                  ENDS.get(random.nextInt(ENDS.size())),
                  random.nextInt(3) == 0 ? ", activation" : "");
      // One arm alone gives its activation to all places, so that the text is valid whatever they
      // are.
      String head = "name: own\ndata: synthetic\nnetwork: " + network + "\narms: [";
      int places =
          ExperimentSpec.parse(head + "{name: a, activation: tanh}]", "own.yaml")
              .arms()
              .get(0)
              .places();
      List<String> arms =
          IntStream.rangeClosed(1, 1 + random.nextInt(3))
              .mapToObj(
                  n ->
                      "{name: a%d, epochs: %d, optimizer: {sgd: {learning-rate: 0.%d}}, activation: %s}"
                          .formatted(n, n, n, random.nextBoolean() ? activation() : list(places)))
              .toList();
      return head + String.join(", ", arms) + "]";
    }

    private String list(int places) {
      return IntStream.range(0, places).mapToObj(i -> activation()).toList().toString();
    }

    private String activation() {
      return ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()));
    }

    /** It has a place of an arm, so that all arms may name an activation. */
    private String layers(int depth) {
      List<String> layers = new ArrayList<>(List.of("activation"));
      for (int i = random.nextInt(3); i >= 0; i--) {
        layers.add(
            switch (random.nextInt(depth > 0 ? 5 : 3)) {
              case 0 -> "activation";
              case 1 -> "activation: " + activation();
              case 2 -> "dense: 4";
              case 3 ->
                  "repeat: %d, layers: [%s]".formatted(1 + random.nextInt(3), layers(depth - 1));
              default ->
                  "residual: {layers: [{dense: 4}, %s], projection: %s}"
                      .formatted(layers(depth - 1), random.nextBoolean());
            });
      }
      return layers.stream()
          .map(layer -> layer.contains(":") ? "{" + layer + "}" : layer)
          .reduce((a, b) -> a + ", " + b)
          .orElseThrow();
    }

    Change change(Network network) {
      List<Layer> layers = network.layers();
      List<OtherRemedy> other = new ArrayList<>();
      if (random.nextInt(3) == 0) {
        other.add(OtherRemedy.USE_TANH);
      }
      if (random.nextInt(3) == 0) {
        other.add(OtherRemedy.WIDER_LAYERS);
      }
      if (random.nextInt(3) == 0
          && layers.get(layers.size() - 1) instanceof Activated end
          && !end.activation().isLearned()) {
        other.add(OtherRemedy.NO_LAST_ACTIVATION);
      }
      @Nullable Double alpha = random.nextBoolean() ? 1.5 : null;
      return new Change(null, alpha, null, other);
    }
  }
}
