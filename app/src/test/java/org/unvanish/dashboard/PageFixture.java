package org.unvanish.dashboard;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.unvanish.data.Shape;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.evidence.TensorEvidence;
import org.unvanish.diagnosis.evidence.TimeEvidence;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.Conclusion;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.examination.Examination;
import org.unvanish.examination.RecurrentSnapshots;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.gradient.GradientSource;
import org.unvanish.gradient.GradientStatistics;
import org.unvanish.loss.Scores;
import org.unvanish.network.ParameterTensor;
import org.unvanish.page.ArmModel;
import org.unvanish.page.ExperimentModel;
import org.unvanish.page.FindingModel;
import org.unvanish.page.PageModel;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.store.Provenance;
import org.unvanish.store.RunStore;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.ParameterGradient;
import org.unvanish.train.UpdateRatio;
import org.unvanish.train.ValueSize;

/**
 * A made-up experiment of two arms in a store, the second with a penalty and every other step
 * recorded. Its numbers are simple enough to be foretold: with seed s, in epoch e, the test
 * accuracy is s/10 + e/100, and the total gradient of the p-th place (0 for all parameters) is
 * s·10⁻ᵖ.
 */
public final class PageFixture {

  static final DataDescription DATA =
      new DataDescription("dots", "made-up dots", "0".repeat(64), Shape.flat(4), 3, 100, 20);

  private final String title;
  private final List<String> arms;
  private final int seeds;
  private final int epochs;

  PageFixture(String title, List<String> arms, int seeds, int epochs) {
    this.title = title;
    this.arms = arms;
    this.seeds = seeds;
    this.epochs = epochs;
  }

  public static PageFixture simple() {
    return new PageFixture("Two arms", List.of("plain", "with penalty"), 4, 6);
  }

  private ExperimentSpec spec() {
    return ExperimentSpec.parse(
        """
        name: made
        title: %s
        data: {source: synthetic}
        network: [{dense: 5}, activation, {dense: {units: classes, bias: true}}]
        defaults: {activation: tanh, epochs: %d, seeds: %d}
        arms:
        - {name: %s}
        - {name: %s, penalty: {l2: 0.01}, record-every: 2}
        """
            .formatted(quoted(title), epochs, seeds, quoted(arms.get(0)), quoted(arms.get(1))),
        "made.yaml");
  }

