package org.unvanish.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.unvanish.data.format.numpy.NumpyArray;
import org.unvanish.data.format.numpy.NumpySamples;
import org.unvanish.data.format.numpy.NumpyTargets;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.evidence.DataEvidence;
import org.unvanish.loss.TargetKind;
import org.unvanish.loss.TargetTable;
import org.unvanish.model.graph.Tensor;

/** Arrays of NumPy: of each sample its inputs, in the model's own shape, and its target. */
final class ArrayInputs implements ModelData {

  private final String title;
  private final NumpyArray inputs;
  private final Optional<Learnt> learnt;
  private final InputLayout layout;
  private final int[] shape;
  private final int channelAxis;

  /** By channel; none where the values stay as they are. */
  private final List<ChannelScaling> scaling;

  private ArrayInputs(
      String title,
      NumpyArray inputs,
      Optional<Learnt> learnt,
      InputLayout layout,
      PixelScaling scaling) {
    this.title = title;
    this.inputs = inputs;
    this.learnt = learnt;
    this.layout = layout;
    this.shape = inputs.shape().stream().skip(1).mapToInt(Integer::intValue).toArray();
    this.channelAxis = shape.length == 2 || layout.channelsLast() ? shape.length - 1 : 0;
    this.scaling = layout.categories() > 0 ? List.of() : scalings(scaling);
  }

  /**
   * @param scaling empty to scale pixels to [0, 1] and leave all else as it is
   * @throws ModelRefusedException if the arrays do not fit the model
   */
  static ArrayInputs of(
      String title, NumpySamples samples, InputLayout layout, Optional<PixelScaling> scaling) {
    NumpyArray inputs = samples.inputs();
    int[] shape = inputs.shape().stream().skip(1).mapToInt(Integer::intValue).toArray();
    if (!layout.fits(shape)) {
      throw layout.refused(
          title,
          "its array has the shape " + inputs.title() + ", samples first",
          "Save the samples in that shape, one behind the other along the first axis.");
    }
    PixelScaling usual = isPixels(inputs) ? PixelScaling.UNIT : PixelScaling.RAW;
    return new ArrayInputs(
        title, inputs, samples.targets().map(ArrayInputs::learnt), layout, scaling.orElse(usual));
  }

  /** Images of bytes, as opposed to numbers in a table. */
  private static boolean isPixels(NumpyArray inputs) {
    return inputs.kind() == NumpyArray.Kind.BYTE && inputs.shape().size() > 2;
  }

  private static Learnt learnt(NumpyTargets targets) {
    Table table = new Table(targets.values(), targets.width());
    return targets.classes() > 0
        ? new Learnt(table, TargetKind.CLASSES, targets.classes())
        : new Learnt(table, TargetKind.NUMBERS, targets.width());
  }

  /** Targets in an array. */
  // Identity is enough: nobody compares tables.
  @SuppressWarnings("ArrayRecordComponent")
  private record Table(double[] values, int width) implements TargetTable {
    @Override
    public int count() {
      return values.length / width;
    }

    @Override
    public double value(int sample, int index) {
      return values[sample * width + index];
    }
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public int count() {
    return inputs.shape().get(0);
  }

  private int size() {
    return inputs.values().length / count();
  }

  /** The channel, or column, of one of a sample's values. */
  private int channel(int index) {
    int inner = 1;
    for (int axis = channelAxis + 1; axis < shape.length; axis++) {
      inner *= shape[axis];
    }
    return shape.length == 0 ? 0 : index / inner % shape[channelAxis];
  }

  @Override
  public Tensor inputs(int[] samples) {
    double[][] values = new double[samples.length][];
    for (int i = 0; i < samples.length; i++) {
      int from = samples[i] * size();
      values[i] = Arrays.copyOfRange(inputs.values(), from, from + size());
      for (int k = 0; k < size() && !scaling.isEmpty(); k++) {
        ChannelScaling own = scaling.get(channel(k));
        values[i][k] = (values[i][k] - own.mean()) / own.deviation();
      }
    }
    return layout.joined(values, shape);
  }

  @Override
  public Optional<Learnt> learnt() {
    return learnt;
  }

  @Override
  public ModelData standardised() {
    return new ArrayInputs(title, inputs, learnt, layout, PixelScaling.STANDARDISED);
  }

  private List<ChannelScaling> scalings(PixelScaling asked) {
    int channels = shape.length == 0 ? 1 : shape[channelAxis];
    return switch (asked) {
      case RAW -> List.of();
      case UNIT ->
          isPixels(inputs)
              ? Collections.nCopies(channels, new ChannelScaling(0, 255))
              : unit(channels);
      case STANDARDISED -> standardised(channels);
    };
  }

  private List<ChannelScaling> unit(int channels) {
    double[] least = each(channels, Math::min, Double.POSITIVE_INFINITY);
    double[] most = each(channels, Math::max, Double.NEGATIVE_INFINITY);
    return IntStream.range(0, channels)
        .mapToObj(c -> new ChannelScaling(least[c], most[c] > least[c] ? most[c] - least[c] : 1))
        .toList();
  }

  /** What is made of all values of each channel. */
  private double[] each(int channels, DoubleBinaryOperator operator, double first) {
    double[] result = new double[channels];
    Arrays.fill(result, first);
    for (int i = 0; i < inputs.values().length; i++) {
      int channel = channel(i % size());
      result[channel] = operator.applyAsDouble(result[channel], inputs.values()[i]);
    }
    return result;
  }

  private List<ChannelScaling> standardised(int channels) {
    double[] least = each(channels, Math::min, Double.POSITIVE_INFINITY);
    double[] most = each(channels, Math::max, Double.NEGATIVE_INFINITY);
    double[] squares = new double[channels];
    double each = (double) inputs.values().length / channels;
    double[] means = each(channels, (sum, value) -> sum + value / each, 0);
    for (int channel = 0; channel < channels; channel++) {
      // A mean is rounded: of equal values, what is left of them would be scaled to 1 or −1.
      means[channel] = least[channel] == most[channel] ? least[channel] : means[channel];
    }
    for (int i = 0; i < inputs.values().length; i++) {
      int channel = channel(i % size());
      double difference = inputs.values()[i] - means[channel];
      squares[channel] += difference * difference / each;
    }
    return IntStream.range(0, channels)
        .mapToObj(c -> new ChannelScaling(means[c], squares[c] > 0 ? Math.sqrt(squares[c]) : 1))
        .toList();
  }

  @Override
  public DataEvidence evidence() {
    int constant = 0;
    for (int k = 0; k < size(); k++) {
      boolean same = true;
      for (int sample = 1; sample < count() && same; sample++) {
        same = inputs.values()[sample * size() + k] == inputs.values()[k];
      }
      constant += same ? 1 : 0;
    }
    int different = learnt.map(ArrayInputs::different).orElse(count());
    double rms = Math.sqrt(TensorGradient.sumOfSquares(inputs.values()) / inputs.values().length);
    return new DataEvidence(
        count(),
        size(),
        count() > 1 ? constant : 0,
        different,
        different,
        layout.categories() > 0 ? Double.NaN : rms);
  }

  private static int different(Learnt learnt) {
    Set<List<Double>> seen = new HashSet<>();
    for (int i = 0; i < learnt.targets().count() && seen.size() < 2; i++) {
      seen.add(Arrays.stream(learnt.targets().of(i)).boxed().toList());
    }
    return seen.size();
  }
}
