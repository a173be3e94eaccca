package org.unvanish.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.evidence.StepRole;
import org.unvanish.diagnosis.measurement.BackwardMeasurement;
import org.unvanish.diagnosis.measurement.BackwardPass;
import org.unvanish.loss.ClassShares;

/** Makes a measured backward pass of one snapshot of a trace. */
final class TraceMeasurement {

  /** Sizes that differ by less are the same: the hook rounds them. */
  private static final double ROUNDING = 1e-4;

  /** A loss that differs by less, as a part, is the cross-entropy. */
  private static final double SAME_LOSS = 1e-3;

  private final TraceLine.Snapshot snapshot;
  private final TraceStack stack;
  private final BackwardMeasurement measurement;

  /**
   * @throws IllegalArgumentException if the snapshot does not fit the layers, or none has weights
   */
  TraceMeasurement(List<TraceLine.Layer> layers, TraceLine.Snapshot snapshot) {
    for (TraceLine.Batch batch : snapshot.batches()) {
      requireFit(batch, layers);
    }
    this.snapshot = snapshot;
    this.stack = new TraceStack(layers, snapshot.tensors(), joined(snapshot.batches()));
    this.measurement = new BackwardMeasurement(stack.layers());
  }

  private static void requireFit(TraceLine.Batch batch, List<TraceLine.Layer> layers) {
    if (batch.layers().size() != layers.size()) {
      throw new IllegalArgumentException(
          "a mini-batch has %d layers, but the model %d"
              .formatted(batch.layers().size(), layers.size()));
    }
    for (int i = 0; i < layers.size(); i++) {
      TraceLine.Sizes sizes = batch.layers().get(i);
      if (sizes.tensors().size() != layers.get(i).tensors().size()) {
        throw new IllegalArgumentException(
            "the layer %s has %d tensors, but gradients of %d"
                .formatted(
                    layers.get(i).name(), layers.get(i).tensors().size(), sizes.tensors().size()));
      }
      if (sizes.arriving().size() != batch.layers().get(0).arriving().size()) {
        throw new IllegalArgumentException(
            "the layer %s has another number of samples than the first one"
                .formatted(layers.get(i).name()));
      }
    }
  }

  /** The layers in front of which the gradient is not what the layer before gets. */
  private static Set<Integer> joined(List<TraceLine.Batch> batches) {
    Set<Integer> joined = new TreeSet<>();
    for (TraceLine.Batch batch : batches) {
      for (int i = 1; i < batch.layers().size(); i++) {
        List<@Nullable Double> leaving = batch.layers().get(i).leaving();
        if (leaving != null && !isSame(leaving, sent(batch.layers().get(i - 1)))) {
          joined.add(i);
        }
      }
    }
    return joined;
  }

  private static boolean isSame(List<@Nullable Double> a, List<@Nullable Double> b) {
    double one = TraceStack.number(a.get(0));
    double other = TraceStack.number(b.get(0));
    return Math.abs(one - other) < ROUNDING || (Double.isNaN(one) && Double.isNaN(other));
  }

  /** What a layer passed on: a random gradient where none arrived. */
  private static List<@Nullable Double> sent(TraceLine.Sizes sizes) {
    return sizes.test() == null ? sizes.arriving() : sizes.test();
  }

  MeasuredBackward result() {
    for (TraceLine.Batch batch : snapshot.batches()) {
      double input = TraceStack.number(batch.input());
      measurement.data().add(Double.isNaN(input) ? 0 : input * input, 0, 1);
      for (int i = 0; i < stack.places().size(); i++) {
        Double read = batch.layers().get(stack.places().get(i).layer()).input();
        measurement.input(i).add(read == null ? 0 : read * read, 0, 1);
      }
      BackwardPass real = measurement.pass();
      send(real, batch, stack.layers().size() - 1, false);
      int end = real.end();
      BackwardPass tested = null;
      if (end >= 0) {
        tested = measurement.pass();
        send(tested, batch, end, true);
      }
      measurement.add(real, tested, batch.samples());
    }
    for (int i = 0; i < stack.places().size(); i++) {
      TraceStack.Place place = stack.places().get(i);
      if (!place.between() && stack.layers().get(i).role() == StepRole.ACTIVATION) {
        measurement.saturation(i, saturation(place.layer()));
      }
    }
    return measurement.result(snapshot.step(), output(), snapshot.epsilon());
  }

  /**
   * @param from the place behind which the pass starts
   * @param tested whether it is that of a test gradient, which starts there
   */
  private void send(BackwardPass pass, TraceLine.Batch batch, int from, boolean tested) {
    TracedGradient.Scale scale = new TracedGradient.Scale();
    double unit = StrictMath.log10(batch.unit());
    double factor = tested ? 0 : unit;
    TracedGradient above = null;
    for (int i = from; i >= measurement.first(); i--) {
      TraceStack.Place place = stack.places().get(i);
      TraceLine.Sizes own = batch.layers().get(place.layer());
      // What lies between two layers gets what the second one has made, and puts it on as many.
      TraceLine.Sizes below = place.between() ? batch.layers().get(place.layer() - 1) : own;
      if (tested && above != null && i + 1 <= from && stack.places().get(i + 1).between()) {
        factor = continued(above, sent(below), factor);
      }
      List<@Nullable Double> arriving =
          tested && i == from
              ? zeros(own)
              : place.between() ? passed(own, below, tested) : tested ? sent(own) : own.arriving();
      TracedGradient gradient =
          new TracedGradient(below.count(), arriving, factor, sent(below), factor, scale);
      pass.arrive(i, gradient, tested ? () -> 0 : null);
      above = gradient;
      if (!tested && !place.between()) {
        for (int t = 0; t < own.tensors().size(); t++) {
          Double log10 = own.tensors().get(t);
          int count = stack.layers().get(i).tensors().get(t).size();
          pass.parameterGradient(
              i,
              t,
              log10 == null ? 0 : count * StrictMath.pow(10, 2 * (log10 + unit + scale.log10())),
              count);
        }
      }
    }
  }

