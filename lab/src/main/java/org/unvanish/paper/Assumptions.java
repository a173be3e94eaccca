package org.unvanish.paper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.Experiment;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.SeparableConvolution;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.spec.Numbers;

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
    list.add(
        new Assumption(
            "optimiser",
            "Adam with learning rate 0.001, the rest not stated",
            byArm(a -> describe(a.settings().optimizer()))));
    String convolutions = byArm(Assumptions::describeConvolutions);
    if (!convolutions.equals("none")) {
      list.add(new Assumption("convolutions", "weight counts only", convolutions));
    }
    list.add(
        new Assumption(
            "biases", "to be inferred from the weight counts", byArm(Assumptions::describeBiases)));
    list.add(
        new Assumption(
            "initial values",
            "the distribution, for \"the parameters\"",
            byArm(Assumptions::describeInitialValues)));
    List<Arm> penalised =
        experiment.arms().stream()
            .filter(a -> !(a.settings().penalty() instanceof Penalty.None))
            .toList();
    if (!penalised.isEmpty()) {
      list.add(
          new Assumption(
              "penalty",
              "(r/2)·Σθ² with r = 0.01 in the text, the code's form not stated",
              byArm(penalised, a -> describe(a.settings().penalty()))));
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

  private static String describe(Optimizer optimizer) {
    if (optimizer instanceof Optimizer.Sgd sgd) {
      return "stochastic gradient descent with learning rate "
          + sgd.learningRate()
          + " and momentum "
          + sgd.momentum();
    }
    Optimizer.Adam adam = (Optimizer.Adam) optimizer;
    return "Adam with learning rate %s, β₁ = %s, β₂ = %s, ε = %s %s"
        .formatted(
            adam.learningRate(),
            adam.beta1(),
            adam.beta2(),
            Numbers.text(adam.epsilon()),
            switch (adam.form()) {
              case KINGMA_BA -> "as in Kingma & Ba's algorithm 1";
              case EPSILON_HAT -> "as Keras's \"epsilon hat\"";
            });
  }

  private static String describeConvolutions(Arm arm) {
    Set<String> kinds = new LinkedHashSet<>();
    for (Layer layer : arm.network().layers()) {
      if (layer instanceof Convolution c) {
        kinds.add("plain " + c.kernel() + "×" + c.kernel());
      } else if (layer instanceof SeparableConvolution c) {
        kinds.add("depthwise-separable " + c.kernel() + "×" + c.kernel());
      }
    }
    return kinds.isEmpty() ? "none" : String.join(" and ", kinds);
  }

  private static String describeBiases(Arm arm) {
    Set<String> with = new LinkedHashSet<>();
    Set<String> without = new LinkedHashSet<>();
    for (Layer layer : arm.network().layers()) {
      if (layer instanceof Convolution c) {
        (c.bias() ? with : without).add("convolutions");
      } else if (layer instanceof SeparableConvolution c) {
        (c.bias() ? with : without).add("convolutions");
      } else if (layer instanceof Dense d) {
        (d.bias() ? with : without).add("dense layers");
      }
    }
    if (with.isEmpty() || without.isEmpty()) {
      return with.isEmpty() ? "none" : "in all layers";
    }
    return String.join(" and ", with) + " yes, " + String.join(" and ", without) + " no";
  }

  private static String describeInitialValues(Arm arm) {
    String weights = describe(arm.settings().weights());
    boolean biases =
        arm.network().parameters().stream()
            .anyMatch(p -> p.kind() == org.unvanish.network.ParameterTensor.Kind.BIAS);
    String ofBiases = describe(arm.settings().biases());
    return !biases || weights.equals(ofBiases)
        ? weights
        : "weights " + weights + ", biases " + ofBiases;
  }

  private static String describe(Initialization values) {
    if (values instanceof Initialization.Uniform uniform) {
      return "uniform on [−%1$s, %1$s)".formatted(Numbers.text(uniform.bound()));
    } else if (values instanceof Initialization.Normal normal) {
      return "normal with standard deviation " + Numbers.text(normal.deviation());
    } else if (values instanceof Initialization.Glorot) {
      return "Glorot's uniform";
    } else if (values instanceof Initialization.He) {
      return "He's normal";
    }
    return values instanceof Initialization.Zeros ? "zeros" : "given";
  }

  private static String describe(Penalty penalty) {
    String scope = penalty.scope() == Penalty.Scope.ALL ? "all parameters" : "weights";
    if (penalty instanceof Penalty.L2 l2) {
      return "(r/2)·Σθ² over %s, r = %s".formatted(scope, Numbers.text(l2.r()));
    } else if (penalty instanceof Penalty.KerasL2 l2) {
      return "Keras's r·Σθ² over %s, r = %s".formatted(scope, Numbers.text(l2.r()));
    } else if (penalty instanceof Penalty.L1 l1) {
      return "r·Σ|θ| over %s, r = %s".formatted(scope, Numbers.text(l1.r()));
    } else if (penalty instanceof Penalty.ElasticNet net) {
      return "r₁·Σ|θ| + (r₂/2)·Σθ² over %s, r₁ = %s, r₂ = %s"
          .formatted(scope, Numbers.text(net.r1()), Numbers.text(net.r2()));
    }
    return "none";
  }

  /** How an arm reads "logsigmoid"; empty if it has nothing to do with it. */
  private static Set<String> readings(Arm arm) {
    Set<String> found = new LinkedHashSet<>();
    for (Layer layer : arm.network().layers()) {
      if (layer instanceof Activated activated) {
        ActivationFunction function = activated.activation().function();
        if (function == ActivationFunction.LOGISTIC) {
          found.add("the logistic function 1/(1 + e⁻ᶻ)");
        } else if (function == ActivationFunction.LOG_SIGMOID) {
          found.add("log(1/(1 + e⁻ᶻ))");
        }
      }
    }
    return found;
  }
}
