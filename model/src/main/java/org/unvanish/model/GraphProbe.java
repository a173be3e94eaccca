package org.unvanish.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.Loss;
import org.unvanish.loss.OneHot;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.loss.TargetKind;
import org.unvanish.model.graph.Tensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.ProbeProgress;
import org.unvanish.probe.RemedyProbe;
import org.unvanish.random.RandomStream;

/**
 * Measures the way of the backpropagated gradient through somebody's model, and tries remedies on
 * its graph. The weights that it has now count as its initial ones; how they were drawn is not
 * known, so that all initializations are offered.
 *
 * @since 0.1
 */
public final class GraphProbe implements RemedyProbe {

  private final GraphStack stack;
  private final ModelData data;
  private final @Nullable Loss loss;
  private final long seed;
  private final List<int[]> window;
  private final BatchAxes axes;
  private final ProbeProgress progress;

  /**
   * @param stack of the model as it trains
   * @param loss on the targets of the data; null for a random error signal
   * @param window mini-batches, each a list of sample numbers
   * @param seed of what is drawn
   * @throws ModelRefusedException if the model cannot be computed on such data
   */
  public GraphProbe(
      GraphStack stack,
      ModelData data,
      @Nullable Loss loss,
      List<int[]> window,
      long seed,
      ProbeProgress progress) {
    this(stack, data, loss, window, seed, progress, new BatchAxes(stack, data));
  }

  private GraphProbe(
      GraphStack stack,
      ModelData data,
      @Nullable Loss loss,
      List<int[]> window,
      long seed,
      ProbeProgress progress,
      BatchAxes axes) {
    this.stack = stack;
    this.data = data;
    this.loss = loss;
    this.window = List.copyOf(window);
    this.seed = seed;
    this.progress = progress;
    this.axes = axes;
  }

  /**
   * The mini-batches of a probe of the engine with the same seed.
   *
   * @param samples how many there are
   * @param batchSize samples of a mini-batch
   * @param batches how many are drawn
   */
  public static List<int[]> window(int samples, int batchSize, int batches, long seed) {
    return GradientProbe.window(samples, Math.min(batchSize, samples), batches, seed);
  }

  /** What is probed. */
  public GraphStack stack() {
    return stack;
  }

  private GraphProbe of(GraphStack other, ModelData samples, @Nullable Loss otherLoss) {
    return new GraphProbe(other, samples, otherLoss, window, seed, progress, axes);
  }

  @Override
  public MeasuredBackward initial() {
    return measure(stack, 0);
  }

  @Override
  public float[] initialValues() {
    List<GraphParameter> parameters = stack.parameters();
    float[] all = new float[Math.toIntExact(stack.parameterCount())];
    int at = 0;
    for (GraphParameter parameter : parameters) {
      for (double value : stack.constant(parameter).values()) {
        all[at++] = (float) value;
      }
    }
    return all;
  }

  @Override
  public MeasuredBackward measure(float[] parameters, long step) {
    if (parameters.length != stack.parameterCount()) {
      throw new IllegalArgumentException(
          parameters.length + " parameters are given for a model with " + stack.parameterCount());
    }
    return measure(GraphEdit.with(stack, parameters), step);
  }

  private MeasuredBackward measure(GraphStack measured, long step) {
    GraphMeasurement measurement = new GraphMeasurement(measured, data, errors(), axes, seed);
    for (int done = 1; done <= window.size(); done++) {
      measurement.add(window.get(done - 1));
      progress.batchProbed(done, window.size());
    }
    return measurement.result(step, null);
  }

  private OutputError errors() {
    int width = axes.width(stack.output());
    if (loss == null || data.learnt().isEmpty()) {
      return new OutputError.Random(width, seed);
    }
    ModelData.Learnt learnt = data.learnt().get();
    GraphLayer last = stack.last();
    return new OutputError.OfLoss(
        loss.fitted(learnt.targets()),
        learnt.targets(),
        learnt.kind(),
        width,
        learnt.classes(),
        last.activation(),
        last.isSoftmax());
  }

  @Override
  public List<PrescribedInitialization> otherStarts() {
    boolean rectifier =
        stack
            .all()
            .flatMap(layer -> layer.activation().stream())
            .anyMatch(activation -> activation.function().isRectifier());
    return rectifier
        ? List.of(PrescribedInitialization.HE, PrescribedInitialization.GLOROT)
        : List.of(PrescribedInitialization.GLOROT, PrescribedInitialization.HE);
  }

  /** Other initial weights, with biases of 0; what normalises stays what it is. */
  @Override
  public float[] initialValues(PrescribedInitialization values) {
    RandomStream random = new RandomStream(seed, "initial values");
    float[] all = initialValues();
    int at = 0;
    for (GraphParameter parameter : stack.parameters()) {
      Tensor tensor = stack.constant(parameter);
      int end = at + tensor.size();
      boolean weights = parameter.isWeights() || parameter.kind() == Kind.RECURRENT;
      double deviation = weights ? deviation(values, parameter, tensor) : 0;
      for (; at < end; at++) {
        if (weights) {
          all[at] =
              (float)
                  (values == PrescribedInitialization.HE
                      ? deviation * random.normal()
                      : deviation * Math.sqrt(3) * (2 * random.uniform() - 1));
        } else if (parameter.kind() == Kind.BIAS) {
          all[at] = 0;
        }
      }
    }
    return all;
  }

