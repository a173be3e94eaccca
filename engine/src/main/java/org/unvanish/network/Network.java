package org.unvanish.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Columns;
import org.unvanish.data.Lengths;
import org.unvanish.data.Shape;
import org.unvanish.loss.Loss;

/**
 * A network as an immutable value: its layers, with all shapes checked.
 *
 * <p>The last layer may be any. The values of its output are the network's outputs, channel by
 * channel and row by row; what they mean is for the loss to say: logits, probabilities or numbers.
 *
 * @since 0.1
 */
public final class Network {

  private final Shape input;
  private final LayerStack stack;
  private final List<ParameterTensor> parameters = new ArrayList<>();
  private final List<List<ParameterTensor>> parametersOfLayer = new ArrayList<>();
  private final SortedMap<Integer, Integer> embeddedInputs = new TreeMap<>();
  private @Nullable ParameterTensor sharedAlpha;
  private int parameterCount;

  /**
   * Begins a network.
   *
   * @param input the shape of one sample
   */
  public static NetworkBuilder builder(Shape input) {
    return new NetworkBuilder(input);
  }

  /**
   * @param input the shape of one sample
   * @param layers first to last
   * @throws IllegalArgumentException if a layer does not fit what reaches it, or there are no
   *     parameters, or more than an array holds, or activations share an α that starts from several
   *     values; the message names the layer by number and kind, or the parameter tensor
   */
  public Network(Shape input, List<Layer> layers) {
    this.input = input;
    this.stack = new LayerStack(input, layers);
    for (int i = 0; i < layers.size(); i++) {
      List<ParameterTensor> own = new ArrayList<>();
      stack.parameters(i).forEach(tensor -> own.add(placed(tensor)));
      parametersOfLayer.add(List.copyOf(own));
    }
    findEmbeddedInputs();
    if (parameterCount == 0) {
      throw new IllegalArgumentException(
          "the network has no parameters to learn; it needs a layer with weights, such as a dense one");
    }
  }

  /** Follows the inputs through the embeddings, each of which moves those behind its column. */
  private void findEmbeddedInputs() {
    List<Integer> inputs = new ArrayList<>();
    for (int i = 0; i < layers().size() && layers().get(i) instanceof Embedding embedding; i++) {
      if (i == 0) {
        IntStream.range(0, input.channels()).forEach(inputs::add);
      }
      int read = inputs.remove(embedding.column());
      if (read < 0) {
        throw new IllegalArgumentException(
            "layer %d, embedding, reads value %d, which an embedding before it has learnt"
                .formatted(i + 1, embedding.column()));
      }
      embeddedInputs.put(read, embedding.categories());
      inputs.addAll(embedding.column(), Collections.nCopies(embedding.size(), -1));
    }
  }

