package org.unvanish.data;

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
   * The number that stands for each byte.
   *
   * @param train the training images
   * @return [channel][byte 0 … 255]
   */
  public float[][] table(ImageSet train) {
    int channels = train.shape().channels();
    int area = train.shape().rows() * train.shape().columns();
    float[][] table = new float[channels][256];
    for (int channel = 0; channel < channels; channel++) {
      double mean = 0;
      double deviation = 255;
      if (this == STANDARDISED) {
        long[] histogram = histogram(train, channel, area);
        double n = (double) train.count() * area;
        long sum = 0;
        long squares = 0;
        for (int p = 0; p < 256; p++) {
          sum += p * histogram[p];
          squares += (long) p * p * histogram[p];
        }
        mean = sum / n;
        double variance = squares / n - mean * mean;
        // A channel of one colour carries nothing; it becomes zeros rather than NaN.
        deviation = variance > 0 ? Math.sqrt(variance) : 1;
      }
      for (int p = 0; p < 256; p++) {
        table[channel][p] = (float) ((p - mean) / deviation);
      }
    }
    return table;
  }

  private static long[] histogram(ImageSet images, int channel, int area) {
    long[] histogram = new long[256];
    byte[] pixels = images.pixels();
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
