package org.unvanish.internal.stage;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.unvanish.data.Shape;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.PoolingKernel;
import org.unvanish.network.Pooling;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Pooling.GlobalAveragePooling;
import org.unvanish.network.Pooling.MaxPooling;

/** Pooling of any kind. */
public final class PoolingStage extends Stage {

  /** Of all kinds. */
  static final Map<Class<? extends Pooling>, LayerStages<?>> KINDS =
      Map.of(
          MaxPooling.class, stages(PoolingKernel::max, PoolingKernel::maxGradient),
          AveragePooling.class, stages(PoolingKernel::average, PoolingKernel::averageGradient),
          GlobalAveragePooling.class,
              stages(PoolingKernel::average, PoolingKernel::averageGradient));

  /** What a kernel does on the way back. */
  private interface Backward {
    void run(PoolingKernel kernel, LaneTensor outGradient, LaneTensor inGradient);
  }

  private final PoolingKernel kernel;
  private final Consumer<PoolingKernel> forward;
  private final Backward backward;
  private final LaneTensor outGradient;
  private final LaneTensor inGradient;

  private PoolingStage(
      Pooling layer, LayerStages.Place place, Consumer<PoolingKernel> forward, Backward backward) {
    Shape read = place.input().shape();
    this.kernel =
        new PoolingKernel(
            place.input(), layer.tileRows(read), layer.tileColumns(read), place.output());
    this.forward = forward;
    this.backward = backward;
    this.outGradient = place.outputGradient();
    this.inGradient = place.inputGradient();
  }

  /** The way back reads the output again, to find the maxima. */
  private static LayerStages<Pooling> stages(Consumer<PoolingKernel> forward, Backward backward) {
    return new LayerStages<>(
        layer -> 0,
        layer -> 0,
        true,
        (layer, place) -> List.of(new PoolingStage(layer, place, forward, backward)));
  }

  @Override
  public void forward() {
    forward.accept(kernel);
  }

  @Override
  public void inputGradient() {
    backward.run(kernel, outGradient, inGradient);
  }
}
