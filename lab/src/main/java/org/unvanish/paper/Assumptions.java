package org.unvanish.paper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.codec.InitializationCodec;
import org.unvanish.codec.LayerCaption;
import org.unvanish.codec.LayerCodecs;
import org.unvanish.codec.LossCodec;
import org.unvanish.codec.OptimizerCodec;
import org.unvanish.codec.PenaltyCodec;
import org.unvanish.data.Shape;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.Experiment;
import org.unvanish.network.Layer;
import org.unvanish.network.ParameterTensor.Kind;

/** Reads the {@link Assumption}s off an experiment. */
final class Assumptions {

  private static final String NOT_STATED = "not stated";

  private final Experiment experiment;

  Assumptions(Experiment experiment) {
    this.experiment = experiment;
  }

  /** All of one of the paper's experiments, those of {@link #settings} first. */
  List<Assumption> list() {
    List<Assumption> list = settings();
    List<Arm> logistic = experiment.arms().stream().filter(a -> !readings(a).isEmpty()).toList();
    if (!logistic.isEmpty()) {
      list.add(
          new Assumption(
              "\"logsigmoid\"",
              "not defined",
              byArm(logistic, a -> String.join(" and ", readings(a)))));
    }
    list.add(
        new Assumption(
            "gradient",
            "\"summary statistics of the coordinate values\", not defined",
            "mean of the absolute coordinate values over all parameters and all steps of an epoch"));
    list.add(
        new Assumption(
            "accuracy",
            "training or test not stated",
            "both; training accuracy is counted at the steps of the epoch"));
    return list;
  }

  /** How the arms are trained, which is to be told of an experiment of anybody's. */
  List<Assumption> settings() {
    boolean table = experiment.data().isTable();
    List<Assumption> list = new ArrayList<>();
    list.add(new Assumption("epochs", NOT_STATED, byArm(a -> "" + a.settings().epochs())));
    list.add(new Assumption("batch size", NOT_STATED, byArm(a -> "" + a.settings().batchSize())));
    list.add(
        new Assumption(
            table ? "inputs" : "images",
            NOT_STATED,
            byArm(a -> a.settings().pixelScaling().description(table))));
    if (experiment.arms().stream().anyMatch(a -> a.settings().loss().definition().isPresent())) {
      list.add(
          new Assumption("loss", NOT_STATED, byArm(a -> LossCodec.caption(a.settings().loss()))));
    }
    list.add(
        new Assumption(
            "optimiser",
            "Adam with learning rate 0.001, the rest not stated",
            byArm(a -> OptimizerCodec.caption(a.settings().optimizer()))));
    String convolutions = byArm(Assumptions::describeConvolutions);
    if (!convolutions.equals("none")) {
      list.add(new Assumption("convolutions", "weight counts only", convolutions));
    }
    list.add(
        new Assumption(
            "biases", "to be inferred from the weight counts", byArm(Assumptions::describeBiases)));
    list.add(
        new Assumption(
            "initialization",
            "the distribution, for \"the parameters\"",
            byArm(Assumptions::describeInitialValues)));
    List<Arm> penalised =
        experiment.arms().stream().filter(a -> !a.settings().penalty().isNone()).toList();
    if (!penalised.isEmpty()) {
      list.add(
          new Assumption(
              "penalty",
              "(r/2)·Σθ² with r = 0.01 in the text, the code's form not stated",
              byArm(penalised, a -> PenaltyCodec.caption(a.settings().penalty()))));
    }
    if (experiment.arms().stream().anyMatch(a -> a.backend() != Backend.ENGINE)) {
      list.add(new Assumption("backend", "TensorFlow", byArm(a -> a.backend().title())));
    }
    return list;
  }

  /** What holds for all arms, or each different value with the arms that it holds for. */
  private String byArm(Function<Arm, String> describe) {
    return byArm(experiment.arms(), describe);
  }

  private static String byArm(List<Arm> described, Function<Arm, String> describe) {
    Map<String, List<String>> arms = new LinkedHashMap<>();
    for (Arm arm : described) {
      arms.computeIfAbsent(describe.apply(arm), value -> new ArrayList<>()).add(arm.name());
    }
    if (arms.size() == 1) {
      return arms.keySet().iterator().next();
    }
    return arms.entrySet().stream()
        .map(e -> e.getKey() + " [" + String.join("; ", e.getValue()) + "]")
        .collect(Collectors.joining(", "));
  }

  private static String describeConvolutions(Arm arm) {
    Set<String> forms = new LinkedHashSet<>();
    arm.network().layers().stream()
        .flatMap(Layer::flat)
        .forEach(
            layer -> LayerCodecs.caption(layer).flatMap(LayerCaption::form).ifPresent(forms::add));
    return forms.isEmpty() ? "none" : String.join(" and ", forms);
  }

  private static String describeBiases(Arm arm) {
    Set<String> with = new LinkedHashSet<>();
    Set<String> without = new LinkedHashSet<>();
    addBiases(arm.network().layers(), arm.network().input(), with, without);
    if (with.isEmpty() || without.isEmpty()) {
      return with.isEmpty() ? "none" : "in all layers";
    }
    return String.join(" and ", with) + " yes, " + String.join(" and ", without) + " no";
  }

  private static void addBiases(
      List<Layer> layers, Shape input, Set<String> with, Set<String> without) {
    Shape reached = input;
    for (Layer layer : layers) {
      boolean biases =
          layer.parameters(reached).stream().anyMatch(tensor -> tensor.kind() == Kind.BIAS);
      LayerCodecs.caption(layer)
          .ifPresent(caption -> (biases ? with : without).add(caption.layers()));
      addBiases(layer.layers(), reached, with, without);
      reached = layer.output(reached);
    }
  }

  private static String describeInitialValues(Arm arm) {
    String weights = InitializationCodec.caption(arm.settings().weights());
    boolean biases = arm.network().parameters().stream().anyMatch(p -> p.kind() == Kind.BIAS);
    String ofBiases = InitializationCodec.caption(arm.settings().biases());
    boolean recurrent =
        arm.network().parameters().stream().anyMatch(p -> p.kind() == Kind.RECURRENT);
    String ofRecurrent = InitializationCodec.caption(arm.settings().recurrent());
    boolean others = recurrent && !weights.equals(ofRecurrent);
    if (!others && (!biases || weights.equals(ofBiases))) {
      return weights;
    }
    return "weights "
        + weights
        + (others ? ", recurrent weights " + ofRecurrent : "")
        + (biases ? ", biases " + ofBiases : "");
  }

  /** How an arm reads "logsigmoid"; empty if it has nothing to do with it. */
  private static Set<String> readings(Arm arm) {
    Set<String> found = new LinkedHashSet<>();
    for (Activation activation : arm.network().activations()) {
      if (activation.function() == ActivationFunction.LOGISTIC) {
        found.add("the logistic function 1/(1 + e⁻ᶻ)");
      } else if (activation.function() == ActivationFunction.LOG_SIGMOID) {
        found.add("log(1/(1 + e⁻ᶻ))");
      }
    }
    return found;
  }
}
