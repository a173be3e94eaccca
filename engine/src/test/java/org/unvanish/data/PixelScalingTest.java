package org.unvanish.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.unvanish.network.Shape;

class PixelScalingTest {

  private static final int IMAGES = 20;
  private static final Shape SHAPE = new Shape(2, 3, 5);

  @Test
  void unitIsEveryByteOver255CorrectlyRounded() {
    ChannelScaling unit = PixelScaling.UNIT.fit(images(new byte[IMAGES * SHAPE.size()])).get(1);
    for (int p = 0; p < 256; p++) {
      assertThat(unit.apply(p)).isEqualTo((float) (p / 255.0));
    }
  }

  @Test
  void standardisedPixelsOfAChannelHaveMeanZeroAndDeviationOne() {
    byte[] pixels = new byte[IMAGES * SHAPE.size()];
    new Random(1).nextBytes(pixels);
    int area = SHAPE.rows() * SHAPE.columns();
    for (int channel = 0; channel < SHAPE.channels(); channel++) {
      ChannelScaling scaling = PixelScaling.STANDARDISED.fit(images(pixels)).get(channel);
      double sum = 0;
      double squares = 0;
      for (int image = 0; image < IMAGES; image++) {
        for (int i = 0; i < area; i++) {
          int at = image * SHAPE.size() + channel * area + i;
          double x = scaling.apply(Byte.toUnsignedInt(pixels[at]));
          sum += x;
          squares += x * x;
        }
      }
      assertThat(sum / (IMAGES * area)).isEqualTo(0, within(1e-6));
      assertThat(squares / (IMAGES * area)).isEqualTo(1, within(1e-6));
    }
  }

  @Test
  void aChannelOfOneColourBecomesZeros() {
    byte[] pixels = new byte[IMAGES * SHAPE.size()];
    Arrays.fill(pixels, (byte) 200);
    assertThat(PixelScaling.STANDARDISED.fit(images(pixels)).get(0).apply(200)).isZero();
  }

  private static ImageSet images(byte[] pixels) {
    return new ImageSet(SHAPE, pixels, new byte[IMAGES]);
  }
}