  /** Gives a tensor of a layer its place behind all others, unless layers before share it. */
  private ParameterTensor placed(Layer.Parameters own) {
    if (own.name().equals(ParameterTensor.SHARED_ALPHA) && sharedAlpha != null) {
      if (sharedAlpha.start() != own.start()) {
        throw new IllegalArgumentException(
            "activations that share a learned α start from %s and %s; they have one α, so give them one initial value"
                .formatted(sharedAlpha.start(), own.start()));
      }
      return sharedAlpha;
    }
    ParameterTensor tensor =
        new ParameterTensor(
            own.name(),
            own.kind(),
            own.shape(),
            parameterCount,
            own.fanIn(),
            own.fanOut(),
            own.start());
    try {
      parameterCount = Math.addExact(parameterCount, tensor.size());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "with "
              + tensor.name()
              + " the network has more than "
              + Integer.MAX_VALUE
              + " parameters",
          e);
    }
    parameters.add(tensor);
    if (tensor.isShared()) {
      sharedAlpha = tensor;
    }
    return tensor;
  }

  /** The shape of one sample. */
  public Shape input() {
    return input;
  }

  /** The layers, first to last. */
  public List<Layer> layers() {
    return stack.layers();
  }

  /**
   * The output shape of a layer.
   *
   * @param layer its index from 0
   */
  public Shape output(int layer) {
    return stack.output(layer);
  }

  /** What its activations and recurrent layers apply, first to last, those inside blocks too. */
  public List<Activation> activations() {
    return layers().stream()
        .flatMap(Layer::flat)
        .flatMap(layer -> layer.activations().stream())
        .toList();
  }

  /** The number of outputs: the values of the last layer's output for one sample. */
  public int outputs() {
    return stack.output().size();
  }

  /**
   * Why it should not end as it does before a loss that applies the logistic function or a softmax
   * itself; empty where it may.
   *
   * @return a sentence or two, with the way out
   */
  public Optional<String> problem(Loss loss) {
    Layer last = layers().get(layers().size() - 1);
    return switch (loss.applied()) {
      case LOGISTIC ->
          last instanceof Activated activated
                  && activated.activation().function() == ActivationFunction.LOGISTIC
              ? Optional.of(
                  "The network ends with the logistic function, and the loss %s applies it again. Leave out the last activation."
                      .formatted(loss.name()))
              : Optional.empty();
      case SOFTMAX ->
          last instanceof Softmax
              ? Optional.of(
                  "The network ends with a softmax, and the loss %s applies it again. Leave out the last layer, or choose the loss mean-squared-error."
                      .formatted(loss.name()))
              : Optional.empty();
      case IDENTITY -> Optional.empty();
    };
  }

  /**
   * Why it cannot read a table's samples: columns hold the numbers of categories where no embedding
   * reads them, or the other way round. Empty where it can, or where the columns are not known.
   *
   * @param columns what the inputs are
   * @return a sentence or two, with the way out
   */
  public Optional<String> problem(Columns columns) {
    for (int i = 0; i < columns.inputs().size(); i++) {
      int categories = columns.categories(i);
      int read = embeddedInputs.getOrDefault(i, 0);
      String name = columns.inputs().get(i).name();
      if (categories > 0 && read == 0) {
        return Optional.of(
            "The column \"%s\" holds the numbers of categories, and no embedding reads it. Put an embedding first, or load the column as inputs of 0 and 1."
                .formatted(name));
      }
      if (categories == 0 && read > 0) {
        return Optional.of(
            "An embedding reads the column \"%s\", which does not hold the numbers of categories. Load it as a coded column."
                .formatted(name));
      }
      if (categories != read) {
        return Optional.of(
            "The column \"%s\" has %d categories, but its embedding has %d."
                .formatted(name, categories, read));
      }
    }
    return Optional.empty();
  }

  /**
   * Why it cannot read sequences of different lengths: a recurrent layer has to know where each
   * ends, and layers before it made other steps of theirs. Empty where it can, and where all are of
   * one length.
   *
   * @param lengths of samples of the network's input
   * @return a sentence or two, with the way out
   */
  public Optional<String> problem(Lengths lengths) {
    return lengths.isFull()
        ? Optional.empty()
        : NetworkPart.of(this).stream()
            .flatMap(NetworkPart::all)
            .filter(part -> part.layer() instanceof Recurrent)
            .filter(part -> part.input().rows() != input.rows())
            .findFirst()
            .map(
                part ->
                    "The sequences have different lengths, up to %d steps, but %d steps reach %s. Leave out what changes their number before it, or give sequences of one length."
                        .formatted(input.rows(), part.input().rows(), part.name()));
  }

  /**
   * Why it should not be trained on sequences of different lengths, although it can read them: a
   * normalization before a recurrent layer counts the steps behind their ends.
   *
   * @param lengths of samples of the network's input
   * @return a sentence or two, with the way out
   */
  public Optional<String> trainingProblem(Lengths lengths) {
    List<NetworkPart> parts = NetworkPart.of(this).stream().flatMap(NetworkPart::all).toList();
    int recurrent = parts.size() - 1;
    while (recurrent >= 0 && !(parts.get(recurrent).layer() instanceof Recurrent)) {
      recurrent--;
    }
    return lengths.isFull()
        ? Optional.empty()
        : parts.subList(0, Math.max(0, recurrent)).stream()
            .filter(part -> part.layer() instanceof Normalization)
            .findFirst()
            .map(
                part ->
                    "The sequences have different lengths, and %s would read the steps behind their ends as data. Put it behind the recurrent layers, or give sequences of one length."
                        .formatted(part.name()));
  }

  /**
   * The inputs that embeddings read: by the place of each, from 0, the number of its categories.
   */
  public SortedMap<Integer, Integer> embeddedInputs() {
    return Collections.unmodifiableSortedMap(embeddedInputs);
  }

  /** All parameter tensors, first layer to last, without gaps from offset 0. */
  public List<ParameterTensor> parameters() {
    return List.copyOf(parameters);
  }

  /**
   * The parameter tensors as the layers ask for them, first to last: those of {@link #parameters},
   * but one that layers share comes once for each.
   */
  public List<ParameterTensor> parametersByLayer() {
    return parametersOfLayer.stream().flatMap(List::stream).toList();
  }

  /**
   * The parameter tensors of one layer, none for a pooling layer.
   *
   * @param layer its index from 0
   */
  public List<ParameterTensor> parameters(int layer) {
    return parametersOfLayer.get(layer);
  }

  /** The parameter tensors that an optimizer moves: all but running statistics. */
  public List<ParameterTensor> trainedParameters() {
    return parameters.stream().filter(tensor -> tensor.kind().isTrained()).toList();
  }

  /** The length of an array of all parameters, running statistics among them. */
  public int parameterCount() {
    return parameterCount;
  }

  /** The number of parameters as people count them: those that are trained. */
  public int trainedCount() {
    return trainedParameters().stream().mapToInt(ParameterTensor::size).sum();
  }

  /** Whether one of its layers looks at all samples of a batch before it puts out the first. */
  public boolean needsBatch() {
    return layers().stream().anyMatch(Layer::needsBatch);
  }

  /** The multiplications, each with an addition, that weights take to send one sample forward. */
  public long multiplyAdds() {
    return stack.multiplyAdds();
  }

  /** The fewest samples that a batch of training may have: 1, or 2 where a variance is taken. */
  public int leastBatch() {
    return stack.leastBatch();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network that
        && input.equals(that.input)
        && layers().equals(that.layers());
  }

  @Override
  public int hashCode() {
    return 31 * input.hashCode() + layers().hashCode();
  }

  @Override
  public String toString() {
    return "Network[" + input + ", " + layers() + "]";
  }

  /** The network with all of its hidden activations' fixed scales α multiplied. */
  public Network scaled(double factor) {
    return withHidden(a -> a.times(factor));
  }

  /** The network with this function in all of its hidden activations; scales stay. */
  public Network withFunction(ActivationFunction function) {
    return withHidden(a -> new Activation(function, a.scale()));
  }

  /**
   * The network with a change of its hidden activations: of all but one at the end, which decides
   * what numbers are put out.
   */
  public Network withHidden(UnaryOperator<Activation> change) {
    UnaryOperator<Layer> changed = layer -> layer.withActivations(change);
    List<Layer> all = new ArrayList<>(layers());
    int last = all.size() - 1;
    all.subList(0, all.get(last) instanceof Activated ? last : all.size())
        .replaceAll(layer -> layer.with(changed));
    return new Network(input, all);
  }
}
