package org.unvanish.internal.stage;

import java.util.List;
import org.unvanish.data.Shape;
import org.unvanish.internal.kernel.GroupNormalizationKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.network.Normalization.GroupNormalization;
import org.unvanish.network.Normalization.LayerNormalization;
import org.unvanish.network.ParameterTensor;

/** Normalization of each sample by itself: by groups of channels, or all values together. */
final class GroupNormalizationStage extends Stage {

  /** Of {@link LayerNormalization}: one group, with a factor and a shift for each value. */
  static final LayerStages<LayerNormalization> LAYER_NORMALIZATION =
      new LayerStages<>(
          layer -> 0,
          layer -> 0,
          false,
          (layer, place) -> List.of(new GroupNormalizationStage(place, 1, true, layer.epsilon())));

  /** Of {@link GroupNormalization}: a factor and a shift for each channel. */
  static final LayerStages<GroupNormalization> GROUP_NORMALIZATION =
      new LayerStages<>(
          layer -> 0,
          layer -> 0,
          false,
          (layer, place) ->
              List.of(new GroupNormalizationStage(place, layer.groups(), false, layer.epsilon())));

  private final LaneTensor in;
  private final LaneTensor out;
  private final LaneTensor outGradient;
  private final LaneTensor inGradient;
  private final LaneTensor mean;
  private final LaneTensor inverse;
  private final int gamma;
  private final int beta;
  private final GroupNormalizationKernel kernel;

  private GroupNormalizationStage(
      LayerStages.Place place, int groups, boolean ofValues, double epsilon) {
    ParameterTensor factors = place.parameters().get(0);
    this.in = place.input();
    this.out = place.output();
    this.outGradient = place.outputGradient();
    this.inGradient = place.inputGradient();
    this.mean = place.pass().tensor(Shape.flat(groups), 0);
    this.inverse = place.pass().tensor(Shape.flat(groups), 0);
    this.gamma = factors.offset();
    this.beta = place.parameters().get(1).offset();
    this.kernel = new GroupNormalizationKernel(groups, factors.size(), ofValues, epsilon);
  }

  @Override
  public void setParameters(float[] parameters) {
    kernel.begin(parameters, gamma, beta);
  }

  @Override
  public void forward() {
    kernel.forward(in, out, mean, inverse);
  }

  @Override
  public void addParameterGradients() {
    kernel.addGradients(in, outGradient, mean, inverse);
  }

  @Override
  public void inputGradient() {
    kernel.inputGradient(in, outGradient, inGradient, mean, inverse);
  }

  @Override
  public void collect(float[] gradient) {
    kernel.collect(gradient, gamma, beta);
  }
}
