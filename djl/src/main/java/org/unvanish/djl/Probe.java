package org.unvanish.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.penalty.Penalty;

/** Measures the way of the backpropagated signal through a chain, over a window of batches. */
final class Probe {

  private final Chain chain;
  private final Loss loss;
  private final ParameterStore store;
  private final NDManager manager;
  private final SplittableRandom random = new SplittableRandom(1);
  private final Penalty penalty;
  private final Score score;
  private final Classes classes = new Classes();
  private final Map<Integer, PreActivations> arguments = new HashMap<>();
  private final List<MeanSquare> inputs = new ArrayList<>();
  private final MeanSquare data = new MeanSquare();
  private final MeanSquare residuals = new MeanSquare();
  private final MeanSquare logits = new MeanSquare();
  private List<ProbedBatch> batches = new ArrayList<>();
  private final double[] sizes;
  private Map<String, float[]> lastGradients = Map.of();
  private double unit = Double.NaN;
  private int batchSize;

  Probe(Chain chain, Loss loss, NDManager manager) {
    this.chain = chain;
    this.loss = loss instanceof PenaltyLoss penalised ? penalised.data() : loss;
    this.penalty = loss instanceof PenaltyLoss penalised ? penalised.penalty() : Penalty.none();
    this.manager = manager;
    this.store = new ParameterStore(manager, false);
    this.score = new Score(loss);
    this.sizes = new double[chain.links().size()];
    for (int i = 0; i < chain.links().size(); i++) {
      int link = i;
      inputs.add(new MeanSquare());
      chain.links().get(i).activation().ifPresent(a -> arguments.put(link, new PreActivations(a)));
    }
  }

  /** Adds a mini-batch. */
  void add(Batch batch) {
    try (NDScope scope = new NDScope();
        GradientCollector collector = manager.getEngine().newGradientCollector()) {
      scope.suppressNotUsedWarning();
      NDArray input = batch.getData().singletonOrThrow();
      NDList labels = batch.getLabels();
      int samples = Math.toIntExact(input.getShape().get(0));
      batchSize = batches.isEmpty() ? samples : batchSize;
      Passage passage = new Passage(chain, store, collector, input);
      measure(passage);
      NDArray start = passage.start(loss, labels);
      residuals.add(Values.of(start));
      score.add(
          new BatchData(
              batch,
              Map.of(input.getDevice(), labels),
              Map.of(input.getDevice(), new NDList(passage.output()))));
      classes.add(labels.head(), passage.output());
      unit = batches.isEmpty() ? unit(labels, passage.output()) : unit;
      int last = chain.links().size() - 1;
      Trace real = passage.back(last, start, null);
      lastGradients = real.takeValues();
      int end = real.end(chain.first());
      batches.add(
          new ProbedBatch(
              real, end < 0 ? null : tested(collector, input, end), end, chain.first(), samples));
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
    double uniform = Values.of(loss.evaluate(labels, new NDList(output.zerosLike())))[0];
    return uniform > 0 ? uniform / StrictMath.log(output.getShape().get(1)) : Double.NaN;
  }

  /** Once more with a test signal from where the real one ends. */
  private Trace tested(GradientCollector collector, NDArray input, int end) {
    Passage again = new Passage(chain, store, collector, input);
    return again.back(end, again.output(end).zerosLike(), random);
  }

  private void measure(Passage passage) {
    data.add(Values.of(passage.input(0)));
    for (int i = 0; i < chain.links().size(); i++) {
      NDArray input = passage.input(i);
      sizes[i] = (double) passage.output(i).size() / input.getShape().get(0);
      float[] values = Values.of(input);
      inputs.get(i).add(values);
      PreActivations counter = arguments.get(i);
      if (counter != null) {
        Shape shape = input.getShape();
        int channels = shape.dimension() < 2 ? 1 : Math.toIntExact(shape.get(1));
        counter.add(values, channels, values.length / channels / Math.toIntExact(shape.get(0)));
      }
    }
    logits.add(Values.of(passage.output()));
  }

  /**
   * What was measured.
   *
   * @throws IllegalArgumentException if there was no batch
   */
  MeasuredBackward evidence() {
    if (batches.isEmpty()) {
      throw new IllegalArgumentException("there is no batch to diagnose the model with");
    }
    int count = batches.size();
    batches.sort(Comparator.comparingDouble(ProbedBatch::decades));
    int dropped = count / 4;
    batches = batches.subList(dropped, count - dropped);
    return new MeasuredBackward(
        0,
        count,
        batchSize,
        data.root(),
        new LayerReading(chain, this).all(),
        new OutputEvidence(
            score.loss(),
            score.accuracy(),
            residuals.root(),
            logits.root(),
            classes.entropy() * unit,
            classes.largestShare(),
            classes.predictedShare()),
        null);
  }

  /** The mean over the middle half of the mini-batches. */
  double typical(ToDoubleFunction<ProbedBatch> measure) {
    return batches.stream().mapToDouble(measure).sum() / batches.size();
  }

  /** What is added to the loss. */
  Penalty penalty() {
    return penalty;
  }

  /** Of the last mini-batch, times a power of 2; empty for a parameter without one. */
  float[] lastGradient(String parameter) {
    return lastGradients.getOrDefault(parameter, new float[0]);
  }

  /** How many values a link puts out for one sample. */
  double size(int link) {
    return sizes[link];
  }

  /** The root mean square of what a link reads. */
  double inputRms(int link) {
    return inputs.get(link).root();
  }

  /** Where the arguments of an activation lie; null for other links. */
  @Nullable Saturation saturation(int link) {
    PreActivations counter = arguments.get(link);
    return counter == null ? null : counter.result();
  }
}
