package org.unvanish.internal.stage;

import java.util.List;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.PoolingKernel;
import org.unvanish.network.Layer;

/** Max or average pooling. */
public final class PoolingStage extends Stage {

  /** Of {@link Layer.MaxPooling}. */
  static final LayerStages<Layer.MaxPooling> MAX_POOLING =
      pooling((layer, place) -> List.of(new PoolingStage(place, layer.size(), true)));

  /** Of {@link Layer.AveragePooling}. */
  static final LayerStages<Layer.AveragePooling> AVERAGE_POOLING =
      pooling((layer, place) -> List.of(new PoolingStage(place, layer.size(), false)));

  private final boolean max;
  private final PoolingKernel kernel;
  private final LaneTensor outGradient;
  private final LaneTensor inGradient;

  private PoolingStage(LayerStages.Place place, int size, boolean max) {
    this.max = max;
    this.kernel = new PoolingKernel(place.input(), size, place.output());
    this.outGradient = place.outputGradient();
    this.inGradient = place.inputGradient();
  }

  /** The way back reads the output again, to find the maxima. */
  private static <L extends Layer> LayerStages<L> pooling(LayerStages.Maker<L> maker) {
    return new LayerStages<>(layer -> 0, layer -> 0, true, maker);
  }

  @Override
  public void forward() {
    if (max) {
      kernel.max();
    } else {
      kernel.average();
    }
  }

  @Override
  public void inputGradient() {
    if (max) {
      kernel.maxGradient(outGradient, inGradient);
    } else {
      kernel.averageGradient(outGradient, inGradient);
    }
  }
}
