package org.unvanish.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.SaturationPoint;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.examination.Examination;
import org.unvanish.experiment.Experiment;
import org.unvanish.store.RunStore;

class TraceTest {

  @TempDir private Path folder;

  private static String text(String name) {
    try (InputStream in = TraceTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A residual network with relu units of which one layer is dead, over three snapshots. */
  private static List<String> lines() {
    return text("residual.jsonl").lines().toList();
  }

  private Trace read(String text) throws IOException {
    return Trace.read(Files.writeString(folder.resolve("trace.jsonl"), text));
  }

  private Trace read(List<String> lines) throws IOException {
    return read(String.join("\n", lines) + "\n");
  }

  @Test
  void everyLineIsAsTheSchemaSays() {
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Trace.schema());
    assertThat(lines())
        .allSatisfy(line -> assertThat(schema.validate(line, InputFormat.JSON)).isEmpty());
    assertThat(schema.validate(lines().get(1).replace("\"unit\":", "\"units\":"), InputFormat.JSON))
        .isNotEmpty();
  }

  @Test
  void aTrainingIsDiagnosedAtEachSnapshot() throws IOException {
    Trace trace = read(lines());
    assertThat(trace.framework()).startsWith("PyTorch");
    assertThat(trace.model()).isEqualTo("Residual");
    assertThat(trace.snapshots().stream().map(MeasuredBackward::step)).containsExactly(0L, 10L);
    assertThat(trace.snapshots().get(0).adamEpsilon()).isEqualTo(1e-8);
    Examination found = trace.examination(Thresholds.DEFAULT);
    assertThat(found.experiment()).isEqualTo("trace.jsonl");
    assertThat(found.sentence()).isNotBlank();
    assertThat(found.prescription().why()).isNotBlank();
  }

  /** Each layer's factor is its own; what comes over the skip is a step between two layers. */
  @Test
  void whatOtherPathsBringIsAStepOfItsOwn() throws IOException {
    MeasuredBackward measured = read(lines()).snapshots().get(0);
    LayerEvidence last = measured.layers().get(measured.layers().size() - 1);
    assertThat(measured.layers().stream().map(LayerEvidence::name))
        .containsExactly("front", "block.0", "block.2", "head");
    assertThat(measured.layers().get(0).steps().stream().map(step -> step.name()))
        .contains(TraceStack.BETWEEN);
    assertThat(last.steps()).hasSize(1);
    double sum = measured.layers().stream().mapToDouble(LayerEvidence::gainLog10).sum();
    double whole =
        measured.layers().get(0).leavingLog10() - measured.layers().get(3).enteringLog10();
    assertThat(sum).isCloseTo(whole, within(1e-3));
  }

  @Test
  void whereNothingArrivesARandomGradientIsMeasured() throws IOException {
    MeasuredBackward measured = read(text("dead.jsonl")).snapshots().get(0);
    assertThat(measured.layers().get(0).testGradient()).isTrue();
    assertThat(measured.layers().get(0).activationLog10()).isFinite();
    assertThat(measured.layers().get(1).saturation().deadShare()).isEqualTo(1);
    assertThat(read(text("dead.jsonl")).examination(Thresholds.DEFAULT).verdict().signal())
        .isEqualTo(Signal.VANISHING);
  }

  @Test
  void aLastLineThatIsBeingWrittenIsPassedOver() throws IOException {
    String whole = String.join("\n", lines()) + "\n";
    assertThat(read(whole.substring(0, whole.length() - 1)).snapshots()).hasSize(1);
    assertThat(read(whole.substring(0, whole.length() - 500)).snapshots()).hasSize(1);
  }

  @Test
  void aSecondTrainingReplacesTheFirst() throws IOException {
    List<String> two = new ArrayList<>(lines());
    two.addAll(lines());
    Trace trace = read(two);
    assertThat(trace.snapshots()).hasSize(2);
    assertThat(trace.earlier()).isEqualTo(1);
  }

  @Test
  void brokenLinesAreNamed() throws IOException {
    List<String> lines = lines();
    refused("nonsense", "trace.jsonl:1: ");
    refused("[]", "trace.jsonl:1: the line is not a JSON object");
    refused(lines.get(1), "trace.jsonl:1: a snapshot stands before the line that names the layers");
    refused(lines.get(0), "holds no measured snapshot yet", "recorder.step");
    refused(
        lines.get(0).replace("\"trace\":1", "\"of_late\":0,\"trace\":2"),
        "trace.jsonl:1: \"trace\" is 2, but this Unvanish reads version 1",
        "unvanish show pytorch-hook");
    refused("{\"trace\":NaN}", "trace.jsonl:1: the line is not JSON at column ");
    refused(
        lines.get(0) + "\n" + lines.get(1).replace("\"count\":", "\"counts\":"),
        "trace.jsonl:2: ",
        "batches[0].layers[0].count is missing or wrong",
        "trace-schema");
    refused(
        lines.get(0) + "\n" + lines.get(1).replace("\"samples\":8", "\"samples\":0"),
        "trace.jsonl:2: \"samples\" is 0, but must be above 0");
    refused(
        lines.get(0).replace("\"function\":\"relu\"", "\"function\":\"rely\"")
            + "\n"
            + lines.get(1),
        "trace.jsonl:2: there is no function \"rely\"");
  }

  private void refused(String text, String... parts) {
    assertThatThrownBy(() -> read(text + "\n"))
        .isInstanceOf(TraceException.class)
        .message()
        .contains(parts);
  }

  @Test
  void textsOfAHeaderThatCannotBeNamesAreRefused() throws IOException {
    String header = lines().get(0);
    for (String key : List.of("framework", "model", "name", "kind")) {
      for (String text : List.of("", " ", "a\\nb", "\\u0000", "\\u0085")) {
        refused(
            header.replaceFirst(
                    "\"" + key + "\":\"[^\"]*\"",
                    Matcher.quoteReplacement("\"" + key + "\":\"" + text + "\""))
                + "\n"
                + lines().get(1),
            "trace.jsonl:1: \"" + key + "\" is blank or has control characters",
            "unvanish show trace-schema");
      }
    }
  }

  @Test
  void aTraceWithAnyFileNameIsStoredAndReadAgain() throws IOException {
    for (String name : List.of("trace (1).jsonl", "träning.jsonl", "—.jsonl")) {
      Path file = Files.writeString(folder.resolve(name), String.join("\n", lines()) + "\n");
      Path place = folder.resolve("store of " + name);
      try (RunStore store = RunStore.open(place)) {
        store.plan(Trace.awaited(file), "", "");
        store.plan(Trace.read(file).experiment(), "", "");
        assertThat(store.experiments())
            .singleElement()
            .satisfies(
                one -> {
                  assertThat(Experiment.isName(one.name())).isTrue();
                  assertThat(one.title()).startsWith(name + ", recorded by PyTorch");
                });
      }
    }
  }

  /** Values that have become too large for any number are null: no fault of the file. */
  @Test
  void aDivergedTrainingIsRead() throws IOException {
    List<String> lines = new ArrayList<>(lines());
    lines.set(
        2,
        lines
            .get(2)
            .replaceAll("(\"(loss|distance|error|outputs|rms|mean)\":)[-+.e0-9]+", "$1null"));
    Trace trace = read(lines);
    assertThat(trace.snapshots().get(1).output().loss()).isNaN();
    Examination found = trace.examination(Thresholds.DEFAULT);
    assertThat(found.verdict().signal()).isEqualTo(Signal.EXPLODING);
    assertThat(found.sentence()).contains("the loss is not finite");
  }

  @Test
  void hostileNumbersAreRefusedOrRead() throws IOException {
    String line = lines().get(1);
    Pattern number = Pattern.compile("(?<=[:,\\[])-?[0-9][-+.e0-9]*");
    List<String> hostile =
        List.of(
            "1e999",
            "-1e999",
            "NaN",
            "-0.0",
            "1e308",
            "-1",
            "9223372036854775808",
            "4e-324",
            "{}",
            "[1]",
            "\"1\"",
            "1.5",
            "true",
            "null");
    SplittableRandom random = new SplittableRandom(11);
    long places = number.matcher(line).results().count();
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      long place = random.nextLong(places);
      String other = hostile.get(i % hostile.size());
      int[] count = {0};
      String altered =
          number.matcher(line).replaceAll(r -> count[0]++ == place ? other : r.group());
      refused += refusedKindly(lines().get(0) + "\n" + altered + "\n", "trace.jsonl:2: ") ? 1 : 0;
    }
    assertThat(refused).isBetween(150, 400);
  }

