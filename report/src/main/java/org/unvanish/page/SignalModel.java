package org.unvanish.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.prescription.VerdictWords;
import org.unvanish.examination.PrescriptionJson;
import org.unvanish.examination.SnapshotForecastJson;
import org.unvanish.examination.SnapshotJson;
import org.unvanish.examination.ThroughTimeJson;
import org.unvanish.examination.VerdictText;
import org.unvanish.store.StoredDiagnosis;

/**
 * The way of the backpropagated signal through the network of one arm.
 *
 * @param seed of the run that was probed
 * @param tolerance decades within which the signal counts as steady
 * @param sentence the verdict as people say it
 * @param layers as the signal meets them: the last one first
 * @param snapshots in the order of their steps, at most {@value #MOST_SNAPSHOTS} evenly chosen ones
 *     and the decisive one
 * @param probed how many snapshots there are
 * @param prescription why what is prescribed, if remedies were tried
 */
public record SignalModel(
    long seed,
    double tolerance,
    String sentence,
    List<String> layers,
    List<Snapshot> snapshots,
    int probed,
    Optional<String> prescription) {

  /** More lines than these would not be told apart. */
  public static final int MOST_SNAPSHOTS = 12;

  /**
   * One snapshot; the arrays have an element for each layer, NaN for what is not a finite number.
   *
   * @param step how many steps are done
   * @param when the same in words
   * @param verdict signal, cause and mechanism
   * @param decisive whether the sentence is about this snapshot
   * @param overflows whether the loss is no finite number, so that nor is what comes back from it;
   *     elsewhere NaN stands for −∞, the logarithm of zero
   * @param sizes decades from the output until behind each layer; beginning with 0, the output
   * @param activation the factor f′, in decades
   * @param weights the weights' factor, in decades
   * @param typical the typical sample's factor of both, in decades
   * @param forecast of the factor of both, in decades; empty where there is none
   * @param saturated share of units beyond the saturation point, or dead
   * @param tested true where the real signal does not arrive and a random one was sent
   * @param causes of the layers
   * @param firstGradient decimal logarithm of the first layer's gradient
   * @param score loss and accuracy in words
   * @param throughTime the way back through the steps of each recurrent layer, the last one first,
   *     forward before reverse
   */
  // Made once and written once.
  @SuppressWarnings("ArrayRecordComponent")
  record Snapshot(
      long step,
      String when,
      String verdict,
      boolean decisive,
      boolean overflows,
      double[] sizes,
      double[] activation,
      double[] weights,
      double[] typical,
      double[] forecast,
      double[] saturated,
      boolean[] tested,
      List<String> causes,
      double firstGradient,
      String score,
      List<ThroughTime> throughTime) {}

  static SignalModel of(StoredDiagnosis found, long stepsPerEpoch) {
    SnapshotJson decisive = found.decisive();
    return new SignalModel(
        found.seed(),
        Thresholds.DEFAULT.networkLog10(),
        VerdictText.of(found.snapshots(), decisive, found.verdict(), stepsPerEpoch),
        asMet(decisive).stream().map(SnapshotJson.Layer::name).toList(),
        chosen(found.snapshots(), decisive)
            .map(snapshot -> snapshot(snapshot, snapshot.equals(decisive), stepsPerEpoch))
            .toList(),
        found.snapshots().size(),
        found.prescription().map(PrescriptionJson::why));
  }

  private static Stream<SnapshotJson> chosen(List<SnapshotJson> snapshots, SnapshotJson decisive) {
    TreeSet<Integer> chosen = new TreeSet<>(List.of(snapshots.indexOf(decisive)));
    IntStream.of(Curves.shown(snapshots.size(), MOST_SNAPSHOTS)).forEach(i -> chosen.add(i - 1));
    return chosen.stream().map(snapshots::get);
  }

  private static Snapshot snapshot(SnapshotJson snapshot, boolean decisive, long stepsPerEpoch) {
    List<SnapshotJson.Layer> layers = asMet(snapshot);
    double[] sizes = new double[layers.size() + 1];
    for (int i = 0; i < layers.size(); i++) {
      // NaN from where nothing is left: what a test signal does behind it is no part of the way.
      sizes[i + 1] = sizes[i] + number(layers.get(i).netLog10());
    }
    return new Snapshot(
        snapshot.step(),
        VerdictWords.when(snapshot.step(), stepsPerEpoch),
        snapshot.verdict().toString(),
        decisive,
        snapshot.overflows(),
        sizes,
        numbers(layers, SnapshotJson.Layer::activationLog10),
        numbers(layers, SnapshotJson.Layer::weightsLog10),
        numbers(layers, SnapshotJson.Layer::typicalLog10),
        forecast(snapshot.forecast()),
        layers.stream()
            .mapToDouble(l -> Math.max(number(l.saturatedShare()), number(l.deadShare())))
            .toArray(),
        tested(layers),
        layers.stream().map(SnapshotJson.Layer::cause).toList(),
        number(snapshot.firstGradientLog10()),
        score(snapshot),
        throughTime(snapshot));
  }

  private static double[] forecast(@Nullable SnapshotForecastJson forecast) {
    if (forecast == null) {
      return new double[0];
    }
    double[] asMet = forecast.layers().stream().mapToDouble(l -> number(l.rmsLog10())).toArray();
    for (int i = 0; i < asMet.length / 2; i++) {
      double last = asMet[asMet.length - 1 - i];
      asMet[asMet.length - 1 - i] = asMet[i];
      asMet[i] = last;
    }
    return asMet;
  }

  private static List<ThroughTime> throughTime(SnapshotJson snapshot) {
    List<String> layers =
        snapshot.throughTime().stream().map(ThroughTimeJson::layer).distinct().toList();
    // The sort is stable: of a layer, forward stays before reverse.
    return snapshot.throughTime().stream()
        .map(ThroughTime::of)
        .sorted(Comparator.comparing(time -> -layers.indexOf(time.layer())))
        .toList();
  }

  private static String score(SnapshotJson snapshot) {
    String loss =
        snapshot.loss() == null
            ? "no finite loss"
            : String.format(Locale.ROOT, "loss %.3g", snapshot.loss());
    return snapshot.accuracy() == null
        ? loss
        : loss + String.format(Locale.ROOT, ", accuracy %.1f %%", 100 * snapshot.accuracy());
  }

  private static List<SnapshotJson.Layer> asMet(SnapshotJson snapshot) {
    List<SnapshotJson.Layer> layers = new ArrayList<>(snapshot.layers());
    Collections.reverse(layers);
    return layers;
  }

  private static double[] numbers(
      List<SnapshotJson.Layer> layers, Function<SnapshotJson.Layer, @Nullable Double> number) {
    return layers.stream().mapToDouble(layer -> number(number.apply(layer))).toArray();
  }

  private static boolean[] tested(List<SnapshotJson.Layer> layers) {
    boolean[] tested = new boolean[layers.size()];
    for (int i = 0; i < tested.length; i++) {
      tested[i] = layers.get(i).testSignal();
    }
    return tested;
  }

  static double number(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }
}
