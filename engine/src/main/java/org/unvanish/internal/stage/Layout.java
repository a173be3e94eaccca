package org.unvanish.internal.stage;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.unvanish.data.Shape;
import org.unvanish.internal.kernel.ActivationKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.network.Activated;
import org.unvanish.network.Layer;
import org.unvanish.network.ParameterTensor;

/** Lays out layers that follow each other: gives each its stages and its tensors. */
final class Layout {

  private final Pass pass;
  private final List<Layer> layers;

  /** What the next layer reads, and where the gradient with respect to it goes. */
  private LaneTensor value;

  private LaneTensor gradient;

  /** Whether an activation may overwrite the value: not what is given, nor what is read again. */
  private boolean mayOverwrite;

  /** Layers on an input of their own. */
  Layout(Pass pass, Shape input, List<Layer> layers) {
    // No stage reads around the gradient with respect to the input.
    this(pass, pass.tensor(input, haloOfValue(layers, 0)), pass.tensor(input, 0), layers);
  }

  /**
   * @param input what the first layer reads, with a halo that is wide enough
   * @param inputGradient receives the gradient with respect to it
   */
  Layout(Pass pass, LaneTensor input, LaneTensor inputGradient, List<Layer> layers) {
    this.pass = pass;
    this.layers = layers;
    this.value = input;
    this.gradient = inputGradient;
  }

  /**
   * Lays out all layers.
   *
   * @param parameters gives the tensors of all layers, in their order
   */
  List<LaneNetwork.LaidOut> add(Iterator<ParameterTensor> parameters) {
    List<LaneNetwork.LaidOut> laidOut = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      LaneTensor input = value;
      List<ParameterTensor> own = new ArrayList<>();
      layers.get(i).parameters(input.shape()).forEach(tensor -> own.add(parameters.next()));
      List<Stage> stages =
          layers.get(i) instanceof Activated activated
              ? List.of(activation(activated, i, own))
              : others(layers.get(i), i, own);
      laidOut.add(new LaneNetwork.LaidOut(stages, input, value, gradient));
    }
    return laidOut;
  }

  private Stage activation(Activated layer, int i, List<ParameterTensor> own) {
    boolean apart = new ActivationKernel(layer.activation()).needsInput() || !mayOverwrite;
    LaneTensor z = value;
    value = apart ? pass.tensor(z.shape(), haloOfValue(layers, i + 1)) : z;
    mayOverwrite = false;
    return new ActivationStage(z, value, gradient, layer.activation(), own);
  }

  private List<Stage> others(Layer layer, int i, List<ParameterTensor> own) {
    LayerStages<Layer> kind = StageTable.entry(layer);
    Shape output = layer.output(value.shape());
    LaneTensor y = pass.tensor(output, haloOfValue(layers, i + 1));
    LaneTensor yGradient = pass.tensor(output, kind.gradientPadding().applyAsInt(layer));
    LayerStages.Place place =
        new LayerStages.Place(value, gradient, y, yGradient, List.copyOf(own), pass);
    List<Stage> stages = new ArrayList<>(kind.maker().stages(layer, place));
    for (ParameterTensor tensor : own) {
      if (tensor.kind() == ParameterTensor.Kind.BIAS) {
        stages.add(new BiasStage(y, yGradient, tensor));
      }
    }
    value = y;
    gradient = yGradient;
    mayOverwrite = !kind.readsOutput();
    return List.copyOf(stages);
  }

  /**
   * The halo of the value that reaches a layer: what that layer, or one beyond activations, reads.
   */
  static int haloOfValue(List<Layer> layers, int layer) {
    for (int i = layer; i < layers.size(); i++) {
      if (!(layers.get(i) instanceof Activated)) {
        return StageTable.padding(layers.get(i));
      }
    }
    return 0;
  }
}
