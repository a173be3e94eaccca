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
import org.unvanish.network.Residual;

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
      Layer layer = layers.get(i);
      if (layer instanceof Activated activated) {
        List<Stage> stages = List.of(activation(activated, i, own));
        laidOut.add(new LaneNetwork.LaidOut(stages, List.of(), input, value, gradient));
      } else if (layer instanceof Residual block) {
        laidOut.add(residual(block, i, own));
      } else {
        List<Stage> stages = others(layer, i, own);
        laidOut.add(new LaneNetwork.LaidOut(stages, List.of(), input, value, gradient));
      }
    }
    return laidOut;
  }

  private Stage activation(Activated layer, int i, List<ParameterTensor> own) {
    boolean apart = new ActivationKernel(layer.activation()).needsInput() || !mayOverwrite;
    LaneTensor z = value;
    value = apart ? pass.tensor(z.shape(), haloOfValue(layers, i + 1)) : z;
    mayOverwrite = false;
    return new ActivationStage(z, value, gradient, layer.activation(), own, pass.sums(own));
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
      if (kind.addsBiases() && tensor.kind() == ParameterTensor.Kind.BIAS) {
        stages.add(new BiasStage(y, yGradient, tensor));
      }
    }
    value = y;
    gradient = yGradient;
    mayOverwrite = !kind.readsOutput();
    return List.copyOf(stages);
  }

  /**
   * Fork, branch, projection, join. The branch has a gradient of its own at the block's input, to
   * which that of the other way is added.
   */
  private LaneNetwork.LaidOut residual(Residual block, int i, List<ParameterTensor> own) {
    LaneTensor input = value;
    LaneTensor inputGradient = gradient;
    Iterator<ParameterTensor> parameters = own.iterator();
    LaneTensor branchGradient = pass.tensor(input.shape(), 0);
    List<LaneNetwork.LaidOut> inside =
        new Layout(pass, input, branchGradient, block.layers()).add(parameters);
    Shape output = block.output(input.shape());
    value = pass.tensor(output, haloOfValue(layers, i + 1));
    gradient = pass.tensor(output, 0);
    mayOverwrite = true;
    // Without a projection, the gradient at the output is what comes past the branch.
    LaneTensor skip = input;
    LaneTensor skipGradient = gradient;
    LaneTensor skipInputGradient = gradient;
    List<Stage> projection = List.of();
    if (block.projection()) {
      skipInputGradient = pass.tensor(input.shape(), 0);
      LaneNetwork.LaidOut projected =
          new Layout(
                  pass,
                  input,
                  skipInputGradient,
                  List.of(block.projectionOf(input.shape()).orElseThrow()))
              .add(parameters)
              .get(0);
      skip = projected.output();
      skipGradient = projected.outputGradient();
      projection = projected.stages();
    }
    List<Stage> stages = new ArrayList<>();
    stages.add(new ForkStage(branchGradient, skipInputGradient, inputGradient));
    inside.forEach(layer -> stages.addAll(layer.stages()));
    stages.addAll(projection);
    stages.add(new JoinStage(inside.get(inside.size() - 1), skip, skipGradient, value, gradient));
    return new LaneNetwork.LaidOut(List.copyOf(stages), inside, input, value, gradient);
  }

  /**
   * The halo of the value that reaches a layer: what that layer, or one beyond activations, reads.
   */
  static int haloOfValue(List<Layer> layers, int layer) {
    for (int i = layer; i < layers.size(); i++) {
      Layer reader = layers.get(i);
      if (!(reader instanceof Activated)) {
        return reader.layers().isEmpty()
            ? StageTable.padding(reader)
            : haloOfValue(reader.layers(), 0);
      }
    }
    return 0;
  }
}
