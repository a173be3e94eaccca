package org.unvanish.examination;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Learning;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.SnapshotRank;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.NumbersEvidence;
import org.unvanish.diagnosis.evidence.OutputActivation;
import org.unvanish.diagnosis.evidence.StepEvidence;
import org.unvanish.diagnosis.evidence.TensorEvidence;
import org.unvanish.diagnosis.evidence.TimeEvidence;
import org.unvanish.forecast.Forecast;
import org.unvanish.loss.Score;

/**
 * The {@code snapshot} of {@code diagnosis.schema.json}, which says what the numbers are. Null
 * stands for a number that is not finite: for a logarithm that is −∞, that of zero; and for one
 * that is not known, as those are that earlier versions did not keep.
 *
 * @param errorSignal where the gradient starts: {@code loss}, or {@code random} numbers where
 *     nothing is to be learnt; null in what earlier versions have kept, which is of a loss
 * @param forecast what theory says of the initial weights; null at other snapshots, and where it
 *     does not speak of all layers
 * @param layers first to last
 * @param throughTime of each recurrent layer and direction; none of other networks, and none in
 *     what earlier versions have kept
 */
@JsonNaming(SnakeCaseStrategy.class)
public record SnapshotJson(
    long step,
    String signal,
    String cause,
    @Nullable String mechanism,
    @Nullable Double netLog10,
    @Nullable Double typicalLog10,
    @Nullable String typicalSignal,
    @Nullable Double activationLog10,
    @Nullable Double weightsLog10,
    @Nullable Double firstGradientLog10,
    @Nullable Double adamEpsilon,
    @Nullable String errorSignal,
    @Nullable Double loss,
    @Nullable Double accuracy,
    @JsonAlias("residual_rms") @Nullable Double outputErrorRms,
    @Nullable Double logitsRms,
    @Nullable Double inputRms,
    @Nullable Double constantLoss,
    @Nullable Double constantAccuracy,
    @Nullable Double predictedShare,
    @Nullable String learning,
    @Nullable Headline headline,
    @Nullable Numbers numbers,
    @Nullable Last lastActivation,
    @Nullable List<String> besides,
    @Nullable SnapshotForecastJson forecast,
    List<Layer> layers,
    List<ThroughTimeJson> throughTime) {

  private static final String RANDOM = "random";

  /** The {@code headline} of the schema. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Headline(
      String key, String title, String form, @Nullable Double value, @Nullable Double constant) {

    private static Headline of(NumbersEvidence numbers) {
      Score score = numbers.score();
      return new Headline(
          score.key(),
          score.title(),
          score.form().name().toLowerCase(Locale.ROOT),
          number(numbers.value()),
          number(numbers.constantValue()));
    }

    /** {@code R² 0.93}, {@code accuracy 93.0 %}. */
    public String text() {
      if (value == null) {
        return title + " unknown";
      }
      return form.equals("share")
          ? String.format(Locale.ROOT, "%s %.1f %%", title, 100 * value)
          : String.format(Locale.ROOT, "%s %.3g", title, value);
    }
  }

  /** The {@code numbers} of the schema. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Numbers(
      @Nullable Double targetRms,
      @Nullable Double targetSpread,
      @Nullable Double outputSpread,
      @Nullable Double outsideShare,
      @Nullable Double unreachable,
      @Nullable Double asymptoteShare,
      @Nullable Double leastLoss) {

    private static Numbers of(NumbersEvidence numbers) {
      return new Numbers(
          number(numbers.targetRms()),
          number(numbers.targetSpread()),
          number(numbers.outputSpread()),
          number(numbers.outsideShare()),
          number(numbers.unreachable()),
          number(numbers.asymptoteShare()),
          number(numbers.leastLoss()));
    }
  }

  /** The {@code last_activation} of the schema. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Last(
      String function,
      @Nullable Double log10,
      @Nullable Double largestLog10,
      @Nullable Double saturatedShare,
      @Nullable Double deadShare) {

    private static @Nullable Last of(@Nullable OutputActivation last) {
      return last == null
          ? null
          : new Last(
              last.function(),
              number(last.log10()),
              number(last.largestLog10()),
              number(last.saturation().saturatedShare()),
              number(last.saturation().deadShare()));
    }
  }

  /** The {@code step} of the schema. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Step(String name, String role, @Nullable Double log10) {
    private static Step of(StepEvidence step) {
      return new Step(step.name(), step.role().label(), number(step.log10()));
    }
  }

  /** The {@code layer} of the schema. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Layer(
      String name,
      @Nullable Double gainLog10,
      @Nullable Double activationLog10,
      @Nullable Double linearLog10,
      @Nullable Double shapeLog10,
      @Nullable Double netLog10,
      @Nullable Double typicalLog10,
      @Nullable Double enteringLog10,
      @Nullable Double leavingLog10,
      @Nullable Double saturatedShare,
      @Nullable Double deadShare,
      @JsonAlias("knee_rms") @Nullable Double preActivationRms,
      @JsonAlias("knee_shares") @Nullable List<Double> preActivationShares,
      boolean testSignal,
      @Nullable Double inputRms,
      @Nullable Double weightGain,
      @Nullable Double criticalGain,
      @Nullable Double equalUnits,
      String signal,
      String cause,
      @Nullable String mechanism,
      List<Tensor> tensors,
      @Nullable List<Step> steps,
      @Nullable List<Layer> inside) {

    /** Copies the lists. There are no shares or steps in what earlier versions have kept. */
    public Layer {
      signal = today(signal);
      preActivationShares = preActivationShares == null ? null : List.copyOf(preActivationShares);
      tensors = List.copyOf(tensors);
      steps = steps == null ? null : List.copyOf(steps);
      inside = inside == null ? null : List.copyOf(inside);
    }

    private static List<Layer> of(
        List<LayerEvidence> layers, List<Verdict> verdicts, List<List<Verdict>> inside) {
      return IntStream.range(0, layers.size())
          .mapToObj(
              i -> of(layers.get(i), verdicts.get(i), inside.isEmpty() ? List.of() : inside.get(i)))
          .toList();
    }

    private static Layer of(LayerEvidence layer, Verdict verdict, List<Verdict> inside) {
      return new Layer(
          layer.name(),
          number(layer.gainLog10()),
          number(layer.activationLog10()),
          number(layer.linearLog10()),
          number(layer.shapeLog10()),
          number(layer.netLog10()),
          number(layer.typicalLog10()),
          number(layer.enteringLog10()),
          number(layer.leavingLog10()),
          number(layer.saturation().saturatedShare()),
          number(layer.saturation().deadShare()),
          number(layer.saturation().relativeRms()),
          layer.saturation().shares(),
          layer.testGradient(),
          number(layer.inputRms()),
          number(layer.weightGain()),
          number(layer.criticalGain()),
          number(layer.equalUnits()),
          verdict.signal().label(),
          verdict.cause().label(),
          label(verdict.mechanism()),
          layer.tensors().stream().map(Tensor::of).toList(),
          layer.steps().stream().map(Step::of).toList(),
          of(layer.inside(), inside, List.of()));
    }

    /** What the weights do to the signal's energy, as log₁₀; null if it is not finite. */
    public @Nullable Double weightsLog10() {
      return linearLog10 == null || shapeLog10 == null
          ? null
          : Double.valueOf(linearLog10 - shapeLog10);
    }
  }

  /** The {@code tensor} of the schema. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Tensor(
      String name,
      int size,
      @Nullable Double rms,
      @Nullable Double mean,
      @Nullable Double gradientLog10,
      @Nullable Double change,
      @Nullable Double penaltyLog10,
      @Nullable Double updateLog10) {
    private static Tensor of(TensorEvidence tensor) {
      return new Tensor(
          tensor.name(),
          tensor.size(),
          number(tensor.rms()),
          number(tensor.mean()),
          number(tensor.gradientLog10()),
          number(tensor.change()),
          number(tensor.penaltyLog10()),
          number(tensor.updateLog10()));
    }
  }

  /** Copies the lists. */
  public SnapshotJson {
    signal = today(signal);
    besides = besides == null ? null : List.copyOf(besides);
    layers = List.copyOf(layers);
    throughTime = throughTime == null ? List.of() : List.copyOf(throughTime);
  }

  /** Earlier versions kept {@code steady} for what is {@code stable}. */
  private static String today(String signal) {
    return signal.equals("steady") ? Signal.STABLE.label() : signal;
  }

  /** Of a snapshot that was probed. */
  public static SnapshotJson of(SnapshotDiagnosis snapshot) {
    return of(snapshot, Optional.empty());
  }

  /**
   * Of a snapshot that was probed.
   *
   * @param forecast what theory says of the same weights
   */
  public static SnapshotJson of(SnapshotDiagnosis snapshot, Optional<Forecast> forecast) {
    MeasuredBackward evidence = snapshot.evidence();
    NumbersEvidence numbers = evidence.output().numbers();
    return new SnapshotJson(
        evidence.step(),
        snapshot.verdict().signal().label(),
        snapshot.verdict().cause().label(),
        label(snapshot.verdict().mechanism()),
        number(evidence.endToEndLog10()),
        number(evidence.typicalLog10()),
        snapshot.typical() == null ? null : snapshot.typical().label(),
        number(evidence.activationLog10()),
        number(evidence.weightsLog10()),
        number(evidence.firstGradientLog10()),
        evidence.adamEpsilon(),
        evidence.output().random() ? RANDOM : "loss",
        evidence.output().random() ? null : number(evidence.output().loss()),
        number(evidence.output().accuracy()),
        number(evidence.output().outputErrorRms()),
        number(evidence.output().logitsRms()),
        number(evidence.inputRms()),
        number(evidence.output().constantLoss()),
        number(evidence.output().constantAccuracy()),
        number(evidence.output().predictedShare()),
        snapshot.learning().label(),
        numbers == null ? null : Headline.of(numbers),
        numbers == null ? null : Numbers.of(numbers),
        Last.of(evidence.output().last()),
        snapshot.besides().stream().map(Cause::label).toList(),
        forecast.map(SnapshotForecastJson::of).orElse(null),
        Layer.of(evidence.layers(), snapshot.layers(), snapshot.inside()),
        evidence.time().stream().map(ThroughTimeJson::of).toList());
  }

  /**
   * The verdict on the network.
   *
   * @throws IllegalArgumentException if a label is none that there is
   */
  public Verdict verdict() {
    return new Verdict(
        labelled(Signal.values(), Signal::label, signal),
        causeOf(cause),
        mechanism == null ? null : labelled(Mechanism.values(), Mechanism::label, mechanism));
  }

  /**
   * What becomes of the typical sample's gradient; null where it is not known.
   *
   * @throws IllegalArgumentException if the label is none that there is
   */
  @Nullable Signal typical() {
    return typicalSignal == null ? null : labelled(Signal.values(), Signal::label, typicalSignal);
  }

  /**
   * What counts when it is compared with other snapshots. Of one that an earlier version has kept,
   * nobody knows what it has learnt.
   *
   * @throws IllegalArgumentException if a label is none that there is
   */
  public SnapshotRank rank() {
    return new SnapshotRank(
        verdict(),
        learning == null
            ? Learning.UNKNOWN
            : labelled(Learning.values(), Learning::label, learning),
        worstLog10(),
        !overflows());
  }

  /** Whether the outputs, and with them the loss, are not finite. */
  public boolean overflows() {
    return RANDOM.equals(errorSignal) ? logitsRms == null : loss == null;
  }

  /** As {@link MeasuredBackward#worstLog10}. */
  private double worstLog10() {
    double net = netLog10 == null ? Double.NEGATIVE_INFINITY : netLog10;
    double time = throughTimeLog10();
    return Math.abs(time) > Math.abs(net) ? time : net;
  }

  private double throughTimeLog10() {
    return TimeEvidence.decisive(throughTime.stream().map(ThroughTimeJson::evidence).toList())
        .map(TimeEvidence::wholeLog10)
        .orElse(0.0);
  }

  /** Whether the gradient's size changes more through time than from layer to layer. */
  boolean isWorseThroughTime() {
    return netLog10 != null && Math.abs(throughTimeLog10()) > Math.abs(netLog10);
  }

  /**
   * The cause with a label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Cause causeOf(String label) {
    return labelled(Cause.values(), Cause::label, label);
  }

  private static <T> T labelled(T[] all, Function<T, String> label, String wanted) {
    return Arrays.stream(all)
        .filter(one -> label.apply(one).equals(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no verdict " + wanted));
  }

  private static @Nullable String label(@Nullable Mechanism mechanism) {
    return mechanism == null ? null : mechanism.label();
  }

  /** JSON knows no NaN and no infinity: null stands for them. */
  static @Nullable Double number(double value) {
    return Double.isFinite(value) ? Double.valueOf(value) : null;
  }
}
