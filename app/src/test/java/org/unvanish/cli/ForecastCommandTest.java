package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command forecast, from end to end. */
class ForecastCommandTest {

  /** Small weights in many layers, large ones, and critical ones. */
  private static final String SPEC =
      """
      name: own
      data: {source: synthetic, train-samples: 160, seed: 3}
      network:
        - average-pooling: 4
        - repeat: 6
          layers: [{dense: 64}, activation]
        - dense: classes
      defaults: {activation: tanh, epochs: 2, seeds: [4, 5]}
      arms:
        - {name: small, initial-values: {normal: 0.05}}
        - {name: large, initial-values: {uniform: 10}}
        - {name: critical, initial-values: lecun}
      """;

  @TempDir Path folder;
  private Terminal terminal;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    terminal = new Terminal(folder.resolve("cache"));
    file = Files.writeString(folder.resolve("own.yaml"), SPEC);
  }

  @Test
  void theConclusionIsFirstAndThenTheTable() {
    forecast(0);
    String text = terminal.out();
    assertThat(text.replaceAll("\\s+", " "))
        .startsWith(
            "own, arm “small”, on synthetic images (seed 1), 160 of 10,000 training images (seed 3) At the initial weights the"
                + " backpropagated gradient shrinks ")
        .contains(
            "-fold from the last layer to the first, ",
            "From seed to seed the change varies ",
            "A stack of such layers is in the ordered phase: the gradient's energy shrinks to 1/e"
                + " every ",
            "At the start a larger scale α hardly changes the gradient: f′ takes 0.0",
            "In training it is the same as inputs and biases ÷ α, and logits × α.",
            "Multiply the initial weights of each layer by its critical factor, ",
            "Layer by layer, from the last to the first, as log₁₀");
    List<String> table =
        text.lines().dropWhile(line -> !line.startsWith("layer")).limit(9).toList();
    assertThat(table.get(0))
        .matches("layer +saturated +f′ +weights +rms +typical +critical factor");
    assertThat(table.get(1)).startsWith("dense7 ");
    assertThat(table.get(7)).startsWith("dense1 ");
    assertThat(table.get(8)).startsWith("all ");
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
    forecast(0, "--verbose");
    assertThat(terminal.out())
        .containsPattern("layer +variance +saturated +f′ +weights +padding +rms +typical")
        .containsPattern("layer +(spread +)?critical factor");
  }

  @Test
  void theJsonSaysTheSameAndFollowsItsSchema() throws IOException {
    forecast(0, "--json");
    JsonNode json = valid();
    assertThat(json.at("/kind").asText()).isEqualTo("arm");
    assertThat(json.at("/arm").asText()).isEqualTo("small");
    assertThat(json.at("/phase").asText()).isEqualTo("ordered");
    assertThat(json.at("/measured").isNull()).isTrue();
    assertThat(json.at("/layers")).hasSize(7);
    JsonNode dense2 = json.at("/layers/1");
    assertThat(dense2.at("/name").asText()).isEqualTo("dense2");
    assertThat(dense2.at("/function").asText()).isEqualTo("tanh");
    assertThat(dense2.at("/inner").asDouble()).isEqualTo(1);
    // 0.05·√64, which a critical gain a little above 1 divides.
    assertThat(dense2.at("/sigma_w").asDouble()).isCloseTo(0.4, within(1e-6));
    assertThat(dense2.at("/critical_factor").asDouble()).isBetween(2.5, 2.6);
    double sum = 0;
    for (JsonNode layer : json.at("/layers")) {
      sum += layer.at("/rms_log10").asDouble();
    }
    assertThat(json.at("/rms_log10").asDouble()).isCloseTo(sum, within(1e-9)).isBetween(-2.5, -2.0);
    forecast(0);
    for (String sentence : json.at("/sentence").asText().split("(?<=\\.) (?=[A-Z])")) {
      assertThat(terminal.out().replace('\n', ' ')).contains(sentence);
    }
  }

  @Test
  void measuredSeedsStandBesideTheForecastAndAgree() throws IOException {
    forecast(0, "--measure=20", "--json");
    JsonNode measured = valid().at("/measured");
    assertThat(measured.at("/seeds").asInt()).isEqualTo(20);
    assertThat(measured.at("/batch_size").asInt()).isEqualTo(32);
    assertThat(measured.at("/agreement").asText()).isEqualTo("agrees");
    assertThat(measured.at("/factors/typical_log10/finite_seeds").asInt()).isEqualTo(20);
    assertThat(measured.at("/factors/rms_of_seeds_log10").asDouble())
        .isCloseTo(valid().at("/rms_log10").asDouble(), within(0.1));
    assertThat(measured.at("/layers/1/name").asText()).isEqualTo("dense2");
    forecast(0, "--measure=20");
    assertThat(terminal.out().replace('\n', ' '))
        .contains(
            "Forecast and measurement agree for the typical sample",
            "Forecast and measurement: mean ± standard deviation over 20 seeds, each with 20"
                + " mini-batches of 32 samples:");
    assertThat(terminal.out().lines().filter(line -> line.startsWith("all"))).hasSize(2);
  }

  @Test
  void theSameSeedsAreMeasuredToTheSameBits() {
    forecast(0, "--measure=3", "--json", "--arm=large");
    String first = terminal.out();
    forecast(0, "--measure=3", "--json", "--arm=large");
    assertThat(terminal.out()).isEqualTo(first);
  }

  @Test
  void aCriticalNetworkIsLeftAlone() {
    forecast(0, "--arm=critical");
    assertThat(terminal.out().replace('\n', ' '))
        .contains("Change nothing: training copes with 2 orders of magnitude.")
        .contains("critical: depth alone neither shrinks nor amplifies the gradient.");
  }

  @Test
  void withBiasesTheCriticalScaleIsNamed() throws IOException {
    Files.writeString(
        file,
        SPEC.replace("dense: 64", "dense: {units: 64, bias: true}")
            .replace("{normal: 0.05}", "{weights: {lecun: {gain: 1.2}}, biases: {normal: 0.3}}"));
    forecast(0, "--json");
    assertThat(valid().at("/critical_alpha").asDouble()).isCloseTo(2.85, within(0.01));
    assertThat(valid().at("/sentence").asText())
        .contains(
            "With the initial weights and biases α = 2.85 is critical: below it the gradient vanishes in many layers, above it explodes.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"figure1", "figure2", "figure3", "figure4"})
  void thePapersFiguresAreForecastInShortSentences(String figure) throws IOException {
    assertThat(terminal.execute("forecast", figure, "--json", "--train-samples=64")).isZero();
    assertThat(terminal.err()).contains("built-in synthetic images");
    JsonNode json = valid();
    String told = json.at("/sentence").asText() + " " + json.at("/advice").asText();
    assertThat(told.split("(?<=[.:]) ")).allMatch(sentence -> sentence.split(" ").length < 25);
    assertThat(told).doesNotContain("NaN", "Infinity", "null");
  }

  @Test
  void thePageIsWrittenAndNeverOverAFileOfSomebodyElse() throws IOException {
    Path page = folder.resolve("pages").resolve("forecast.html");
    forecast(0, "--page=" + page);
    assertThat(page).content().contains("<html").contains("\"kind\" : \"arm\"");
    assertThat(terminal.err()).contains("wrote " + page);
    forecast(0, "--page=" + page);
    Files.writeString(page, "mine");
    forecast(1, "--page=" + page);
    assertThat(terminal.err()).contains("forecast.html exists already", "--page");
    assertThat(page).hasContent("mine");
    forecast(1, "--page=" + folder);
    assertThat(terminal.err()).contains("is a folder. Name a file with --page");
  }

  @Test
  void aRepeatedLayerHasFixedPointAndDepthScales() {
    layer("--sigma-b=0.3", "--alpha=2");
    assertThat(terminal.out())
        .isEqualTo(
            """
            tanh, σ_w = 1.2, σ_b = 0.3, α = 2, layer after layer

            A stack of such layers is in the ordered phase: the gradient's energy shrinks to
            1/e every 36 layers.
            The critical scale is α = 2.85: below it the layers are ordered, above it
            chaotic. The critical σ_w is 1.25 with these biases and this α.

            quantity                                   symbol  value
            variance of the pre-activations            q*      1.27289
            factor of the gradient's energy            χ₁      0.972597
            correlation of two inputs                  c*      1.00000
            depth scale of the variance, in layers     ξ_q     2.15866
            depth scale of the correlation, in layers  ξ_c     35.9895
            depth scale of the gradient, in layers     ξ_∇     35.9895
            critical σ_w with these biases and this α          1.25217
            critical scale                             α_c     2.85037
            """);
  }

  @Test
  void aDepthTellsWhatIsKeptWithoutAndWithTheScale() throws IOException {
    layer("--sigma-b=0.3", "--alpha=2", "--depth=300");
    assertThat(terminal.out())
        .contains("α  rms\n1  −9.20\n2  −1.83\n")
        .contains("Over 300 layers the gradient shrinks 10⁹-fold with α = 1, and shrinks 68-fold");
    layer("--alpha=2", "--depth=50", "--width=100", "--json");
    JsonNode json = valid();
    assertThat(json.at("/kind").asText()).isEqualTo("repeated-layer");
    assertThat(json.at("/phase").asText()).isEqualTo("chaotic");
    assertThat(json.at("/critical_sigma_w").asDouble()).isCloseTo(1, within(1e-9));
    assertThat(json.at("/critical_alpha").isNull()).isTrue();
    assertThat(json.at("/kept")).hasSize(2);
    assertThat(json.at("/kept/0/typical_log10").asDouble())
        .isLessThan(json.at("/kept/0/rms_log10").asDouble());
    assertThat(json.at("/sentence").asText())
        .contains("Without biases no scale α changes the phase or a depth scale.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"relu", "log-sigmoid", "sigmoid", "erf", "sine", "gelu", "penalised-tanh"})
  void everyFunctionFollowsTheSchema(String function) throws IOException {
    assertThat(
            terminal.execute(
                "forecast", "--activation=" + function, "--sigma-w=1.7", "--sigma-b=0.5", "--json"))
        .as(terminal.err())
        .isZero();
    assertThat(valid().at("/gradient_factor").asDouble()).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                            | nothing to forecast. Name a spec, or describe a layer
          --json                                        | nothing to forecast. Name a spec
          figure2 --activation=tanh                     | describe a layer, but a spec has its own
          figure2 --alpha=2                             | describe a layer, but a spec has its own
          --activation=tanh                             | needs both --activation and --sigma-w
          --sigma-w=1                                   | needs both --activation and --sigma-w
          --activation=tanh --sigma-w=1 --measure=3     | has no arm, data, seeds or page
          --activation=tanh --sigma-w=1 --arm=x         | has no arm, data, seeds or page
          --activation=tanh --sigma-w=1 --page=x.html   | has no arm, data, seeds or page
          --activation=tanh --sigma-w=1 --batch-size=3  | has no arm, data, seeds or page
          --activation=tahn --sigma-w=1                 | there is no activation function 'tahn'. There are: tanh
          --activation=tanh --sigma-w=0                 | --sigma-w must be above 0 and at most 1000000, but is 0
          --activation=tanh --sigma-w=NaN               | --sigma-w must be above 0 and at most 1000000, but is NaN
          --activation=tanh --sigma-w=1 --sigma-b=-1    | --sigma-b must be at least 0 and at most 1000000, but is -1
          --activation=tanh --sigma-w=1 --alpha=0       | --alpha must be above 0
          --activation=tanh --sigma-w=1 --width=8       | --width needs --depth
          --activation=tanh --sigma-w=1 --depth=1       | --depth must be at least 2
          --activation=tanh --sigma-w=1 --depth=100001  | --depth must be from 1 to 100000
          figure2 --measure=1                           | --measure must be from 2 to 1000, but is 1
          figure2 --measure=1001                        | --measure must be from 2 to 1000, but is 1001
          figure2 --arm=other                           | figure2 has no arm 'other', only 'tanh'
          figure2 --seeds=3                             | --seeds
          """)
  void whatCannotBeMeantIsWrongUsage(String arguments, String said) {
    String[] all =
        Stream.concat(
                Stream.of("forecast"),
                Stream.of(arguments.split(" ")).filter(argument -> !argument.isEmpty()))
            .toArray(String[]::new);
    assertThat(terminal.execute(all)).isEqualTo(2);
    assertThat(terminal.err().replace(",000", "000")).contains(said);
    assertThat(terminal.out()).isEmpty();
  }

  private void forecast(int exitCode, String... options) {
    String[] all =
        Stream.concat(Stream.of("forecast", file.toString()), Stream.of(options))
            .toArray(String[]::new);
    assertThat(terminal.execute(all)).as(terminal.err()).isEqualTo(exitCode);
  }

  private void layer(String... options) {
    String[] all =
        Stream.concat(
                Stream.of("forecast", "--activation=tanh", "--sigma-w=1.2"), Stream.of(options))
            .toArray(String[]::new);
    assertThat(terminal.execute(all)).as(terminal.err()).isZero();
  }

  private JsonNode valid() throws IOException {
    return terminal.json("forecast-schema");
  }
}
