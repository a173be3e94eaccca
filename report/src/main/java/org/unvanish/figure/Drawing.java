package org.unvanish.figure;

import java.awt.AWTError;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.ViewBox;
import org.unvanish.file.ResultFile;

/** A sheet as an SVG document and a PNG image. */
final class Drawing {

  /** What is drawn, with its size. */
  interface Sheet {
    double width();

    double height();

    void draw(Graphics2D graphics);
  }

  /** Pixels of the PNG for each unit of the SVG. */
  private static final int PNG_SCALE = 2;

  private final Sheet sheet;

  private Drawing(Sheet sheet) {
    this.sheet = sheet;
  }

  /**
   * @param sheet made only after it is known that Java can draw
   * @throws IOException if Java cannot draw on this machine
   */
  static Drawing of(Supplier<Sheet> sheet) throws IOException {
    requireFonts();
    return new Drawing(sheet.get());
  }

  /** Writes {@code NAME.svg} and {@code NAME.png} into an existing folder, each atomically. */
  List<Path> write(Path folder, String name) throws IOException {
    Path svg = folder.resolve(name + ".svg");
    Path png = folder.resolve(name + ".png");
    ResultFile.requireReplaceable(svg);
    ResultFile.requireReplaceable(png);
    ResultFile.replace(svg, svg().getBytes(StandardCharsets.UTF_8));
    ResultFile.replace(png, png());
    return List.of(svg, png);
  }

  String svg() {
    SVGGraphics2D graphics = new SVGGraphics2D(sheet.width(), sheet.height());
    // The default prefix is a time, which would make every document another one.
    graphics.setDefsKeyPrefix("d");
    sheet.draw(graphics);
    ViewBox viewBox = new ViewBox(0, 0, sheet.width(), sheet.height());
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + graphics.getSVGElement(null, true, viewBox, null, null)
        + "\n";
  }

  byte[] png() throws IOException {
    return PngFile.of(image(sheet, PNG_SCALE), OptionalDouble.empty());
  }

  /**
   * @param scale pixels for each unit of the sheet
   */
  static BufferedImage image(Sheet sheet, double scale) {
    BufferedImage image =
        new BufferedImage(
            (int) Math.round(scale * sheet.width()),
            (int) Math.round(scale * sheet.height()),
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
    sheet.draw(graphics);
    graphics.dispose();
    return image;
  }

  /** AWT without fonts fails deep inside with internal errors: better to find out here. */
  static void requireFonts() throws IOException {
    try {
      Page.measure(Page.font(Font.PLAIN, 12)).stringWidth("α");
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
}
