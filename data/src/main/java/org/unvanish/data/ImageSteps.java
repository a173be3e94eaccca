package org.unvanish.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;

/**
 * How images are read as sequences.
 *
 * @since 0.1
 */
public enum ImageSteps {
  /**
   * One step for each row. Its features are the row's pixels: of all columns of the first channel,
   * then of the next one.
   */
  ROWS {
    @Override
    Shape shape(Shape image) {
      return new Shape(image.channels() * image.columns(), image.rows(), 1);
    }

    /** Each channel's rows become columns. */
    @Override
    byte[] bytes(ImageSet images) {
      Shape shape = images.shape();
      byte[] pixels = images.bytes();
      byte[] sequences = Memory.bytes(pixels.length);
      int at = 0;
      for (int sample = 0; sample < images.count(); sample++) {
        for (int channel = 0; channel < shape.channels(); channel++) {
          int start = images.start(sample, channel);
          for (int column = 0; column < shape.columns(); column++) {
            for (int row = 0; row < shape.rows(); row++) {
              sequences[at++] = pixels[start + row * shape.columns() + column];
            }
          }
        }
      }
      return sequences;
    }
  },
  /** One step for each pixel, row by row. Its features are the channels. */
  PIXELS {
    @Override
    Shape shape(Shape image) {
      return new Shape(image.channels(), image.rows() * image.columns(), 1);
    }

    /** A pixel stays where it is: behind the one before it, among those of its channel. */
    @Override
    byte[] bytes(ImageSet images) {
      return images.bytes();
    }
  };

  abstract Shape shape(Shape image);

  /** The values of the sequences that images become. */
  abstract byte[] bytes(ImageSet images);

  /** As specs write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The images as sequences, with what is to be learnt of them. They have another checksum than the
   * images.
   *
   * @param images of bytes
   * @throws DataException if an image would be a sequence of one step, or there is too little
   *     memory
   * @throws IllegalStateException if the values are no bytes
   */
  public Dataset of(Dataset images) {
    Shape image = images.shape();
    if (shape(image).rows() == 1) {
      throw new DataException(
          ("the images of %s are %s, so with \"steps: %s\" each would be a sequence of one "
                  + "step. %s")
              .formatted(
                  images.name(),
                  image,
                  label(),
                  this == ROWS && PIXELS.shape(image).rows() > 1
                      ? "Write \"steps: pixels\", or leave it out."
                      : "Leave it out."));
    }
    MessageDigest word = SampleChecksums.sha256();
    word.update(label().getBytes(US_ASCII));
    return new Dataset(
        images.name(),
        images.title() + (this == ROWS ? ", a step for each row" : ", a step for each pixel"),
        images.classes(),
        of(images.train()),
        of(images.test()),
        SampleChecksums.ofParts(List.of(images.sha256(), SampleChecksums.hex(word))));
  }

  private ImageSet of(ImageSet images) {
    Shape shape = shape(images.shape());
    Pixels pixels = new Pixels.Bytes(bytes(images));
    // Inputs that are targets stay one array.
    Targets learnt =
        images.targets() instanceof Targets.Inputs
            ? new Targets.Inputs(shape, pixels)
            : images.targets();
    return new ImageSet(shape, pixels, learnt, images.columns());
  }
}
