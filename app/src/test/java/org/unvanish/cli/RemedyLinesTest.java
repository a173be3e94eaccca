package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.model.GraphStack;
import org.unvanish.model.ModelDiagnosis;
import org.unvanish.model.ModelReader;
import org.unvanish.model.RemedyCode;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Remedied;

/** Lines for specs and DJL, read by what is to read them. */
class RemedyLinesTest {

  private static final GraphStack STACK =
      ModelDiagnosis.stack(
          ModelReader.read(
              Path.of("../model/src/test/resources/org/unvanish/model/onnx/mlp_sigmoid.onnx")));

  /** The model of {@link #STACK} as a spec. */
  private static final List<String> SPEC =
      List.of(
          "name: own",
          "# file",
          "data:",
          "  source: circles",
          "# data",
          "network:",
          "  - dense: {units: 5, bias: true}",
          "  - activation",
          "  - dense: {units: 4, bias: true}",
          "  - activation",
          "  - dense: {units: targets, bias: true}",
          "arms:",
          "  - name: own",
          "    activation: logistic",
          "# arm");

  @TempDir private Path folder;

  /** All that a spec has words for: what else there is are comments. */
  static Stream<Change> changes() {
    return Stream.of(
        Change.scale(2),
        Change.penalty(0.5),
        Change.start(PrescribedInitialization.HE),
        Change.of(OtherRemedy.USE_TANH),
        Change.of(OtherRemedy.SCALE_INPUTS),
        Change.of(OtherRemedy.SCALE_TARGETS),
        Change.of(OtherRemedy.CLIPPED_GRADIENTS),
        Change.of(OtherRemedy.ORTHOGONAL_RECURRENT),
        new Change(
            0.25,
            3.0,
            PrescribedInitialization.GLOROT,
            List.of(OtherRemedy.USE_TANH, OtherRemedy.ORTHOGONAL_RECURRENT)));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aSpecWithTheLinesIsTheRemediedOne(Change change) throws IOException {
    ExperimentSpec spec = read(List.of());
    ExperimentSpec expected =
        Remedied.spec(spec, spec.arms().get(0), new Prescription(change, "", null));
    List<String> lines = RemedyCode.of(STACK, change, RemedyCode.Target.SPEC);
    assertThat(lines).noneMatch(line -> line.startsWith("#"));
    ExperimentSpec pasted = read(lines);
    assertThat(pasted.arms()).isEqualTo(expected.arms());
    assertThat(pasted.pixels()).isEqualTo(expected.pixels());
    assertThat(pasted.dataSource()).isEqualTo(expected.dataSource());
    assertThat(pasted).isNotEqualTo(spec);
  }

  @Test
  void lossesOnLogitsAreThoseOfASpec() throws IOException {
    for (OtherRemedy remedy : List.of(OtherRemedy.FUSED_LOSS, OtherRemedy.FUSED_SOFTMAX)) {
      ExperimentSpec spec = read(List.of("loss: mean-squared-error"));
      List<String> lines = RemedyCode.of(STACK, Change.of(remedy), RemedyCode.Target.SPEC);
      ArmSpec expected =
          Remedied.spec(spec, spec.arms().get(0), new Prescription(Change.of(remedy), "", null))
              .arms()
              .get(0);
      assertThat(read(lines).arms().get(0).loss()).isEqualTo(expected.loss());
    }
  }

  /** With each line where it says that it belongs, in place of what is there. */
  private ExperimentSpec read(List<String> lines) throws IOException {
    List<String> keys = lines.stream().map(line -> line.replaceFirst(":.*", "")).toList();
    String text =
        SPEC.stream()
            .filter(line -> keys.stream().noneMatch(key -> line.strip().startsWith(key + ":")))
            .map(
                line ->
                    switch (line) {
                      case "# file" -> of(lines, "a key of the file", "");
                      case "# data" -> of(lines, "a key of data", "  ");
                      case "# arm" -> of(lines, "", "    ");
                      default -> line;
                    })
            .collect(Collectors.joining("\n"));
    return ExperimentSpec.read(Files.writeString(folder.resolve("own.yaml"), text + "\n"));
  }

  private static String of(List<String> lines, String place, String indent) {
    return lines.stream()
        .filter(
            line -> place.isEmpty() ? !line.contains("# a key of") : line.endsWith("# " + place))
        .map(line -> indent + line)
        .collect(Collectors.joining("\n"));
  }

  /** Whatever there is, with those imports that a user of DJL has or is offered. */
  @Test
  void linesOfDjlAreJava() throws IOException {
    List<Change> changes =
        Stream.concat(
                changes(),
                Stream.concat(
                    Stream.of(Change.factors(List.of(2.0, 0.5, 3.0))),
                    Arrays.stream(OtherRemedy.values()).map(Change::of)))
            .toList();
    String methods = "";
    for (int i = 0; i < changes.size(); i++) {
      methods +=
          "void paste%d(SequentialBlock block, Loss loss, NDArray x, NDArray trainX) {%n%s%n}%n"
              .formatted(
                  i,
                  String.join("\n", RemedyCode.of(STACK, changes.get(i), RemedyCode.Target.DJL)));
    }
    Path file =
        Files.writeString(
            folder.resolve("Pasted.java"),
            """
            import ai.djl.ndarray.*;
            import ai.djl.nn.*;
            import ai.djl.training.initializer.*;
            import ai.djl.training.loss.*;
            import org.unvanish.activation.ActivationFunction;
            import org.unvanish.djl.*;
            import org.unvanish.penalty.Penalty;
            class Pasted {
            %s}
            """
                .formatted(methods));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter errors = new StringWriter();
    assertThat(
            compiler
                .getTask(
                    errors,
                    null,
                    null,
                    List.of(
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString()),
                    null,
                    compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
                .call())
        .as("%s", errors)
        .isTrue();
  }
}
