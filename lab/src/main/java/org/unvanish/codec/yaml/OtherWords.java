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
      List.of(
          "a spec",
          "defaults",
          "an arm",
          "optimizer",
          "adam",
          "sgd",
          "rmsprop",
          "adagrad",
          "penalty");
  private static final List<String> LAYER = List.of("a layer");
  private static final List<String> OPTIMIZER = List.of("optimizer");
  private static final List<String> CONVOLUTION = List.of("conv", "separable-conv", "conv-1d");
  private static final List<String> RECURRENT = List.of("recurrent", "lstm", "gru");
  private static final List<String> STEPS =
      List.of("optimizer", "adam", "adamw", "sgd", "rmsprop", "adagrad");
  private static final List<String> UPDATES =
      List.of(
          "a spec",
          "defaults",
          "an arm",
          "optimizer",
          "adam",
          "adamw",
          "sgd",
          "rmsprop",
          "adagrad");

  static {
    same("logistic", "sigmoid");
    same("arctan", "atan");
    same("identity", "linear");
    same("silu", "swish");
    same("sine", "sin");
    same("penalised-tanh", "penalized tanh");
    same("glorot", "xavier", "glorot uniform", "xavier uniform");
    same("he", "kaiming", "he normal", "kaiming normal");
    same("zeros", "zero");
    same("lecun", "lecun normal");
    same("orthogonal", "orthogonal_");
    same("standardised", "standardized");
    same("pytorch", "torch");
    same("data", "dataset");
    same("network", "layers");
    same("source", "path");
    same("input-scaling", "pixels", "scaling");
    same("label-column", "label", "target", "target column", "label col");
    same("optimizer", "optimiser");
    same("initial-values", "init", "initializer", "initialization", "initialisation");
    same("loss", "loss function", "criterion");
    same(
        "softmax-cross-entropy",
        "cross entropy",
        "cross entropy loss",
        "categorical cross entropy",
        "sparse categorical cross entropy");
    same("binary-cross-entropy", "bce", "bce loss", "bce with logits", "bce with logits loss");
    same("mean-squared-error", "mse", "mse loss");
    same("mean-absolute-error", "mae", "l1 loss");
    same("huber", "huber loss", "smooth l1", "smooth l1 loss");
    same("class-weights", "class weight");
    same("epochs", "num epochs", "n epochs", "nb epoch");
    same("learning-rate", "lr");
    same("epsilon", "eps");
    same(
        "max-pooling",
        "max pool",
        "max pool 2d",
        "max pooling 2d",
        "max pool 1d",
        "max pooling 1d");
    same(
        "average-pooling",
        "avg pool",
        "avg pool 2d",
        "average pool",
        "average pooling 2d",
        "avg pool 1d",
        "average pooling 1d");
    same(
        "global-average-pooling",
        "global avg pool",
        "global avg pool 2d",
        "global average pooling 2d",
        "global avg pool 1d",
        "global average pooling 1d");
    same("rho", "alpha");
    same("schedule", "scheduler", "lr scheduler", "lr schedule", "learning rate schedule");
    same("step", "step lr");
    same("cosine", "cosine annealing lr", "cosine annealing", "cosine decay");
    same("factor", "gamma");
    same("clipping", "gradient clipping", "grad clipping", "gradient clip", "grad clip");
    same("norm", "max norm", "global clipnorm", "clip grad norm");
    same("value", "clip value", "clip grad value");
    same("batch-norm", "batch norm 1d", "batch norm 2d", "batch normalization");
    same("layer-norm", "layer normalization");
    same("group-norm", "group normalization");
    same("groups", "num groups");
    same("kernel", "kernel size");
    same("stride", "strides");
    same("filters", "out channels");
    same("units", "out features");
    same("size", "embedding dim", "output dim");
    same("bias", "use bias");
    same("recurrent", "rnn", "simple rnn");
    same("units", "hidden size");
    same("gates", "recurrent activation");
    same("activation", "nonlinearity");

    advise(
        ANYWHERE,
        "write \"- softmax\" as a layer; the loss softmax-cross-entropy applies it itself and needs"
            + " none at the end",
        "softmax");
    advise(ANYWHERE, "this is part of the loss softmax-cross-entropy; leave it out", "log softmax");
    advise(LAYER, "this is automatic; leave it out", "flatten");
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
        "num embeddings",
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
        "write \"conv\" or \"separable-conv\". They keep the image's size unless they say \"padding:"
            + " valid\", and have no biases unless they say \"bias: true\"",
        "conv 2d",
        "convolution",
        "convolution 2d",
        "separable conv 2d",
        "depthwise conv 2d");
    advise(
        LAYER,
        "write \"global-average-pooling\", which is an adaptive one to 1×1",
        "adaptive avg pool 2d",
        "adaptive avg pool 1d");
    advise(
        Stream.concat(LAYER.stream(), RECURRENT.stream()).toList(),
        "write \"direction: both\" in the layer",
        "bidirectional",
        "go backwards");
    advise(
        RECURRENT,
        "write \"output: all\" for the states of all steps; the last state is usual",
        "return sequences");
    advise(
        RECURRENT,
        "write each layer by itself, all but the last one with \"output: all\"",
        "num layers");
    advise(
        RECURRENT,
        "write \"initial-values: {weights: glorot, recurrent: orthogonal}\" in the arm",
        "recurrent initializer");
    advise(RECURRENT, "write \"forget-bias\", which is 1 by default", "unit forget bias");
    advise(
        LAYER,
        "write \"- activation: %s\", or \"- activation\" and which function it is in the arm",
        Stream.concat(FUNCTIONS.stream(), Stream.of("sigmoid", "atan")).toArray(String[]::new));
    advise(
        List.of("a layer", "dense", "conv", "separable-conv", "conv-1d"),
        "write \"- activation\" as a layer of its own, and which function it is in the arm",
        "activation");
    advise(CONVOLUTION, "this is always 1; leave it out", "dilation", "dilation rate", "groups");

    advise(
        ANYWHERE,
        "there is no such activation function yet; known here: " + String.join(", ", FUNCTIONS),
        "relu6",
        "prelu",
        "celu",
        "mish",
        "hard swish",
        "exponential");
    advise(
        ANYWHERE,
        "write gelu, which is exact; its tanh approximation, not available here, differs by "
            + "less than 0.001",
        "gelu tanh",
        "gelu new",
        "gelu approximate");

    advise(
        ARM,
        "the loss and the scores that go with it are always recorded; leave it out",
        "metrics",
        "metric");
    advise(ARM, "samples are shuffled in every epoch; leave it out", "shuffle");
    advise(
        ARM,
        "write it inside data: {source: own.csv, target-columns: [price]}",
        "target columns",
        "categorical columns",
        "label column");
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
            + " add for weight_decay = 0.01; AdamW's own is {adamw: {weight-decay: 0.01}}",
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
        "loss",
        "loss function",
        "criterion",
        "penalty",
        "initial values",
        "init",
        "initializer",
        "initialization",
        "initialisation",
        "optimizer",
        "optimiser",
        "schedule",
        "clipping",
        "backend",
        "batch size",
        "epochs",
        "num epochs",
        "n epochs",
        "nb epoch",
        "record every",
        "seeds");
    advise(OPTIMIZER, "write {sgd: {learning-rate: 0.1}}", "sgd");
    advise(
        OPTIMIZER,
        "write the optimizer's name as the key: {sgd: {learning-rate: 0.1}}",
        "name",
        "type");
    advise(
        OPTIMIZER,
        "there are adam, adamw, sgd, rmsprop and adagrad so far",
        "adadelta",
        "nadam",
        "adamax",
        "lbfgs");
    advise(
        STEPS,
        "write it inside sgd: {sgd: {learning-rate: 0.1, momentum: 0.9, nesterov: true}}",
        "nesterov");
    advise(
        STEPS,
        "there is no such variant yet; leave it out",
        "amsgrad",
        "dampening",
        "centered",
        "initial accumulator value");
    advise(
        UPDATES,
        "write \"schedule\" in the arm, such as {step: {epochs: 10, factor: 0.5}}",
        "decay",
        "lr decay",
        "learning rate decay");
    advise(
        UPDATES,
        "write \"clipping: {norm: 1}\" in the arm, where the norm is that of all gradients"
            + " together, as Keras's global_clipnorm is",
        "clip norm",
        "global clipnorm",
        "clip grad norm",
        "max grad norm",
        "gradient clip val");
    advise(UPDATES, "write \"clipping: {value: 0.5}\" in the arm", "clip value", "clip grad value");
    advise(
        UPDATES,
        "write \"schedule: {warm-up: {steps: 500}}\" in the arm",
        "warm up",
        "warm up steps",
        "warm up epochs");
    advise(
        List.of("schedule"),
        "there is no such schedule yet; known here: warm-up, step, cosine",
        "exponential",
        "exponential lr",
        "reduce lr on plateau",
        "one cycle lr",
        "cyclic lr",
        "polynomial",
        "polynomial decay",
        "linear",
        "linear lr");
    advise(List.of("step"), "write \"epochs\": how many between two changes", "step size");
    advise(
        List.of("cosine"),
        "write \"epochs\": how many from the start to the end",
        "t max",
        "decay steps");
    advise(
        List.of("cosine"),
        "write \"end-factor\": what the learning rate is multiplied by at the end",
        "eta min",
        "alpha",
        "end lr");
    advise(
        ANYWHERE,
        "write \"glorot\", which is uniform; there is no other form yet",
        "glorot normal",
        "xavier normal");
    advise(
        ANYWHERE,
        "write \"he\", which is normal; there is no other form yet",
        "he uniform",
        "kaiming uniform");
    advise(
        List.of("initial-values", "weights", "biases"),
        "there is no such initialization yet; known here: glorot, he, lecun, orthogonal, lsuv, "
            + "lee-choi-kim, zeros, {uniform: 0.1}, {normal: 0.05}, {file: weights.safetensors}",
        "lecun uniform",
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
   * What to write instead of a word, if it is one that other programs have.
   *
   * @param place what it stands in, as the sentence that refuses it names that
   */
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