  /** Whether a text is refused, with its line and a way out; else all that follows can be told. */
  private boolean refusedKindly(String text, String place) throws IOException {
    try {
      Examination found = read(text).examination(Thresholds.DEFAULT);
      assertThat(found.sentence()).isNotBlank();
      return false;
    } catch (TraceException e) {
      assertThat(e).message().contains(place, "unvanish show ");
      return true;
    }
  }

  /** As a program writes it: what is added is read on, what is written anew from its start. */
  @Test
  void aTraceThatGrowsIsReadOn() throws IOException {
    Path file = folder.resolve("trace.jsonl");
    String whole = String.join("\n", lines()) + "\n";
    int first = whole.indexOf('\n') + 1;
    int second = whole.indexOf('\n', first) + 1;
    TraceReader reader = new TraceReader(file);
    assertThatThrownBy(reader::read)
        .isInstanceOf(TraceException.class)
        .message()
        .contains("no file");
    for (int end : new int[] {0, 10, first, second - 1}) {
      Files.writeString(file, whole.substring(0, end));
      assertThat(reader.read()).isEmpty();
    }
    Files.writeString(file, whole.substring(0, second));
    assertThat(reader.read().orElseThrow().snapshots()).hasSize(1);
    Files.writeString(file, whole.substring(0, second + 20));
    assertThat(reader.read().orElseThrow().snapshots()).hasSize(1);
    Files.writeString(file, whole);
    assertThat(reader.read().orElseThrow().snapshots()).hasSize(2);
    assertThat(reader.restarts()).isZero();
    // Another training with as many bytes in place of this one.
    Files.writeString(
        file, whole.replace("\"loss\":2", "\"loss\":3").replace("\"step\":10", "\"step\":20"));
    assertThat(reader.read().orElseThrow().snapshots().get(1).step()).isEqualTo(20);
    assertThat(reader.restarts()).isEqualTo(1);
    Files.writeString(file, whole.substring(0, first) + "nonsense\n");
    assertThatThrownBy(reader::read).message().contains("trace.jsonl:2: ");
    assertThatThrownBy(reader::read).message().contains("trace.jsonl:2: ");
    Files.writeString(file, whole);
    assertThat(reader.read().orElseThrow().snapshots()).hasSize(2);
  }

