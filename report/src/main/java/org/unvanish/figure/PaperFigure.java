package org.unvanish.figure;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import java.awt.Font;
import java.awt.FontFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.jspecify.annotations.Nullable;
import org.unvanish.comparison.Summary;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.figure.svg.SvgGraphics;

/**
 * The {@link Figure} of an experiment for a printed page: sized in millimetres, text of 7 and 8
 * points, no title and no caption, which are the paper's own.
 *
 * <p>The same results give the same bytes on every machine, as the font comes with the program; of
 * PNG with the same version of Java.
 */
public final class PaperFigure {

  /** Pixels per inch of the PNG, as journals ask for line art. */
  public static final int DPI = 600;

  /**
   * Its letters are as wide as those of Helvetica and Arial, which journals ask for. PDFBox carries
   * it (under the SIL Open Font License, which allows to embed it), so that figures do not depend
   * on the fonts of a machine.
   */
  private static final String FONT = "Liberation Sans";

  private static final String FONT_FILE =
      "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private static final double POINTS_PER_MM = 72 / 25.4;

  private final ExperimentResult result;
  private final PaperSheet sheet;
  private final List<String> foreign;

  /**
   * @param summary of the result
   * @param width in millimetres
   * @throws IllegalArgumentException if no run has completed an epoch
   * @throws IOException if Java cannot draw on this machine
   */
  public PaperFigure(ExperimentResult result, Summary summary, double width) throws IOException {
    if (summary.lastEpoch() == 0) {
      throw new IllegalArgumentException("no run has completed an epoch: there is nothing to draw");
    }
    this.result = result;
    Font font = font();
    List<Arm> arms = result.experiment().arms();
    foreign = arms.stream().map(Arm::name).filter(name -> font.canDisplayUpTo(name) >= 0).toList();
    Font names = foreign.isEmpty() ? font : Sheet.font(Font.PLAIN, 1);
    sheet =
        new PaperSheet(
            arms,
            result.experiment().headline(),
            summary,
            ChartStyle.paper(font),
            names,
            width * POINTS_PER_MM);
  }

  /**
   * The names of arms that the program's font has not all characters for. If there are any, all
   * names are drawn in this machine's own font, and as outlines.
   */
  public List<String> foreign() {
    return foreign;
  }

  /** True where the panels are side by side, so that it wants the width of two columns. */
  public boolean isWide() {
    return sheet.isWide();
  }

  /** What is seen, in sentences for the paper's caption, without title and notes. */
  public List<String> caption() {
    List<String> sentences = new ArrayList<>();
    sentences.add(Caption.data(result.experiment()) + ".");
    sentences.add(
        sheet.isWide()
            ? Caption.seen(sheet.panels(), "Left", "Right")
            : Caption.seen(sheet.panels(), "Top", "Bottom"));
    Caption.missing(result).ifPresent(sentences::add);
    return sentences;
  }

  /** As SVG. Text is drawn as outlines, which look the same in every program. */
  public String svg() {
    SvgGraphics graphics = SvgGraphics.paper(sheet.width(), sheet.height(), POINTS_PER_MM);
    sheet.draw(graphics);
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + graphics.svg() + "\n";
  }

  /**
   * As PNG, with its resolution stated: {@link #DPI}, or less where hundreds of arms make a legend
   * that would not fit into memory.
   */
  public byte[] png() throws IOException {
    return sheet.png(dpi() / 72, OptionalDouble.of(dpi()));
  }

  /** The PNG's pixels per inch. */
  double dpi() {
    return 72 * sheet.affordable(DPI / 72.0);
  }

  /**
   * As PDF of one page, as large as the figure. Text is text, with its font embedded as far as it
   * is used; text in another font is drawn as outlines.
   */
  public byte[] pdf() throws IOException {
    float width = (float) sheet.width();
    float height = (float) sheet.height();
    try (PDDocument document = new PDDocument();
        PdfBoxGraphics2DFontTextDrawer text = new PdfBoxGraphics2DFontTextDrawer();
        InputStream font = fontFile()) {
      document.setDocumentId((long) svg().hashCode());
      document.getDocumentInformation().setTitle(result.experiment().title());
      document.getDocumentInformation().setCreator("Unvanish");
      PDPage page = new PDPage(new PDRectangle(width, height));
      document.addPage(page);
      text.registerFont(FONT, PDType0Font.load(document, font));
      PdfBoxGraphics2D graphics = new PdfBoxGraphics2D(document, width, height);
      try {
        graphics.setFontTextDrawer(text);
        sheet.draw(graphics);
      } finally {
        graphics.dispose();
      }
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.drawForm(graphics.getXFormObject());
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    }
  }

  /**
   * The font to draw with, of size 1.
   *
   * @throws IOException if Java cannot draw on this machine
   */
  private static Font font() throws IOException {
    Sheet.requireFonts();
    try (InputStream file = fontFile()) {
      return Font.createFont(Font.TRUETYPE_FONT, file);
    } catch (FontFormatException e) {
      throw new IllegalStateException("PDFBox's font is no font", e);
    }
  }

  /** To be closed. */
  private static InputStream fontFile() {
    @Nullable InputStream file = PDDocument.class.getResourceAsStream(FONT_FILE);
    return Objects.requireNonNull(file, "PDFBox comes without its font");
  }
}
