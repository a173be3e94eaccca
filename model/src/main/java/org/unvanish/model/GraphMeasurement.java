package org.unvanish.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.diagnosis.evidence.EqualUnits;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.StepRole;
import org.unvanish.diagnosis.measurement.BackwardMeasurement;
import org.unvanish.diagnosis.measurement.BackwardPass;
import org.unvanish.diagnosis.measurement.PreActivationCounts;
import org.unvanish.diagnosis.measurement.StackLayer;
import org.unvanish.diagnosis.measurement.StackTensor;
import org.unvanish.model.graph.Interpreter;
import org.unvanish.model.graph.Run;
import org.unvanish.model.graph.Tensor;
import org.unvanish.random.RandomStream;

/** Measures the backward pass through a graph, over a window of mini-batches. */
final class GraphMeasurement {

  private final GraphStack stack;
  private final ModelData data;
  private final OutputError errors;
  private final Interpreter interpreter;
  private final BackwardMeasurement measurement;
  private final BatchAxes axes;
  private final TrainingNote training;
  private final RandomStream random;
  private final Map<GraphLayer, PreActivationCounts> preActivations = new HashMap<>();
  private Map<String, double[]> lastGradients = Map.of();

  /**
   * @param errors where the gradient starts
   * @param axes of the stack's values
   * @param training what is known of it
   * @param seed of test gradients
   */
  GraphMeasurement(
      GraphStack stack,
      ModelData data,
      OutputError errors,
      BatchAxes axes,
      TrainingNote training,
      long seed) {
    this.stack = stack;
    this.data = data;
    this.errors = errors;
    this.training = training;
    this.interpreter = new Interpreter(stack.graph());
    this.measurement =
        new BackwardMeasurement(stack.layers().stream().map(this::stackLayer).toList());
    this.axes = axes;
    this.random = new RandomStream(seed, "test signal");
  }

  /** What a layer is to a measurement, with its parameters as they stand. */
  private StackLayer stackLayer(GraphLayer layer) {
    return new StackLayer(
        layer.name(),
        layer.role(),
        layer.activation(),
        layer.parameters().stream().map(this::tensor).toList(),
        layer.inside().stream().map(this::stackLayer).toList());
  }

  private StackTensor tensor(GraphParameter parameter) {
    Tensor constant = stack.constant(parameter);
    double[] values = constant.values();
    return new StackTensor(
        parameter.constant(),
        values.length,
        parameter.isWeights(),
        parameter.fanIn(),
        Math.sqrt(TensorGradient.sumOfSquares(values) / values.length),
        Arrays.stream(values).sum() / values.length,
        Double.NaN,
        penaltyLog10(parameter.constant(), values),
        Double.NaN);
  }

  private double penaltyLog10(String constant, double[] values) {
    TrainingNote.FileRegularizer regularizer = training.regularizers().get(constant);
    if (regularizer == null) {
      return Double.NEGATIVE_INFINITY;
    }
    double[] gradients = Arrays.stream(values).map(regularizer::gradient).toArray();
    return StrictMath.log10(TensorGradient.sumOfSquares(gradients) / values.length) / 2;
  }

  /** Adds a mini-batch. */
  void add(int[] samples) {
    Run run = run(samples);
    measureForward(run, samples.length);
    double[][] outputs = axes.bySample(run.value(stack.output()), stack.output(), samples.length);
    Tensor error =
        axes.joined(errors.read(samples, outputs), run.value(stack.output()), stack.output());
    BackwardPass real = measurement.pass();
    int last = stack.layers().size() - 1;
    lastGradients =
        new GraphPass(stack, run, axes, samples.length)
            .backward(real, last, measurement.first(), error, null);
    int end = real.end();
    measurement.add(real, end < 0 ? null : tested(run, end, samples.length), samples.length);
  }

  private Run run(int[] samples) {
    return interpreter.run(Map.of(stack.input(), data.inputs(samples)));
  }

  /** Once more with a test gradient from where the real one ends. */
  private BackwardPass tested(Run run, int end, int samples) {
    BackwardPass tested = measurement.pass();
    Tensor nothing = Tensor.zeros(run.value(stack.layers().get(end).output()).shape());
    new GraphPass(stack, run, axes, samples)
        .backward(tested, end, measurement.first(), nothing, random::normal);
    return tested;
  }

  private void measureForward(Run run, int samples) {
    // A category's number is a name: it says nothing of how large the data are.
    if (InputLayout.of(stack).categories() == 0) {
      TensorGradient.addSquares(measurement.data(), run.value(stack.input()));
    }
    measureForward(stack.layers(), measurement, run, samples);
  }

