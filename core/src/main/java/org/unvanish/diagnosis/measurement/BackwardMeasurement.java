package org.unvanish.diagnosis.measurement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.SaturationPoint;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.OutputActivation;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.evidence.StepEvidence;
import org.unvanish.diagnosis.evidence.StepRole;
import org.unvanish.diagnosis.evidence.TensorEvidence;
import org.unvanish.diagnosis.evidence.TimeEvidence;

/**
 * Gathers what is measured of a layer stack over a window of mini-batches and makes a {@link
 * MeasuredBackward} of it, whoever computes the passes.
 *
 * <p>For each mini-batch: send it forward, adding to {@link #data} and {@link #input}; {@linkplain
 * #pass begin a backward pass} and let each layer's gradient {@linkplain BackwardPass#arrive
 * arrive}; if it {@linkplain BackwardPass#end ends} before the first layer, send a second pass with
 * a test gradient from there; {@link #add} both. In the end tell the {@link #saturation} of each
 * activation and the {@link #equalUnits} of each layer with weights, and ask for the {@link
 * #result}.
 *
 * <p>Not thread-safe.
 */
public final class BackwardMeasurement {

  private final List<StackLayer> layers;
  private final int first;

  /**
   * Behind the last layer that the diagnosis has: an activation behind the last weights is none.
   */
  private final int behind;

  private final ScaledSum data = new ScaledSum();
  private final ScaledSum[] inputs;
  private final Saturation[] saturations;
  private final double[] equalUnits;
  private final @Nullable BackwardMeasurement[] inside;
  private final List<MeasuredBatch> batches = new ArrayList<>();

  /**
   * @param layers first to last
   * @throws IllegalArgumentException if none has weights
   */
  public BackwardMeasurement(List<StackLayer> layers) {
    this(layers, false);
  }

  /**
   * @param branch whether these are the layers inside a residual block
   */
  private BackwardMeasurement(List<StackLayer> layers, boolean branch) {
    this.layers = List.copyOf(layers);
    this.first = branch ? 0 : nextWithWeights(-1);
    if (first == layers.size()) {
      throw new IllegalArgumentException("a network needs a layer with weights to be diagnosed");
    }
    boolean activated = !branch && layers.get(layers.size() - 1).role() == StepRole.ACTIVATION;
    this.behind = layers.size() - (activated ? 1 : 0);
    this.inputs = new ScaledSum[layers.size()];
    Arrays.setAll(inputs, i -> new ScaledSum());
    this.saturations = new Saturation[layers.size()];
    Arrays.fill(saturations, Saturation.NONE);
    this.equalUnits = new double[layers.size()];
    Arrays.fill(equalUnits, Double.NaN);
    this.inside = new BackwardMeasurement[layers.size()];
    for (int i = 0; i < inside.length; i++) {
      List<StackLayer> own = layers.get(i).inside();
      inside[i] = own.isEmpty() ? null : new BackwardMeasurement(own, true);
    }
  }

  /** The first layer with weights, where a backward pass ends. */
  public int first() {
    return first;
  }

  private int nextWithWeights(int layer) {
    int next = layer + 1;
    while (next < layers.size() && !layers.get(next).hasWeights()) {
      next++;
    }
    return next;
  }

  /** To which to add what the stack reads. */
  public ScaledSum data() {
    return data;
  }

  /**
   * To which to add what a layer reads; it counts for layers with weights.
   *
   * @param layer its index from 0
   */
  public ScaledSum input(int layer) {
    return inputs[layer];
  }

  /**
   * The measurement of a residual block's branch, to be told as this one of its layers' inputs,
   * saturations and equal units.
   *
   * @param layer the block's index from 0
   */
  public BackwardMeasurement inside(int layer) {
    return Objects.requireNonNull(inside[layer], "no residual block");
  }

  /** Begins a mini-batch's backward pass. */
  public BackwardPass pass() {
    return new BackwardPass(layers, first);
  }

