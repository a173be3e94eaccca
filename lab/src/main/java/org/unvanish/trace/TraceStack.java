package org.unvanish.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.diagnosis.evidence.StepRole;
import org.unvanish.diagnosis.measurement.StackLayer;
import org.unvanish.diagnosis.measurement.StackTensor;

/**
 * A traced model as a layer stack: its layers in the order in which they are computed. Where a
 * layer's gradient is not all that arrives at the layer before, other paths or other code lie
 * between the two: a step of its own, so that each layer's factor is what the layer alone does.
 */
final class TraceStack {

  /** The step between two layers. */
  static final String BETWEEN = "(other paths)";

  /** Activation functions that Unvanish does not have, by their classes. */
  private static final Set<String> OTHER_ACTIVATIONS =
      Set.of(
          "CELU",
          "GLU",
          "Hardshrink",
          "Hardswish",
          "LogSoftmax",
          "Mish",
          "PReLU",
          "ReLU",
          "RReLU",
          "ReLU6",
          "Softmax",
          "Softmax2d",
          "Softmin",
          "Softshrink",
          "Tanhshrink",
          "Threshold",
          "Activation",
          "Hardtanh",
          "ELU",
          "GELU",
          "LeakyReLU",
          "Softplus");

  /**
   * A place of the stack.
   *
   * @param layer its number in the trace
   * @param between whether this is what lies before that layer
   */
  record Place(int layer, boolean between) {}

  private final List<Place> places = new ArrayList<>();
  private final List<StackLayer> layers = new ArrayList<>();

  /**
   * @param states of the tensors
   * @param joined numbers of the layers before which something else lies
   * @throws IllegalArgumentException if a tensor has no state, or a function is none that there is
   */
  TraceStack(
      List<TraceLine.Layer> traced, Map<String, TraceLine.State> states, Set<Integer> joined) {
    for (int i = 0; i < traced.size(); i++) {
      if (joined.contains(i)) {
        places.add(new Place(i, true));
        layers.add(StackLayer.of(BETWEEN, Optional.empty(), List.of()));
      }
      places.add(new Place(i, false));
      layers.add(layer(traced.get(i), states));
    }
  }

  private static StackLayer layer(TraceLine.Layer traced, Map<String, TraceLine.State> states) {
    StepRole role = role(traced);
    Optional<Activation> activation =
        Optional.ofNullable(traced.function()).map(name -> activation(name, traced.alpha()));
    List<StackTensor> tensors =
        traced.tensors().stream()
            .map(tensor -> tensor(tensor, role, state(tensor.name(), states)))
            .toList();
    return new StackLayer(traced.name(), role, activation, tensors, List.of());
  }

  private static StepRole role(TraceLine.Layer traced) {
    String kind = traced.kind();
    if (traced.function() != null || OTHER_ACTIVATIONS.contains(kind)) {
      return StepRole.ACTIVATION;
    }
    if (kind.contains("Norm")) {
      return StepRole.NORMALIZATION;
    }
    if (kind.contains("Dropout")) {
      return StepRole.DROPOUT;
    }
    return traced.tensors().stream().anyMatch(tensor -> tensor.axes() > 1)
        ? StepRole.WEIGHTS
        : StepRole.POOLING;
  }

  private static Activation activation(String name, double alpha) {
    ActivationFunction function =
        Arrays.stream(ActivationFunction.values())
            .filter(one -> one.label().equals(name))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("there is no function \"" + name + "\""));
    return alpha == 1 ? Activation.of(function) : function.scaled(alpha);
  }

  /** Whether a layer applies a function for which He's initialization is made. */
  static boolean hasRectifier(List<TraceLine.Layer> layers) {
    return layers.stream()
        .map(TraceLine.Layer::function)
        .filter(Objects::nonNull)
        .anyMatch(name -> activation(name, 1).function().isRectifier());
  }

  private static TraceLine.State state(String name, Map<String, TraceLine.State> states) {
    TraceLine.@Nullable State state = states.get(name);
    if (state == null) {
      throw new IllegalArgumentException("the tensor \"" + name + "\" has no state");
    }
    return state;
  }

  private static StackTensor tensor(TraceLine.Tensor tensor, StepRole role, TraceLine.State state) {
    return new StackTensor(
        tensor.name(),
        tensor.size(),
        role == StepRole.WEIGHTS && tensor.axes() > 1,
        tensor.fanIn(),
        number(state.rms()),
        number(state.mean()),
        number(state.change()),
        state.penalty() == null ? Double.NEGATIVE_INFINITY : state.penalty(),
        number(state.update()));
  }

  static double number(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }

  /** First to last. */
  List<StackLayer> layers() {
    return layers;
  }

  /** What stands where in the stack, first to last. */
  List<Place> places() {
    return places;
  }
}
