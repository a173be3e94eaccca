package org.unvanish.internal.stage;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.internal.kernel.ActivationKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.network.Activated;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;

/** A network laid out for blocks of 16 samples: its stages and the tensors between them. */
public final class LaneNetwork {

  /**
   * One layer as it is laid out, for those who look at a network layer by layer.
   *
   * @param stages its stages, first to last
   * @param output the layer's output; an activation after it may overwrite it
   * @param outputGradient the gradient with respect to the output; an activation turns it into that
   *     with respect to its input in place
   */
  public record LaidOut(List<Stage> stages, LaneTensor output, LaneTensor outputGradient) {}

  private final List<LaidOut> layers = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();
  private final LaneTensor input;
  private LaneTensor output;
  private LaneTensor outputGradient;

  /** Stages before this one have no parameters before them, so nobody needs their gradients. */
  private int firstWithParameters = -1;

  public LaneNetwork(Network network) {
    input = new LaneTensor(network.input(), haloOfValue(network, 0));
    output = input;
    // Without a halo: no stage reads around the gradient with respect to the images.
    outputGradient = new LaneTensor(network.input(), 0);
    for (int i = 0; i < network.layers().size(); i++) {
      int first = stages.size();
      add(network, i);
      List<Stage> own = List.copyOf(stages.subList(first, stages.size()));
      layers.add(new LaidOut(own, output, outputGradient));
    }
  }

  private void add(Network network, int i) {
    Layer layer = network.layers().get(i);
    List<ParameterTensor> parameters = network.parameters(i);
    if (firstWithParameters < 0 && !parameters.isEmpty()) {
      firstWithParameters = stages.size();
    }
    if (layer instanceof Activated activated) {
      boolean apart =
          new ActivationKernel(activated.activation()).needsInput()
              || !mayOverwrite(network, i - 1);
      LaneTensor y = apart ? new LaneTensor(output.shape(), haloOfValue(network, i + 1)) : output;
      stages.add(
          new ActivationStage(output, y, outputGradient, activated.activation(), parameters));
      output = y;
      return;
    }
    LayerStages<Layer> kind = StageTable.entry(layer);
    LaneTensor y = new LaneTensor(network.output(i), haloOfValue(network, i + 1));
    LaneTensor gradient =
        new LaneTensor(network.output(i), kind.gradientPadding().applyAsInt(layer));
    stages.addAll(
        kind.maker()
            .stages(layer, new LayerStages.Place(output, outputGradient, y, gradient, parameters)));
    for (ParameterTensor tensor : parameters) {
      if (tensor.kind() == ParameterTensor.Kind.BIAS) {
        stages.add(new BiasStage(y, gradient, tensor));
      }
    }
    output = y;
    outputGradient = gradient;
  }

  /** Whether an activation may overwrite the output of a layer: the images are not ours. */
  private static boolean mayOverwrite(Network network, int layer) {
    return layer >= 0
        && network.layers().get(layer).role() != Layer.Role.ACTIVATION
        && !StageTable.entry(network.layers().get(layer)).readsOutput();
  }

  /**
   * The halo of the value that reaches a layer: what that layer, or one beyond activations, reads.
   */
  private static int haloOfValue(Network network, int layer) {
    for (int i = layer; i < network.layers().size(); i++) {
      Layer reader = network.layers().get(i);
      if (reader.role() != Layer.Role.ACTIVATION) {
        return StageTable.padding(reader);
      }
    }
    return 0;
  }

  /** The network's layers, first to last. */
  public List<LaidOut> layers() {
    return layers;
  }

  /** Where a block's images go. */
  public LaneTensor input() {
    return input;
  }

  /** A block's outputs, after {@link #forward}. */
  public LaneTensor output() {
    return output;
  }

  /** Where the gradient with respect to the outputs goes before {@link #backward}. */
  public LaneTensor outputGradient() {
    return outputGradient;
  }

  /** Takes over parameters and forgets the gradients gathered so far. */
  public void setParameters(float[] parameters) {
    for (Stage stage : stages) {
      stage.setParameters(parameters);
    }
  }

  /** From samples to outputs. */
  public void forward() {
    for (Stage stage : stages) {
      stage.forward();
    }
  }

  /**
   * From the gradient with respect to the outputs to parameter gradients, which add up over blocks.
   */
  public void backward() {
    for (int i = stages.size() - 1; i >= firstWithParameters; i--) {
      stages.get(i).addParameterGradients();
      if (i > firstWithParameters) {
        stages.get(i).inputGradient();
      }
    }
  }

  /** Writes the parameter gradients of all blocks since {@link #setParameters}. */
  public void collect(float[] gradient) {
    for (Stage stage : stages) {
      stage.collect(gradient);
    }
  }
}
