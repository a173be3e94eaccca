package org.unvanish.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.unvanish.data.Shape;
import org.unvanish.random.RandomMask;

class DropoutKernelTest {

  @Test
  void vectorsDrawWhatIsDrawnOneByOne() {
    for (double rate : new double[] {0, 0.2, 0.5, 0.99}) {
      Shape shape = new Shape(3, 2, 5);
      LaneTensor mask = new LaneTensor(shape, 1);
      long key = RandomMask.key(5, 3, 77);
      new DropoutKernel(rate).draw(key, 32, mask);
      for (int unit = 0; unit < shape.size(); unit++) {
        int at = mask.index(unit / 10, unit / 5 % 2, unit % 5);
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
          boolean dropped = RandomMask.drops(key, 32 + lane, unit, RandomMask.threshold(rate));
          assertThat(mask.values[at + lane]).isEqualTo(dropped ? 0 : (float) (1 / (1 - rate)));
        }
      }
    }
  }
}
