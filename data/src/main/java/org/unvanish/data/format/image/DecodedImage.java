package org.unvanish.data.format.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.file.Path;
import org.unvanish.data.DataException;
import org.unvanish.data.Memory;
import org.unvanish.data.Shape;

/**
 * The pixels of an image file: grey ones as one channel, others as red, green and blue.
 *
 * <p>The numbers are those of the file, without regard to colour profiles; those of 16 bits lose
 * their lower 8. Palettes are resolved: an image is grey if all colours of its palette are. Opacity
 * is no input of a network: where every pixel is opaque it is left out, else the image is refused,
 * as what is behind its pixels is not known.
 *
 * @param shape one channel or three
 * @param pixels unsigned, in the order channel, row, column
 */
// Identity is enough: nobody compares images.
@SuppressWarnings("ArrayRecordComponent")
record DecodedImage(Shape shape, byte[] pixels) {
  /**
   * Reads a file of any format that the Java platform knows; of an animation, the first image.
   *
   * @throws DataException if it is no image, is damaged, or has translucent pixels
   */
  static DecodedImage read(Path file) {
    BufferedImage image = ImageFile.decode(file);
    requireOpaque(file, image);
    ColorModel model = image.getColorModel();
    boolean grey = isGrey(model);
    Shape shape = new Shape(grey ? 1 : 3, image.getHeight(), image.getWidth());
    byte[] pixels = Memory.bytes(shape.size());
    if (model instanceof ComponentColorModel) {
      requireKnown(file, image);
      copySamples(image.getRaster(), shape, pixels);
    } else {
      copyColours(image, shape, pixels);
    }
    return new DecodedImage(shape, pixels);
  }

  private static boolean isGrey(ColorModel model) {
    if (model instanceof IndexColorModel palette) {
      int[] colours = new int[palette.getMapSize()];
      palette.getRGBs(colours);
      for (int colour : colours) {
        int blue = colour & 0xff;
        if ((colour >>> 16 & 0xff) != blue || (colour >>> 8 & 0xff) != blue) {
          return false;
        }
      }
      return true;
    }
    return model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  private static void requireOpaque(Path file, BufferedImage image) {
    if (!image.getColorModel().hasAlpha()) {
      return;
    }
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (image.getRGB(x, y) >>> 24 != 0xff) {
          throw new DataException(
              "%s is translucent at column %d, row %d (from 0). Save it without transparency."
                  .formatted(file, x, y));
        }
      }
    }
  }

  private static void requireKnown(Path file, BufferedImage image) {
    int space = image.getColorModel().getColorSpace().getType();
    int type = image.getRaster().getTransferType();
    boolean knownSpace = space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB;
    if (!knownSpace || (type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT)) {
      throw new DataException(
          file + " is neither grey nor red, green and blue of 8 or 16 bits. Save it as PNG.");
    }
  }

  /** Not through colours: those of grey images are converted on the way. */
  private static void copySamples(Raster raster, Shape shape, byte[] pixels) {
    int[] bits = raster.getSampleModel().getSampleSize();
    int[] row = new int[shape.columns()];
    int at = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int y = 0; y < shape.rows(); y++) {
        raster.getSamples(0, y, shape.columns(), 1, channel, row);
        for (int value : row) {
          pixels[at++] = (byte) (value >>> (bits[channel] - 8));
        }
      }
    }
  }

  /** Palettes, and colours packed into a word. */
  private static void copyColours(BufferedImage image, Shape shape, byte[] pixels) {
    int at = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int y = 0; y < shape.rows(); y++) {
        for (int x = 0; x < shape.columns(); x++) {
          pixels[at++] = (byte) (image.getRGB(x, y) >>> (16 - 8 * channel));
        }
      }
    }
  }
}
