package org.unvanish.figure;

import java.awt.AWTError;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.OptionalDouble;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** What is drawn, with its size, and the picture of it in pixels. */
abstract class Sheet {

  private static final String FORMAT = "javax_imageio_png_1.0";
  private static final double METRES_PER_INCH = 0.0254;

  /** Of an image: 200 MB in memory. */
  private static final double MOST_PIXELS = 5e7;

  abstract double width();

  abstract double height();

  abstract void draw(Graphics2D graphics);

  /**
   * As the bytes of a PNG file.
   *
   * @param scale pixels for each unit of the sheet
   * @param dpi the resolution in pixels per inch, which tells programs the image's size on paper
   */
  byte[] png(double scale, OptionalDouble dpi) throws IOException {
    BufferedImage image = image(scale);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // In memory: ImageIO would otherwise write a temporary file somewhere.
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(
              ImageTypeSpecifier.createFromRenderedImage(image), writer.getDefaultWriteParam());
      if (dpi.isPresent()) {
        metadata.mergeTree(FORMAT, resolution(dpi.getAsDouble()));
      }
      writer.setOutput(stream);
      writer.write(new IIOImage(image, null, metadata));
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Pixels for each unit: as many as wanted, or fewer where they would not fit into memory. */
  double affordable(double scale) {
    return Math.min(scale, Math.sqrt(MOST_PIXELS / (width() * height())));
  }

  private static IIOMetadataNode resolution(double dpi) {
    String perMetre = Long.toString(Math.round(dpi / METRES_PER_INCH));
    IIOMetadataNode node = new IIOMetadataNode("pHYs");
    node.setAttribute("pixelsPerUnitXAxis", perMetre);
    node.setAttribute("pixelsPerUnitYAxis", perMetre);
    node.setAttribute("unitSpecifier", "meter");
    IIOMetadataNode root = new IIOMetadataNode(FORMAT);
    root.appendChild(node);
    return root;
  }

  private BufferedImage image(double scale) {
    BufferedImage image =
        new BufferedImage(
            (int) Math.round(scale * width()),
            (int) Math.round(scale * height()),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    // The last row and column of pixels may not be covered as a whole.
    graphics.setPaint(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(scale, scale);
    draw(graphics);
    graphics.dispose();
    return image;
  }

  /** AWT without fonts fails deep inside with internal errors: better to find out here. */
  static void requireFonts() throws IOException {
    try {
      measure(font(Font.PLAIN, 12)).stringWidth("α");
    } catch (AWTError e) {
      throw new IOException(
          "cannot draw figures: Java looks for a screen and finds none; unset DISPLAY or start Java"
              + " with -Djava.awt.headless=true",
          e);
    } catch (LinkageError | InternalError | RuntimeException e) {
      throw new IOException(
          "cannot draw figures: Java finds no fonts on this machine; install some (on Debian:"
              + " apt-get install fontconfig fonts-dejavu-core) and run again",
          e);
    }
  }

  static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  /** The text, or as much of it as there is room for. */
  static String fit(String text, FontMetrics metrics, double room) {
    String fitting = text;
    int end = text.length();
    while (metrics.stringWidth(fitting) > room && end > 1) {
      end = text.offsetByCodePoints(end, -1);
      fitting = text.substring(0, end) + "…";
    }
    return fitting;
  }

  /** Measures text without a screen. */
  static FontMetrics measure(Font font) {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    FontMetrics metrics = graphics.getFontMetrics(font);
    graphics.dispose();
    return metrics;
  }
}
