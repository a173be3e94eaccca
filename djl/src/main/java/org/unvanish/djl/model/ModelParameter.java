package org.unvanish.djl.model;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.List;
import org.unvanish.djl.ScaledActivation;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.penalty.Penalty;

/**
 * A parameter of somebody's model.
 *
 * @param name as {@link Block#getParameters()} names it: {@code 01Linear_weight}
 * @param parameter where its values are
 * @param kind what it is to penalties: a bias is whatever is neither weight nor α
 */
public record ModelParameter(String name, Parameter parameter, Kind kind) {

  /** All parameters of a block and its children, in their order. */
  public static List<ModelParameter> of(Block block) {
    List<Parameter> scales = new ArrayList<>();
    collectScales(block, scales);
    List<ModelParameter> found = new ArrayList<>();
    for (Pair<String, Parameter> pair : block.getParameters()) {
      found.add(new ModelParameter(pair.getKey(), pair.getValue(), kind(pair.getValue(), scales)));
    }
    return found;
  }

  private static void collectScales(Block block, List<Parameter> scales) {
    if (block instanceof ScaledActivation) {
      scales.addAll(block.getDirectParameters().values());
    }
    block.getChildren().values().forEach(child -> collectScales(child, scales));
  }

  private static Kind kind(Parameter parameter, List<Parameter> scales) {
    if (scales.contains(parameter)) {
      return Kind.SCALE;
    }
    return parameter.getType() == Parameter.Type.WEIGHT ? Kind.WEIGHTS : Kind.BIAS;
  }

  /** False for frozen ones and for those that are counted, not trained, such as running means. */
  public boolean isTrained() {
    return parameter.requiresGradient();
  }

  /** Whether a penalty acts on it while it is trained. */
  public boolean isCovered(Penalty penalty) {
    return isTrained() && kind.isCoveredBy(penalty);
  }
}
