package org.unvanish.djl.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.unvanish.activation.Activation;
import org.unvanish.diagnosis.evidence.EqualUnits;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.measurement.BackwardMeasurement;
import org.unvanish.diagnosis.measurement.BackwardPass;
import org.unvanish.diagnosis.measurement.PreActivationCounts;
import org.unvanish.diagnosis.measurement.ScaledSum;
import org.unvanish.djl.PenaltyLoss;
import org.unvanish.djl.model.BatchScores;
import org.unvanish.djl.model.FloatArrays;
import org.unvanish.djl.model.ModelParameter;
import org.unvanish.penalty.Penalty;

/** Measures the backward pass through a model, over a window of batches. */
public final class StackMeasurement {

  /** The pre-activations of an activation, with the factor in front of z. */
  private record Counted(PreActivationCounts counts, float inner) {}

  private final BlockStack stack;
  private final Loss loss;
  private final ParameterStore store;
  private final NDManager manager;
  private final SplittableRandom random = new SplittableRandom(1);
  private final BackwardMeasurement measurement;
  private final BatchScores scores;
  private final ClassCounts classes = new ClassCounts();
  private final Map<Integer, Counted> preActivations = new HashMap<>();
  private final ScaledSum outputErrors = new ScaledSum();
  private final ScaledSum logits = new ScaledSum();
  private Map<String, float[]> lastGradients = Map.of();
  private double unit = Double.NaN;
  private boolean begun;

  /**
   * @param block initialised; its parameters must not change meanwhile
   * @param loss a penalty is left out of it
   * @throws IllegalArgumentException if the block is no layer stack; the message names the block
   *     that is not
   */
  public StackMeasurement(Block block, Loss loss, NDManager manager) {
    this.stack = new BlockStack(block, manager);
    this.loss = loss instanceof PenaltyLoss penalised ? penalised.data() : loss;
    this.manager = manager;
    this.store = new ParameterStore(manager, false);
    this.measurement =
        new BackwardMeasurement(
            stack.layers(
                loss instanceof PenaltyLoss penalised ? penalised.penalty() : Penalty.none()));
    this.scores = new BatchScores(this.loss::evaluate);
    for (int i = 0; i < stack.leaves().size(); i++) {
      if (stack.leaves().get(i).function().isPresent()) {
        Activation activation = stack.leaves().get(i).function().get();
        preActivations.put(
            i,
            new Counted(
                new PreActivationCounts(activation.function()), (float) activation.inner()));
      }
    }
  }

  /** Adds a mini-batch. */
  public void add(Batch batch) {
    try (NDScope scope = new NDScope();
        GradientCollector collector = manager.getEngine().newGradientCollector()) {
      scope.suppressNotUsedWarning();
      NDArray input = batch.getData().singletonOrThrow();
      NDList labels = batch.getLabels();
      StackPass pass = new StackPass(stack, store, collector, input);
      measureForward(pass);
      NDArray outputError = pass.outputError(loss, labels);
      outputErrors.addSquares(FloatArrays.of(outputError));
      scores.add(
          new BatchData(
              batch,
              Map.of(input.getDevice(), labels),
              Map.of(input.getDevice(), new NDList(pass.output()))));
      classes.add(labels.head(), pass.output());
      unit = begun ? unit : unit(labels, pass.output());
      begun = true;
      BackwardPass real = measurement.pass();
      lastGradients =
          pass.backward(real, stack.leaves().size() - 1, measurement.first(), outputError, null);
      int end = real.end();
      measurement.add(
          real,
          end < 0 ? null : tested(collector, input, end),
          Math.toIntExact(input.getShape().get(0)));
    }
  }

