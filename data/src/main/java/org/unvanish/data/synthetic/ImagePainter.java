package org.unvanish.data.synthetic;

import org.unvanish.data.Randomness;
import org.unvanish.data.Shape;

/** Paints one image after another. */
final class ImagePainter {
  static final Shape SHAPE = new Shape(3, 32, 32);

  // How difficult the classes are is set here and nowhere else. Lengths are in pixels, angles in
  // radians, colours in units of 0 to 255. With the values below, 10,000 training images, batches
  // of 32 and Adam, a linear classifier reached a test accuracy of 0.18, a network of two
  // convolutions and two dense layers 0.91 after ten epochs, and the paper's network of table 2
  // left its plateau after seven epochs.

  /** Of a texture. */
  private static final double PERIOD_MIN = 5;

  private static final double PERIOD_MAX = 11;

  /** Of a shape. */
  private static final double RADIUS_MIN = 6;

  private static final double RADIUS_MAX = 12;

  /** How far a shape's centre may be from the image's, in each direction. */
  private static final double SHIFT = 7;

  /** To either side. */
  private static final double TILT = 0.3;

  /** How far figure and ground differ in brightness. */
  private static final double CONTRAST_MIN = 20;

  private static final double CONTRAST_MAX = 90;

  /** How far figure and ground may differ in each colour channel besides. */
  private static final double TINT = 20;

  /** The share of images with a dark figure on a bright ground. */
  private static final double DARK_SHARE = 0.25;

  /** Of the colour half-way between figure and ground. */
  private static final double MIDDLE_MIN = 80;

  private static final double MIDDLE_MAX = 175;

  /** Of the light that falls from one side: the change from the centre to an edge. */
  private static final double SHADING = 30;

  /** The standard deviation of each pixel's noise. */
  private static final double NOISE_MIN = 10;

  private static final double NOISE_MAX = 45;

  private final Randomness random;
  private final double[] figure = new double[SHAPE.channels()];
  private final double[] ground = new double[SHAPE.channels()];

  ImagePainter(Randomness random) {
    this.random = random;
  }

  /**
   * Paints the next image.
   *
   * @param pixels in the order channel, row, column
   * @param start where the image begins
   */
  void paint(Pattern pattern, byte[] pixels, int start) {
    double unit =
        pattern.isTexture()
            ? random.between(PERIOD_MIN, PERIOD_MAX)
            : random.between(RADIUS_MIN, RADIUS_MAX);
    // Where in its period a texture starts, or where a shape is.
    double reach = pattern.isTexture() ? unit / 2 : SHIFT;
    double centreX = SHAPE.columns() / 2.0 + random.between(-reach, reach);
    double centreY = SHAPE.rows() / 2.0 + random.between(-reach, reach);
    double tilt = random.between(-TILT, TILT);
    double cos = StrictMath.cos(tilt) / unit;
    double sin = StrictMath.sin(tilt) / unit;
    mixColours();
    double shadeX = random.between(-SHADING, SHADING) / (SHAPE.columns() / 2.0);
    double shadeY = random.between(-SHADING, SHADING) / (SHAPE.rows() / 2.0);
    double noise = random.between(NOISE_MIN, NOISE_MAX);
    int area = SHAPE.rows() * SHAPE.columns();
    for (int row = 0; row < SHAPE.rows(); row++) {
      for (int column = 0; column < SHAPE.columns(); column++) {
        double dx = column + 0.5 - centreX;
        double dy = row + 0.5 - centreY;
        double distance = unit * pattern.distance(cos * dx - sin * dy, sin * dx + cos * dy);
        // The share of the pixel that the figure covers, so that edges are smooth.
        double cover = Math.max(0, Math.min(1, 0.5 - distance));
        double shade =
            shadeX * (column + 0.5 - SHAPE.columns() / 2.0)
                + shadeY * (row + 0.5 - SHAPE.rows() / 2.0);
        int at = start + row * SHAPE.columns() + column;
        for (int channel = 0; channel < SHAPE.channels(); channel++) {
          double colour = ground[channel] + cover * (figure[channel] - ground[channel]);
          pixels[at + channel * area] = toByte(colour + shade + noise * random.bell());
        }
      }
    }
  }

  private void mixColours() {
    double contrast = random.between(CONTRAST_MIN, CONTRAST_MAX);
    if (random.chance(DARK_SHARE)) {
      contrast = -contrast;
    }
    for (int channel = 0; channel < figure.length; channel++) {
      double middle = random.between(MIDDLE_MIN, MIDDLE_MAX);
      double difference = contrast + random.between(-TINT, TINT);
      figure[channel] = middle + difference / 2;
      ground[channel] = middle - difference / 2;
    }
  }

  private static byte toByte(double value) {
    return (byte) Math.max(0, Math.min(255, Math.floor(value + 0.5)));
  }
}
