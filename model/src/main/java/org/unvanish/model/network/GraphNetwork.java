package org.unvanish.model.network;

import org.unvanish.data.Shape;
import org.unvanish.model.GraphStack;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.network.Network;

/**
 * Somebody's model as a network of the engine, with its weights.
 *
 * @since 0.1
 */
public final class GraphNetwork {

  private final Network network;
  private final float[] parameters;

  /**
   * @param parameters as many as the network has; kept as they are
   */
  GraphNetwork(Network network, float[] parameters) {
    this.network = network;
    this.parameters = parameters;
  }

  /**
   * The network that computes what a model does.
   *
   * <p>Weights are put into the engine's order, as a model may read a sample's values in another:
   * rows first, or channels last. They are rounded to single precision.
   *
   * @param stack the model, as {@link org.unvanish.model.ModelDiagnosis#stack} makes it
   * @param data the shape of a sample
   * @throws ModelRefusedException if a layer is none that the engine has; names the layer, the
   *     reason and the way out
   */
  public static GraphNetwork of(GraphStack stack, Shape data) {
    return StackWalk.of(stack, data);
  }

  /** Its layers. */
  public Network network() {
    return network;
  }

  /**
   * A copy of its weights, of all else that training changes, and of the running statistics, as
   * long as {@link Network#parameterCount}.
   */
  public float[] parameters() {
    return parameters.clone();
  }
}
