package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.spec.ExperimentSpec;

/** The command diagnose, from end to end. */
class DiagnoseCommandTest {

  /** Large parameters, many layers with small weights, and a network without an illness. */
  private static final String SPEC =
      """
      name: own
      data: {source: synthetic, train-samples: 160, seed: 3}
      network:
        - max-pooling: 4
        - repeat: 6
          layers: [{dense: 16}, activation]
        - dense: classes
      defaults: {activation: tanh, epochs: 2, seeds: [4, 5]}
      arms:
        - {name: large, initial-values: {uniform: 10}}
        - {name: small, initial-values: {normal: 0.05}}
        - {name: healthy}
      """;

  @TempDir Path folder;
  private Terminal terminal;
  private Path file;
  private Path out;

  @BeforeEach
  void write() throws IOException {
    terminal = new Terminal(folder.resolve("cache"));
    file = Files.writeString(folder.resolve("own.yaml"), SPEC);
    out = folder.resolve("results");
  }

  @Test
  void largeParametersAreFoundShownAndPrescribedFor() {
    diagnose(0, "--verbose");
    assertThat(terminal.out()).startsWith("own, arm “large”, seed 4, on");
    assertThat(terminal.out().replaceAll("\\s+", " "))
        .contains(
            ", but parameters are large. Use Glorot's initialization: it lowered the training loss"
                + " in short trainings with two seeds. Verdict ",
            "large-parameters",
            "at the initial weights",
            "after epoch 1 ",
            "after epoch 2 ",
            "dense7",
            "Tried by training for 300 steps, on 160 training samples at the end:",
            "untouched",
            "The first layer's gradient goes from",
            "Tried for 300 steps: with");
    String all = terminal.out();
    diagnose(0);
    assertThat(all).startsWith(terminal.out().substring(0, terminal.out().indexOf("\nVerdict")));
    assertThat(terminal.out())
        .contains("█")
        .doesNotContain("snapshot ")
        .hasSizeLessThan(all.length());
    assertThat(terminal.out().lines()).hasSizeLessThan(40).allMatch(line -> line.length() <= 80);
    assertThat(all.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void whatEarlierVersionsCalledOtherwiseIsUnderstoodAndSaid() throws IOException {
    diagnose(0, "--json", "--arm=small", "--moments=0,5", "--threshold", "network-decades=50");
    assertThat(steps(valid())).containsExactly(0, 5);
    assertThat(valid().at("/signal").asText()).isEqualTo("stable");
    assertThat(terminal.err())
        .contains("note: --moments is called --snapshots now\n")
        .contains("note: network-decades is called network-log10 now\n");
    diagnose(1, "--arm=healthy", "--snapshots=0", "--fail-on=exploding,steady");
    assertThat(terminal.err()).contains("note: steady is called stable now\n");
  }

  @Test
  void noSnapshotIsTakenAfterTheSpecsOwnEndUnlessAskedFor() throws IOException {
    diagnose(0, "--json", "--arm=small");
    assertThat(steps(valid())).containsExactly(0, 5, 10);
    assertThat(terminal.err()).doesNotContain("training ends");
    diagnose(0, "--json", "--arm=small", "--snapshots=0,11");
    assertThat(steps(valid())).containsExactly(0, 11);
    assertThat(terminal.err().replace('\n', ' '))
        .contains(
            "The spec's own training ends after 10 steps. Later snapshots are of a longer training.");
    diagnose(0, "--arm=small", "--snapshots=11");
    assertThat(terminal.out()).contains("The spec's own training ends after 10 steps");
  }

  private static List<Integer> steps(JsonNode json) {
    List<Integer> steps = new ArrayList<>();
    json.at("/snapshots").forEach(snapshot -> steps.add(snapshot.at("/step").asInt()));
    return steps;
  }

  @Test
  void aScalingThatNobodyAskedForIsTold() throws IOException {
    String said = "Pixels are scaled to [0, 1]; in the data they go from 0 to 255 (rms ";
    diagnose(0, "--arm=healthy", "--snapshots=0");
    assertThat(terminal.out().replace('\n', ' ')).contains(said, "write \"input-scaling: raw\"");
    assertThat(terminal.execute("check", file.toString())).isZero();
    assertThat(terminal.out()).contains(said);
    assertThat(terminal.execute("run", file.toString(), "--seeds=1", "--epochs=1", "--out=" + out))
        .isZero();
    assertThat(terminal.err()).contains(said);
    diagnose(0, "--arm=healthy", "--snapshots=0", "--pixels=unit");
    assertThat(terminal.out()).doesNotContain("scaled");
  }

  @Test
  void dataThatCannotBeLoadedAreToldWhereTheSpecNamesThem() throws IOException {
    for (String command : List.of("diagnose", "check", "run")) {
      Files.writeString(file, SPEC.replace("source: synthetic", "source: nowhere"));
      assertThat(terminal.execute(command, file.toString())).isEqualTo(1);
      assertThat(terminal.err())
          .contains("unvanish: " + file + ":2:7: data: there is no data set or folder \"nowhere\"");
    }
    Files.writeString(folder.resolve("own.csv"), "x,label\n1,a\n2,b\n3,a\n4,b\n");
    Files.writeString(
        file,
        SPEC.replace(
            "{source: synthetic,",
            "{source: " + folder.resolve("own.csv") + ", label-column: kind,"));
    assertThat(terminal.execute("check", file.toString())).isEqualTo(1);
    assertThat(terminal.err())
        .contains("unvanish: " + file + ":2:7: data: ", "has no column \"kind\" for the labels");
    // What the command line names stands in no file.
    assertThat(terminal.execute("run", file.toString(), "--data=nowhere", "--out=" + out))
        .isEqualTo(1);
    assertThat(terminal.err()).startsWith("unvanish: there is no data set");
  }

  @Test
  void manyLayersAreFoundInTheirArm() {
    diagnose(0, "--arm=small", "--snapshots=0");
    assertThat(terminal.out())
        .contains(
            "The gradient vanishes because the effects of many layers multiply.\n",
            "vanishing, many-layers, linear (at the initial weights)")
        .doesNotContain("after epoch");
  }

  @Test
  void aHealthyNetworkIsPrescribedNothing() {
    diagnose(0, "--arm=healthy", "--snapshots=0,1");
    assertThat(terminal.out())
        .contains("stable, none (", "after 1 step ", "Change nothing", "Nothing to fix");
  }

  @Test
  void theJsonIsAsItsSchemaSays() throws IOException {
    for (String arm : List.of("large", "small", "healthy")) {
      diagnose(0, "--json", "--arm=" + arm, "--snapshots=0,7");
      JsonNode json = valid();
      assertThat(json.at("/arm").asText()).isEqualTo(arm);
      assertThat(json.at("/snapshots")).hasSize(2);
      assertThat(json.at("/snapshots/1/step").asInt()).isEqualTo(7);
      assertThat(json.at("/snapshots/0/layers")).hasSize(7);
      assertThat(json.at("/proof").isNull()).isTrue();
    }
    JsonNode healthy = valid();
    assertThat(healthy.at("/trial/learns").asBoolean()).isTrue();
    assertThat(healthy.at("/trial/tried")).hasSize(1);
    assertThat(healthy.at("/remarks")).isEmpty();
    assertThat(healthy.at("/mechanism").isNull()).isTrue();
    assertThat(healthy.at("/predicted").isNull()).isTrue();
    assertThat(healthy.at("/prescription/initial").isNull()).isTrue();
  }

  @Test
  void aNetworkThatDoesNotLearnThoughItsSignalIsFineHasACauseThatFailsABuild() throws IOException {
    Files.writeString(
        file,
        SPEC.replace(
            "- {name: healthy}",
            "- {name: healthy, optimizer: {adam: {learning-rate: 1.0e-5}}, epochs: 60}"));
    diagnose(1, "--json", "--arm=healthy", "--fail-on=small-learning-rate");
    JsonNode json = valid();
    assertThat(json.at("/signal").asText()).isEqualTo("stable");
    assertThat(json.at("/cause").asText()).isEqualTo("small-learning-rate");
    assertThat(json.at("/remarks/0/cause").asText()).isEqualTo("small-learning-rate");
    assertThat(json.at("/prescription/other/0").asText()).isEqualTo("much-higher-learning-rate");
    List<JsonNode> tried = new ArrayList<>();
    json.at("/trial/tried").forEach(tried::add);
    assertThat(tried)
        .filteredOn(one -> one.at("/prescribed").asBoolean())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.at("/name").asText()).isEqualTo("learning rate × 100");
              assertThat(one.at("/second_loss").asDouble())
                  .isLessThan(tried.get(0).at("/second_loss").asDouble());
            });
  }

  @Test
  void theJsonHasTheSignalsSizeAndWhereArgumentsLie() throws IOException {
    diagnose(0, "--json", "--arm=large", "--snapshots=0");
    JsonNode snapshot = valid().at("/snapshots/0");
    assertThat(snapshot.at("/logits_rms").asDouble()).isPositive();
    for (JsonNode layer : snapshot.at("/layers")) {
      assertThat(layer.at("/leaving_log10").asDouble() - layer.at("/entering_log10").asDouble())
          .isCloseTo(layer.at("/gain_log10").asDouble(), within(1e-9));
      double sum = 0;
      for (JsonNode share : layer.at("/pre_activation_shares")) {
        sum += share.asDouble();
      }
      assertThat(sum).isCloseTo(1, within(1e-9));
    }
    JsonNode layer = snapshot.at("/layers/2");
    // Beyond one knee lies what is saturated.
    JsonNode shares = layer.at("/pre_activation_shares");
    assertThat(shares.get(3).asDouble() + shares.get(4).asDouble() + shares.get(5).asDouble())
        .isCloseTo(layer.at("/saturated_share").asDouble(), within(1e-9));
    assertThat(layer.at("/pre_activation_rms").asDouble()).isGreaterThan(1);
  }

  @Test
  void aLayerThatLosesAllHasNullDecades() throws IOException {
    Files.writeString(file, SPEC.replace("{uniform: 10}", "{uniform: 1000}"));
    diagnose(0, "--json", "--snapshots=0");
    JsonNode json = valid();
    assertThat(json.at("/snapshots/0/net_log10").isNull()).isTrue();
    assertThat(json.at("/snapshots/0/layers/0/test_signal").asBoolean()).isTrue();
    diagnose(0, "--snapshots=0");
    assertThat(terminal.out()).contains("−∞", "* nothing arrives here");
  }

  @Test
  void theSameCommandGivesTheSameOutput() {
    diagnose(0, "--json");
    String first = terminal.out();
    diagnose(0, "--json");
    assertThat(terminal.out()).isEqualTo(first);
    diagnose(0, "--json", "--seed=5");
    assertThat(terminal.out()).isNotEqualTo(first);
  }

  @Test
  void theVerdictFailsABuildOnlyIfAskedTo() {
    diagnose(1, "--arm=small", "--snapshots=0", "--fail-on=exploding,vanishing");
    diagnose(1, "--arm=small", "--snapshots=0", "--fail-on=many-layers");
    diagnose(0, "--arm=small", "--snapshots=0", "--fail-on=large-parameters,dead-units");
    diagnose(0, "--arm=healthy", "--snapshots=0", "--fail-on=vanishing,exploding,many-layers");
  }

  /** Weights that are a little large at the start, and steps that carry them away. */
  @Test
  void aLaterAndWorseSnapshotIsNotHiddenByAnEarlierHarmlessOne() throws IOException {
    Files.writeString(
        file,
        SPEC.replace(
                "activation: tanh,", "activation: tanh, optimizer: {sgd: {learning-rate: 10}},")
            .replace("{uniform: 10}", "{uniform: 0.6}"));
    diagnose(1, "--json", "--snapshots=0,50,100", "--fail-on=vanishing");
    JsonNode json = valid();
    assertThat(json.at("/snapshots/0/signal").asText()).isEqualTo("stable");
    assertThat(json.at("/snapshots/0/cause").asText()).isEqualTo("large-parameters");
    assertThat(json.at("/signal").asText()).isEqualTo("vanishing");
    assertThat(json.at("/cause").asText()).isEqualTo("large-learning-rate");
    // A tenth was tried as well.
    assertThat(json.at("/prescription/other/0").asText()).isEqualTo("much-lower-learning-rate");
    assertThat(json.at("/prescription/l2").isNull()).isTrue();
    diagnose(1, "--snapshots=0,50,100", "--fail-on=large-parameters", "--verbose");
    assertThat(terminal.out().replaceAll("\\s+", " "))
        .contains(
            "because the learning rate is too large",
            "Training caused this: at the initial weights the verdict is stable,"
                + " large-parameters.",
            "where a constant predictor has",
            "Divide the learning rate by 100: it lowered the training loss");
  }

  /** What was wrong on the way there does not fail a build, and nothing is prescribed for it. */
  @Test
  void aNetworkThatLearnsIsHealthyAndNoBuildFailsForWhatItHasOvercome() throws IOException {
    Files.writeString(
        file,
        SPEC.replace("network:", "pixels: standardised\nnetwork:")
            .replace("repeat: 6", "repeat: 1")
            .replace("{uniform: 10}", "{uniform: 0.4}")
            .replace(
                "activation: tanh,",
                "activation: tanh, optimizer: {adam: {learning-rate: 0.01}},"));
    diagnose(1, "--snapshots=0", "--fail-on=large-parameters");
    diagnose(0, "--snapshots=0,600", "--fail-on=vanishing,exploding,large-parameters");
    assertThat(terminal.out().replaceAll("\\s+", " "))
        .startsWith("own, arm “large”")
        .contains("The network learns, and there is nothing to fix. Change nothing")
        .contains(
            "Training has fixed what was wrong at the initial weights (stable, large-parameters).")
        .contains("Nothing to fix: the network learns.");
  }

  @Test
  void theVerdictFollowsThresholdsThatAreGiven() throws IOException {
    diagnose(0, "--arm=small", "--snapshots=0", "--json", "--threshold=network-log10=50");
    assertThat(valid().at("/signal").asText()).isEqualTo("stable");
    assertThat(valid().at("/prescription/initial").isNull()).isTrue();
    diagnose(
        0,
        "--arm=healthy",
        "--snapshots=0",
        "--threshold=network-log10=0.01",
        "--threshold=mechanism-share=1");
    assertThat(terminal.out()).doesNotContain("stable, none");
    assertThat(terminal.execute("diagnose", "--help")).isZero();
    String help = terminal.out().replaceAll("\\s+", " ");
    for (String name : Thresholds.NAMES) {
      Matcher shown = Pattern.compile(name + "=([0-9.]+[0-9]|[0-9])").matcher(help);
      assertThat(shown.find()).as(name).isTrue();
      assertThat(Thresholds.DEFAULT.with(name, Double.parseDouble(shown.group(1))))
          .isEqualTo(Thresholds.DEFAULT);
    }

    refuse(
        2,
        "--threshold knows no 'netwrok-log10': did you mean network-log10?",
        "--threshold=netwrok-log10=3");
    refuse(2, "--threshold knows no 'x', only network-log10, layer-log10", "--threshold=x=3");
    refuse(
        2, "--threshold dead-share must lie in (0, 1], but is 1.5", "--threshold=dead-share=1.5");
    refuse(2, "--threshold reach must be a number, but is 'far'", "--threshold=reach=far");
    refuse(2, "--threshold must be NAME=VALUE, but is 'reach'", "--threshold=reach");
  }

  @Test
  void aStoredRunIsDiagnosedWhereItStands() throws IOException {
    assertThat(terminal.execute("run", file.toString(), "--out=" + out)).isZero();
    diagnose(0, "--json", "--checkpoint=" + out, "--arm=small", "--seed=5");
    JsonNode stored = valid();
    assertThat(stored.at("/snapshots")).hasSize(1);
    diagnose(0, "--json", "--arm=small", "--seed=5", "--snapshots=2e");
    JsonNode trained = valid();
    // What the last steps have moved, a checkpoint does not tell.
    trained
        .findParents("update_log10")
        .forEach(tensor -> ((ObjectNode) tensor).putNull("update_log10"));
    assertThat(stored.at("/snapshots/0")).isEqualTo(trained.at("/snapshots/1"));

    refuse(1, "holds no finished epoch", "--checkpoint=" + out, "--seed=6");
    refuse(1, "holds no finished epoch", "--checkpoint=" + out, "--batch-size=16");
    refuse(1, "there is no experiment in", "--checkpoint=" + folder);
    refuse(2, "--checkpoint does not train", "--checkpoint=" + out, "--snapshots=1");
  }

  /** Three classes that anything can tell apart, as numbers of a size, so far from 0. */
  private void writeDots(double size, double distance) throws IOException {
    Random random = new Random(1);
    StringBuilder csv = new StringBuilder("a,b,c,label\n");
    for (int i = 0; i < 240; i++) {
      for (int column = 0; column < 3; column++) {
        double value = distance + size * (random.nextGaussian() + (i % 3 == column ? 3 : 0));
        csv.append(String.format(Locale.ROOT, "%.2f,", value));
      }
      csv.append("xyz".charAt(i % 3)).append('\n');
    }
    Files.writeString(folder.resolve("dots.csv"), csv);
  }

  private void writeVanishingSpec() throws IOException {
    writeDots(1, 0);
    Files.writeString(
        file,
        """
        name: own
        data: %s
        network: [{repeat: 6, layers: [{dense: 8}, activation]}, {dense: classes}]
        defaults: {activation: tanh, epochs: 2, seeds: 2, initial-values: {normal: 0.05}}
        arms: [{name: small}]
        """
            .formatted(folder.resolve("dots.csv")));
  }

  @Test
  void aPrescriptionThatTrainingProvesIsWrittenAsAMendedSpec() throws IOException {
    writeVanishingSpec();
    diagnose(0, "--snapshots=0", "--apply", "--epochs=10", "--out=" + out);
    Path fixed = folder.resolve("own-fixed.yaml");
    assertThat(terminal.err()).doesNotContain("note:");
    assertThat(terminal.out())
        .containsSubsequence(
            "\nProved", "has the highest final test accuracy of ", "\narm ", "p = 0.031")
        .containsPattern("\narm +final test accuracy +final test loss")
        .doesNotContain("rank-biserial")
        .endsWith("\nwrote " + fixed + "\n");
    ExperimentSpec spec = ExperimentSpec.read(fixed);
    assertThat(spec.name()).isEqualTo("own-fixed");
    assertThat(spec.arms().get(0).seeds()).containsExactly(1L, 2L);
    assertThat(Files.readString(fixed)).contains("{function: identity, naive: 11.55}");
    assertThat(terminal.execute("check", fixed.toString())).isZero();

    diagnose(0, "--snapshots=0", "--apply", "--json", "--epochs=10", "--out=" + out);
    JsonNode proof = valid().at("/proof");
    assertThat(proof.at("/fixed").asText()).isEqualTo(fixed.toString());
    JsonNode verdict = proof.at("/result/verdict");
    assertThat(verdict.at("/proved").asBoolean()).isTrue();
    assertThat(verdict.at("/reason").isNull()).isTrue();
    assertThat(verdict.at("/test_score/learning_seeds").asInt()).isEqualTo(6);
    assertThat(verdict.at("/test_loss/effect").asText()).isEqualTo("gain");
    assertThat(proof.at("/result/prescription_wins").asBoolean())
        .isEqualTo(proof.at("/result/winner").asText().equals("prescribed"));
    // The page says the same.
    assertThat(reported().at("/finding/conclusion/0")).isEqualTo(verdict.at("/conclusion"));

    // Less of the same proves less, and takes nothing away.
    diagnose(0, "--snapshots=0", "--apply", "--seeds=2", "--epochs=2", "--out=" + out);
    assertThat(terminal.out())
        .contains(
            "\nNot proved", fixed + " is from an earlier proof, which this one does not support.")
        .doesNotContain("wrote " + fixed);
    assertThat(ExperimentSpec.read(fixed)).isEqualTo(spec);
  }

  @Test
  void whatTooFewSeedsCannotProveIsNotWritten() throws IOException {
    writeVanishingSpec();
    diagnose(0, "--snapshots=0", "--apply", "--seeds=2", "--epochs=2", "--out=" + out);
    Path fixed = folder.resolve("own-fixed.yaml");
    assertThat(terminal.err())
        .contains("note: 2 seeds cannot prove anything; a proof needs " + "--seeds 6");
    assertThat(terminal.out())
        .contains(
            "\nNot proved: 2 seeds can prove nothing.\n",
            "What it takes: at least 6 seeds; with 2 the smallest p that is possible is")
        .doesNotContain("wrote " + fixed)
        .endsWith(
            ("No fixed spec was written, because the prescription is not proved.\nWhat was "
                    + "tried: arm “prescribed” in %s\n")
                .formatted(out.resolve("own-proof.yaml")));
    assertThat(fixed).doesNotExist();
    assertThat(out.resolve("own-proof.yaml")).content().contains("name: prescribed");

    // Once more, as JSON, with more epochs: what is there is gone on with.
    diagnose(0, "--snapshots=0", "--apply", "--json", "--seeds=2", "--epochs=3", "--out=" + out);
    JsonNode proof = valid().at("/proof");
    List<String> arms = new ArrayList<>();
    proof.at("/result/comparison/arms").forEach(arm -> arms.add(arm.at("/arm").asText()));
    assertThat(arms).startsWith("untouched", "prescribed").hasSize(4);
    assertThat(proof.at("/fixed").isNull()).isTrue();
    assertThat(proof.at("/result/prescription_wins").asBoolean()).isFalse();
    assertThat(proof.at("/result/verdict/reason").asText()).isEqualTo("too-few-seeds");
    assertThat(proof.at("/result/verdict/seeds_needed").asInt()).isEqualTo(6);
    assertThat(proof.at("/result/comparison/arms/0/runs")).hasSize(2);
    assertThat(reported().at("/finding/conclusion/0").asText())
        .isEqualTo("Not proved: 2 seeds can prove nothing.");
  }

  @Test
  void theReportOfAProofDrawsTheSignalsWay() throws IOException {
    diagnose(
        0, "--snapshots=0,3", "--apply", "--seeds=4,5", "--epochs=2", "--verbose", "--out=" + out);
    String found = terminal.out();
    JsonNode arms = reported().at("/arms");
    JsonNode signal = arms.at("/0/signal");
    assertThat(signal.at("/seed").asInt()).isEqualTo(4);
    // The page knows of more epochs, so that it can tell more of what has been learnt.
    String sentence = signal.at("/sentence").asText();
    assertThat(sentence).contains(" It has learnt hardly anything so far: after epoch 2 ");
    assertThat(found.replaceAll("\\s+", " "))
        .contains(
            " It has learnt hardly anything so far: after 3 steps ",
            signal.at("/prescription").asText(),
            "rank-biserial correlation");
    assertThat(whens(signal))
        .containsExactly(
            "at the initial weights", "after 3 steps", "after epoch 1", "after epoch 2");
    // The other arms are probed as they train.
    assertThat(arms.at("/1/name").asText()).isEqualTo("prescribed");
    assertThat(whens(arms.at("/1/signal")))
        .containsExactly("at the initial weights", "after epoch 1", "after epoch 2");
    assertThat(arms.at("/1/signal/sentence").asText()).contains("keeps its size");
    assertThat(arms.at("/1/signal/prescription").isNull()).isTrue();
  }

  @Test
  void aDiagnosedSeedThatIsNotTrainedIsInTheReportAllTheSame() throws IOException {
    diagnose(0, "--snapshots=0", "--seed=77", "--apply", "--seeds=1", "--epochs=1", "--out=" + out);
    JsonNode signal = reported().at("/arms/0/signal");
    assertThat(signal.at("/seed").asInt()).isEqualTo(77);
    assertThat(whens(signal)).containsExactly("at the initial weights");
    assertThat(signal.at("/prescription").asText()).contains("parameters");
  }

  @Test
  void unscaledInputsAreScaledInTheMendedSpecAndInASecondExperimentOfTheProof() throws IOException {
    writeDots(200, 3000);
    Files.writeString(
        file,
        """
        name: own
        data: %s
        pixels: raw
        network: [{repeat: 2, layers: [{dense: 16}, activation]}, {dense: classes}]
        defaults: {activation: tanh, epochs: 2, seeds: 2}
        arms: [{name: large, initial-values: {uniform: 10}}, {name: healthy}]
        """
            .formatted(folder.resolve("dots.csv")));
    diagnose(
        0, "--arm=healthy", "--snapshots=0", "--apply", "--seeds=8", "--epochs=4", "--out=" + out);
    assertThat(terminal.out())
        .contains(
            "the data is not scaled",
            "Standardise the inputs: ",
            "\nprescribed ",
            "of 4 arms",
            "\nProved")
        .doesNotContain("nothing to prove");
    JsonNode page = reported();
    assertThat(page.at("/finding/conclusion/0").asText()).startsWith("Proved");
    JsonNode arms = page.at("/arms");
    assertThat(arms)
        .extracting(arm -> arm.at("/name").asText())
        .startsWith("untouched")
        .doesNotContain("prescribed")
        .hasSize(3);
    assertThat(arms.at("/0/signal/prescription").asText()).contains("Standardise the data");
    // Of the second experiment, in the same folder: there all of it goes on.
    diagnose(
        0, "--arm=healthy", "--snapshots=0", "--apply", "--json", "--epochs=6", "--out=" + out);
    JsonNode compared = valid().at("/proof/result/comparison/arms");
    assertThat(compared)
        .extracting(arm -> arm.at("/arm").asText())
        .startsWith("untouched", "prescribed")
        .hasSize(4);
    assertThat(compared.at("/1/runs")).hasSize(6);
    assertThat(out.resolve("scaled/own-proof-scaled.yaml")).exists();

    Path fixed = folder.resolve("own-fixed.yaml");
    ExperimentSpec spec = ExperimentSpec.read(fixed);
    assertThat(spec.pixels()).isEqualTo(PixelScaling.STANDARDISED);
    assertThat(spec.arms()).hasSameSizeAs(ExperimentSpec.read(file).arms());
    // The remedy is one: the fixed spec has nothing to be fixed.
    assertThat(terminal.execute("diagnose", fixed.toString(), "--arm=healthy", "--snapshots=0"))
        .isZero();
    assertThat(terminal.out()).contains("stable, none (").containsAnyOf("Change nothing", "Look");
  }

  /** The experiment in the model of the folder's page. */
  private JsonNode reported() throws IOException {
    assertThat(terminal.execute("report", out.toString())).as(terminal.err()).isZero();
    String html = Files.readString(out.resolve("report.html"));
    String model = html.substring(html.indexOf("<script id=\"model\""));
    model = model.substring(model.indexOf('>') + 1, model.indexOf("</script>"));
    return new ObjectMapper().readTree(model).at("/experiments/0");
  }

  private static List<String> whens(JsonNode signal) {
    return signal.at("/snapshots").findValuesAsText("when");
  }

  @Test
  void whereNothingIsPrescribedTheSingleRemediesAreTriedAllTheSame() {
    diagnose(
        0, "--arm=healthy", "--snapshots=0", "--apply", "--seeds=1", "--epochs=1", "--out=" + out);
    assertThat(terminal.out())
        .contains("r = 0.01 alone", "α × 2 alone", "so there is nothing to prove.")
        .doesNotContain("No fixed spec");
    assertThat(folder.resolve("own-fixed.yaml")).doesNotExist();
  }

  @Test
  void aFileThatIsThereIsNotOverwritten() throws IOException {
    Path fixed = Files.writeString(folder.resolve("own-fixed.yaml"), "mine");
    assertThat(terminal.execute(arguments("--snapshots=0", "--apply", "--out=" + out)))
        .isEqualTo(1);
    assertThat(terminal.err()).contains(fixed + " exists already with other content");
    assertThat(fixed).hasContent("mine");
    assertThat(out).doesNotExist();
  }

  @Test
  void aFolderOfAnotherExperimentIsRefused() {
    assertThat(terminal.execute("run", file.toString(), "--out=" + out, "--seeds=1", "--epochs=1"))
        .isZero();
    assertThat(terminal.execute(arguments("--snapshots=0", "--apply", "--out=" + out)))
        .isEqualTo(1);
    assertThat(terminal.err()).contains("holds the experiment own, not own-proof");
    assertThat(folder.resolve("own-fixed.yaml")).doesNotExist();
  }

  @Test
  void specsOfThePaperAreKnownByName() {
    assertThat(
            terminal.execute(
                "diagnose", "figure2", "--data=synthetic", "--train-samples=64", "--snapshots=0"))
        .isZero();
    assertThat(terminal.out()).contains("vanishing, many-layers, linear");
  }

  @Test
  void wrongUsageIsRefusedWithTheWayOut() {
    refuse(2, "own.yaml has no arm 'other', only 'large', 'small', 'healthy'", "--arm=other");
    refuse(2, "--fail-on knows no verdict 'sick', only vanishing, stable", "--fail-on=sick");
    refuse(2, "--seed must be from 0 to", "--seed=-1");
    for (String snapshots : List.of("", "x", "-1", "0,,5", "1.5", "10001e", "9999999999")) {
      refuse(2, "--snapshots must be", "--snapshots=" + snapshots);
    }
    refuse(2, "--seeds must be", "--apply", "--seeds=x");
    refuse(2, "--epochs must be from 1", "--apply", "--epochs=0");
    for (String option : List.of("--seeds=2", "--epochs=2", "--out=x", "--workers=1")) {
      refuse(2, "need --apply", option);
    }
  }

  @Test
  void brokenSpecsAndMissingDataAreNamed() throws IOException {
    Files.writeString(file, SPEC.replace("arms:", "amrs:"));
    refuse(1, "did you mean");
    Files.writeString(file, SPEC.replace("source: synthetic", "source: nowhere"));
    refuse(1, "no data set");
    Files.delete(file);
    refuse(1, "the file does not exist");
  }

  private void diagnose(int exitCode, String... options) {
    assertThat(terminal.execute(arguments(options))).as(terminal.err()).isEqualTo(exitCode);
    assertThat(terminal.err()).doesNotContain("\tat ");
  }

  private void refuse(int exitCode, String message, String... options) {
    int code = terminal.execute(arguments(options));
    assertThat(terminal.err()).startsWith("unvanish: ").contains(message).doesNotContain("\tat ");
    assertThat(terminal.out()).isEmpty();
    assertThat(code).isEqualTo(exitCode);
  }

  private String[] arguments(String... options) {
    List<String> arguments = new ArrayList<>(List.of("diagnose", file.toString()));
    arguments.addAll(List.of(options));
    return arguments.toArray(String[]::new);
  }

  private JsonNode valid() throws IOException {
    return terminal.json("diagnosis-schema");
  }
}
