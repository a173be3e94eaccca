package org.unvanish.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.activation.Activation;
import org.unvanish.activation.Scale;
import org.unvanish.experiment.Backend;
import org.unvanish.initialization.Initialization;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;

/** Writes an arm with all its settings. */
final class ArmWriter {

  private ArmWriter() {}

  static Map<String, Object> arm(ArmSpec arm) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", arm.name());
    List<Object> activations = arm.activations().stream().map(ArmWriter::activation).toList();
    if (!activations.isEmpty()) {
      map.put("activation", activations.size() == 1 ? activations.get(0) : activations);
    }
    map.put("penalty", penalty(arm.penalty()));
    map.put("initial-values", start(arm.weights(), arm.biases()));
    map.put("optimizer", optimizer(arm.optimizer()));
    if (arm.backend() != Backend.ENGINE) {
      map.put("backend", arm.backend().label());
    }
    map.put("batch-size", arm.batchSize());
    map.put("epochs", arm.epochs());
    boolean counted = arm.seeds().equals(ArmSpec.seeds(arm.seeds().size()));
    map.put("seeds", counted ? arm.seeds().size() : arm.seeds());
    return map;
  }

  private static Object activation(Activation activation) {
    String function = activation.function().label();
    if (activation.equals(Activation.of(activation.function()))) {
      return function;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("function", function);
    if (activation.scale() instanceof Scale.Fixed fixed) {
      map.put("alpha", fixed.alpha());
    } else if (activation.scale() instanceof Scale.Learned learned) {
      map.put("alpha", Map.of("learned", learned.initialAlpha()));
    } else {
      map.put("naive", activation.outer());
    }
    return map;
  }

  private static Object penalty(Penalty penalty) {
    Map<String, Object> map = new LinkedHashMap<>();
    Penalty.Scope usual = Penalty.Scope.ALL;
    if (penalty instanceof Penalty.L2 l2) {
      map.put("l2", l2.r());
    } else if (penalty instanceof Penalty.KerasL2 l2) {
      map.put("l2", l2.r());
      map.put("form", "keras");
      usual = Penalty.Scope.WEIGHTS;
    } else if (penalty instanceof Penalty.L1 l1) {
      map.put("l1", l1.r());
    } else if (penalty instanceof Penalty.ElasticNet net) {
      Map<String, Object> parts = new LinkedHashMap<>();
      parts.put("l1", net.r1());
      parts.put("l2", net.r2());
      map.put("elastic-net", parts);
    } else {
      return "none";
    }
    if (penalty.scope() != usual) {
      map.put("scope", SpecWords.of(SpecWords.SCOPES, penalty.scope()).orElseThrow());
    }
    return map;
  }

  private static Object start(Initialization weights, Initialization biases) {
    boolean word = SpecWords.of(SpecWords.INITIAL_VALUES, weights).isPresent();
    Initialization usual = word ? new Initialization.Zeros() : weights;
    if (biases.equals(usual)) {
      return initialValues(weights);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("weights", initialValues(weights));
    map.put("biases", initialValues(biases));
    return map;
  }

  private static Object initialValues(Initialization values) {
    if (values instanceof Initialization.Uniform uniform) {
      return Map.of("uniform", uniform.bound());
    } else if (values instanceof Initialization.Normal normal) {
      return Map.of("normal", normal.deviation());
    }
    return SpecWords.of(SpecWords.INITIAL_VALUES, values).orElseThrow();
  }

  private static Object optimizer(Optimizer optimizer) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (optimizer instanceof Optimizer.Sgd sgd) {
      map.put("learning-rate", sgd.learningRate());
      map.put("momentum", sgd.momentum());
      return Map.of("sgd", map);
    }
    Optimizer.Adam adam = (Optimizer.Adam) optimizer;
    map.put("learning-rate", adam.learningRate());
    map.put("beta1", adam.beta1());
    map.put("beta2", adam.beta2());
    map.put("epsilon", adam.epsilon());
    map.put("epsilon-form", SpecWords.of(SpecWords.EPSILON_FORMS, adam.form()).orElseThrow());
    return Map.of("adam", map);
  }
}
