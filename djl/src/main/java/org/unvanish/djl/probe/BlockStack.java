package org.unvanish.djl.probe;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.SymbolBlock;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.convolutional.Deconvolution;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.unvanish.activation.Activation;
import org.unvanish.diagnosis.measurement.ScaledSum;
import org.unvanish.diagnosis.measurement.StackLayer;
import org.unvanish.diagnosis.measurement.StackTensor;
import org.unvanish.djl.model.ActivationFinder;
import org.unvanish.djl.model.FloatArrays;
import org.unvanish.djl.model.ModelParameter;
import org.unvanish.djl.model.RecurrentSettings;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.penalty.Penalty;

/** A model as a layer stack: each block reads the output of the one before. */
public final class BlockStack {

  /**
   * A block without children, or a layer of a recurrent block.
   *
   * @param name as DJL names its parameters, without the parameter: {@code 01Linear}; of several
   *     recurrent layers with their number, {@code 01LSTM_0}
   * @param block it
   * @param activation the function that it applies, if it is an activation
   * @param parameters its own
   * @param recurrent what it computes step by step, if it is a layer of a recurrent block
   */
  record Leaf(
      String name,
      Block block,
      Optional<Activation> activation,
      List<ModelParameter> parameters,
      Optional<RecurrentLayer> recurrent) {

    /** Those that training changes. */
    List<ModelParameter> trained() {
      return parameters.stream().filter(ModelParameter::isTrained).toList();
    }

    boolean hasWeights() {
      return activation.isEmpty() && parameters.stream().anyMatch(p -> p.kind() == Kind.WEIGHTS);
    }

    /** The function whose pre-activations can be looked at. */
    Optional<Activation> function() {
      return recurrent.map(layer -> Activation.of(layer.function())).or(() -> activation);
    }

    /** Whether the layer's gain is that of a parameter: of recurrent layers the first has it. */
    private boolean isGain(ModelParameter parameter) {
      return parameter.kind() == Kind.WEIGHTS
          && (recurrent.isEmpty() || parameter.equals(parameters.get(0)));
    }
  }

  private final List<Leaf> leaves = new ArrayList<>();

  /**
   * Takes a model apart.
   *
   * @param block initialised
   * @throws IllegalArgumentException if it is no layer stack; the message names the block that is
   *     not
   */
  BlockStack(Block block, NDManager manager) {
    List<ModelParameter> parameters = ModelParameter.of(block);
    forEachLeaf(block, "", (name, leaf) -> leaves.addAll(leaves(name, leaf, parameters, manager)));
    if (leaves.stream().noneMatch(Leaf::hasWeights)) {
      throw new IllegalArgumentException(
          "there is no layer with weights in this model, so no gradient to diagnose");
    }
  }

  private static List<Leaf> leaves(
      String name, Block leaf, List<ModelParameter> parameters, NDManager manager) {
    List<Parameter> direct = leaf.getDirectParameters().values();
    List<ModelParameter> own =
        parameters.stream().filter(p -> direct.contains(p.parameter())).toList();
    if (leaf instanceof RecurrentBlock recurrent) {
      return layers(name, recurrent, own);
    }
    return List.of(
        new Leaf(name, leaf, ActivationFinder.find(leaf, manager), own, Optional.empty()));
  }

  /** The layers that are stacked in a recurrent block, with the dropout between them. */
  private static List<Leaf> layers(
      String name, RecurrentBlock block, List<ModelParameter> parameters) {
    RecurrentSettings settings = RecurrentSettings.of(block);
    List<Leaf> layers = new ArrayList<>();
    for (int i = 0; i < settings.layers(); i++) {
      int layer = i;
      String own = settings.layers() == 1 ? name : name + "_" + layer;
      if (i > 0 && settings.dropRate() > 0) {
        Block dropout = Dropout.builder().optRate(settings.dropRate()).build();
        layers.add(
            new Leaf(own + "_Dropout", dropout, Optional.empty(), List.of(), Optional.empty()));
      }
      layers.add(
          new Leaf(
              own,
              block,
              Optional.empty(),
              parameters.stream()
                  .filter(p -> RecurrentSettings.layer(p.parameter()) == layer)
                  .toList(),
              Optional.of(RecurrentLayer.of(settings, i, block.getDirectParameters().values()))));
    }
    return layers;
  }

  /**
   * Looks whether a block is a layer stack.
   *
   * @throws IllegalArgumentException if it is not; the message names the block that is not
   */
  public static void require(Block block) {
    forEachLeaf(block, "", (name, leaf) -> {});
  }