  private static double deviation(
      PrescribedInitialization values, GraphParameter parameter, Tensor tensor) {
    if (values == PrescribedInitialization.HE) {
      return Math.sqrt(2 / parameter.fanIn());
    }
    return Math.sqrt(2 / (parameter.fanIn() + fanOut(parameter, tensor)));
  }

  private static double fanOut(GraphParameter parameter, Tensor tensor) {
    boolean table = parameter.unitAxis() < 0 && tensor.rank() == 2;
    if (table) {
      return tensor.extent(1);
    }
    boolean convolution = parameter.unitAxis() == 0 && tensor.rank() > 2;
    if (convolution) {
      return (double) tensor.size() / tensor.extent(1);
    }
    double directions = tensor.rank() == 3 ? tensor.extent(0) : 1;
    return tensor.size() / parameter.fanIn() / directions;
  }

  @Override
  public RemedyProbe scaled(double factor) {
    return of(GraphEdit.scaled(stack, factor), data, loss);
  }

  @Override
  public Optional<RemedyProbe> withTanh() {
    boolean other =
        stack
            .all()
            .anyMatch(
                layer ->
                    GraphEdit.isHidden(stack, layer)
                        && layer.activation().orElseThrow().function() != ActivationFunction.TANH);
    return other ? Optional.of(of(GraphEdit.withTanh(stack), data, loss)) : Optional.empty();
  }

  /** The model with an orthogonal matrix in each block of its recurrent weights. */
  @Override
  public Optional<RemedyProbe> withOrthogonalRecurrent() {
    boolean recurrent = stack.parameters().stream().anyMatch(p -> p.kind() == Kind.RECURRENT);
    return recurrent ? Optional.of(with(OtherRemedy.ORTHOGONAL_RECURRENT)) : Optional.empty();
  }

  private float[] orthogonalRecurrent() {
    RandomStream random = new RandomStream(seed, "recurrent weights");
    float[] all = initialValues();
    int at = 0;
    for (GraphParameter parameter : stack.parameters()) {
      Tensor tensor = stack.constant(parameter);
      int units = tensor.rank() == 0 ? 1 : tensor.extent(tensor.rank() - 1);
      int end = at + tensor.size();
      for (int from = at; parameter.kind() == Kind.RECURRENT && from < end; from += units * units) {
        double[][] rows = orthogonal(units, random);
        for (int i = 0; i < units * units; i++) {
          all[from + i] = (float) rows[i / units][i % units];
        }
      }
      at = end;
    }
    return all;
  }

  /** Rows of normal numbers, each made orthogonal to those before it (Gram and Schmidt). */
  private static double[][] orthogonal(int size, RandomStream random) {
    double[][] rows = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < size; k++) {
        rows[i][k] = random.normal();
      }
      // Twice, because one pass leaves what has cancelled.
      for (int other = 0; other < 2 * i; other++) {
        double product = product(rows[i], rows[other % i]);
        for (int k = 0; k < size; k++) {
          rows[i][k] -= product * rows[other % i][k];
        }
      }
      double length = Math.sqrt(product(rows[i], rows[i]));
      for (int k = 0; k < size; k++) {
        rows[i][k] /= length;
      }
    }
    return rows;
  }

  private static double product(double[] one, double[] other) {
    double sum = 0;
    for (int k = 0; k < one.length; k++) {
      sum += one[k] * other[k];
    }
    return sum;
  }

  @Override
  public RemedyProbe standardised() {
    return of(stack, data.standardised(), loss);
  }

  @Override
  public List<OtherRemedy> outputRemedies() {
    List<OtherRemedy> allowed = new ArrayList<>();
    if (loss == null || data.learnt().isEmpty()) {
      return allowed;
    }
    GraphLayer last = stack.last();
    boolean plain = loss.applied() == Loss.OutputFunction.IDENTITY;
    boolean logistic =
        last.activation().equals(Optional.of(Activation.of(ActivationFunction.LOGISTIC)));
    boolean classes = data.learnt().get().kind() == TargetKind.CLASSES;
    if (last.isSoftmax() && loss instanceof OneHot && plain) {
      allowed.add(OtherRemedy.FUSED_SOFTMAX);
    } else if ((last.isSoftmax() || logistic)
        && plain
        && (classes || new BinaryCrossEntropy().problem(data.learnt().get().targets()).isEmpty())) {
      allowed.add(OtherRemedy.FUSED_LOSS);
    } else if (last.isSoftmax() || last.activation().isPresent()) {
      allowed.add(OtherRemedy.NO_LAST_ACTIVATION);
    }
    if (!classes && plain) {
      allowed.add(OtherRemedy.SCALE_TARGETS);
    }
    return allowed;
  }

  @Override
  public RemedyProbe with(OtherRemedy remedy) {
    return switch (remedy) {
      case FUSED_SOFTMAX -> of(stack.withoutLast(), data, new SoftmaxCrossEntropy());
      case FUSED_LOSS ->
          of(
              stack.withoutLast(),
              data,
              loss instanceof OneHot classes
                  ? new OneHot(new BinaryCrossEntropy(), classes.classes())
                  : new BinaryCrossEntropy());
      case ORTHOGONAL_RECURRENT -> of(GraphEdit.with(stack, orthogonalRecurrent()), data, loss);
      case NO_LAST_ACTIVATION -> of(stack.withoutLast(), data, loss);
      case SCALE_TARGETS -> of(stack, new StandardisedTargets(data), loss);
      default -> RemedyProbe.super.with(remedy);
    };
  }

  /** What a file of weights says nothing of. */
  @Override
  public boolean isPenalised() {
    return false;
  }

  @Override
  public ProbeProgress progress() {
    return progress;
  }
}