  private static String quoted(String text) {
    try {
      return JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build()
          .writeValueAsString(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Plans it in a folder. */
  public Experiment plan(Path folder) {
    Experiment experiment = spec().experiment(DATA);
    try (RunStore store = RunStore.open(folder)) {
      store.plan(experiment, spec().toYaml(), "");
    }
    return experiment;
  }

  /** Plans it in a folder and finishes all runs, but the last seed's one of the second arm. */
  public Experiment train(Path folder) {
    Experiment experiment = plan(folder);
    try (RunStore store = RunStore.open(folder)) {
      RunEvents listener =
          store.listener(experiment, new Provenance("1.0", "a Java", "a processor"));
      for (Run run : experiment.runs()) {
        boolean fails = run.seed() == seeds && run.arm().equals(experiment.arms().get(1));
        train(run, fails ? epochs - 2 : epochs, listener);
        RunOutcome outcome =
            fails
                ? new RunOutcome.Failed("no <b>memory</b>", "at A.java:1")
                : new RunOutcome.Finished();
        listener.ended(run, outcome);
      }
    }
    return experiment;
  }

  /** Plans a sweep of six arms with two seeds each in a folder, and finishes all of its runs. */
  public static void sweep(Path folder) {
    ExperimentSpec spec =
        ExperimentSpec.parse(
            """
            name: swept
            title: Six arms
            data: {source: synthetic}
            network: [{dense: 5}, activation, {dense: {units: classes, bias: true}}]
            defaults: {epochs: 3, seeds: 2}
            sweep:
              settings: {alpha: [1, 2, 4], activation: [tanh, logistic]}
              racing: none
            """,
            "swept.yaml");
    Experiment experiment = spec.experiment(DATA);
    try (RunStore store = RunStore.open(folder)) {
      store.plan(experiment, spec.toYaml(), "");
      RunEvents listener =
          store.listener(experiment, new Provenance("1.0", "a Java", "a processor"));
      for (Run run : experiment.runs()) {
        train(run, 3, listener);
        listener.ended(run, new RunOutcome.Finished());
      }
    }
  }

  /** Begins the first run of an experiment that is planned in a store, and leaves it there. */
  public static void begin(RunStore store, Experiment experiment, int epochs) {
    RunEvents listener = store.listener(experiment, new Provenance("1.0", "a Java", "a processor"));
    train(experiment.runs().get(0), epochs, listener);
  }

  /**
   * Adds what probing found to a trained folder: of the first arm's seed 1, a diagnosis with a
   * prescription; of the second arm's seed 2, some snapshots. An epoch has 4 steps.
   */
  public void probe(Path folder) {
    Experiment experiment = spec().experiment(DATA);
    Run plain = experiment.arms().get(0).runs().get(0);
    Run penalised = experiment.arms().get(1).runs().get(1);
    Diagnosis diagnosis =
        new Diagnosis(
            List.of(
                snapshot(0, -3, -1),
                snapshot(3, Double.NEGATIVE_INFINITY, -0.5),
                snapshot(8, -0.5, 0),
                snapshot(12, Double.NEGATIVE_INFINITY, 0, Double.NaN)),
            Thresholds.DEFAULT.networkLog10());
    Prescription prescription =
        new Prescription(new Change(0.02, null, null, List.of()), "a <b>penalty</b>", null);
    Conclusion conclusion = new Conclusion(diagnosis.verdict(), prescription, List.of());
    try (RunStore store = RunStore.open(folder)) {
      store.keep(
          new Examination(
              "other",
              plain,
              DATA,
              4,
              diagnosis,
              conclusion,
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
      RunEvents listener =
          store.listener(experiment, new Provenance("1.0", "a Java", "a processor"));
      for (int epoch = 0; epoch <= 40; epoch++) {
        listener.snapshotTaken(
            penalised, snapshot(4L * epoch, 0.05 * epoch, 0.1 * epoch), Optional.empty());
      }
    }
  }

  /**
   * Adds to a trained folder what probing would find through time, if the networks had recurrent
   * layers: two of 19 steps in the first arm, of which one reads both ways; one with gates in the
   * second. An epoch has 4 steps.
   */
  public void probeThroughTime(Path folder) {
    Experiment experiment = spec().experiment(DATA);
    Run plain = experiment.arms().get(0).runs().get(0);
    Run penalised = experiment.arms().get(1).runs().get(0);
    int[] all = IntStream.rangeClosed(0, 19).toArray();
    try (RunStore store = RunStore.open(folder)) {
      RunEvents listener =
          store.listener(experiment, new Provenance("1.0", "a Java", "a processor"));
      List<SnapshotDiagnosis> snapshots =
          List.of(
              RecurrentSnapshots.snapshot(0, 1, twoLayers(-0.25, 0.0625, all)),
              RecurrentSnapshots.snapshot(8, 1, twoLayers(-0.125, 0.375, all)),
              RecurrentSnapshots.snapshot(12, Double.NaN, twoLayers(-0.125, 0.25, all)));
      for (SnapshotDiagnosis snapshot : snapshots) {
        listener.snapshotTaken(plain, snapshot, Optional.empty());
      }
      for (int epoch = 0; epoch <= 4; epoch++) {
        listener.snapshotTaken(
            penalised,
            RecurrentSnapshots.snapshot(
                4L * epoch,
                1,
                RecurrentSnapshots.gated("lstm1", 19, -1, -0.01 * epoch, 0, 1, 2, 5, 11, 19)),
            Optional.empty());
      }
    }
  }

  /**
   * The first one has nothing left 16 steps back, and in reverse, where the gradient grows, 13
   * steps back more than single precision holds.
   */
  private static TimeEvidence[] twoLayers(double activation, double recurrent, int... back) {
    TimeEvidence reverse =
        RecurrentSnapshots.simple("recurrent1", true, 19, -4, activation, recurrent, back);
    return new TimeEvidence[] {
      RecurrentSnapshots.lostFrom(
          16, RecurrentSnapshots.simple("recurrent1", false, 19, -3, activation, recurrent, back)),
      reverse.stepLog10() > 0 ? RecurrentSnapshots.upTo(12, reverse) : reverse,
      RecurrentSnapshots.simple("recurrent2", false, 19, -1, activation, recurrent, back),
    };
  }

  /**
   * A snapshot of this network with f′ as the first layer's only factor and the weights as the last
   * one's.
   */
  private static SnapshotDiagnosis snapshot(long step, double activation, double weights) {
    return snapshot(step, activation, weights, 1);
  }

  private static SnapshotDiagnosis snapshot(
      long step, double activation, double weights, double loss) {
    List<TensorEvidence> tensors =
        List.of(
            new TensorEvidence("weights", 9, 1, 0, -5, 0, Double.NEGATIVE_INFINITY, Double.NaN));
    Saturation saturation = new Saturation(0.25, 0, 1, List.of(1.0, 0.0, 0.0, 0.0, 0.0, 0.0));
    return SnapshotDiagnosis.of(
        new MeasuredBackward(
            step,
            20,
            32,
            1,
            List.of(
                new LayerEvidence(
                    "dense1",
                    weights,
                    0,
                    activation,
                    0,
                    0,
                    activation,
                    false,
                    saturation,
                    1,
                    1,
                    1,
                    0,
                    tensors,
                    List.of(),
                    List.of()),
                new LayerEvidence(
                    "dense2",
                    0,
                    weights,
                    0,
                    weights,
                    0,
                    weights,
                    false,
                    Saturation.NONE,
                    1,
                    1,
                    1,
                    0,
                    tensors,
                    List.of(),
                    List.of())),
            activation + weights,
            new OutputEvidence(loss, 0.1, 0.3, 1, 1, 0.1, 0.1),
            1e-8),
        Thresholds.DEFAULT);
  }

  private static void train(Run run, int epochs, RunEvents listener) {
    listener.started(run, 0);
    float[] parameters = new float[run.arm().network().parameterCount()];
    for (int e = 1; e <= epochs; e++) {
      listener.epochFinished(
          run, epoch(run, e), new Checkpoint(e, e, parameters, parameters, new float[0]));
    }
  }

  private static EpochRecord epoch(Run run, int epoch) {
    List<String> places = new ArrayList<>(List.of(ParameterGradient.ALL));
    run.arm().network().parameters().stream().map(ParameterTensor::name).forEach(places::add);
    List<ParameterGradient> gradients = new ArrayList<>();
    for (int p = 0; p < places.size(); p++) {
      for (GradientSource source : GradientSource.values()) {
        double factor =
            switch (source) {
              case TOTAL -> 1;
              case DATA -> 0.5;
              case PENALTY -> 0;
            };
        double g = factor * run.seed() * Math.pow(10, -p);
        gradients.add(
            new ParameterGradient(
                places.get(p),
                source,
                new GradientStatistics(9, g, g, 9 * g, g / 100, g / 4, g / 2, g, 4 * g, p / 10.0)));
      }
    }
    double accuracy = run.seed() / 10.0 + epoch / 100.0;
    // The first seed's loss overflows on the test data.
    double loss = run.seed() == 1 ? Double.POSITIVE_INFINITY : 1 / accuracy;
    List<UpdateRatio> updates = new ArrayList<>();
    for (int p = 1; p < places.size(); p++) {
      updates.add(new UpdateRatio(places.get(p), run.seed() * Math.pow(10, -p - 1) / epoch));
    }
    return new EpochRecord(
        epoch,
        Scores.ofClasses(1 / accuracy, accuracy + 0.01),
        Scores.ofClasses(loss, accuracy),
        2,
        gradients,
        updates,
        List.of(),
        sizes(run, epoch));
  }

  /** Weights of s·2ᵖ and activations of s/4ᵖ, in the p-th epoch; the first seed of layout 128. */
  private static List<ValueSize> sizes(Run run, int epoch) {
    if (run.seed() == 1) {
      return List.of();
    }
    List<ValueSize> sizes = new ArrayList<>();
    for (ParameterTensor tensor : run.arm().network().trainedParameters()) {
      double rms = run.seed() * Math.pow(2, epoch);
      sizes.add(new ValueSize(ValueSize.Kind.PARAMETER, tensor.name(), rms));
    }
    for (String layer : List.of("dense1", "dense2")) {
      double rms = run.seed() * Math.pow(4, -epoch);
      sizes.add(new ValueSize(ValueSize.Kind.ACTIVATION, layer, rms));
    }
    return sizes;
  }

  /** The model of a folder. */
  public static PageModel model(Path folder) {
    try (RunStore store = RunStore.read(folder)) {
      return PageModel.of(store, "1.0", java.time.Instant.parse("2026-01-02T03:04:05.6Z"));
    }
  }

  /** The model of one experiment with other names than a spec would let through. */
  static PageModel renamed(PageModel model, String title, List<String> arms) {
    ExperimentModel e = model.experiments().get(0);
    List<ArmModel> renamed = new ArrayList<>();
    for (int i = 0; i < arms.size(); i++) {
      ArmModel a = e.arms().get(i);
      renamed.add(
          new ArmModel(
              arms.get(i),
              a.runs(),
              a.completed(),
              a.curves(),
              a.lines(),
              a.recordEvery(),
              a.flow(),
              a.updates(),
              a.weights(),
              a.activations(),
              a.stack(),
              a.signal()));
    }
    ExperimentModel other =
        new ExperimentModel(
            title,
            title,
            e.data(),
            e.scores(),
            e.epochs(),
            e.lastEpoch(),
            e.secondsLeft(),
            renamed,
            Optional.empty(),
            new FindingModel(List.of(title), List.of(title), Optional.of(1), e.finding().chance()),
            title,
            List.of(new ExperimentModel.ClaimModel("id", title, "reproduced", title)),
            e.assumptions(),
            new ExperimentModel.Tables(
                new org.unvanish.comparison.Table(List.of(arms, arms), title),
                e.tables().measures(),
                Optional.empty(),
                Optional.empty(),
                e.tables().runtimes()),
            e.sweep(),
            e.setup(),
            title,
            e.origin());
    return new PageModel(
        model.generated(),
        model.version(),
        model.training(),
        model.vanishedBelow(),
        List.of(other));
  }
}