  /**
   * Adds a mini-batch.
   *
   * @param real its pass, from the output error of each sample's own loss
   * @param tested the pass of a test gradient from where the real one ends; null if it does not
   * @param samples in the mini-batch
   */
  public void add(BackwardPass real, @Nullable BackwardPass tested, int samples) {
    batches.add(new MeasuredBatch(real, tested, samples, first, layers.size()));
    for (int i = 0; i < inside.length; i++) {
      if (inside[i] != null) {
        inside[i].add(real.inside(i), tested == null ? null : tested.inside(i), samples);
      }
    }
  }

  /** Tells where the pre-activations of a layer lie; those that are not told have none. */
  public void saturation(int layer, Saturation saturation) {
    saturations[layer] = saturation;
  }

  /** Tells a layer's share of equal units; NaN if it is not told. */
  public void equalUnits(int layer, double share) {
    equalUnits[layer] = share;
  }

  /**
   * What was measured.
   *
   * @param step steps of training done before
   * @param output of the stack
   * @param adamEpsilon of Adam; null for other optimizers
   * @throws IllegalArgumentException if there was no mini-batch
   */
  public MeasuredBackward result(long step, OutputEvidence output, @Nullable Double adamEpsilon) {
    if (batches.isEmpty()) {
      throw new IllegalArgumentException("there is no batch to diagnose the model with");
    }
    List<Integer> typical = middleHalf();
    return new MeasuredBackward(
        step,
        batches.size(),
        batches.get(0).samples(),
        data.rms(),
        evidence(typical),
        Median.of(samplesLog10(first, behind - 1)),
        time(typical),
        behind == layers.size() ? output : output.with(last(typical)),
        adamEpsilon);
  }

  /** What layers do to each sample's gradient, as in {@link MeasuredBatch#samplesLog10}. */
  private DoubleStream samplesLog10(int leaving, int entering) {
    return batches.stream().flatMapToDouble(batch -> batch.samplesLog10(leaving, entering));
  }

