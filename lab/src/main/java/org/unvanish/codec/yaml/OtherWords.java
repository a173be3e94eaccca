package org.unvanish.codec.yaml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.unvanish.activation.ActivationFunction;

/**
 * The words of other programs, PyTorch and Keras above all: those that mean the same as one of ours
 * and are read as it, and those that do not, with what to write.
 *
 * <p>Words are compared without regard to case, and to hyphens and underscores: {@code batch_size}
 * and {@code batchSize} are {@code batch-size}. What is written back has our words only.
 */
public final class OtherWords {

  /**
   * Words that mean exactly what ours does, by ours. One that is twice here means what is known.
   */
  static final Map<String, List<String>> SAME = new LinkedHashMap<>();

  /**
   * A word that means something else than any of ours, or that stands elsewhere here.
   *
   * @param places what it may stand in, as errors name that: {@code a layer}; anything if empty
   * @param words of other programs, {@link #squeezed}
   * @param advice what to write; {@code %s} stands for the word
   */
  private record Advice(List<String> places, List<String> words, String advice) {}

  private static final List<Advice> ADVICE = new ArrayList<>();

  private static final List<String> FUNCTIONS =
      Arrays.stream(ActivationFunction.values()).map(ActivationFunction::label).toList();

  private static final List<String> ANYWHERE = List.of();
  private static final List<String> SPEC = List.of("a spec");
  private static final List<String> ARM = List.of("a spec", "defaults", "an arm");
  private static final List<String> SETTING =
      List.of("a spec", "defaults", "an arm", "optimizer", "adam", "sgd", "penalty");
  private static final List<String> LAYER = List.of("a layer");
  private static final List<String> OPTIMIZER = List.of("optimizer");
  private static final List<String> STEPS = List.of("optimizer", "adam", "sgd");
  private static final List<String> CONVOLUTION = List.of("conv", "separable-conv");

  static {
    same("logistic", "sigmoid");
    same("arctan", "atan");
    same("identity", "linear");
    same("glorot", "xavier", "glorot uniform", "xavier uniform");
    same("he", "kaiming", "he normal", "kaiming normal");
    same("zeros", "zero");
    same("standardised", "standardized");
    same("pytorch", "torch");
    same("data", "dataset");
    same("network", "layers");
    same("source", "path");
    same("label-column", "label", "target", "target column", "label col");
    same("optimizer", "optimiser");
    same("initial-values", "init", "initializer", "initialization", "initialisation");
    same("epochs", "num epochs", "n epochs", "nb epoch");
    same("learning-rate", "lr");
    same("epsilon", "eps");
    same("max-pooling", "max pool", "max pool 2d", "max pooling 2d");
    same("average-pooling", "avg pool", "avg pool 2d", "average pool", "average pooling 2d");
    same("batch-norm", "batch norm 1d", "batch norm 2d", "batch normalization");
    same("layer-norm", "layer normalization");
    same("group-norm", "group normalization");
    same("groups", "num groups");
    same("kernel", "kernel size");
    same("filters", "out channels");
    same("units", "out features");
    same("bias", "use bias");

    advise(
        ANYWHERE,
        "softmax is a layer, and part of the loss softmax-cross-entropy; leave it out here",
        "softmax",
        "log softmax");
    advise(LAYER, "this happens by itself; leave it out", "flatten");
    advise(
        ANYWHERE,
        "write \"- dropout: 0.2\" as a layer; it drops values one by one, no whole channels",
        "dropout",
        "dropout 2d",
        "spatial dropout 2d");
    advise(
        ANYWHERE,
        "this comes from the data and the layer before; leave it out",
        "input",
        "input layer",
        "input shape",
        "input size",
        "input dim",
        "in features",
        "in channels");
    advise(
        ANYWHERE,
        "this comes from the data; end the network with \"- dense: classes\"",
        "num classes",
        "n classes",
        "classes",
        "output size");
    advise(
        LAYER,
        "write \"dense\", which has no biases unless it says so: {dense: {units: 8, bias: true}}",
        "linear",
        "fc",
        "fully connected");
    advise(
        LAYER,
        "write \"conv\" or \"separable-conv\", which keep the image's size and have no biases"
            + " unless they say \"bias: true\"",
        "conv 2d",
        "convolution",
        "convolution 2d",
        "separable conv 2d",
        "depthwise conv 2d");
    advise(
        LAYER,
        "there are no recurrent layers yet",
        "lstm",
        "gru",
        "rnn",
        "simple rnn",
        "embedding");
    advise(
        LAYER,
        "write \"- activation: %s\", or \"- activation\" and which function it is in the arm",
        Stream.concat(FUNCTIONS.stream(), Stream.of("sigmoid", "atan")).toArray(String[]::new));
    advise(
        List.of("dense", "conv", "separable-conv"),
        "write \"- activation\" as a layer of its own, and which function it is in the arm",
        "activation");
    advise(CONVOLUTION, "the image always keeps its size; leave it out", "padding");
    advise(
        CONVOLUTION, "this is always 1; leave it out", "stride", "strides", "dilation", "groups");

    advise(
        ANYWHERE,
        "there is no such activation function yet; known here: " + String.join(", ", FUNCTIONS),
        "relu6",
        "leaky relu",
        "prelu",
        "elu",
        "selu",
        "celu",
        "gelu",
        "silu",
        "mish",
        "softplus",
        "hard tanh",
        "hard sigmoid",
        "hard swish",
        "exponential");

    advise(
        ARM,
        "the loss is always cross-entropy, with the softmax in it; leave it out",
        "loss",
        "loss function",
        "criterion");
    advise(ARM, "loss and accuracy are always recorded; leave it out", "metrics", "metric");
    advise(ARM, "samples are shuffled in every epoch; leave it out", "shuffle");
    advise(
        ARM,
        "write each layer under network: \"- dense: 30\", then \"- activation\"",
        "hidden",
        "hidden layers",
        "hidden sizes",
        "hidden units");
    advise(
        ARM,
        "write \"seeds: [7]\" in an arm for one run with the seed 7; \"seeds: 7\" is seven runs, with"
            + " seeds 1 to 7",
        "seed",
        "random seed",
        "random state",
        "manual seed");
    advise(
        SETTING,
        "write it inside the optimizer: {adam: {learning-rate: 0.001}} or {sgd: {learning-rate:"
            + " 0.1}}",
        "lr",
        "learning rate");
    advise(
        List.of("a spec", "defaults", "an arm", "optimizer"),
        "write it inside sgd: {sgd: {learning-rate: 0.1, momentum: 0.9}}",
        "momentum");
    advise(
        SETTING,
        "write \"penalty: {l2: 0.01}\" in the arm: its gradient 0.01·θ is what PyTorch's SGD and Adam"
            + " add for weight_decay = 0.01",
        "weight decay");
    advise(
        SETTING,
        "write \"penalty: {l2: 0.01}\", which is (0.01/2)·Σθ², in the arm; Keras's l2(0.01) is"
            + " \"penalty: {l2: 0.01, form: keras}\"",
        "l2",
        "l2 regularization",
        "l2 reg",
        "regularizer",
        "regularization",
        "kernel regularizer");
    advise(ARM, "write \"penalty: {l1: 0.01}\" in the arm", "l1", "l1 regularization");
    advise(
        ARM,
        "write \"initial-values: {weights: glorot, biases: zeros}\" in the arm",
        "kernel initializer",
        "bias initializer",
        "weight init",
        "weight initializer");
    advise(
        SPEC,
        "write it under \"defaults\" for all arms, or in an arm",
        "activation",
        "penalty",
        "initial values",
        "init",
        "initializer",
        "initialization",
        "initialisation",
        "optimizer",
        "optimiser",
        "backend",
        "batch size",
        "epochs",
        "num epochs",
        "n epochs",
        "nb epoch",
        "seeds");
    advise(OPTIMIZER, "write {sgd: {learning-rate: 0.1}}", "sgd");
    advise(
        OPTIMIZER,
        "write the optimizer's name as the key: {sgd: {learning-rate: 0.1}}",
        "name",
        "type");
    advise(
        OPTIMIZER,
        "there are adam and sgd so far",
        "adamw",
        "rmsprop",
        "adagrad",
        "adadelta",
        "nadam",
        "adamax",
        "lbfgs");
    advise(
        STEPS,
        "there is no such variant yet; leave it out",
        "nesterov",
        "amsgrad",
        "dampening",
        "decay");
    advise(
        ANYWHERE,
        "\"glorot\" is the uniform form, and there is no other yet",
        "glorot normal",
        "xavier normal");
    advise(
        ANYWHERE,
        "\"he\" is the normal form, and there is no other yet",
        "he uniform",
        "kaiming uniform");
    advise(
        List.of("initial-values", "weights", "biases"),
        "there is no such start yet; known here: glorot, he, zeros, {uniform: 0.1}, {normal: 0.05}",
        "lecun",
        "lecun normal",
        "lecun uniform",
        "orthogonal",
        "truncated normal",
        "random normal",
        "random uniform",
        "ones",
        "constant");
  }

