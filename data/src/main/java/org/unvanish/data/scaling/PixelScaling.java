package org.unvanish.data.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Pixels;

/**
 * How values are scaled before a network reads them: the pixels of images, the columns of a table,
 * or the features of sequences. The paper leaves it open; the default is UNIT.
 *
 * @since 0.1
 */
public enum PixelScaling {
  /**
   * Pixels of 0 to 255: p/255, in [0, 1]. Features: (v − min)/(max − min), both of the feature over
   * all training samples, so that these are in [0, 1] and test samples may lie outside.
   */
  UNIT("pixels scaled to [0, 1]", "columns scaled to [0, 1]"),
  /** (v − mean)/standard deviation, both of the channel or feature over all training samples. */
  STANDARDISED("pixels standardised by channel", "columns standardised one by one"),
  /** As they are: pixels of 0 to 255, features in their own units. */
  RAW("pixels left at 0 to 255", "columns left as they are");

  private final String ofPixels;
  private final String ofColumns;

  PixelScaling(String ofPixels, String ofColumns) {
    this.ofPixels = ofPixels;
    this.ofColumns = ofColumns;
  }

  /**
   * In words, for a figure's caption.
   *
   * @param table whether it is done to columns of a table or features of sequences, not to pixels
   */
  public String description(boolean table) {
    return table ? ofColumns : ofPixels;
  }

  /**
   * How the values of each channel become numbers. A channel, or feature, that has the same value
   * in all training samples carries nothing; it becomes zeros there rather than NaN (but for UNIT
   * pixels, and RAW ones, which nothing is done to). Categories of a table stay as they are, as 0
   * and 1 or by number. Padding of sequences has no part in the statistics, and stays 0 ({@link
   * ImageSet#scaled}).
   *
   * @param train the training samples
   */
  public List<ChannelScaling> fit(ImageSet train) {
    List<ChannelScaling> channels = new ArrayList<>();
    for (int channel = 0; channel < train.shape().channels(); channel++) {
      channels.add(train.columns().isNumeric(channel) ? fit(train, channel) : ChannelScaling.NONE);
    }
    return List.copyOf(channels);
  }

  private ChannelScaling fit(ImageSet train, int channel) {
    return train.pixels() instanceof Pixels.Floats features
        ? fitFeature(FeatureStatistics.of(train, features.values(), channel))
        : fitPixels(train, channel);
  }

  private ChannelScaling fitPixels(ImageSet train, int channel) {
    return switch (this) {
      case RAW -> ChannelScaling.NONE;
      case UNIT -> new ChannelScaling(0, 255);
      case STANDARDISED -> standardised(train, channel);
    };
  }

  private ChannelScaling fitFeature(FeatureStatistics feature) {
    if (this != RAW && feature.min() == feature.max()) {
      return new ChannelScaling(feature.min(), 1);
    }
    return switch (this) {
      case RAW -> ChannelScaling.NONE;
      case UNIT -> new ChannelScaling(feature.min(), (double) feature.max() - feature.min());
      case STANDARDISED -> new ChannelScaling(feature.mean(), feature.deviation());
    };
  }

  private static ChannelScaling standardised(ImageSet train, int channel) {
    long[] histogram = histogram(train, channel);
    double n = (double) Arrays.stream(histogram).sum();
    long sum = 0;
    long squares = 0;
    for (int p = 0; p < 256; p++) {
      sum += p * histogram[p];
      squares += (long) p * p * histogram[p];
    }
    double mean = sum / n;
    double variance = squares / n - mean * mean;
    return new ChannelScaling(mean, variance > 0 ? Math.sqrt(variance) : 1);
  }

  private static long[] histogram(ImageSet images, int channel) {
    long[] histogram = new long[256];
    byte[] pixels = images.bytes();
    for (int image = 0; image < images.count(); image++) {
      int start = images.start(image, channel);
      int end = start + images.realValues(image);
      for (int i = start; i < end; i++) {
        histogram[Byte.toUnsignedInt(pixels[i])]++;
      }
    }
    return histogram;
  }
}