  private void measureForward(
      List<GraphLayer> layers, BackwardMeasurement measured, Run run, int samples) {
    for (int i = 0; i < layers.size(); i++) {
      GraphLayer layer = layers.get(i);
      TensorGradient.addSquares(measured.input(i), run.value(layer.input()));
      if (layer.role() == StepRole.ACTIVATION) {
        count(layer, run, samples);
      }
      if (layer.isRecurrent()) {
        countSteps(layer, run);
      }
      if (!layer.inside().isEmpty()) {
        measureForward(layer.inside(), measured.inside(i), run, samples);
      }
    }
  }

  private void count(GraphLayer layer, Run run, int samples) {
    double[][] z = axes.bySample(run.value(layer.input()), layer.input(), samples);
    if (layer.isSoftmax()) {
      PreActivationCounts counts = counts(layer, ActivationFunction.LOGISTIC);
      for (double[] logits : z) {
        counts.add(0, logOdds(logits));
      }
    } else if (layer.activation().isPresent()) {
      Activation activation = layer.activation().get();
      PreActivationCounts counts = counts(layer, activation.function());
      BatchAxes.Units units = axes.units(run.value(layer.input()), layer.input(), samples);
      for (double[] values : z) {
        for (int i = 0; i < values.length; i++) {
          counts.add(units.of(i), activation.inner() * values[i]);
        }
      }
    }
  }

  private PreActivationCounts counts(GraphLayer layer, ActivationFunction function) {
    return preActivations.computeIfAbsent(layer, l -> new PreActivationCounts(function));
  }

  private void countSteps(GraphLayer layer, Run run) {
    for (RecurrentNode steps : RecurrentNode.of(layer.recurrent().orElseThrow(), run)) {
      PreActivationCounts counts = counts(layer, steps.candidate());
      for (int sample = 0; sample < steps.samples(); sample++) {
        double[] values = steps.preActivations(sample);
        for (int i = 0; i < values.length; i++) {
          counts.add(i % steps.units(), values[i]);
        }
      }
    }
  }

  /** Of the largest probability, which are to softmax what a pre-activation is to logistic. */
  private static double logOdds(double[] logits) {
    int largest = OutputError.largest(logits);
    double others = 0;
    for (int i = 0; i < logits.length; i++) {
      others += i == largest ? 0 : StrictMath.exp(logits[i] - logits[largest]);
    }
    return -StrictMath.log(others);
  }

  /**
   * What was measured.
   *
   * @throws IllegalArgumentException if there was no mini-batch
   */
  MeasuredBackward result(long step) {
    finish(stack.layers(), measurement);
    OptionalDouble epsilon =
        training
            .optimizer()
            .map(TrainingNote.FileOptimizer::adamEpsilon)
            .orElse(OptionalDouble.empty());
    return measurement.result(
        step, errors.evidence(), epsilon.isPresent() ? (Double) epsilon.getAsDouble() : null);
  }

  private void finish(List<GraphLayer> layers, BackwardMeasurement measured) {
    for (int i = 0; i < layers.size(); i++) {
      GraphLayer layer = layers.get(i);
      PreActivationCounts counts = preActivations.get(layer);
      if (counts != null) {
        measured.saturation(i, counts.saturation());
      }
      if (hasUnits(layer)) {
        measured.equalUnits(i, equalUnits(layer));
      }
      if (!layer.inside().isEmpty()) {
        finish(layer.inside(), measured.inside(i));
      }
    }
  }

  /** An embedding has categories, which are no units: one that no sample has never moves. */
  private static boolean hasUnits(GraphLayer layer) {
    return layer.isRecurrent()
        || layer.parameters().stream().anyMatch(p -> p.isWeights() && p.unitAxis() >= 0);
  }

  private double equalUnits(GraphLayer layer) {
    List<float[]> values = new ArrayList<>();
    int units = 0;
    for (GraphParameter parameter : layer.parameters()) {
      double[] gradient = lastGradients.get(parameter.constant());
      Tensor constant = stack.constant(parameter);
      int axis = parameter.unitAxis();
      if (gradient != null && axis >= 0 && (units == 0 || constant.extent(axis) == units)) {
        units = constant.extent(axis);
        values.add(unitFirst(constant.values(), constant.shape(), axis));
        values.add(unitFirst(gradient, constant.shape(), axis));
      }
    }
    return EqualUnits.share(Math.max(1, units), values);
  }

  private static float[] unitFirst(double[] values, int[] shape, int axis) {
    int inner = 1;
    for (int i = axis + 1; i < shape.length; i++) {
      inner *= shape[i];
    }
    int each = values.length / shape[axis];
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int unit = i / inner % shape[axis];
      int rest = i / inner / shape[axis] * inner + i % inner;
      result[unit * each + rest] = (float) values[i];
    }
    return result;
  }
}
