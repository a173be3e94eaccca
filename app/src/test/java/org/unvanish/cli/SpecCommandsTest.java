package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Plan;

/** {@code unvanish show} and {@code unvanish check}. */
class SpecCommandsTest {

  private static final List<String> NAMES = PaperSpecs.NAMES;

  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder.resolve("cache"));
  }

  private String write(String text) throws IOException {
    return Files.writeString(folder.resolve("own.yaml"), text).toString();
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void whatIsShownIsTheSpecItself(String name) throws IOException {
    assertThat(terminal.execute("show", name)).isZero();
    assertThat(terminal.next()).containsExactly("unvanish", "diagnose", name);
    assertThat(terminal.err().lines()).hasSize(1);
    assertThat(terminal.out()).isEqualTo(PaperSpecs.text(name)).startsWith("# ");
    assertThat(ExperimentSpec.read(Path.of(write(terminal.out()))))
        .isEqualTo(PaperSpecs.spec(name));
  }

  @Test
  void theSchemaIsShownAsJson() throws IOException {
    assertThat(terminal.execute("show", "schema")).isZero();
    JsonNode schema = new ObjectMapper().readTree(terminal.out());
    assertThat(schema.get("$schema").asText()).contains("2020-12");
    assertThat(schema.get("required")).hasSize(2);
    // Arms, or a sweep.
    assertThat(schema.at("/allOf/0/anyOf")).hasSize(2);
    // A network for all arms, or one for each.
    assertThat(schema.get("anyOf")).hasSize(3);
  }

  @Test
  void theLearningRatesOfAScheduleAreTold() throws IOException {
    String file =
        write(
            """
            name: own
            data: {source: synthetic, train-samples: 64}
            network: [{dense: classes}]
            arms:
              - {name: plain, epochs: 4}
              - {name: halved, epochs: 25, schedule: {warm-up: {epochs: 5}, step: {epochs: 10, factor: 0.5}}}
            """);
    assertThat(terminal.execute("check", file)).isZero();
    assertThat(terminal.out())
        .contains(
            "\nlearning rate of arm \"halved\" at the end of epochs: 2: 4e-4, 5: 0.001, 7: 0.001, 10:"
                + " 0.001, 12: 5e-4, 15: 5e-4, 17: 5e-4, 20: 5e-4, 22: 2.5e-4, 25: 2.5e-4\n")
        .doesNotContain("learning rate of arm \"plain\"");
    assertThat(terminal.execute("check", file, "--json")).isZero();
    JsonNode rates = new ObjectMapper().readTree(terminal.out()).get("learning_rates");
    assertThat(rates).hasSize(1);
    assertThat(rates.get("halved").get("12").asDouble()).isEqualTo(5e-4);
  }

  @Test
  void howManyStepsAreRecordedIsToldWhereThatIsNotEachOne() throws IOException {
    ExperimentSpec spec =
        ExperimentSpec.parse(
            """
            name: own
            data: synthetic
            arms:
              - {name: small, network: [{dense: classes}]}
              - {name: wide, network: [{dense: 40}, {dense: classes}]}
              - {name: half, network: [{dense: 9}, {dense: classes}], record-every: 2}
            """,
            "own.yaml");
    Dataset data = SyntheticImages.draw(1, 10, 10);
    PlanText plan =
        new PlanText(
            spec,
            Plan.of(spec, spec.experiment(data)),
            Optional.of(data),
            1,
            Optional.empty(),
            OptionalDouble.empty(),
            false);
    assertThat(plan.text())
        .contains("arm \"small\" (30720 parameters)\n")
        .contains("arm \"wide\" (123280 parameters), gradients of one step in 27\n")
        .contains("arm \"half\" (27738 parameters), gradients of one step in 2: record-every 2\n");
    JsonNode arms = new ObjectMapper().readTree(plan.json()).get("arms");
    assertThat(arms.findValuesAsText("record_every")).containsExactly("1", "27", "2");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearest() {
    assertThat(terminal.execute("show", "figur3")).isEqualTo(2);
    assertThat(terminal.err())
        .startsWith(
            "unvanish: there is nothing called 'figur3' to show; the nearest name is figure3.")
        .doesNotContain("\tat ");
    assertThat(terminal.execute("show", "everything")).isEqualTo(2);
    assertThat(terminal.err())
        .contains("figure1, figure2, figure3, figure4, table4, what-acts-figure2, ");
    assertThat(terminal.execute("show")).isEqualTo(2);
  }

  @Test
  void severalErrorsOfASpecStandOnALineEach() throws IOException {
    String file =
        write("name: own\ndata: synthetic\nnetwork: [{dense: 0}]\narms: [{name: a, epoch: 3}]\n");
    assertThat(terminal.execute("check", file)).isEqualTo(1);
    assertThat(terminal.err().lines())
        .containsExactly(
            "unvanish: errors in " + file + ":",
            file
                + ":3:19: dense must be a whole number from 1 to 65536, but is 0; write for example"
                + " \"dense: 16\"",
            file
                + ":4:18: unknown key \"epoch\" in an arm: did you mean epochs? Write \"epochs: 3\"");
  }

  @Test
  void whatDoesNotExistIsAnsweredWithWhatDoes() throws IOException {
    String file = write(PaperSpecs.text("figure2"));
    answered("the file does not exist: did you mean " + file + "?", "check", folder + "/own.yml");
    answered("no experiment of that name: did you mean \"figure2\"?", "check", "figur2");
    answered("Write its spec first: unvanish show figure2 > figure2.yaml", "run", "figure2");
    answered("only 'tanh', 'tanh, α = 2': did you mean \"tanh\"?", "diagnose", file, "--arm=tnah");
    answered("no target 'figur1': did you mean \"figure1\"?", "reproduce", "figur1");
    answered("no data set 'cifr10': did you mean \"cifar10\"?", "data", "install", "cifr10");
    answered("or folder \"circels\": did you mean \"circles\"?", "init", "circels");
    String folders = Files.createDirectory(folder.resolve("results")).toString();
    answered("it has no runs.db. Did you mean " + folders + "?", "report", folder + "/resluts");
  }

  private void answered(String message, String... args) {
    assertThat(terminal.execute(args)).isPositive();
    assertThat(terminal.err()).startsWith("unvanish: ").contains(message);
  }

  @Test
  void thePlanTellsLayersArmsRunsAndTime() throws IOException {
    String file = write(PaperSpecs.text("figure3").replace("data: cifar10", "data: synthetic"));
    assertThat(terminal.execute("check", file, "--workers=3")).isZero();
    assertThat(terminal.next()).containsExactly("unvanish", "diagnose", file);
    assertThat(terminal.err().lines()).hasSize(1);
    assertThat(terminal.out())
        .contains("data: synthetic (synthetic images (seed 1)): 10000 training and 2000 test")
        .containsPattern("\n +1  \\{conv: \\{kernel: 3, filters: 3}} +3×32×32 +81\n")
        .containsPattern("\n +5  \\{max-pooling: 2} +3×16×16 +0\n")
        .containsPattern("\n +22  \\{dense: classes} +10 +80\n")
        .contains("all arms: initial-values {uniform: 10}, optimizer {adam: {learning-rate: 0.001")
        .contains("epochs 50, seeds 25\n")
        .contains("arm \"tanh\" (1078 parameters): activation tanh, penalty none\n")
        .contains("penalty {l2: 0.01}\n")
        .contains("\nruns: 100\n")
        .containsPattern("\nestimated time: about .+ with 3 runs at a time on this machine\n$");
  }

  @Test
  void thePlanAsJsonSaysTheSame() throws IOException {
    String file = write(PaperSpecs.text("figure2").replace("data: cifar10", "data: synthetic"));
    assertThat(terminal.execute("check", file, "--json", "--workers=1")).isZero();
    JsonNode plan = new ObjectMapper().readTree(terminal.out());
    double one = plan.get("estimated_seconds").asDouble();
    assertThat(one).isPositive();
    assertThat(plan.get("networks")).hasSize(1);
    JsonNode layers = plan.at("/networks/0/layers");
    assertThat(layers).hasSize(30);
    assertThat(layers.at("/29/output").asText()).isEqualTo("10×1×1");
    assertThat(layers.at("/29/parameters").asInt()).isEqualTo(80);
    assertThat(plan.at("/networks/0/arms")).hasSize(2);
    assertThat(plan.at("/arms/1/arm").asText()).isEqualTo("tanh, α = 2");
    assertThat(plan.at("/arms/1/differs/activation").asText())
        .isEqualTo("{function: tanh, alpha: 2}");
    assertThat(plan.at("/shared/batch-size").asText()).isEqualTo("32");
    assertThat(plan.get("runs").asInt()).isEqualTo(50);
    assertThat(plan.at("/experiment").asText()).isEqualTo("figure2");
    assertThat(plan.at("/data").asText()).isEqualTo("synthetic");
    assertThat(plan.at("/dataset/classes").asInt()).isEqualTo(10);
  }

  @Test
  void thePlanHasTheLayersOfEachNetworkOfTheArms() throws IOException {
    String file =
        write(
            """
            name: own
            data: {source: synthetic, train-samples: 32}
            network: [dense: 4, activation, dense: classes]
            defaults: {activation: tanh, epochs: 1, seeds: 1}
            arms: [{name: one}, {name: other, network: [dense: classes]}, {name: third, activation: relu}]
            """);
    assertThat(terminal.execute("check", file)).isZero();
    assertThat(terminal.out())
        .containsPattern(
            "\nnetwork of \"one\", \"third\"\nlayer .*\n +1 +\\{dense: 4} .*12288\n +2 .*\n +3 .* 40\n"
                + "\nnetwork of \"other\"\nlayer .*\n +1 +\\{dense: classes} .* 30720\n\n")
        .contains("arm \"other\" (30720 parameters)");
    assertThat(terminal.execute("check", file, "--json")).isZero();
    JsonNode plan = new ObjectMapper().readTree(terminal.out());
    assertThat(plan.at("/networks/0/arms/1").asText()).isEqualTo("third");
    assertThat(plan.at("/networks/1/layers/0/parameters").asInt()).isEqualTo(30_720);
  }

  @Test
  void theEquivalentOfASpecIsWrittenWithWhatItIs() throws IOException {
    String file = write(PaperSpecs.text("figure2"));
    assertThat(terminal.execute("equivalent", file)).isZero();
    assertThat(terminal.out())
        .startsWith("# \"tanh, α = 2\" without α trains to the same bits as with α");
    assertThat(ExperimentSpec.parse(terminal.out(), "out").arms()).hasSize(2);
    String text = terminal.out();
    assertThat(terminal.execute("equivalent", "figure2")).isZero();
    assertThat(terminal.out()).isEqualTo(text);
    Path out = Path.of(file).resolveSibling("without.yaml");
    assertThat(terminal.execute("equivalent", file, "--arm=tanh, α = 2", "--out=" + out)).isZero();
    assertThat(terminal.out()).isEqualTo("wrote " + out + "\n");
    assertThat(ExperimentSpec.read(out).arms())
        .extracting(arm -> arm.name())
        .containsExactly("tanh, α = 2");
    assertThat(terminal.execute("equivalent", file, "--out=without.txt")).isEqualTo(2);
    assertThat(terminal.err()).contains("--out without.txt", "ends with .yaml");
    Files.writeString(out, "mine");
    assertThat(terminal.execute("equivalent", file, "--out=" + out)).isEqualTo(1);
    assertThat(out).hasContent("mine");
    assertThat(terminal.execute("equivalent", file, "--arm=other")).isEqualTo(2);
    assertThat(terminal.err()).contains("has no arm 'other', only 'tanh', 'tanh, α = 2'");
    assertThat(terminal.execute("equivalent", file, "--arm=tanh")).isEqualTo(1);
    assertThat(terminal.err()).contains("the arm \"tanh\" has no α other than 1");
  }

  @Test
  void withoutTheDataThePlanShowsWhatIsKnownAndSaysHowToInstallThem() throws IOException {
    String file = write(PaperSpecs.text("figure1"));
    assertThat(terminal.execute("check", file)).isEqualTo(1);
    assertThat(terminal.err())
        .contains("cifar10 is not installed", "unvanish data install cifar10")
        .doesNotContain("\tat ");
    assertThat(terminal.out())
        .contains("data: cifar10 (cannot be loaded)")
        .containsPattern("\n +1  \\{separable-conv: \\{kernel: 3, filters: 3}} +\\? +\\?\n")
        .contains("runs: 50")
        .contains("estimated time: unknown without the data");
    assertThat(terminal.execute("check", file, "--json")).isEqualTo(1);
    JsonNode plan = new ObjectMapper().readTree(terminal.out());
    assertThat(plan.get("estimated_seconds").isNull()).isTrue();
    assertThat(plan.at("/networks/0/layers/0/output").isNull()).isTrue();
    assertThat(plan.get("runs").asInt()).isEqualTo(50);
  }

  @Test
  void aBrokenSpecIsRefusedWithItsPlace() throws IOException {
    String file = write(PaperSpecs.text("figure1").replace("epochs: 50", "epoch: 50"));
    assertThat(terminal.execute("check", file)).isEqualTo(1);
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err().lines())
        .singleElement()
        .asString()
        .startsWith("unvanish: " + file + ":")
        .endsWith(
            ":3: unknown key \"epoch\" in defaults: did you mean epochs? Write \"epochs: 50\"");
    assertThat(terminal.execute("check", folder.resolve("none.yaml").toString())).isEqualTo(1);
    assertThat(terminal.err()).contains("none.yaml:1:1: the file does not exist");
    assertThat(terminal.execute("check", file, "--workers=0")).isEqualTo(2);
    assertThat(terminal.execute("check")).isEqualTo(2);
  }

  @Test
  void aShapeThatDoesNotFitTheDataIsRefusedAtItsLayer() throws IOException {
    String text =
        PaperSpecs.text("figure1")
            .replace("data: cifar10", "data: synthetic")
            .replace("max-pooling: 2", "max-pooling: 8");
    String file = write(text);
    assertThat(terminal.execute("check", file)).isEqualTo(1);
    int line = text.lines().toList().indexOf("      - max-pooling: 8") + 1;
    assertThat(terminal.err())
        .startsWith(
            "unvanish: %s:%d:9: layer 10, max pooling by 8, needs 8 rows".formatted(file, line));
    assertThat(ExperimentSpec.read(Path.of(file)).name()).isEqualTo("figure1");
  }

  @Test
  void whatCannotBeTimedIsSaidToBeSo() throws IOException {
    String file =
        write(
            """
            name: explodes
            data: synthetic
            network: [{dense: 8}, activation, {dense: classes}]
            arms:
              - name: explodes
                activation: identity
                initial-values: {uniform: 1e30}
            """);
    assertThat(terminal.execute("check", file)).isZero();
    assertThat(terminal.out())
        .contains("estimated time: unknown, because a network diverges " + "at once");
    file = write(Files.readString(Path.of(file)) + "    backend: pytorch\n");
    assertThat(terminal.execute("check", file)).isZero();
    assertThat(terminal.out())
        .contains("estimated time: unknown: only arms of the engine are timed beforehand");
  }
}
