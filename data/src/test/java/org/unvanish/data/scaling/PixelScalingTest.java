package org.unvanish.data.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unvanish.data.Columns;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Lengths;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;

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

  /** Padding is no data: a scaling is that of the real steps, put together as a table. */
  @ParameterizedTest
  @EnumSource
  void paddingHasNoPartInTheStatisticsAndStaysZero(PixelScaling choice) {
    Random random = new Random(6);
    Shape shape = new Shape(3, 7, 1);
    int[] steps = new int[IMAGES];
    List<float[]> rows = new ArrayList<>();
    float[] values = new float[IMAGES * shape.size()];
    for (int i = 0; i < IMAGES; i++) {
      steps[i] = 1 + random.nextInt(7);
      for (int step = 0; step < steps[i]; step++) {
        // The second feature is far from 0, so that padding would change all of its statistics.
        float[] row = {(float) random.nextGaussian(), 500 + 10 * random.nextFloat(), 3};
        rows.add(row);
        for (int feature = 0; feature < 3; feature++) {
          values[i * shape.size() + feature * 7 + step] = row[feature];
        }
      }
    }
    ImageSet padded =
        new ImageSet(
            shape,
            new Pixels.Floats(values),
            new Targets.Labels(new byte[IMAGES]),
            Columns.NONE,
            Lengths.of(steps));
    float[] table = new float[rows.size() * 3];
    for (int i = 0; i < table.length; i++) {
      table[i] = rows.get(i / 3)[i % 3];
    }
    List<ChannelScaling> real =
        choice.fit(new ImageSet(Shape.flat(3), new Pixels.Floats(table), new byte[rows.size()]));
    List<ChannelScaling> fitted = choice.fit(padded);
    for (int feature = 0; feature < 3; feature++) {
      assertThat(fitted.get(feature).mean()).isEqualTo(real.get(feature).mean());
      assertThat(fitted.get(feature).deviation()).isEqualTo(real.get(feature).deviation());
    }
    for (int i = 0; i < IMAGES; i++) {
      for (int index = 0; index < shape.size(); index++) {
        ChannelScaling scaling = fitted.get(index / 7);
        assertThat(padded.scaled(i, index, scaling))
            .isEqualTo(
                index % 7 < steps[i] ? scaling.applyTo(values[i * shape.size() + index]) : 0);
      }
    }
  }

  @Test
  void paddingOfBytesHasNoPartInTheStatistics() {
    byte[] pixels = {10, 20, 0, 30, 0, 0};
    ImageSet padded =
        new ImageSet(
            new Shape(1, 3, 1),
            new Pixels.Bytes(pixels),
            new Targets.Labels(new byte[2]),
            Columns.NONE,
            Lengths.of(2, 1));
    ChannelScaling fitted = PixelScaling.STANDARDISED.fit(padded).get(0);
    assertThat(fitted.mean()).isEqualTo(20);
    assertThat(fitted.deviation()).isEqualTo(Math.sqrt(200 / 3.0), within(1e-12));
    assertThat(padded.scaled(0, 2, fitted)).isZero();
    assertThat(padded.scaled(0, 1, fitted)).isEqualTo(0, within(1e-6f));
  }

  @Test
  void scalingsAreEqualWhereTheirNumbersAre() {
    ChannelScaling scaling = new ChannelScaling(1, 2);
    assertThat(scaling).isEqualTo(new ChannelScaling(1, 2)).isNotEqualTo(ChannelScaling.NONE);
    assertThat(scaling).hasSameHashCodeAs(new ChannelScaling(1, 2));
    assertThat(scaling).isNotEqualTo(new ChannelScaling(2, 2));
    assertThat(scaling).isNotEqualTo(new ChannelScaling(1, 1));
  }

  @Test
  void nothingIsScaledByADeviationOfNothing() {
    assertThatThrownBy(() -> new ChannelScaling(1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("nothing can be scaled by mean 1.0 and deviation 0.0");
    assertThatThrownBy(() -> new ChannelScaling(Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ImageSet images(byte[] pixels) {
    return new ImageSet(SHAPE, pixels, new byte[IMAGES]);
  }
}
