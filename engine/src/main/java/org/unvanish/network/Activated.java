package org.unvanish.network;

import java.util.List;
import java.util.function.UnaryOperator;
import org.unvanish.activation.Activation;
import org.unvanish.activation.Scale;
import org.unvanish.data.Shape;
import org.unvanish.network.ParameterTensor.Kind;

/**
 * An activation function, value by value.
 *
 * @param activation what is applied
 * @since 0.1
 */
public record Activated(Activation activation) implements Layer {

  private static final String ALPHA = "alpha";

  @Override
  public Role role() {
    return Role.ACTIVATION;
  }

  @Override
  public String name() {
    return "activation";
  }

  @Override
  public boolean needsRowsAndColumns() {
    return false;
  }

  @Override
  public Shape output(Shape input) {
    return input;
  }

  @Override
  public List<Activation> activations() {
    return List.of(activation);
  }

  @Override
  public Activated withActivations(UnaryOperator<Activation> change) {
    return new Activated(change.apply(activation));
  }

  @Override
  public List<Parameters> parameters(Shape input) {
    return parameters(activation);
  }

  /** The α of an activation whose scale is trained, before it has its place in a network. */
  static List<Parameters> parameters(Activation activation) {
    if (!(activation.scale() instanceof Scale.Trained scale)) {
      return List.of();
    }
    boolean shared = scale instanceof Scale.Learned learned && learned.shared();
    String name = shared ? ParameterTensor.SHARED_ALPHA : ALPHA;
    return List.of(new Parameters(name, Kind.SCALE, List.of(), 1, 1, scale.initialAlpha()));
  }

  @Override
  public Layer widened(int factor) {
    return this;
  }
}