  /**
   * By what a cross-entropy is multiplied, as one with a weight is; NaN for any other loss, of
   * which nobody knows what a constant predictor has.
   */
  private double unit(NDList labels, NDArray output) {
    if (!(loss instanceof SoftmaxCrossEntropyLoss) || output.getShape().dimension() != 2) {
      return Double.NaN;
    }
    double uniform = FloatArrays.of(loss.evaluate(labels, new NDList(output.zerosLike())))[0];
    return uniform > 0 ? uniform / StrictMath.log((double) output.getShape().get(1)) : Double.NaN;
  }

  /** Once more with a test gradient from where the real one ends. */
  private BackwardPass tested(GradientCollector collector, NDArray input, int end) {
    StackPass again = new StackPass(stack, store, collector, input);
    BackwardPass tested = measurement.pass();
    again.backward(
        tested, end, measurement.first(), again.output(end).zerosLike(), random::nextGaussian);
    return tested;
  }

  private void measureForward(StackPass pass) {
    measurement.data().addSquares(FloatArrays.of(pass.input(0)));
    for (int i = 0; i < stack.leaves().size(); i++) {
      float[] values = FloatArrays.of(pass.input(i));
      measurement.input(i).addSquares(values);
      Counted counted = preActivations.get(i);
      RecurrentPass unrolled = pass.unrolled().get(i);
      if (counted != null && unrolled != null) {
        unrolled.count(counted.counts());
      } else if (counted != null) {
        count(counted, values, pass.input(i).getShape(), stack.unitAxis(i));
      }
    }
    logits.addSquares(FloatArrays.of(pass.output()));
  }

  /**
   * @param axis of the units; −1 for the last one
   */
  private static void count(Counted counted, float[] z, Shape shape, int axis) {
    boolean one = shape.dimension() < 2;
    int of = axis < 0 ? shape.dimension() - 1 : axis;
    int units = one ? 1 : Math.toIntExact(shape.get(of));
    int together = one ? 1 : Math.toIntExact(shape.slice(of + 1).size());
    for (int i = 0; i < z.length; i++) {
      counted.counts().add(i / together % units, counted.inner() * z[i]);
    }
  }

  /**
   * What was measured.
   *
   * @throws IllegalArgumentException if there was no batch
   */
  public MeasuredBackward result() {
    preActivations.forEach(
        (layer, counted) -> measurement.saturation(layer, counted.counts().saturation()));
    for (int i = 0; i < stack.leaves().size(); i++) {
      if (stack.leaves().get(i).hasWeights()) {
        measurement.equalUnits(i, equalUnits(stack.leaves().get(i)));
      }
    }
    OutputEvidence output =
        new OutputEvidence(
            scores.loss(),
            scores.accuracy(),
            outputErrors.rms(),
            logits.rms(),
            classes.entropy() * unit,
            classes.largestShare(),
            classes.predictedShare());
    return measurement.result(0, output, null);
  }

  /**
   * Weights of linear and convolutional blocks have a row for each unit, and biases a value; those
   * of recurrent layers have it for each gate. NaN for other blocks, where nobody knows what
   * belongs to a unit.
   */
  private double equalUnits(BlockStack.Leaf leaf) {
    int gates = leaf.recurrent().map(layer -> layer.kind().sums()).orElse(1);
    List<float[]> values = new ArrayList<>();
    long units = 0;
    for (ModelParameter parameter : leaf.parameters()) {
      Shape shape = parameter.parameter().getArray().getShape();
      float[] gradient = lastGradients.get(parameter.name());
      if (shape.dimension() == 0 || gradient == null) {
        return Double.NaN;
      }
      units = units == 0 ? shape.get(0) : units;
      if (shape.get(0) != units) {
        return Double.NaN;
      }
      values.addAll(parts(FloatArrays.of(parameter.parameter().getArray()), gates));
      values.addAll(parts(gradient, gates));
    }
    return EqualUnits.share(Math.toIntExact(units / gates), values);
  }

  private static List<float[]> parts(float[] values, int count) {
    int each = values.length / count;
    return IntStream.range(0, count)
        .mapToObj(part -> Arrays.copyOfRange(values, part * each, (part + 1) * each))
        .toList();
  }
}
