package org.unvanish.model;

import java.util.ArrayList;
import java.util.BitSet;
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
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.penalty.Penalty;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.ProbeProgress;
import org.unvanish.probe.RemedyProbe;

/**
 * Measures the backpropagated gradient through an imported model, and tries remedies on its graph.
 * The weights that it has now count as its initial ones. Initializations are offered unless the
 * file says that its weights were drawn so.
 */
public final class GraphProbe implements RemedyProbe {

  private final GraphStack stack;
  private final ModelData data;
  private final @Nullable Loss loss;
  private final long seed;
  private final List<int[]> window;
  private final BatchAxes axes;
  private final TrainingNote training;
  private final ProbeProgress progress;

  /**
   * @param stack of the model as it trains
   * @param loss on the targets of the data; null for a random error signal
   * @param training what is known of it
   * @param window mini-batches, each a list of sample numbers
   * @param seed of what is drawn
   * @throws ModelRefusedException if the model cannot be computed on such data
   */
  public GraphProbe(
      GraphStack stack,
      ModelData data,
      @Nullable Loss loss,
      TrainingNote training,
      List<int[]> window,
      long seed,
      ProbeProgress progress) {
    this(stack, data, loss, training, window, seed, progress, new BatchAxes(stack, data));
  }

  /**
   * Of a model of whose training nothing is known.
   *
   * @throws ModelRefusedException if the model cannot be computed on such data
   */
  public GraphProbe(
      GraphStack stack,
      ModelData data,
      @Nullable Loss loss,
      List<int[]> window,
      long seed,
      ProbeProgress progress) {
    this(stack, data, loss, TrainingNote.NONE, window, seed, progress);
  }

  /**
   * @param axes of the stack's values, or of more
   */
  GraphProbe(
      GraphStack stack,
      ModelData data,
      @Nullable Loss loss,
      TrainingNote training,
      List<int[]> window,
      long seed,
      ProbeProgress progress,
      BatchAxes axes) {
    this.stack = stack;
    this.data = data;
    this.loss = loss;
    this.training = training;
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
    return new GraphProbe(other, samples, otherLoss, training, window, seed, progress, axes);
  }

  @Override
  public MeasuredBackward initial() {
    return measure(stack, MeasuredBackward.UNKNOWN_STEP);
  }

  @Override
  public float[] initialValues() {
    return DrawnWeights.present(stack);
  }

  @Override
  public MeasuredBackward measure(float[] parameters, long step) {
    if (parameters.length != stack.parameterCount()) {
      throw new IllegalArgumentException(
          parameters.length + " parameters are given for a model with " + stack.parameterCount());
    }
    return measure(StackEdit.with(stack, parameters), step);
  }

  private MeasuredBackward measure(GraphStack measured, long step) {
    GraphMeasurement measurement =
        new GraphMeasurement(measured, data, errors(), axes, training, seed);
    for (int done = 1; done <= window.size(); done++) {
      measurement.add(window.get(done - 1));
      progress.batchProbed(done, window.size());
    }
    return measurement.result(step);
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
        learnt.classes() > 0 ? Math.max(learnt.classes(), width) : 0,
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
    List<PrescribedInitialization> starts =
        rectifier
            ? List.of(PrescribedInitialization.HE, PrescribedInitialization.GLOROT)
            : List.of(PrescribedInitialization.GLOROT, PrescribedInitialization.HE);
    return starts.stream().filter(values -> !isInitialised(values)).toList();
  }

  /** Whether the file says so of all weights. */
  private boolean isInitialised(PrescribedInitialization values) {
    return stack.parameters().stream()
        .filter(GraphParameter::isWeights)
        .allMatch(
            weights ->
                training
                    .initializers()
                    .getOrDefault(weights.constant(), "")
                    .startsWith(values.label() + "_"));
  }

  @Override
  public float[] initialValues(PrescribedInitialization values) {
    return new DrawnWeights(stack, seed).initial(values);
  }

  @Override
  public BitSet shrinking() {
    BitSet shrinking = new BitSet();
    int at = 0;
    for (GraphParameter parameter : stack.parameters()) {
      int end = at + stack.constant(parameter).size();
      shrinking.set(at, end, parameter.kind().isCoveredBy(Penalty.l2(1)));
      at = end;
    }
    return shrinking;
  }

  @Override
  public RemedyProbe scaled(double factor) {
    return of(StackEdit.scaled(stack, factor), data, loss);
  }

  @Override
  public Optional<RemedyProbe> withTanh() {
    boolean other =
        stack
            .all()
            .anyMatch(
                layer ->
                    StackEdit.isHidden(stack, layer)
                        && layer.activation().orElseThrow().function() != ActivationFunction.TANH);
    return other ? Optional.of(of(StackEdit.withTanh(stack), data, loss)) : Optional.empty();
  }

  /** The model with an orthogonal matrix in each block of its recurrent weights. */
  @Override
  public Optional<RemedyProbe> withOrthogonalRecurrent() {
    boolean recurrent = stack.parameters().stream().anyMatch(p -> p.kind() == Kind.RECURRENT);
    return recurrent ? Optional.of(with(OtherRemedy.ORTHOGONAL_RECURRENT)) : Optional.empty();
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
      case ORTHOGONAL_RECURRENT ->
          of(
              StackEdit.with(stack, new DrawnWeights(stack, seed).orthogonal(initialValues())),
              data,
              loss);
      case NO_LAST_ACTIVATION -> of(stack.withoutLast(), data, loss);
      case SCALE_TARGETS -> of(stack, new StandardisedTargets(data), loss);
      default -> RemedyProbe.super.with(remedy);
    };
  }

  @Override
  public boolean isPenalised() {
    return !training.regularizers().isEmpty();
  }

  @Override
  public ProbeProgress progress() {
    return progress;
  }
}
