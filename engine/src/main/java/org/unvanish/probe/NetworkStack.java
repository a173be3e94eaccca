package org.unvanish.probe;

import java.util.List;
import java.util.Optional;
import org.unvanish.activation.Activation;
import org.unvanish.activation.Scale;
import org.unvanish.diagnosis.evidence.StepRole;
import org.unvanish.diagnosis.measurement.ScaledSum;
import org.unvanish.diagnosis.measurement.StackLayer;
import org.unvanish.diagnosis.measurement.StackTensor;
import org.unvanish.network.Activated;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.NetworkPart;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Recurrent;
import org.unvanish.penalty.Penalty;

/** A network with its parameters as a layer stack: what can be told of it without data. */
final class NetworkStack {

  /** The range of a {@link Scale}. */
  private static final double SMALLEST = 1e-30;

  private static final double LARGEST = 1e30;

  private final float[] parameters;
  private final float[] initial;
  private final Penalty penalty;
  private final UpdateSizes updates;

  private NetworkStack(float[] parameters, float[] initial, Penalty penalty, UpdateSizes updates) {
    this.parameters = parameters;
    this.initial = initial;
    this.penalty = penalty;
    this.updates = updates;
  }

  /**
   * The layers, first to last.
   *
   * @param parameters in the network's order
   * @param initial those that the run began with
   * @param penalty of the run
   * @param updates its last steps
   */
  static List<StackLayer> layers(
      Network network, float[] parameters, float[] initial, Penalty penalty, UpdateSizes updates) {
    NetworkStack stack = new NetworkStack(parameters, initial, penalty, updates);
    return NetworkPart.of(network).stream().map(stack::layer).toList();
  }

  private StackLayer layer(NetworkPart part) {
    return new StackLayer(
        part.name(),
        role(part.layer().role()),
        activation(part),
        tensors(part),
        part.inside().stream().map(this::layer).toList());
  }

  private static StepRole role(Layer.Role role) {
    return switch (role) {
      case WEIGHTS -> StepRole.WEIGHTS;
      case POOLING -> StepRole.POOLING;
      case ACTIVATION -> StepRole.ACTIVATION;
      case NORMALIZATION -> StepRole.NORMALIZATION;
      case NOISE -> StepRole.DROPOUT;
      case BLOCK -> StepRole.RESIDUAL;
    };
  }

  /** With a trained α as it stands; its sign makes no slope larger or smaller. */
  private Optional<Activation> activation(NetworkPart part) {
    if (!(part.layer() instanceof Activated activated)) {
      return Optional.empty();
    }
    Activation initially = activated.activation();
    if (!(initially.scale() instanceof Scale.Trained scale)) {
      return Optional.of(initially);
    }
    double size = Math.abs(parameters[alpha(part.trained()).offset()]);
    // Also of a NaN, which training may have made of it.
    double within = size >= SMALLEST ? Math.min(size, LARGEST) : SMALLEST;
    return Optional.of(new Activation(initially.function(), scale.from(within)));
  }

  /** The tensor of a trained α. */
  static ParameterTensor alpha(List<ParameterTensor> trained) {
    return trained.stream().filter(tensor -> tensor.kind() == Kind.SCALE).findFirst().orElseThrow();
  }

  /** Of a recurrent layer with two directions, the first one has its gain. */
  private List<StackTensor> tensors(NetworkPart part) {
    List<ParameterTensor> trained = part.trained();
    return trained.stream()
        .map(
            tensor ->
                tensor(
                    tensor,
                    tensor.kind() == Kind.WEIGHTS
                        && (tensor == trained.get(0) || !(part.layer() instanceof Recurrent))))
        .toList();
  }

  private StackTensor tensor(ParameterTensor tensor, boolean isWeights) {
    double squares = ScaledSum.ofSquares(parameters, tensor.offset(), tensor.end());
    double rms = Math.sqrt(squares / tensor.size());
    return new StackTensor(
        tensor.name(),
        tensor.size(),
        isWeights,
        tensor.fanIn(),
        rms,
        mean(tensor),
        change(tensor),
        penaltyLog10(tensor),
        StrictMath.log10(updates.rms(tensor) / rms));
  }

  private double mean(ParameterTensor tensor) {
    double sum = 0;
    for (int i = tensor.offset(); i < tensor.end(); i++) {
      sum += parameters[i];
    }
    return sum / tensor.size();
  }

  private double change(ParameterTensor tensor) {
    double sum = 0;
    for (int i = tensor.offset(); i < tensor.end(); i++) {
      double difference = (double) parameters[i] - initial[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum / tensor.size());
  }

  private double penaltyLog10(ParameterTensor tensor) {
    if (!tensor.kind().isCoveredBy(penalty)) {
      return Double.NEGATIVE_INFINITY;
    }
    double sum = 0;
    for (int i = tensor.offset(); i < tensor.end(); i++) {
      float gradient = (float) penalty.gradient(parameters[i]);
      sum += (double) gradient * gradient;
    }
    return StrictMath.log10(sum / tensor.size()) / 2;
  }
}
