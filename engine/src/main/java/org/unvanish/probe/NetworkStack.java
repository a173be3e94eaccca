package org.unvanish.probe;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.unvanish.activation.Activation;
import org.unvanish.data.Shape;
import org.unvanish.diagnosis.evidence.StepRole;
import org.unvanish.diagnosis.measurement.ScaledSum;
import org.unvanish.diagnosis.measurement.StackLayer;
import org.unvanish.diagnosis.measurement.StackTensor;
import org.unvanish.network.Activated;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.penalty.Penalty;

/** A network with its parameters as a layer stack: what can be told of it without data. */
final class NetworkStack {

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
    return parts(network).stream().map(stack::layer).toList();
  }

  /**
   * A layer with what it trains.
   *
   * @param name as its tensors have it: {@code conv1}, {@code residual1/conv1}
   * @param trained its tensors; of a block those of its projection
   * @param inside the layers that it holds
   */
  record Part(String name, Layer layer, List<ParameterTensor> trained, List<Part> inside) {}

  /** The layers of a network, first to last. */
  static List<Part> parts(Network network) {
    return parts(network.layers(), network.input(), network.parametersByLayer().iterator(), 1);
  }

  /**
   * @param depth how many words of a tensor's name are the layer's
   */
  private static List<Part> parts(
      List<Layer> layers, Shape input, Iterator<ParameterTensor> tensors, int depth) {
    List<Part> parts = new ArrayList<>();
    Shape reached = input;
    for (Layer layer : layers) {
      List<ParameterTensor> own = new ArrayList<>();
      layer.parameters(reached).forEach(tensor -> own.add(tensors.next()));
      List<ParameterTensor> left = own;
      List<Part> inside = List.of();
      if (!layer.layers().isEmpty()) {
        Iterator<ParameterTensor> branch = own.iterator();
        inside = parts(layer.layers(), reached, branch, depth + 1);
        left = new ArrayList<>();
        branch.forEachRemaining(left::add);
      }
      parts.add(
          new Part(
              own.stream()
                  .filter(tensor -> !tensor.isShared())
                  .findFirst()
                  .map(tensor -> name(tensor, depth))
                  .orElse(layer.name()),
              layer,
              left.stream().filter(tensor -> tensor.kind().isTrained()).toList(),
              inside));
      reached = layer.output(reached);
    }
    return parts;
  }

  private static String name(ParameterTensor tensor, int depth) {
    return String.join("/", List.of(tensor.name().split("/")).subList(0, depth));
  }

  private StackLayer layer(Part part) {
    return new StackLayer(
        part.name(),
        role(part.layer().role()),
        activation(part.layer()),
        part.trained().stream().map(this::tensor).toList(),
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

  private static Optional<Activation> activation(Layer layer) {
    return layer instanceof Activated activated
        ? Optional.of(activated.activation())
        : Optional.empty();
  }

  private StackTensor tensor(ParameterTensor tensor) {
    double squares = ScaledSum.ofSquares(parameters, tensor.offset(), tensor.end());
    double rms = Math.sqrt(squares / tensor.size());
    return new StackTensor(
        tensor.name(),
        tensor.size(),
        tensor.kind() == Kind.WEIGHTS,
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