  /** Numbers of mini-batches, ranked by what is left of the gradient in the end. */
  private List<Integer> middleHalf() {
    List<Integer> ranked = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      ranked.add(i);
    }
    ranked.sort(Comparator.comparingDouble(i -> batches.get(i).allLog10()));
    int dropped = ranked.size() / 4;
    return ranked.subList(dropped, ranked.size() - dropped);
  }

  private List<LayerEvidence> evidence(List<Integer> typical) {
    List<LayerEvidence> evidence = new ArrayList<>();
    for (int layer = first; layer < behind; layer = nextWithWeights(layer)) {
      evidence.add(new Part(layer, Math.min(nextWithWeights(layer), behind), typical).evidence());
    }
    return evidence;
  }

  /** The way back through the steps of recurrent layers, also of those in residual blocks. */
  private List<TimeEvidence> time(List<Integer> typical) {
    List<TimeEvidence> time = new ArrayList<>();
    List<MeasuredBatch> middle = typical.stream().map(batches::get).toList();
    for (int layer = first; layer < layers.size(); layer++) {
      BackwardMeasurement branch = inside[layer];
      if (branch != null) {
        time.addAll(branch.time(typical));
      }
      for (int i = 0; i < batches.get(0).times(layer).size(); i++) {
        time.add(new TimeMeasurement(layer, i, batches, middle).evidence(layers.get(layer).name()));
      }
    }
    return time;
  }

  private OutputActivation last(List<Integer> typical) {
    Optional<Activation> function = layers.get(behind).activation();
    double log10 = new Part(behind, behind + 1, typical).stepLog10(behind);
    return new OutputActivation(
        function.map(Activation::toString).orElse(layers.get(behind).name()),
        log10,
        StrictMath.log10(
            function.isPresent()
                ? SaturationPoint.largestSlope(function.get())
                : 1.0 / Math.max(1, outputs())),
        saturations[behind]);
  }

  /** How many outputs the stack has. */
  private long outputs() {
    MeasuredBatch one = batches.get(0);
    return one.size(behind) / one.samples();
  }

  /** A layer with weights, or a block with some, and those that follow it before the next one. */
  private final class Part {
    private final int layer;
    private final int end;
    private final List<Integer> typical;

    Part(int layer, int end, List<Integer> typical) {
      this.layer = layer;
      this.end = end;
      this.typical = typical;
    }

    LayerEvidence evidence() {
      double activation = 0;
      double linear = 0;
      Saturation saturation = Saturation.NONE;
      double criticalGain = 1;
      List<StepEvidence> steps = new ArrayList<>();
      for (int i = layer; i < end; i++) {
        StackLayer step = layers.get(i);
        double factor = i == first ? 0 : stepLog10(i);
        steps.add(new StepEvidence(step.name(), step.role(), factor));
        if (step.role() == StepRole.ACTIVATION) {
          activation += factor;
          criticalGain *= step.activation().map(SaturationPoint::criticalGain).orElse(1.0);
        } else {
          linear += factor;
        }
        // Recurrent layers have both weights and pre-activations.
        if (saturations[i] != Saturation.NONE) {
          saturation = worse(saturation, saturations[i]);
        }
      }
      // The backward pass ends at the first layer's own output.
      int leaving = layer == first ? layer : layer - 1;
      MeasuredBatch one = batches.get(typical.get(0));
      List<LayerEvidence> within = within(layer);
      saturation = worst(saturation, within);
      for (int i = layer + 1; i < end; i++) {
        saturation = worst(saturation, within(i));
      }
      double entering = mean(batch -> batch.gradientLog10(end - 1));
      return new LayerEvidence(
          layers.get(layer).name(),
          entering,
          mean(batch -> batch.gradientLog10(leaving)),
          activation,
          linear,
          StrictMath.log10((double) one.size(end - 1) / one.size(leaving)) / 2,
          Median.of(samplesLog10(leaving, end - 1)),
          entering == Double.NEGATIVE_INFINITY,
          saturation,
          inputs[layer].rms(),
          layers.get(layer).weightGain(),
          criticalGain,
          equalUnits[layer],
          tensors(within),
          steps,
          within);
    }

    /** The layers inside a residual block; of other layers none. */
    private List<LayerEvidence> within(int i) {
      BackwardMeasurement branch = inside[i];
      return branch == null ? List.of() : branch.evidence(typical);
    }

    private static Saturation worst(Saturation own, List<LayerEvidence> within) {
      Saturation worst = own;
      for (LayerEvidence inner : within) {
        worst = worse(worst, inner.saturation());
      }
      return worst;
    }

    private double mean(ToDoubleFunction<MeasuredBatch> measure) {
      return typical.stream().map(batches::get).mapToDouble(measure).sum() / typical.size();
    }

    private double stepLog10(int i) {
      return mean(batch -> batch.stepLog10(i));
    }

    private static Saturation worse(Saturation a, Saturation b) {
      return a.saturatedShare() + a.deadShare() > b.saturatedShare() + b.deadShare() ? a : b;
    }

    private List<TensorEvidence> tensors(List<LayerEvidence> within) {
      List<TensorEvidence> tensors = new ArrayList<>();
      within.forEach(inner -> tensors.addAll(inner.tensors()));
      for (int i = layer; i < end; i++) {
        for (int t = 0; t < layers.get(i).tensors().size(); t++) {
          StackTensor tensor = layers.get(i).tensors().get(t);
          int index = i;
          int number = t;
          tensors.add(
              new TensorEvidence(
                  tensor.name(),
                  tensor.size(),
                  tensor.rms(),
                  tensor.mean(),
                  mean(batch -> batch.parameterGradientLog10(index, number)),
                  tensor.change(),
                  tensor.penaltyLog10(),
                  tensor.updateLog10()));
        }
      }
      return tensors;
    }
  }
}