  /**
   * By what a test gradient is to be multiplied that was drawn anew behind other code, so that it
   * goes on where the one before it has ended.
   */
  private static double continued(
      TracedGradient above, List<@Nullable Double> drawn, double factor) {
    double apart = above.rmsLog10() - TraceStack.number(drawn.get(0));
    return Double.isNaN(apart) ? factor : apart;
  }

  private static List<@Nullable Double> zeros(TraceLine.Sizes sizes) {
    return Collections.nCopies(sizes.arriving().size(), null);
  }

  /** What a layer has made of the gradient, where other paths lie before it. */
  private static List<@Nullable Double> passed(
      TraceLine.Sizes layer, TraceLine.Sizes before, boolean tested) {
    if (!tested && layer.test() != null) {
      return zeros(layer);
    }
    List<@Nullable Double> leaving = layer.leaving();
    return leaving != null ? leaving : tested ? sent(before) : before.arriving();
  }

  private Saturation saturation(int layer) {
    double squares = 0;
    double total = 0;
    double[] beyond = new double[Saturation.RANGES.size()];
    Set<Integer> dead = null;
    double units = 1;
    for (TraceLine.Batch batch : snapshot.batches()) {
      TraceLine.Sizes sizes = batch.layers().get(layer);
      if (sizes.total() == null || sizes.beyond() == null) {
        return Saturation.NONE;
      }
      total += sizes.total();
      beyond[0] += sizes.total();
      for (int range = 1; range < beyond.length; range++) {
        beyond[range] += sizes.beyond().get(range - 1);
      }
      double distance = TraceStack.number(sizes.distance());
      squares += sizes.total() * distance * distance;
      if (sizes.units() != null && sizes.dead() != null) {
        units = sizes.units();
        dead = dead == null ? new TreeSet<>(sizes.dead()) : dead;
        dead.retainAll(Set.copyOf(sizes.dead()));
      }
    }
    List<Double> shares = new ArrayList<>();
    for (int range = 0; range < beyond.length; range++) {
      double next = range + 1 < beyond.length ? beyond[range + 1] : 0;
      shares.add((beyond[range] - next) / total);
    }
    return new Saturation(
        beyond[Saturation.RANGES.indexOf(1.0)] / total,
        dead == null ? 0 : dead.size() / units,
        Math.sqrt(squares / total),
        shares);
  }

  private OutputEvidence output() {
    Map<Integer, Integer> labelled = new HashMap<>();
    Map<Integer, Integer> predicted = new HashMap<>();
    double right = 0;
    double seen = 0;
    boolean entropy = true;
    for (TraceLine.Batch batch : snapshot.batches()) {
      List<Integer> labels = batch.labels() == null ? List.of() : batch.labels();
      for (int i = 0; i < labels.size(); i++) {
        int guess = batch.predicted() == null ? -1 : batch.predicted().get(i);
        labelled.merge(labels.get(i), 1, Integer::sum);
        predicted.merge(guess, 1, Integer::sum);
        right += labels.get(i) == guess ? 1 : 0;
        seen++;
      }
      double loss = TraceStack.number(batch.loss());
      double own = TraceStack.number(batch.entropy());
      entropy &= Math.abs(loss - own) <= SAME_LOSS * Math.max(1, Math.abs(loss));
    }
    return new OutputEvidence(
        mean(TraceLine.Batch::loss),
        seen == 0 ? Double.NaN : right / seen,
        rms(batch -> batch.error() == null ? null : Double.valueOf(batch.error() * batch.unit())),
        rms(TraceLine.Batch::outputs),
        entropy ? ClassShares.entropy(counts(labelled)) : Double.NaN,
        ClassShares.largestShare(counts(labelled)),
        ClassShares.largestShare(counts(predicted)));
  }

  private static int[] counts(Map<Integer, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).toArray();
  }

  private double mean(Function<TraceLine.Batch, @Nullable Double> measure) {
    double sum = 0;
    double samples = 0;
    for (TraceLine.Batch batch : snapshot.batches()) {
      sum += batch.samples() * TraceStack.number(measure.apply(batch));
      samples += batch.samples();
    }
    return sum / samples;
  }

  private double rms(Function<TraceLine.Batch, @Nullable Double> measure) {
    return Math.sqrt(
        mean(
            batch -> {
              double value = TraceStack.number(measure.apply(batch));
              return value * value;
            }));
  }
}
