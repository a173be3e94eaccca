package org.unvanish.internal.stage;

import java.util.List;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.ProbabilityKernel;
import org.unvanish.network.Softmax;

/** The softmax as a layer. */
final class SoftmaxStage extends Stage {

  /** Of {@link Softmax}. The way back reads the output again. */
  static final LayerStages<Softmax> SOFTMAX =
      new LayerStages<>(
          layer -> 0, layer -> 0, true, (layer, place) -> List.of(new SoftmaxStage(place)));

  private final LaneTensor in;
  private final LaneTensor out;
  private final LaneTensor outGradient;
  private final LaneTensor inGradient;

  private SoftmaxStage(LayerStages.Place place) {
    this.in = place.input();
    this.out = place.output();
    this.outGradient = place.outputGradient();
    this.inGradient = place.inputGradient();
  }

  @Override
  public void forward() {
    ProbabilityKernel.forward(in, out);
  }

  @Override
  public void inputGradient() {
    ProbabilityKernel.inputGradient(out, outGradient, inGradient);
  }
}