  @Test
  void aLineWithoutAnEndIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("trace.jsonl"), new byte[(16 << 20) + 1]);
    assertThatThrownBy(() -> Trace.read(file))
        .isInstanceOf(TraceException.class)
        .message()
        .contains("trace.jsonl:1: the line is longer than 16 MiB");
  }

  /** A file with holes, which takes no room. */
  @Test
  void aFileOfAnySizeIsNotRead() throws IOException {
    Path file = folder.resolve("trace.jsonl");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength((512L << 20) + 1);
    }
    assertThatThrownBy(() -> Trace.read(file))
        .isInstanceOf(TraceException.class)
        .message()
        .contains("larger than 512 MiB", "every=");
  }

  @Test
  void alteredFilesAreRefusedOrRead() throws IOException {
    byte[] whole = (String.join("\n", lines()) + "\n").getBytes(UTF_8);
    SplittableRandom random = new SplittableRandom(7);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] altered =
          Arrays.copyOf(whole, whole.length - random.nextInt(2) * random.nextInt(whole.length));
      for (int k = 0; k < 1 + random.nextInt(3) && altered.length > 0; k++) {
        altered[random.nextInt(altered.length)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("altered.jsonl"), altered);
      try {
        Examination unused = Trace.read(file).examination(Thresholds.DEFAULT);
      } catch (TraceException e) {
        assertThat(e).message().containsPattern("altered.jsonl(:[0-9]+: | holds no )");
        refused++;
      }
    }
    assertThat(refused).isBetween(100, 500);
  }

  @Test
  void theHooksKnowTheSaturationPoints() {
    for (String hook : List.of(Trace.pytorchHook(), Trace.kerasHook())) {
      Matcher row =
          Pattern.compile("\\(\"([a-z-]+)\", (INF|[0-9.]+), (INF|[0-9.]+)[,)]").matcher(hook);
      int rows = 0;
      while (row.find()) {
        String name = row.group(1);
        ActivationFunction function =
            Arrays.stream(ActivationFunction.values())
                .filter(one -> one.label().equals(name))
                .findFirst()
                .orElseThrow();
        SaturationPoint point = SaturationPoint.of(function);
        assertThat(number(row.group(2))).as(name).isCloseTo(point.below(), within(1e-6));
        assertThat(number(row.group(3))).as(name).isCloseTo(point.above(), within(1e-6));
        rows++;
      }
      assertThat(rows).isGreaterThan(8);
      assertThat(hook.lines().count()).isLessThan(150);
    }
  }

  private static double number(String text) {
    return text.equals("INF") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }
}
