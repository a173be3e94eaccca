package org.unvanish.data.synthetic;

import java.lang.ref.SoftReference;
import org.unvanish.data.DataException;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Memory;
import org.unvanish.data.Randomness;
import org.unvanish.data.TrainAndTest;
import org.unvanish.data.catalog.DataCatalog;

/**
 * Ten classes of generated 32×32 colour images: learnable, but not trivial.
 *
 * <p>Five classes are textures and five are shapes. Their colours, places, sizes, angles, contrasts
 * and noise vary from image to image, so that neither the colour nor any single pixel tells the
 * class. The bits depend on the seed alone, on any machine.
 */
public final class SyntheticImages {
  /** Of {@code --data synthetic}. */
  public static final long DEFAULT_SEED = 1;

  /** Of {@code --data synthetic}. */
  public static final int DEFAULT_TRAIN = 10_000;

  /** Of {@code --data synthetic}. */
  public static final int DEFAULT_TEST = 2_000;

  /** Drawn once: it takes most of a second. Let go where memory is short. */
  private static SoftReference<Dataset> drawn = new SoftReference<>(null);

  private SyntheticImages() {}

  /** The data set as {@code --data synthetic} names it. */
  public static synchronized Dataset draw() {
    Dataset data = drawn.get();
    if (data == null) {
      data = draw(DEFAULT_SEED, DEFAULT_TRAIN, DEFAULT_TEST);
      drawn = new SoftReference<>(data);
    }
    return data;
  }

  /**
   * Draws a data set. The first images of a larger one are those of a smaller one.
   *
   * @param seed of all that is random
   * @param train number of training images, at least 1
   * @param test number of test images, at least 1
   * @throws IllegalArgumentException if there are no training or no test images
   * @throws DataException if they take more memory than there is
   */
  public static Dataset draw(long seed, int train, int test) {
    ImageSet trainImages = images(2 * seed, train);
    ImageSet testImages = images(2 * seed + 1, test);
    return new Dataset(
        DataCatalog.SYNTHETIC,
        title(seed),
        new TrainAndTest(Pattern.names(), trainImages, testImages, false));
  }

  /** As a figure's caption names it. */
  public static String title(long seed) {
    return "synthetic images (seed " + seed + ")";
  }

  /** Classes take turns, so that they are balanced. */
  private static ImageSet images(long stream, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("there must be at least 1 image, but are " + count);
    }
    Pattern[] patterns = Pattern.values();
    int size = ImagePainter.SHAPE.size();
    byte[] pixels = Memory.bytes((long) count * size);
    byte[] labels = new byte[count];
    ImagePainter painter = new ImagePainter(new Randomness(stream));
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % patterns.length);
      painter.paint(patterns[labels[i]], pixels, i * size);
    }
    return new ImageSet(ImagePainter.SHAPE, pixels, labels);
  }
}
