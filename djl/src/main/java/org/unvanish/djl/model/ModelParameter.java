package org.unvanish.djl.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.djl.ScaledActivation;
import org.unvanish.network.ParameterTensor;
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
    Map<Parameter, Kind> special = new IdentityHashMap<>();
    collectSpecial(block, special);
    List<ModelParameter> found = new ArrayList<>();
    for (Pair<String, Parameter> pair : block.getParameters()) {
      Parameter parameter = pair.getValue();
      Kind other = parameter.getType() == Parameter.Type.WEIGHT ? Kind.WEIGHTS : Kind.BIAS;
      found.add(
          new ModelParameter(pair.getKey(), parameter, special.getOrDefault(parameter, other)));
    }
    return found;
  }

  /** Those whose kind their block decides. */
  private static void collectSpecial(Block block, Map<Parameter, Kind> special) {
    for (Parameter parameter : block.getDirectParameters().values()) {
      if (block instanceof ScaledActivation) {
        special.put(parameter, Kind.SCALE);
      } else if (block instanceof RecurrentBlock
          && RecurrentSettings.isRecurrentWeights(parameter)) {
        special.put(parameter, Kind.RECURRENT);
      }
    }
    block.getChildren().values().forEach(child -> collectSpecial(child, special));
  }

  /**
   * What it is among the parameters of a model.
   *
   * @param offset of its first value
   */
  public ParameterTensor tensor(int offset) {
    Shape shape = parameter.getArray().getShape();
    int fanIn =
        Math.toIntExact(shape.size() / Math.max(1, shape.dimension() == 0 ? 1 : shape.get(0)));
    return new ParameterTensor(
        name,
        kind,
        Arrays.stream(shape.getShape()).mapToObj(Math::toIntExact).toList(),
        offset,
        fanIn,
        Math.toIntExact(shape.size() / fanIn),
        0);
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
