package org.unvanish.data.format.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.DataException;
import org.unvanish.data.InputFiles;

/** Decodes image files with the Java platform's decoders, which forgive too much by themselves. */
final class ImageFile {
  private ImageFile() {}

  /**
   * @throws DataException if it is no image, or the decoder finds anything wrong with it
   */
  static BufferedImage decode(Path file) {
    InputFiles.requireFile(file);
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      if (in == null) {
        throw new DataException("cannot read " + file + ": permission denied, or no such file.");
      }
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new DataException(
            file
                + " is not an image that can be read. Readable formats: "
                + formats()
                + ". Convert it, or move it elsewhere.");
      }
      ImageReader reader = readers.next();
      try {
        return decode(file, reader, in);
      } finally {
        reader.dispose();
      }
    } catch (IOException e) {
      throw damaged(file, DataException.reason(e), e);
    }
  }

  private static BufferedImage decode(Path file, ImageReader reader, ImageInputStream in)
      throws IOException {
    List<String> warnings = new ArrayList<>();
    // An image that ends early is only worth a warning to the decoder of JPEG.
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    reader.setInput(in, true, true);
    BufferedImage image;
    try {
      long width = reader.getWidth(0);
      long height = reader.getHeight(0);
      if (width * height > InputFiles.MOST_PIXELS) {
        throw new DataException(
            ("the image %s has %d×%d pixels (width×height), but at most %d are allowed. Make it "
                    + "smaller, or move it elsewhere.")
                .formatted(file, width, height, InputFiles.MOST_PIXELS));
      }
      image = reader.read(0);
    } catch (DataException e) {
      throw e;
    } catch (RuntimeException e) {
      // Decoders check little: damaged files make them run out of their arrays.
      throw damaged(file, e.getMessage() == null ? "unexpected content" : e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw new DataException(
          file
              + " is too large for Java's memory. Make the image smaller, "
              + "or move it elsewhere.",
          e);
    }
    if (!warnings.isEmpty()) {
      throw damaged(file, warnings.get(0), null);
    }
    return image;
  }

  private static DataException damaged(Path file, String reason, @Nullable Throwable cause) {
    return new DataException(
        "the image "
            + file
            + " cannot be decoded: "
            + reason
            + ". Save it again, or move it elsewhere.",
        cause);
  }

  private static String formats() {
    return Arrays.stream(ImageIO.getReaderFormatNames())
        .map(name -> name.toLowerCase(Locale.ROOT))
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
