package org.unvanish.forecast;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.unvanish.activation.Activation;
import org.unvanish.activation.Scale;
import org.unvanish.data.Shape;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.Convolution1d;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Dropout;
import org.unvanish.network.Embedding;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.NetworkPart;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.Normalization.GroupNormalization;
import org.unvanish.network.Normalization.LayerNormalization;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Pooling.GlobalAveragePooling;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.SimpleRecurrent;
import org.unvanish.network.Residual;
import org.unvanish.network.Softmax;

/** What theory makes of each kind of layer, for one network and its initialization. */
final class StepTable {

  /** Makes the step of a layer. */
  private interface Maker<L extends Layer> {
    /**
     * @param place where the layer stands
     * @param input what reaches it
     * @param pooled values in a tile of the max pooling right behind it; 1 where there is none
     */
    Step step(L layer, NetworkPart place, Values input, int pooled);
  }

  private final Map<String, InitialTensor> tensors;
  private final boolean unitVariance;
  private final Map<Class<? extends Layer>, Maker<?>> kinds = new HashMap<>();

  /**
   * @throws IllegalArgumentException if the initialization does not fit the network
   */
  StepTable(Network network, Initialization weights, Initialization biases) {
    this.tensors = InitialTensor.of(network, weights, biases);
    this.unitVariance = weights.needsData();
    add(Dense.class, (layer, place, input, pooled) -> dense(place, input));
    add(Convolution.class, (layer, place, input, pooled) -> convolution(layer, place, input));
    add(Convolution1d.class, (layer, place, input, pooled) -> convolution(layer, place, input));
    add(
        SeparableConvolution.class,
        (layer, place, input, pooled) -> separable(layer, place, input));
    add(
        Embedding.class,
        (layer, place, input, pooled) -> EmbeddingStep.of(input, layer, tensor(place, "weights")));
    add(
        Activated.class,
        (layer, place, input, pooled) ->
            ActivationStep.of(input, activation(layer, place), pooled));
    add(MaxPooling.class, (layer, place, input, pooled) -> PoolingStep.largest(layer, input));
    add(AveragePooling.class, (layer, place, input, pooled) -> PoolingStep.mean(layer, input));
    add(
        GlobalAveragePooling.class,
        (layer, place, input, pooled) -> PoolingStep.mean(layer, input));
    add(
        BatchNormalization.class,
        (layer, place, input, pooled) ->
            NormalizationStep.ofBatch(
                input, layer.epsilon(), square(place, "gamma"), square(place, "beta")));
    add(
        LayerNormalization.class,
        (layer, place, input, pooled) ->
            NormalizationStep.ofSample(
                input,
                input.shape().channels(),
                layer.epsilon(),
                square(place, "gamma"),
                square(place, "beta")));
    add(
        GroupNormalization.class,
        (layer, place, input, pooled) ->
            NormalizationStep.ofSample(
                input,
                input.shape().channels() / layer.groups(),
                layer.epsilon(),
                square(place, "gamma"),
                square(place, "beta")));
    add(Dropout.class, (layer, place, input, pooled) -> DropoutStep.of(input, layer.rate()));
    add(SimpleRecurrent.class, (layer, place, input, pooled) -> recurrent(layer, input));
    add(Lstm.class, (layer, place, input, pooled) -> recurrent(layer, input));
    add(Gru.class, (layer, place, input, pooled) -> recurrent(layer, input));
    add(Residual.class, (layer, place, input, pooled) -> residual(layer, place, input));
    add(
        Softmax.class,
        (layer, place, input, pooled) ->
            new UnknownStep(
                Values.unknown(input.shape()),
                "Theory does not cover a softmax inside a network."));
  }

  private <L extends Layer> void add(Class<L> kind, Maker<L> maker) {
    kinds.put(kind, maker);
  }

