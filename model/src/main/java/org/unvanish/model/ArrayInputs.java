package org.unvanish.model;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.unvanish.data.format.numpy.NumpyArray;
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

  /** By channel: what is taken off, and by what is divided. */
  private final double[] means;

  private final double[] deviations;

  private ArrayInputs(
      String title,
      NumpyArray inputs,
      Optional<Learnt> learnt,
      InputLayout layout,
      double[] means,
      double[] deviations) {
    this.title = title;
    this.inputs = inputs;
    this.learnt = learnt;
    this.layout = layout;
    this.shape = inputs.shape().stream().skip(1).mapToInt(Integer::intValue).toArray();
    this.channelAxis = channelAxis(layout, shape);
    this.means = means;
    this.deviations = deviations;
  }

  /**
   * @param targets class numbers, ones for classes, or numbers; empty if nothing is to be learnt
   * @throws ModelRefusedException if the arrays do not fit the model or each other
   */
  static ArrayInputs of(
      String title, NumpyArray inputs, Optional<NumpyArray> targets, InputLayout layout) {
    int[] shape = inputs.shape().stream().skip(1).mapToInt(Integer::intValue).toArray();
    if (inputs.shape().isEmpty() || inputs.shape().get(0) < 1 || !layout.fits(shape)) {
      throw new ModelRefusedException(
          title,
          "the array of shape %s does not hold samples of %s, which the model reads"
              .formatted(inputs.title(), layout.title()),
          "Save them with the samples along the first axis.");
    }
    int count = inputs.shape().get(0);
    if (targets.isPresent() && targets.get().shape().stream().findFirst().orElse(0) != count) {
      throw new ModelRefusedException(
          title,
          "there are %d samples, but targets of shape %s".formatted(count, targets.get().title()),
          "Save one target for each sample.");
    }
    return new ArrayInputs(
        title, inputs, targets.map(ArrayInputs::learnt), layout, new double[0], new double[0]);
  }

  private static int channelAxis(InputLayout layout, int[] shape) {
    return shape.length == 2 || layout.channelsLast() ? shape.length - 1 : 0;
  }

  private static Learnt learnt(NumpyArray targets) {
    int count = targets.shape().get(0);
    int width = targets.values().length / count;
    if (width > 1 && isOneHot(targets, width)) {
      double[] classes = new double[count];
      for (int i = 0; i < targets.values().length; i++) {
        classes[i / width] = targets.values()[i] == 1 ? i % width : classes[i / width];
      }
      return new Learnt(new Table(classes, 1), TargetKind.CLASSES, width);
    }
    boolean classes = targets.isInteger() && width == 1;
    if (classes && Arrays.stream(targets.values()).allMatch(v -> v >= 0)) {
      int most = (int) Arrays.stream(targets.values()).max().orElse(0);
      return new Learnt(new Table(targets.values(), 1), TargetKind.CLASSES, Math.max(2, most + 1));
    }
    return new Learnt(new Table(targets.values(), width), TargetKind.NUMBERS, width);
  }

  private static boolean isOneHot(NumpyArray targets, int width) {
    int ones = 0;
    for (int i = 0; i < targets.values().length; i++) {
      double value = targets.values()[i];
      ones = i % width == 0 ? 0 : ones;
      ones += value == 1 ? 1 : 0;
      if (value != 0 && value != 1 || i % width == width - 1 && ones != 1) {
        return false;
      }
    }
    return true;
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
      for (int k = 0; k < size() && means.length > 0; k++) {
        values[i][k] = (values[i][k] - means[channel(k)]) / deviations[channel(k)];
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
    int channels = shape.length == 0 ? 1 : shape[channelAxis];
    double[] sums = new double[channels];
    double[] squares = new double[channels];
    double each = (double) inputs.values().length / channels;
    for (int i = 0; i < inputs.values().length; i++) {
      sums[channel(i % size())] += inputs.values()[i] / each;
    }
    for (int i = 0; i < inputs.values().length; i++) {
      int channel = channel(i % size());
      double difference = inputs.values()[i] - sums[channel];
      squares[channel] += difference * difference / each;
    }
    double[] own = Arrays.stream(squares).map(s -> s > 0 ? Math.sqrt(s) : 1).toArray();
    return new ArrayInputs(title, inputs, learnt, layout, sums, own);
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
    double squares = TensorGradient.sumOfSquares(inputs.values());
    return new DataEvidence(
        count(),
        size(),
        count() > 1 ? constant : 0,
        different,
        different,
        Math.sqrt(squares / inputs.values().length));
  }

  private static int different(Learnt learnt) {
    Set<List<Double>> seen = new HashSet<>();
    for (int i = 0; i < learnt.targets().count() && seen.size() < 2; i++) {
      seen.add(Arrays.stream(learnt.targets().of(i)).boxed().toList());
    }
    return seen.size();
  }
}
