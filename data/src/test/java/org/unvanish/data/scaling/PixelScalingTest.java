package org.unvanish.data.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;

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
  void rawPixelsStayAsTheyAre() {
    ChannelScaling raw = PixelScaling.RAW.fit(images(new byte[IMAGES * SHAPE.size()])).get(1);
    for (int p = 0; p < 256; p++) {
      assertThat(raw.apply(p)).isEqualTo(p);
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

  @Test
  void featuresGoFromZeroToOneOrHaveMeanZeroAndDeviationOne() {
    Random random = new Random(2);
    int features = 3;
    float[] values = new float[IMAGES * features];
    for (int i = 0; i < values.length; i++) {
      // The second feature varies little about much, the third not at all.
      values[i] =
          switch (i % features) {
            case 0 -> (float) random.nextGaussian();
            case 1 -> 2000 + random.nextInt(20);
            default -> 0.1f;
          };
    }
    ImageSet train =
        new ImageSet(Shape.flat(features), new Pixels.Floats(values), new byte[IMAGES]);
    for (PixelScaling scaling : PixelScaling.values()) {
      List<ChannelScaling> fitted = scaling.fit(train);
      for (int feature = 0; feature < features; feature++) {
        double[] column = new double[IMAGES];
        for (int i = 0; i < IMAGES; i++) {
          column[i] = values[i * features + feature];
        }
        double min = Arrays.stream(column).min().orElseThrow();
        double max = Arrays.stream(column).max().orElseThrow();
        double mean = Arrays.stream(column).average().orElseThrow();
        double deviation =
            Math.sqrt(Arrays.stream(column).map(v -> (v - mean) * (v - mean)).sum() / IMAGES);
        for (double v : column) {
          double expected =
              scaling == PixelScaling.RAW
                  ? v
                  : feature == 2
                      ? 0
                      : scaling == PixelScaling.UNIT
                          ? (v - min) / (max - min)
                          : (v - mean) / deviation;
          assertThat((double) fitted.get(feature).applyTo((float) v))
              .isEqualTo(expected, within(5e-7));
        }
        if (feature < 2 && scaling == PixelScaling.UNIT) {
          assertThat(fitted.get(feature).applyTo((float) min)).isZero();
          assertThat(fitted.get(feature).applyTo((float) max)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void extremeFeaturesStayFinite() {
    float[] values = {-Float.MAX_VALUE, Float.MIN_VALUE, Float.MAX_VALUE, 0};
    ImageSet train = new ImageSet(Shape.flat(2), new Pixels.Floats(values), new byte[2]);
    for (PixelScaling scaling : PixelScaling.values()) {
      for (int i = 0; i < values.length; i++) {
        float scaled = scaling.fit(train).get(i % 2).applyTo(values[i]);
        if (scaling == PixelScaling.RAW) {
          assertThat(scaled).isEqualTo(values[i]);
        } else {
          assertThat(Math.abs(scaled)).isLessThanOrEqualTo(1);
        }
      }
    }
  }

  private static ImageSet images(byte[] pixels) {
    return new ImageSet(SHAPE, pixels, new byte[IMAGES]);
  }
}
