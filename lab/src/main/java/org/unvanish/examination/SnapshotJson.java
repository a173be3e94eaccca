package org.unvanish.examination;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Arrays;
import java.util.List;
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
import org.unvanish.diagnosis.evidence.TensorEvidence;

/**
 * The {@code snapshot} of {@code diagnosis.schema.json}, which says what the numbers are. Null
 * stands for a number that is not finite: for a logarithm that is −∞, that of zero; and for one
 * that is not known, as those are that earlier versions did not keep.
 *
 * @param layers first to last
 */
@JsonNaming(SnakeCaseStrategy.class)
public record SnapshotJson(
    long step,
    String signal,
    String cause,
    @Nullable String mechanism,
    @Nullable Double netLog10,
    @Nullable Double activationLog10,
    @Nullable Double weightsLog10,
    @Nullable Double firstGradientLog10,
    @Nullable Double adamEpsilon,
    @Nullable Double loss,
    @Nullable Double accuracy,
    @JsonAlias("residual_rms") @Nullable Double outputErrorRms,
    @Nullable Double logitsRms,
    @Nullable Double inputRms,
    @Nullable Double constantLoss,
    @Nullable Double constantAccuracy,
    @Nullable Double predictedShare,
    @Nullable String learning,
    List<Layer> layers) {

  /** The {@code layer} of the schema. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Layer(
      String name,
      @Nullable Double gainLog10,
      @Nullable Double activationLog10,
      @Nullable Double linearLog10,
      @Nullable Double shapeLog10,
      @Nullable Double netLog10,
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
      List<Tensor> tensors) {

    /** Copies the lists. There are no shares in what earlier versions have kept. */
    public Layer {
      signal = today(signal);
      preActivationShares = preActivationShares == null ? null : List.copyOf(preActivationShares);
      tensors = List.copyOf(tensors);
    }

    private static Layer of(LayerEvidence layer, Verdict verdict) {
      return new Layer(
          layer.name(),
          number(layer.gainLog10()),
          number(layer.activationLog10()),
          number(layer.linearLog10()),
          number(layer.shapeLog10()),
          number(layer.netLog10()),
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
          layer.tensors().stream().map(Tensor::of).toList());
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
      @Nullable Double gradientLog10,
      @Nullable Double change,
      @Nullable Double penaltyLog10) {
    private static Tensor of(TensorEvidence tensor) {
      return new Tensor(
          tensor.name(),
          tensor.size(),
          number(tensor.rms()),
          number(tensor.gradientLog10()),
          number(tensor.change()),
          number(tensor.penaltyLog10()));
    }
  }

  /** Copies the list. */
  public SnapshotJson {
    signal = today(signal);
    layers = List.copyOf(layers);
  }

  /** Earlier versions kept {@code steady} for what is {@code stable}. */
  private static String today(String signal) {
    return signal.equals("steady") ? Signal.STABLE.label() : signal;
  }

  /** Of a snapshot that was probed. */
  public static SnapshotJson of(SnapshotDiagnosis snapshot) {
    MeasuredBackward evidence = snapshot.evidence();
    return new SnapshotJson(
        evidence.step(),
        snapshot.verdict().signal().label(),
        snapshot.verdict().cause().label(),
        label(snapshot.verdict().mechanism()),
        number(evidence.endToEndLog10()),
        number(evidence.activationLog10()),
        number(evidence.weightsLog10()),
        number(evidence.firstGradientLog10()),
        evidence.adamEpsilon(),
        number(evidence.output().loss()),
        number(evidence.output().accuracy()),
        number(evidence.output().outputErrorRms()),
        number(evidence.output().logitsRms()),
        number(evidence.inputRms()),
        number(evidence.output().constantLoss()),
        number(evidence.output().constantAccuracy()),
        number(evidence.output().predictedShare()),
        snapshot.learning().label(),
        IntStream.range(0, evidence.layers().size())
            .mapToObj(i -> Layer.of(evidence.layers().get(i), snapshot.layers().get(i)))
            .toList());
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
        netLog10 == null ? Double.NEGATIVE_INFINITY : netLog10,
        loss != null);
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
