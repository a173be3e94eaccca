package org.unvanish.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.data.Columns;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Lengths;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.data.scaling.ChannelScaling;

class TorchSamplesTest {

  @Test
  void paddingIsZeroWhateverTheScaling() {
    ImageSet padded =
        new ImageSet(
            new Shape(2, 3, 1),
            new Pixels.Floats(new float[] {1, 2, 0, 5, 6, 0, 7, 0, 0, 8, 0, 0}),
            new Targets.Labels(new byte[2]),
            Columns.NONE,
            Lengths.of(2, 1));
    List<ChannelScaling> scaling = List.of(new ChannelScaling(1, 1), new ChannelScaling(-1, 0.5));
    try (NDManager manager = PyTorch.load().newManager()) {
      assertThat(
              new TorchSamples(padded, scaling, 2)
                  .values(manager, new int[] {1, 0}, 0, 2)
                  .toFloatArray())
          .containsExactly(6, 0, 0, 18, 0, 0, 0, 1, 0, 12, 14, 0);
    }
  }
}
