package org.unvanish.report;

import java.awt.AWTError;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.ViewBox;
import org.unvanish.experiment.ExperimentResult;

/**
 * The figure of an experiment, in the manner of Ven &amp; Lederer (2021), figures 1 to 4:
 * accuracies on top, gradients below on a logarithmic axis, lines for the means over the seeds and
 * bands for the interquartile ranges, and a caption that says what was done.
 *
 * <p>The same results give the same bytes on machines with the same fonts.
 */
public final class Figure {

  /** Pixels of the PNG for each unit of the SVG. */
  private static final int PNG_SCALE = 2;

  private final ExperimentResult result;
  private final Summary summary;
  private final List<String> notes;

  /**
   * @param result whose figure it is
   * @param summary of that result
   * @param notes paragraphs that end the caption
   * @throws IllegalArgumentException if no run has completed an epoch
   */
  public Figure(ExperimentResult result, Summary summary, List<String> notes) {
    if (summary.lastEpoch() == 0) {
      throw new IllegalArgumentException("no run has completed an epoch: there is nothing to draw");
    }
    this.result = result;
    this.summary = summary;
    this.notes = List.copyOf(notes);
  }

  /**
   * Writes {@code NAME.svg} and {@code NAME.png} into an existing folder, each atomically, where
   * NAME is the experiment's.
   *
   * @return the two files
   * @throws IOException if one cannot be written, or Java cannot draw on this machine
   */
  public List<Path> write(Path folder) throws IOException {
    Path svg = folder.resolve(result.experiment().name() + ".svg");
    Path png = folder.resolve(result.experiment().name() + ".png");
    AtomicFile.write(svg, svg().getBytes(StandardCharsets.UTF_8));
    AtomicFile.write(png, png());
    return List.of(svg, png);
  }

  /**
   * The figure as an SVG document.
   *
   * @throws IOException if Java cannot draw on this machine
   */
  public String svg() throws IOException {
    Page page = page();
    SVGGraphics2D graphics = new SVGGraphics2D(page.width(), page.height());
    // The default prefix is a time, which would make every document another one.
    graphics.setDefsKeyPrefix("d");
    page.draw(graphics);
    ViewBox viewBox = new ViewBox(0, 0, page.width(), page.height());
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + graphics.getSVGElement(null, true, viewBox, null, null)
        + "\n";
  }

  /**
   * The figure as a PNG image, with two pixels for each unit of the SVG.
   *
   * @throws IOException if Java cannot draw on this machine
   */
  public byte[] png() throws IOException {
    Page page = page();
    BufferedImage image =
        new BufferedImage(
            PNG_SCALE * page.width(), PNG_SCALE * page.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.scale(PNG_SCALE, PNG_SCALE);
    page.draw(graphics);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // In memory: ImageIO would otherwise write a temporary file somewhere.
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", stream);
    }
    return bytes.toByteArray();
  }

  private Page page() throws IOException {
    requireFonts();
    return new Page(result, summary, notes);
  }

  /** AWT without fonts fails deep inside with internal errors: better to find out here. */
  private static void requireFonts() throws IOException {
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
