package org.unvanish.internal.stage;

import java.util.List;
import org.unvanish.internal.kernel.DropoutKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.network.Dropout;
import org.unvanish.random.RandomMask;

/** Dropout: in training only, otherwise all values go on as they are. */
final class DropoutStage extends Stage {

  /** Of {@link Dropout}. */
  static final LayerStages<Dropout> DROPOUT =
      new LayerStages<>(
          layer -> 0, layer -> 0, false, (layer, place) -> List.of(new DropoutStage(layer, place)));

  private final Pass pass;
  private final int number;
  private final LaneTensor in;
  private final LaneTensor out;
  private final LaneTensor outGradient;
  private final LaneTensor inGradient;
  private final LaneTensor mask;
  private final DropoutKernel kernel;

  private DropoutStage(Dropout layer, LayerStages.Place place) {
    this.pass = place.pass();
    this.number = pass.nextDrawing();
    this.in = place.input();
    this.out = place.output();
    this.outGradient = place.outputGradient();
    this.inGradient = place.inputGradient();
    this.mask = pass.tensor(in.shape(), 0);
    this.kernel = new DropoutKernel(layer.rate());
  }

  @Override
  public void forward() {
    if (!pass.isTraining()) {
      in.copyTo(out);
      return;
    }
    long key = RandomMask.key(pass.seed(), number, pass.step());
    kernel.draw(key, pass.block() * Lanes.COUNT, mask);
    DropoutKernel.multiply(in, mask, out);
  }

  @Override
  public void inputGradient() {
    DropoutKernel.multiply(outGradient, mask, inGradient);
  }
}
