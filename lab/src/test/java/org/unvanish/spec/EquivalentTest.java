package org.unvanish.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.experiment.Arm;
import org.unvanish.initialization.Initialization;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingObserver;

/** Arms without α train as those with it. */
class EquivalentTest {

  private static final Dataset DATA = SyntheticImages.draw(1, 160, 64);
  private static final String ABLATION = Texts.resource("/org/unvanish/spec/ablation.yaml");

  /** What a run of an arm measures and ends with. */
  private static final class Trained implements TrainingObserver {
    private final List<EpochRecord> epochs = new ArrayList<>();
    private float[] parameters = {};

    @Override
    public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
      epochs.add(epoch);
      parameters = checkpoint.parameters();
      return TrainingDecision.CONTINUE;
    }
  }

  private static Trained trained(ExperimentSpec spec, String arm) {
    Arm own =
        spec.with(Overrides.runs(List.of(1L), 1)).experiment(DATA).arms().stream()
            .filter(a -> a.name().equals(arm))
            .findFirst()
            .orElseThrow();
    Trained trained = new Trained();
    new Trainer(own.network(), own.settings(), DATA, 1).run(trained);
    return trained;
  }

  private static void requireSameBits(Trained one, Trained other) {
    assertThat(other.parameters).isEqualTo(one.parameters);
    assertThat(one.epochs).hasSize(1);
    for (int i = 0; i < one.epochs.size(); i++) {
      EpochRecord epoch = one.epochs.get(i);
      assertThat(other.epochs.get(i).train()).isEqualTo(epoch.train());
      assertThat(other.epochs.get(i).test()).isEqualTo(epoch.test());
      assertThat(other.epochs.get(i).gradients()).isEqualTo(epoch.gradients());
      assertThat(other.epochs.get(i).updates()).isEqualTo(epoch.updates());
    }
  }

  /** Proposition 1 for powers of two, written by hand: nothing of ours made the second arm. */
  @ParameterizedTest
  @CsvSource({"2, 0.5", "4, 0.25", "0.5, 2"})
  void theInputsDividedAndTheLogitsMultipliedAreAllThatAlphaDoes(String alpha, String inverse) {
    String text =
        ABLATION
            .replace("alpha: 2}", "alpha: " + alpha + "}")
            .replace("naive: 2}", "naive: LOGITS}")
            .replace("naive: 0.5}", "naive: " + inverse + "}")
            .replace("LOGITS", alpha);
    ExperimentSpec spec = ExperimentSpec.parse(text, "ablation.yaml");
    Trained scaled = trained(spec, "alpha 2");
    requireSameBits(scaled, trained(spec, "pixels/2, logits*2"));
    assertThat(trained(spec, "tanh").parameters).isNotEqualTo(scaled.parameters);
  }

  @Test
  void theEquivalentOfTheAblationsArmIsItsOtherArm() {
    ExperimentSpec spec = ExperimentSpec.parse(ABLATION, "ablation.yaml");
    Equivalent equivalent = Equivalent.of(spec.arms().get(1));
    assertThat(equivalent.arm().training()).isEqualTo(spec.arms().get(2).training());
    assertThat(equivalent.isExact()).isTrue();
    assertThat(equivalent.remarks()).isEmpty();
    EquivalentSpec all = EquivalentSpec.of(spec, spec.arms());
    assertThat(all.spec().arms())
        .extracting(ArmSpec::name)
        .containsExactly("tanh", "alpha 2", "pixels/2", "logits*2");
    assertThat(all.remarks())
        .containsExactly(
            "\"alpha 2\" without α trains to the same bits as with α, as each α is a power of two.",
            "\"pixels/2, logits*2\" is left out: it trains the same as \"alpha 2\".");
    assertThat(ExperimentSpec.parse(all.text(), "without.yaml")).isEqualTo(all.spec());
    assertThat(all.text()).startsWith("# \"alpha 2\"").doesNotContain("alpha:");
  }

  @Test
  void figure2sArmTrainsToTheSameBitsWithoutAlpha() {
    ExperimentSpec figure2 = PaperSpecs.spec("figure2");
    EquivalentSpec without = EquivalentSpec.of(figure2, figure2.arms());
    assertThat(without.text()).doesNotContain("alpha:");
    requireSameBits(
        trained(figure2, "tanh, α = 2"),
        trained(ExperimentSpec.parse(without.text(), "w.yaml"), "tanh, α = 2"));
  }

  /** Several α, residual blocks, relu between, dropout, an activation at the end, no pooling. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[dense: 6, activation, dense: 5, activation, dense: classes]"
            + "|[{function: tanh, alpha: 2}, {function: arctan, alpha: 0.5}]",
        "[dense: 6, activation, dense: 5, activation, dense: {units: classes, bias: true}]"
            + "|[{function: tanh, alpha: 4}, {function: softsign, naive: 2}]",
        "[{separable-conv: {kernel: 3, filters: 3}}, activation, average-pooling: 4,"
            + " {residual: {layers: [{conv: {kernel: 3, filters: 3}}, activation], projection: true}},"
            + " {dropout: 0.25}, activation: relu, dense: classes]"
            + "|{function: logistic, alpha: 2}",
        "[max-pooling: 4, {residual: {layers: [{conv: {kernel: 3, filters: 3}}, activation]}},"
            + " global-average-pooling, dense: classes]|{function: erf, alpha: 0.25}",
        "[dense: 7, {activation: {function: relu, alpha: 2}}, dense: classes, activation]"
            + "|{function: tanh, alpha: 8}",
        "[activation, dense: 7, activation, layer-norm, dense: classes, softmax]"
            + "|[{function: sine, alpha: 2}, {function: gelu, alpha: 2}]",
      })
  void otherArmsDoToo(String networkAndActivation) {
    String network = networkAndActivation.substring(0, networkAndActivation.indexOf('|'));
    String activation = networkAndActivation.substring(network.length() + 1);
    String loss = network.contains("softmax") ? ", loss: mean-squared-error" : "";
    ExperimentSpec spec = spec(network, activation, loss);
    EquivalentSpec without = EquivalentSpec.of(spec, spec.arms());
    assertThat(without.remarks()).hasSize(1).allMatch(remark -> remark.contains("same bits"));
    assertThat(without.text()).doesNotContain("alpha:");
    requireSameBits(trained(spec, "a"), trained(without.spec(), "a"));
  }

  private static ExperimentSpec spec(String network, String activation, String settings) {
    return ExperimentSpec.parse(
        "name: own\ndata: synthetic\nnetwork: %s\narms: [{name: a, activation: %s%s}]\n"
            .formatted(network, activation, settings),
        "own.yaml");
  }

  @Test
  void anAlphaThatIsNoPowerOfTwoIsTheSameButForRoundings() {
    ExperimentSpec spec =
        spec(
            "[dense: 6, activation, dense: 5, activation, dense: classes]",
            "{function: tanh, alpha: 3}",
            "");
    EquivalentSpec without = EquivalentSpec.of(spec, spec.arms());
    assertThat(without.remarks())
        .containsExactly("\"a\" without α trains to the same as with α but for roundings.");
    Trained one = trained(spec, "a");
    Trained other = trained(without.spec(), "a");
    for (int i = 0; i < one.parameters.length; i++) {
      assertThat(other.parameters[i]).isCloseTo(one.parameters[i], within(2e-4f));
    }
  }

  @Test
  void biasesAreDividedAndTheSpecSaysThatTheyTrainOtherwise() {
    String network =
        "[dense: {units: 6, bias: true}, activation, dense: {units: 5, bias: true}, activation,"
            + " dense: classes]";
    ExperimentSpec spec =
        spec(
            network,
            "{function: tanh, alpha: 2}",
            ", initial-values: {weights: glorot, biases: {normal: 0.5}}");
    EquivalentSpec without = EquivalentSpec.of(spec, spec.arms());
    assertThat(without.spec().arms().get(0).biases()).isEqualTo(new Initialization.Normal(0.25));
    assertThat(without.text())
        .contains("# \"a\" without α puts out, at the start, the same bits")
        .contains("# Equal at the start and not in training, because of the biases.");
    for (String start : List.of("{weights: glorot, biases: {normal: 0.5}}", "glorot")) {
      ExperimentSpec others =
          spec(
              network.replace("dense: classes", "dense: {units: classes, bias: true}"),
              "{function: tanh, alpha: 2}",
              ", initial-values: " + start);
      if (start.equals("glorot")) {
        assertThat(EquivalentSpec.of(others, others.arms()).spec().arms()).hasSize(1);
      } else {
        assertThatThrownBy(() -> EquivalentSpec.of(others, others.arms()))
            .hasMessageContaining("let them start from zeros");
      }
    }
  }

  /** Only a bias behind the last activation: α does not reach it. */
  @Test
  void aBiasOfTheOutputsStaysAsItIs() {
    ExperimentSpec spec =
        spec(
            "[dense: 6, activation, dense: {units: classes, bias: true}]",
            "{function: tanh, alpha: 2}",
            ", initial-values: {weights: glorot, biases: {normal: 0.5}}");
    EquivalentSpec without = EquivalentSpec.of(spec, spec.arms());
    assertThat(without.remarks()).hasSize(1);
    requireSameBits(trained(spec, "a"), trained(without.spec(), "a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [dense: 6, activation, dense: classes]                   | tanh | | has no α other than 1
          [dense: 6, activation, dense: classes]                   | {function: tanh, naive: 2} | | has no α other than 1
          [dense: 6, activation, dense: classes]                   | {function: tanh, alpha: {learned: 2}} | | "tanh, α learned" changes its α in training; give it a fixed one
          [dense: 6, softmax, dense: 5, activation, dense: classes]| {function: tanh, alpha: 2} | | the layer softmax is not a homogeneous function and has no α
          [dense: 6, layer-norm, activation, dense: classes]       | {function: tanh, alpha: 2} | | the layer layer-norm brings values to variance 1
          [dense: 6, activation, {residual: {layers: [dense: 6, activation]}}, dense: classes] | [{function: tanh, alpha: 2}, tanh] | | adds outputs of activations with different α
          [dense: 6, activation, dense: classes]                   | {function: tanh, alpha: 2} | , initial-values: lsuv | the initial weights depend on the layers' outputs, which α changes
          """)
  void whatHasNoEquivalentIsRefusedWithTheReason(
      String network, String activation, String settings, String reason) {
    ExperimentSpec spec = spec(network, activation, settings == null ? "" : settings);
    assertThatThrownBy(() -> EquivalentSpec.of(spec, spec.arms()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the arm \"a\" has no")
        .hasMessageContaining(reason);
  }

  /** So that nobody who adds one forgets to say on which side it is. */
  @ParameterizedTest
  @EnumSource
  void onlyHomogeneousFunctionsKeepTheirFactors(ActivationFunction function) {
    ExperimentSpec spec =
        spec(
            "[dense: 6, activation, dense: classes]",
            "{function: %s, alpha: 2}".formatted(function.label()),
            "");
    List<Activation> activations = Equivalent.of(spec.arms().get(0)).arm().activations();
    boolean homogeneous = true;
    for (double z : new double[] {-7, -0.3, 0.4, 5}) {
      homogeneous &= Math.abs(2 * function.value(z / 2) - function.value(z)) < 1e-12;
    }
    assertThat(activations).hasSize(homogeneous ? 1 : 2);
  }
}