  private static void forEachLeaf(Block block, String path, BiConsumer<String, Block> consumer) {
    if (block instanceof SequentialBlock sequence && !sequence.isReturnIntermediate()) {
      for (Pair<String, Block> child : block.getChildren()) {
        forEachLeaf(
            child.getValue(),
            path.isEmpty() ? child.getKey() : path + "_" + child.getKey(),
            consumer);
      }
      return;
    }
    String name = path.isEmpty() ? block.getClass().getSimpleName() : path;
    if (block instanceof SymbolBlock) {
      throw new IllegalArgumentException(
          ("the block %s was loaded from a file and is closed to Java: its layers cannot be seen."
                  + " Its gradients can: load it with the option trainParam = true and train it with a"
                  + " GradientMonitor")
              .formatted(name));
    }
    if (block instanceof RecurrentBlock recurrent && RecurrentSettings.isKnown(recurrent)) {
      requireMeasurable(name, RecurrentSettings.of(recurrent));
      consumer.accept(name, block);
      return;
    }
    if (block instanceof RecurrentBlock || !block.getChildren().isEmpty()) {
      throw new IllegalArgumentException(
          ("the block %s, a %s, does not pass its input straight through a chain of layers, as"
                  + " branches, loops and blocks with a forward of their own do not. Diagnose the"
                  + " chains that it is made of one by one, or watch its gradients with a"
                  + " GradientMonitor")
              .formatted(name, block.getClass().getSimpleName()));
    }
    consumer.accept(name, block);
  }

  private static void requireMeasurable(String name, RecurrentSettings settings) {
    if (settings.returnState()) {
      throw new IllegalArgumentException(
          ("the block %s puts out its last states beside all states, in several arrays, and the next"
                  + " block of a chain reads one. Build it without optReturnState(true), and take the"
                  + " last state of the first array")
              .formatted(name));
    }
    if (!settings.batchFirst()) {
      throw new IllegalArgumentException(
          ("the block %s reads steps first, [step, sample, feature], but each sample is measured for"
                  + " itself. Build it without optBatchFirst(false), and swap the axes of its input")
              .formatted(name));
    }
    if (settings.bidirectional() && settings.biases()) {
      throw new IllegalArgumentException(
          ("the block %s has two directions and biases. DJL hands their parameters over in another"
                  + " order than PyTorch reads them, so that it fails, or takes weights for biases where"
                  + " sizes happen to agree. Build it with optHasBiases(false)")
              .formatted(name));
    }
  }

  /** First to last. */
  List<Leaf> leaves() {
    return leaves;
  }

  /**
   * Along which axis of what a leaf reads the units lie: the last one, −1, behind products with
   * weights and recurrent layers, else the second one, which has channels.
   *
   * @param place of the leaf
   */
  int unitAxis(int place) {
    for (int i = place - 1; i >= 0; i--) {
      Block block = leaves.get(i).block();
      if (block instanceof Linear
          || block instanceof Embedding
          || leaves.get(i).recurrent().isPresent()) {
        return -1;
      }
      if (block instanceof Convolution
          || block instanceof Deconvolution
          || block instanceof BatchNorm) {
        return 1;
      }
    }
    return 1;
  }

  /**
   * What the blocks are to a measurement, with their parameters as they stand.
   *
   * @param penalty of the training
   */
  List<StackLayer> layers(Penalty penalty) {
    return leaves.stream()
        .map(
            leaf ->
                StackLayer.of(
                    leaf.name(),
                    leaf.activation(),
                    leaf.trained().stream().map(p -> tensor(p, leaf.isGain(p), penalty)).toList()))
        .toList();
  }

  private static StackTensor tensor(ModelParameter parameter, boolean isGain, Penalty penalty) {
    Shape shape = parameter.parameter().getArray().getShape();
    float[] values = FloatArrays.of(parameter.parameter().getArray());
    return new StackTensor(
        parameter.name(),
        values.length,
        isGain,
        shape.dimension() == 0 ? 1 : (double) shape.size() / shape.get(0),
        rms(values),
        mean(values),
        Double.NaN,
        penaltyLog10(parameter, values, penalty),
        Double.NaN);
  }

  private static double penaltyLog10(ModelParameter parameter, float[] values, Penalty penalty) {
    if (!parameter.isCovered(penalty)) {
      return Double.NEGATIVE_INFINITY;
    }
    float[] gradient = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      gradient[i] = (float) penalty.gradient(values[i]);
    }
    return StrictMath.log10(rms(gradient));
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double rms(float[] values) {
    return Math.sqrt(ScaledSum.ofSquares(values, 0, values.length) / values.length);
  }
}
