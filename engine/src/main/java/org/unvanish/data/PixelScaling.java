package org.unvanish.data;

import java.util.ArrayList;
import java.util.List;

/** How pixels of 0 to 255 become numbers. The paper leaves it open; the default is UNIT. */
public enum PixelScaling {
  /** p/255, in [0, 1]. */
  UNIT("pixels scaled to [0, 1]"),
  /** (p − mean)/standard deviation, both of the channel over all training images. */
  STANDARDISED("pixels standardised by channel");

  private final String description;

  PixelScaling(String description) {
    this.description = description;
  }

  /** For a figure's caption. */
  public String description() {
    return description;
  }

  /**
   * How the pixels of each channel become numbers.
   *
   * @param train the training images
   */
  public List<ChannelScaling> fit(ImageSet train) {
    List<ChannelScaling> channels = new ArrayList<>();
    for (int channel = 0; channel < train.shape().channels(); channel++) {
      channels.add(
          switch (this) {
            case UNIT -> new ChannelScaling(0, 255);
            case STANDARDISED -> standardised(train, channel);
          });
    }
    return List.copyOf(channels);
  }

  private static ChannelScaling standardised(ImageSet train, int channel) {
    int area = train.shape().rows() * train.shape().columns();
    long[] histogram = histogram(train, channel, area);
    double n = (double) train.count() * area;
    long sum = 0;
    long squares = 0;
    for (int p = 0; p < 256; p++) {
      sum += p * histogram[p];
      squares += (long) p * p * histogram[p];
    }
    double mean = sum / n;
    double variance = squares / n - mean * mean;
    // A channel of one colour carries nothing; it becomes zeros rather than NaN.
    return new ChannelScaling(mean, variance > 0 ? Math.sqrt(variance) : 1);
  }

  private static long[] histogram(ImageSet images, int channel, int area) {
    long[] histogram = new long[256];
    byte[] pixels = images.bytes();
    int size = images.shape().size();
    for (int image = 0; image < images.count(); image++) {
      int start = image * size + channel * area;
      for (int i = start; i < start + area; i++) {
        histogram[Byte.toUnsignedInt(pixels[i])]++;
      }
    }
    return histogram;
  }
}
