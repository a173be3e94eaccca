package org.unvanish.codec.yaml;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What could be written for each key of a spec: errors show it, so that nobody has to look it up. A
 * test holds each against the schema, and fails for a key without one.
 */
public final class Examples {

  /** By key, or by the key in which another one stands: {@code batch-norm/momentum}. */
  private static final Map<String, String> VALUES = new HashMap<>();

  static {
    add("name", "own");
    add("title", "Does a learned α help?");
    add("data", "{source: own.csv, label-column: label}");
    add("source", "own.csv");
    add("format", "csv");
    add("label-column", "label");
    add("labels-are", "classes");
    add("target-columns", "[price]");
    add("categorical-columns", "[city]");
    add("sequence-column", "walk");
    add("time-column", "second");
    add("ignored-columns", "[id]");
    add("targets", "standardised");
    add("data/steps", "rows");
    add("steps", "500");
    add("samples", "1000");
    add("noise", "0.1");
    add("classes", "3");
    add("test-share", "0.2");
    add("train-samples", "1000");
    add("seed", "1");
    add("input-scaling", "standardised");

    add("network", "[{dense: {units: 16, bias: true}}, activation, {dense: targets}]");
    add("a layer", "dense: 16");
    add("conv", "{kernel: 3, filters: 8}");
    add("separable-conv", "{kernel: 3, filters: 8}");
    add("conv-1d", "{kernel: 3, filters: 8}");
    add("kernel", "3");
    add("filters", "8");
    add("stride", "1");
    add("padding", "same");
    add("bias", "true");
    add("max-pooling", "2");
    add("average-pooling", "2");
    add("dense", "16");
    add("units", "16");
    add("recurrent", "16");
    add("lstm", "16");
    add("gru", "16");
    add("output", "all");
    add("direction", "both");
    add("truncate", "100");
    add("gates", "logistic");
    add("forget-bias", "1");
    add("embedding", "{column: city, size: 8}");
    add("column", "city");
    add("size", "8");
    add("batch-norm", "{epsilon: 1e-5}");
    add("layer-norm", "{epsilon: 1e-5}");
    add("group-norm", "{groups: 4}");
    add("groups", "4");
    add("dropout", "0.2");
    add("residual", "{layers: [{dense: 16}, activation]}");
    add("projection", "true");
    add("repeat", "2");
    add("layers", "[{dense: 16}, activation]");

    add("defaults", "{epochs: 50}");
    add("arms", "[{name: one}]");
    add("an arm", "{name: one}");
    add("activation", "tanh");
    add("function", "tanh");
    add("alpha", "2");
    add("learned", "2");
    add("shared", "true");
    add("naive", "2");
    add("dyt", "0.5");
    add("loss", "mean-squared-error");
    add("softmax-cross-entropy", "{class-weights: balanced}");
    add("class-weights", "balanced");
    add("huber", "{delta: 1}");
    add("delta", "1");
    add("penalty", "{l2: 0.01}");
    add("l2", "0.01");
    add("l1", "0.01");
    add("elastic-net", "{l1: 0.001, l2: 0.001}");
    add("form", "keras");
    add("scope", "weights");
    add("initial-values", "glorot");
    add("weights", "glorot");
    add("biases", "zeros");
    add("initial-values/recurrent", "orthogonal");
    add("uniform", "0.1");
    add("normal", "0.05");
    add("gain", "1");
    add("file", "weights.safetensors");
    add("optimizer", "{adam: {learning-rate: 0.001}}");
    add("adam", "{learning-rate: 0.001}");
    add("adamw", "{learning-rate: 0.001}");
    add("sgd", "{learning-rate: 0.1}");
    add("rmsprop", "{learning-rate: 0.001}");
    add("adagrad", "{learning-rate: 0.01}");
    add("learning-rate", "0.001");
    add("beta1", "0.9");
    add("beta2", "0.999");
    add("epsilon", "1e-8");
    add("epsilon-form", "keras");
    add("weight-decay", "0.01");
    add("rho", "0.9");
    add("momentum", "0.9");
    add("nesterov", "true");
    add("schedule", "{step: {epochs: 10, factor: 0.5}}");
    add("warm-up", "{steps: 500}");
    add("step", "{epochs: 10, factor: 0.5}");
    add("cosine", "{epochs: 50}");
    add("factor", "0.5");
    add("end-factor", "0");
    add("clipping", "{norm: 1}");
    add("norm", "1");
    add("value", "0.5");
    add("backend", "engine");
    add("batch-size", "32");
    add("epochs", "50");
    add("record-every", "8");
    add("seeds", "6");

    add("sweep", "{settings: {alpha: [1, 2, 4]}}");
    add("design", "sobol");
    add("count", "64");
    add("settings", "{alpha: [1, 2, 4]}");
    add("from", "1");
    add("to", "8");
    add("scale", "log");
    add("depth", "2");
    add("width", "16");
    add("r", "0.01");
    add("initial-scale", "1");
    add("settings/activation", "tanh, relu");
    add("settings/alpha", "1, 2, 4");
    add("settings/depth", "2, 4, 8");
    add("settings/width", "8, 16, 32");
    add("settings/r", "0, 0.001, 0.01");
    add("racing", "none");
    add("reduction", "3");
    add("first-epochs", "5");
    add("first-seeds", "3");
    add("level", "0.05");
  }

  /** What is varied stands there, each with a list of what is compared. */
  private static final String VARIED = "settings";

  private Examples() {}

  private static void add(String key, String value) {
    VALUES.put(key, value);
  }

  /**
   * What could stand at a key.
   *
   * @param in what the key stands in, as errors name that
   * @return YAML of one line, without the key
   */
  public static Optional<String> value(String in, String key) {
    Optional<String> value =
        Optional.ofNullable(VALUES.get(in + "/" + key))
            .or(() -> Optional.ofNullable(VALUES.get(key)));
    return in.equals(VARIED) ? value.map(one -> "[" + one + "]") : value;
  }

  /**
   * A key with what could stand there.
   *
   * @param in what the key stands in, as errors name that
   */
  static Optional<String> line(String in, String key) {
    return value(in, key)
        .map(value -> key.contains(" ") ? value : key + ": " + value)
        .map(Examples::quoted);
  }

  /** As a sentence has it. */
  static String quoted(String yaml) {
    return '"' + yaml.replace('"', '\'') + '"';
  }
}
