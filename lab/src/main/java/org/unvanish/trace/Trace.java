package org.unvanish.trace;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.Shape;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.prescription.Conclusion;
import org.unvanish.examination.Examination;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Recipe;
import org.unvanish.experiment.Run;
import org.unvanish.spec.ExperimentSpec;

/** A training that another program has recorded, as far as it has come. */
public final class Trace {

  private final String file;
  private final String framework;
  private final String model;
  private final List<MeasuredBackward> snapshots;
  private final int earlier;
  private final List<TraceLine.Layer> layers;

  /**
   * @param file its name
   */
  Trace(
      String file,
      String framework,
      String model,
      List<MeasuredBackward> snapshots,
      int earlier,
      List<TraceLine.Layer> layers) {
    this.file = file;
    this.framework = framework;
    this.model = model;
    this.snapshots = List.copyOf(snapshots);
    this.earlier = earlier;
    this.layers = layers;
  }

  /** Whether a file is to be read as a trace: by its ending. */
  public static boolean isTrace(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".jsonl");
  }

  /**
   * Reads the last training that a file has.
   *
   * @throws TraceException if a line is none of a trace, or there is no snapshot yet
   */
  public static Trace read(Path file) {
    return new TraceReader(file)
        .read()
        .orElseThrow(
            () ->
                new TraceException(
                    ("%s holds no measured snapshot yet. The hook writes the first one after a few"
                            + " steps, if recorder.step(loss, targets) is called after each")
                        .formatted(file)));
  }

  /** What there is to be shown of a file until it has its first snapshot. */
  public static Experiment awaited(Path file) {
    return experiment(
        String.valueOf(file.getFileName()),
        "nobody yet",
        new Arm(
            "model",
            new Recipe.Watched(new Definition("trained by: nobody yet\n"), 1),
            List.of(1L)));
  }

  /** The hook for PyTorch: a Python file of its own. */
  public static String pytorchHook() {
    return resource("pytorch_hook.py");
  }

  /** The hook for Keras: a Python file of its own. */
  public static String kerasHook() {
    return resource("keras_hook.py");
  }

  /** The JSON Schema of a trace's lines. */
  public static String schema() {
    return resource("trace.schema.json");
  }

  private static String resource(String file) {
    try (@Nullable InputStream in = Trace.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was measured, in the order of the steps; at least one. */
  public List<MeasuredBackward> snapshots() {
    return snapshots;
  }

  /** Name and version of what trains: {@code PyTorch 2.1.0}. */
  public String framework() {
    return framework;
  }

  /** The class of the model. */
  public String model() {
    return model;
  }

  /** How many trainings the file has before this one, which are passed over. */
  public int earlier() {
    return earlier;
  }

  /**
   * The diagnosis with what follows from it. Nothing can be tried, since a trace has no weights.
   *
   * @param thresholds by which verdicts are given
   */
  public Examination examination(Thresholds thresholds) {
    Diagnosis diagnosis = Diagnosis.of(snapshots, thresholds);
    Experiment experiment = experiment();
    return new Examination(
        experiment.name(),
        new Run(experiment.arms().get(0), 1),
        experiment.data(),
        // Nobody knows how long an epoch is: none is complete.
        snapshots.get(snapshots.size() - 1).step() + 1,
        diagnosis,
        new Conclusion(diagnosis.verdict(), TraceAdvice.of(diagnosis, layers), List.of()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The training as an experiment with one arm and one run, to be stored and shown. */
  public Experiment experiment() {
    String lines =
        "trained by: %s\nmodel: %s\n".formatted(framework, model)
            + layers.stream()
                .map(layer -> "layer %s: %s\n".formatted(layer.name(), kind(layer)))
                .collect(Collectors.joining());
    return experiment(
        file, framework, new Arm(model, new Recipe.Watched(new Definition(lines), 1), List.of(1L)));
  }

  private static String kind(TraceLine.Layer layer) {
    return layer.kind() + (layer.isRecurrent() ? ", whose steps are not seen" : "");
  }

  private static Experiment experiment(String file, String recorder, Arm arm) {
    // Nobody knows what the program trains on: no samples are counted.
    DataDescription data =
        new DataDescription("unknown", "the program’s own data", "unknown", Shape.flat(1), 1, 0, 0);
    String name = ExperimentSpec.nameOf(file, "trace");
    return new Experiment(name, file + ", recorded by " + recorder, data, List.of(arm));
  }
}