  private OtherWords() {}

  /** What a word means, also one in another case or of another program that means the same. */
  public static <T> Optional<T> meaning(String word, Map<String, T> words) {
    return ours(word, words.keySet()).map(words::get);
  }

  /**
   * Our word that another one means.
   *
   * @param known those of ours that may stand there
   */
  static Optional<String> ours(String word, Collection<String> known) {
    if (known.contains(word)) {
      return Optional.of(word);
    }
    String plain = word.replace('_', '-').toLowerCase(Locale.ROOT);
    List<String> same = SAME.getOrDefault(squeezed(word), List.of());
    return known.stream()
        .filter(k -> k.equals(plain) || k.replace("-", "").equals(plain) || same.contains(k))
        .findFirst();
  }

  /**
   * The end of a sentence that refuses a word: what to write instead, the nearest of the known
   * words, or all of them.
   *
   * @param place what it stands in, as the sentence names that
   */
  static String hint(String place, String word, Collection<String> known) {
    return advice(place, word)
        .map(advice -> ": " + advice)
        .orElseGet(() -> Nearest.hint(word, known));
  }

  /** What to write instead of a word, if it is one that other programs have. */
  static Optional<String> advice(String place, String word) {
    String squeezed = squeezed(word);
    return ADVICE.stream()
        .filter(a -> a.words().contains(squeezed))
        .filter(a -> a.places().isEmpty() || a.places().contains(place))
        .findFirst()
        .map(a -> a.advice().replace("%s", word.toLowerCase(Locale.ROOT)));
  }

  private static void same(String ours, String... others) {
    for (String other : others) {
      SAME.computeIfAbsent(squeezed(other.replace(" ", "")), word -> new ArrayList<>()).add(ours);
    }
  }

  private static void advise(List<String> places, String advice, String... words) {
    List<String> squeezed = new ArrayList<>();
    for (String word : words) {
      squeezed.add(squeezed(word.replace(" ", "")));
    }
    ADVICE.add(new Advice(places, squeezed, advice));
  }

  /**
   * Without all that programs write differently; PyTorch's functions that end in _ are the same.
   */
  private static String squeezed(String word) {
    return word.length() > 50 ? word : word.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }
}
