package org.unvanish.examination;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.prescription.Prescription.Prediction;

/**
 * An examination for programs, as {@code diagnosis.schema.json} says, to be written by Jackson.
 *
 * @param proof what training showed, or null
 * @param code the prescription as lines to paste, or null where nobody asked for them
 * @param written the file that the prescription was written to, or null
 */
@JsonNaming(SnakeCaseStrategy.class)
public record DiagnosisJson(
    String experiment,
    String arm,
    long seed,
    String data,
    long stepsPerEpoch,
    long decisiveStep,
    String signal,
    String cause,
    @Nullable String mechanism,
    String sentence,
    @Nullable Place divergedAt,
    List<SnapshotJson> snapshots,
    PrescriptionJson prescription,
    @Nullable Predicted predicted,
    @Nullable TrialJson trial,
    List<RemarkJson> remarks,
    @Nullable Object proof,
    @Nullable Code code,
    @Nullable String written) {

  /** Lines to paste into a program. */
  public record Code(String language, List<String> lines) {
    /** Copies the list. */
    public Code {
      lines = List.copyOf(lines);
    }
  }

  /** What keeps the network from learning although its signal may be fine, or is worth saying. */
  public record RemarkJson(String cause, String text, boolean advice) {}

  /** Where a training ended before its time. */
  public record Place(int epoch, int step) {}

  /** What the prescription does to the signal. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Predicted(State before, State after, double parametersShrunkTo) {}

  /** The {@code state} of the schema. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record State(@Nullable Double firstGradientLog10, @Nullable Double netLog10) {
    private static State of(MeasuredBackward evidence) {
      return new State(
          SnapshotJson.number(evidence.firstGradientLog10()),
          SnapshotJson.number(evidence.endToEndLog10()));
    }
  }

  /** Copies the lists. */
  public DiagnosisJson {
    snapshots = List.copyOf(snapshots);
    remarks = List.copyOf(remarks);
  }

  /** The JSON Schema of {@link #of}. */
  public static String schema() {
    try (@Nullable InputStream in =
        DiagnosisJson.class.getResourceAsStream("diagnosis.schema.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The whole object.
   *
   * @param proof what training showed, or null
   */
  public static DiagnosisJson of(Examined found, @Nullable Object proof) {
    Verdict verdict = found.verdict();
    Mechanism mechanism = verdict.mechanism();
    return new DiagnosisJson(
        found.experiment(),
        found.arm(),
        found.seed(),
        found.dataName(),
        found.stepsPerEpoch(),
        found.diagnosis().decisive().evidence().step(),
        verdict.signal().label(),
        verdict.cause().label(),
        mechanism == null ? null : mechanism.label(),
        found.sentence(),
        found.divergence().map(d -> new Place(d.epoch(), d.step())).orElse(null),
        found.snapshots(),
        PrescriptionJson.of(found),
        predicted(found.prescription().prediction()),
        found.trial().map(TrialJson::of).orElse(null),
        found.conclusion().remarks().stream()
            .map(remark -> new RemarkJson(remark.cause().label(), remark.text(), remark.advice()))
            .toList(),
        proof,
        null,
        null);
  }

  /** The same with the prescription put into lines and a file; null for either stands for none. */
  public DiagnosisJson with(@Nullable Code lines, @Nullable String file) {
    return new DiagnosisJson(
        experiment,
        arm,
        seed,
        data,
        stepsPerEpoch,
        decisiveStep,
        signal,
        cause,
        mechanism,
        sentence,
        divergedAt,
        snapshots,
        prescription,
        predicted,
        trial,
        remarks,
        proof,
        lines,
        file);
  }

  private static @Nullable Predicted predicted(@Nullable Prediction prediction) {
    return prediction == null
        ? null
        : new Predicted(
            State.of(prediction.before()), State.of(prediction.after()), prediction.shrunk());
  }
}
