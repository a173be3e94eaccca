package org.unvanish.examination;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.unvanish.data.Dataset;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.experiment.Arm;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.ProbeProgress;
import org.unvanish.statistics.MeanDeviation;

/**
 * What was measured at the initial weights of several seeds, to be laid beside a forecast. All
 * factors are as in {@link MeasuredBackward}, over the seeds 1, 2, …
 *
 * @param seeds how many, at least 1
 * @param batches mini-batches of each seed's window
 * @param batchSize samples in each
 * @param layers first to last
 * @param all what they do to the gradient from the last to the first
 */
public record MeasuredSeeds(
    int seeds, int batches, int batchSize, List<MeasuredLayer> layers, MeasuredFactors all) {

  /**
   * Factors over the seeds, as log₁₀.
   *
   * @param activation those of f′
   * @param weights those of all else
   * @param rms of the root mean square over the samples of a seed's mini-batches
   * @param typical of a seed's typical sample
   * @param rootMeanSquare of the root mean square over samples and seeds: what a forecast's is, and
   *     what few seeds decide where they differ much
   */
  public record MeasuredFactors(
      MeanDeviation activation,
      MeanDeviation weights,
      MeanDeviation rms,
      MeanDeviation typical,
      double rootMeanSquare) {

    /**
     * Over some seeds.
     *
     * @param net that of the root mean square
     */
    public static <T> MeasuredFactors of(
        List<T> seeds,
        ToDoubleFunction<T> activation,
        ToDoubleFunction<T> weights,
        ToDoubleFunction<T> net,
        ToDoubleFunction<T> typical) {
      return new MeasuredFactors(
          MeanDeviation.of(seeds.stream().mapToDouble(activation)),
          MeanDeviation.of(seeds.stream().mapToDouble(weights)),
          MeanDeviation.of(seeds.stream().mapToDouble(net)),
          MeanDeviation.of(seeds.stream().mapToDouble(typical)),
          rootMeanSquare(seeds.stream().mapToDouble(net).toArray()));
    }

    /** Relative to the largest, so that no square leaves the range of numbers. */
    private static double rootMeanSquare(double... log10s) {
      double largest = DoubleStream.of(log10s).max().orElse(Double.NEGATIVE_INFINITY);
      if (!Double.isFinite(largest)) {
        return largest;
      }
      double mean =
          DoubleStream.of(log10s).map(x -> Math.pow(10, 2 * (x - largest))).average().orElse(0);
      return largest + Math.log10(mean) / 2;
    }
  }

  /**
   * One layer over the seeds.
   *
   * @param name as in the network
   * @param factors what it does to the gradient
   * @param saturatedShare mean share of saturated pre-activations
   * @param inside of a residual block the layers of its branch
   */
  public record MeasuredLayer(
      String name, MeasuredFactors factors, double saturatedShare, List<MeasuredLayer> inside) {

    /** Copies the list. */
    public MeasuredLayer {
      inside = List.copyOf(inside);
    }

    /** The layers of all seeds, side by side. */
    private static List<MeasuredLayer> all(List<List<LayerEvidence>> seeds) {
      return IntStream.range(0, seeds.get(0).size())
          .mapToObj(i -> of(seeds.stream().map(layers -> layers.get(i)).toList()))
          .toList();
    }

    private static MeasuredLayer of(List<LayerEvidence> seeds) {
      return new MeasuredLayer(
          seeds.get(0).name(),
          MeasuredFactors.of(
              seeds,
              LayerEvidence::activationLog10,
              LayerEvidence::weightsLog10,
              LayerEvidence::netLog10,
              LayerEvidence::typicalLog10),
          seeds.stream()
              .mapToDouble(layer -> layer.saturation().saturatedShare())
              .average()
              .orElse(Double.NaN),
          all(seeds.stream().map(LayerEvidence::inside).toList()));
    }
  }

  /** Copies the list. */
  public MeasuredSeeds {
    layers = List.copyOf(layers);
  }

  /**
   * Probes the initial weights of the seeds 1, 2, …
   *
   * @param seeds how many, at least 1
   * @param progress is told of every mini-batch of every seed
   * @throws IllegalArgumentException if data and network do not fit each other
   */
  static MeasuredSeeds measure(Arm arm, Dataset data, int seeds, ProbeProgress progress) {
    GradientProbe first = new GradientProbe(arm.network(), arm.settings(), data, 1, progress);
    List<MeasuredBackward> measured = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      measured.add(first.withSeed(seed).initial());
    }
    MeasuredBackward one = measured.get(0);
    return new MeasuredSeeds(
        seeds,
        one.batches(),
        one.batchSize(),
        MeasuredLayer.all(measured.stream().map(MeasuredBackward::layers).toList()),
        MeasuredFactors.of(
            measured,
            MeasuredBackward::activationLog10,
            MeasuredBackward::weightsLog10,
            MeasuredBackward::endToEndLog10,
            MeasuredBackward::typicalLog10));
  }
}
