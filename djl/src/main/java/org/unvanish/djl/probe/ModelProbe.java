package org.unvanish.djl.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.djl.PenaltyLoss;
import org.unvanish.djl.Remedies;
import org.unvanish.djl.ScaledActivation;
import org.unvanish.djl.model.ActivationFinder;
import org.unvanish.djl.model.BlockCopy;
import org.unvanish.djl.model.FloatArrays;
import org.unvanish.djl.model.ModelParameter;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.penalty.Penalty;
import org.unvanish.probe.RemedyProbe;
import org.unvanish.random.RandomStream;

/**
 * Tries remedies on copies of somebody's model. The values that it has now count as its initial
 * ones; which initial weights they are is not known, so that all are offered.
 */
public final class ModelProbe implements RemedyProbe {

  private final Block block;
  private final List<Batch> batches;
  private final Loss loss;
  private final NDManager manager;
  private final float[] present;

  /**
   * @param block a copy that nobody else uses, initialised, nothing frozen
   * @param batches that stay open, at least one
   * @param manager of all that is made
   */
  public ModelProbe(Block block, List<Batch> batches, Loss loss, NDManager manager) {
    this(block, batches, loss, manager, values(block));
  }

  private ModelProbe(
      Block block, List<Batch> batches, Loss loss, NDManager manager, float[] present) {
    this.block = block;
    this.batches = batches;
    this.loss = loss;
    this.manager = manager;
    this.present = present;
  }

  /** The values of all trained parameters, in the block's order. */
  public float[] present() {
    return present;
  }

  private static List<ModelParameter> trained(Block block) {
    return ModelParameter.of(block).stream().filter(ModelParameter::isTrained).toList();
  }

  private static float[] values(Block block) {
    List<float[]> parts = new ArrayList<>();
    for (ModelParameter parameter : trained(block)) {
      parts.add(FloatArrays.of(parameter.parameter().getArray()));
    }
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  @Override
  public MeasuredBackward initial() {
    return measure(present, 0);
  }

  @Override
  public float[] initialValues() {
    return present.clone();
  }

  @Override
  public MeasuredBackward measure(float[] parameters, long step) {
    if (parameters.length != present.length) {
      throw new IllegalArgumentException(
          parameters.length + " parameters are given for a model with " + present.length);
    }
    int at = 0;
    for (ModelParameter parameter : trained(block)) {
      NDArray array = parameter.parameter().getArray();
      float[] own = new float[Math.toIntExact(array.size())];
      System.arraycopy(parameters, at, own, 0, own.length);
      at += own.length;
      try (NDArray values = array.getManager().create(own, array.getShape())) {
        values.toType(array.getDataType(), false).copyTo(array);
      }
    }
    StackMeasurement measurement = new StackMeasurement(block, loss, manager);
    batches.forEach(measurement::add);
    return measurement.result();
  }

  @Override
  public List<PrescribedInitialization> otherStarts() {
    boolean rectifier =
        new BlockStack(block, manager)
            .leaves().stream()
                .flatMap(leaf -> leaf.function().stream())
                .anyMatch(a -> a.function().isRectifier());
    return rectifier
        ? List.of(PrescribedInitialization.HE, PrescribedInitialization.GLOROT)
        : List.of(PrescribedInitialization.GLOROT, PrescribedInitialization.HE);
  }

  /** Those of all blocks but the last: what that is decides which numbers the model puts out. */
  private List<Activation> hiddenActivations() {
    List<BlockStack.Leaf> leaves = new BlockStack(block, manager).leaves();
    return leaves.subList(0, leaves.size() - 1).stream()
        .flatMap(leaf -> leaf.activation().stream())
        .toList();
  }

  @Override
  public BitSet shrinking() {
    BitSet shrinking = new BitSet();
    int at = 0;
    for (ModelParameter parameter : trained(block)) {
      int end = parameter.tensor(at).end();
      shrinking.set(at, end, parameter.kind().isCoveredBy(Penalty.l2(1)));
      at = end;
    }
    return shrinking;
  }

  /** What is neither weight nor bias, as normalisation has it, stays what it is. */
  @Override
  public float[] initialValues(PrescribedInitialization values) {
    SplittableRandom random = new SplittableRandom(1);
    float[] all = present.clone();
    int at = 0;
    for (ModelParameter parameter : trained(block)) {
      ai.djl.ndarray.types.Shape shape = parameter.parameter().getArray().getShape();
      int end = at + Math.toIntExact(shape.size());
      boolean weights =
          (parameter.kind() == Kind.WEIGHTS || parameter.kind() == Kind.RECURRENT)
              && shape.dimension() > 1;
      if (weights || parameter.parameter().getType() == ai.djl.nn.Parameter.Type.BIAS) {
        double fanIn = (double) shape.size() / shape.get(0);
        double fanOut = weights ? (double) shape.size() / shape.get(1) : 0;
        for (int i = at; i < end; i++) {
          all[i] = weights ? (float) draw(values, fanIn, fanOut, random) : 0;
        }
      }
      at = end;
    }
    return all;
  }

  private static double draw(
      PrescribedInitialization values, double fanIn, double fanOut, SplittableRandom random) {
    return switch (values) {
      case GLOROT -> (2 * random.nextDouble() - 1) * Math.sqrt(6 / (fanIn + fanOut));
      case HE -> random.nextGaussian() * Math.sqrt(2 / fanIn);
    };
  }

  @Override
  public RemedyProbe scaled(double factor) {
    boolean any =
        hiddenActivations().stream()
            .anyMatch(a -> ActivationFinder.isSigmoidType(a) && a.scale() instanceof Scale.Fixed);
    return any ? of(Remedies.scale(block, factor), batches) : this;
  }

  @Override
  public Optional<RemedyProbe> withTanh() {
    if (hiddenActivations().stream().allMatch(a -> a.function() == ActivationFunction.TANH)) {
      return Optional.empty();
    }
    Block end = ActivationFinder.end(block);
    Block tanh =
        new BlockCopy(
                manager,
                part ->
                    ActivationFinder.find(part, manager)
                        .filter(a -> part != end)
                        .map(a -> new Activation(ActivationFunction.TANH, a.scale()))
                        .map(ScaledActivation::new))
            .of(block, "model");
    return Optional.of(of(tanh, batches));
  }

  /** Orthogonal ones are offered whatever they are now. */
  @Override
  public Optional<RemedyProbe> withOrthogonalRecurrent() {
    RandomStream random = new RandomStream(1, "orthogonal recurrent weights");
    float[] values = present.clone();
    boolean any = false;
    int at = 0;
    for (ModelParameter parameter : trained(block)) {
      ParameterTensor tensor = parameter.tensor(at);
      if (tensor.kind() == Kind.RECURRENT) {
        new Initialization.Orthogonal(1).fill(tensor, random, 0, values);
        any = true;
      }
      at = tensor.end();
    }
    return any
        ? Optional.of(new ModelProbe(block, batches, loss, manager, values))
        : Optional.empty();
  }

  private ModelProbe of(Block other, List<Batch> data) {
    return new ModelProbe(other, data, loss, manager, present);
  }

  /** Of sequences by feature. */
  @Override
  public RemedyProbe standardised() {
    boolean sequences =
        new BlockStack(block, manager)
            .leaves().stream()
                .filter(BlockStack.Leaf::hasWeights)
                .limit(1)
                .anyMatch(leaf -> leaf.recurrent().isPresent());
    return of(block, KeptBatches.standardised(batches, sequences ? 2 : 1, manager));
  }

  @Override
  public boolean isPenalised() {
    return loss instanceof PenaltyLoss;
  }
}
