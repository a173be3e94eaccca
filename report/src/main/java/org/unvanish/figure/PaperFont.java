package org.unvanish.figure;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;

/**
 * Liberation Sans, whose letters are as wide as those of Helvetica and Arial, which journals ask
 * for. PDFBox carries it (under the SIL Open Font License, which allows to embed it), so that
 * figures do not depend on the fonts of a machine.
 */
final class PaperFont {

  /** Its name in documents and to Java. */
  static final String NAME = "Liberation Sans";

  private static final String FILE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private PaperFont() {}

  /** The font's file, to be closed. */
  static InputStream file() {
    @Nullable InputStream file = PDDocument.class.getResourceAsStream(FILE);
    return Objects.requireNonNull(file, "PDFBox comes without its font");
  }

  /**
   * The font to draw with, of size 1.
   *
   * @throws IOException if Java cannot draw on this machine
   */
  static Font load() throws IOException {
    Drawing.requireFonts();
    try (InputStream file = file()) {
      return Font.createFont(Font.TRUETYPE_FONT, file);
    } catch (FontFormatException e) {
      throw new IllegalStateException("PDFBox's font is no font", e);
    }
  }

  /** The texts that it has not all characters for, such as Chinese ones. */
  static List<String> foreign(Font font, List<String> texts) {
    return texts.stream().filter(text -> font.canDisplayUpTo(text) >= 0).toList();
  }
}