  /** The steps of layers one after the other. */
  StepRow row(List<NetworkPart> parts, Values input) {
    List<Step> steps = new ArrayList<>();
    Values values = input;
    for (int i = 0; i < parts.size(); i++) {
      Layer next = i + 1 < parts.size() ? parts.get(i + 1).layer() : parts.get(i).layer();
      int pooled =
          next instanceof MaxPooling pooling
              ? PoolingStep.count(pooling, parts.get(i).layer().output(values.shape()))
              : 1;
      Step step = step(parts.get(i).layer(), parts.get(i), values, pooled);
      steps.add(step);
      values = step.output();
    }
    return new StepRow(parts, steps, input);
  }

  /**
   * @throws IllegalStateException if the table has no such kind
   */
  @SuppressWarnings("unchecked") // Each kind stands beside its own maker.
  private <L extends Layer> Step step(L layer, NetworkPart place, Values input, int pooled) {
    Maker<L> maker = (Maker<L>) kinds.get(layer.getClass());
    if (maker == null) {
      throw new IllegalStateException("theory has no step for a layer " + layer.name());
    }
    return maker.step(layer, place, input, pooled);
  }

  private InitialTensor tensor(ParameterTensor tensor) {
    return Objects.requireNonNull(tensors.get(tensor.name()));
  }

  private InitialTensor tensor(NetworkPart place, String name) {
    return place.tensors().stream()
        .filter(tensor -> tensor.name().endsWith("/" + name))
        .map(this::tensor)
        .findFirst()
        .orElseThrow();
  }

  private double square(NetworkPart place, String name) {
    return tensor(place, name).values().meanSquare();
  }

  /** With the α that a learned scale starts from, which a file may give. */
  private Activation activation(Activated layer, NetworkPart place) {
    Activation activation = layer.activation();
    return activation.scale() instanceof Scale.Trained scale
        ? new Activation(activation.function(), scale.from(tensor(place, "alpha").rms()))
        : activation;
  }

  private static UnknownStep recurrent(Recurrent layer, Values input) {
    return new UnknownStep(
        Values.unknown(layer.output(input.shape())),
        "The forecast does not cover recurrent layers; a diagnosis measures them.");
  }

  private double bias(NetworkPart place) {
    return place.tensors().stream()
        .filter(tensor -> tensor.kind() == Kind.BIAS)
        .mapToDouble(tensor -> tensor(tensor).values().meanSquare())
        .sum();
  }

  private WeightsStep dense(NetworkPart place, Values input) {
    Taps all = Taps.all(input.shape());
    return new WeightsStep(
        List.of(mixing(place, "weights", input, place.layer().output(input.shape()), all)));
  }

  private WeightsStep convolution(Convolutional layer, NetworkPart place, Values input) {
    Values read = input.as(layer.read(input.shape()));
    Shape output = layer.output(input.shape());
    return new WeightsStep(List.of(mixing(place, "weights", read, output, Taps.of(layer))));
  }

  private WeightsStep separable(SeparableConvolution layer, NetworkPart place, Values input) {
    Shape output = layer.output(input.shape());
    Shape between = new Shape(input.shape().channels(), output.rows(), output.columns());
    InitialTensor depthwise = tensor(place, "depthwise");
    Mixing first = new Mixing(input, between, Taps.of(layer), depthwise, depthwise.gain(), 0);
    return new WeightsStep(
        List.of(first, mixing(place, "pointwise", first.output(), output, Taps.POINT)));
  }

  private Mixing mixing(NetworkPart place, String name, Values input, Shape output, Taps taps) {
    InitialTensor weights = tensor(place, name);
    double bias = bias(place);
    double drawn = weights.gain();
    double gain = unitVariance ? Mixing.unitVariance(input, output, taps, drawn, bias) : drawn;
    return new Mixing(input, output, taps, weights, gain, bias);
  }

  private ResidualStep residual(Residual layer, NetworkPart place, Values input) {
    StepRow branch = row(place.inside(), input);
    Optional<WeightsStep> projection =
        layer
            .projectionOf(input.shape())
            .map(
                way ->
                    new NetworkPart(place.name(), way, input.shape(), place.tensors(), List.of()))
            .map(way -> (WeightsStep) step(way.layer(), way, input, 1));
    return ResidualStep.of(input, branch, projection);
  }
}
