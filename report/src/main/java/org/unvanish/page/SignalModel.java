package org.unvanish.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.examination.MomentJson;
import org.unvanish.examination.PrescriptionJson;
import org.unvanish.examination.VerdictText;
import org.unvanish.store.StoredDiagnosis;

/**
 * The way of the backpropagated signal through the network of one arm.
 *
 * @param seed of the run that was probed
 * @param tolerance decades within which the signal counts as steady
 * @param sentence the verdict as people say it
 * @param layers as the signal meets them: the last one first
 * @param moments in the order of their steps, at most {@value #MOST_MOMENTS} evenly chosen ones and
 *     the decisive one
 * @param probed how many moments there are
 * @param prescription why what is prescribed, if remedies were tried
 */
public record SignalModel(
    long seed,
    double tolerance,
    String sentence,
    List<String> layers,
    List<Moment> moments,
    int probed,
    Optional<String> prescription) {

  /** More lines than these would not be told apart. */
  public static final int MOST_MOMENTS = 12;

  /**
   * One moment; the arrays have an element for each layer, NaN for what is not a finite number.
   *
   * @param step how many steps are done
   * @param when the same in words
   * @param verdict signal, cause and mechanism
   * @param decisive whether the sentence is about this moment
   * @param overflows whether the loss is no finite number, so that nor is what comes back from it;
   *     elsewhere NaN stands for −∞, the logarithm of zero
   * @param sizes decades from the output until behind each layer; beginning with 0, the output
   * @param activation the factor f′, in decades
   * @param weights the weights' factor, in decades
   * @param saturated share of units beyond the knee, or dead
   * @param tested true where the real signal does not arrive and a random one was sent
   * @param causes of the layers
   * @param firstGradient decimal logarithm of the first layer's gradient
   * @param score loss and accuracy in words
   */
  // Made once and written once.
  @SuppressWarnings("ArrayRecordComponent")
  record Moment(
      long step,
      String when,
      String verdict,
      boolean decisive,
      boolean overflows,
      double[] sizes,
      double[] activation,
      double[] weights,
      double[] saturated,
      boolean[] tested,
      List<String> causes,
      double firstGradient,
      String score) {}

  static SignalModel of(StoredDiagnosis found, long stepsPerEpoch) {
    MomentJson decisive = found.decisive();
    return new SignalModel(
        found.seed(),
        Thresholds.DEFAULT.networkDecades(),
        VerdictText.of(found.moments(), decisive, found.verdict(), stepsPerEpoch),
        asMet(decisive).stream().map(MomentJson.Layer::name).toList(),
        chosen(found.moments(), decisive)
            .map(moment -> moment(moment, moment.equals(decisive), stepsPerEpoch))
            .toList(),
        found.moments().size(),
        found.prescription().map(PrescriptionJson::why));
  }

  private static Stream<MomentJson> chosen(List<MomentJson> moments, MomentJson decisive) {
    TreeSet<Integer> chosen = new TreeSet<>(List.of(moments.indexOf(decisive)));
    IntStream.of(Curves.shown(moments.size(), MOST_MOMENTS)).forEach(i -> chosen.add(i - 1));
    return chosen.stream().map(moments::get);
  }

  private static Moment moment(MomentJson moment, boolean decisive, long stepsPerEpoch) {
    List<MomentJson.Layer> layers = asMet(moment);
    double[] sizes = new double[layers.size() + 1];
    for (int i = 0; i < layers.size(); i++) {
      // NaN from where nothing is left: what a test signal does behind it is no part of the way.
      sizes[i + 1] = sizes[i] + number(layers.get(i).netLog10());
    }
    return new Moment(
        moment.step(),
        VerdictText.when(moment.step(), stepsPerEpoch),
        moment.verdict().toString(),
        decisive,
        moment.loss() == null,
        sizes,
        numbers(layers, MomentJson.Layer::activationLog10),
        numbers(layers, MomentJson.Layer::weightsLog10),
        layers.stream()
            .mapToDouble(l -> Math.max(number(l.saturatedShare()), number(l.deadShare())))
            .toArray(),
        tested(layers),
        layers.stream().map(MomentJson.Layer::cause).toList(),
        number(moment.firstGradientLog10()),
        score(moment));
  }

  private static String score(MomentJson moment) {
    String loss =
        moment.loss() == null
            ? "no finite loss"
            : String.format(Locale.ROOT, "loss %.3g", moment.loss());
    return moment.accuracy() == null
        ? loss
        : loss + String.format(Locale.ROOT, ", accuracy %.1f %%", 100 * moment.accuracy());
  }

  private static List<MomentJson.Layer> asMet(MomentJson moment) {
    List<MomentJson.Layer> layers = new ArrayList<>(moment.layers());
    Collections.reverse(layers);
    return layers;
  }

  private static double[] numbers(
      List<MomentJson.Layer> layers, Function<MomentJson.Layer, @Nullable Double> number) {
    return layers.stream().mapToDouble(layer -> number(number.apply(layer))).toArray();
  }

  private static boolean[] tested(List<MomentJson.Layer> layers) {
    boolean[] tested = new boolean[layers.size()];
    for (int i = 0; i < tested.length; i++) {
      tested[i] = layers.get(i).testSignal();
    }
    return tested;
  }

  private static double number(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }
}
