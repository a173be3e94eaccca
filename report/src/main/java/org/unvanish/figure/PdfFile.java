package org.unvanish.figure;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** A sheet in points as the bytes of a PDF file of one page, as large as the sheet. */
final class PdfFile {

  private PdfFile() {}

  /**
   * Text in {@link PaperFont} is text with the font embedded, as far as it is used; other text is
   * drawn as outlines.
   *
   * @param id tells the document from others: the same sheet, title and id give the same bytes
   */
  static byte[] of(Drawing.Sheet sheet, String title, long id) throws IOException {
    float width = (float) sheet.width();
    float height = (float) sheet.height();
    try (PDDocument document = new PDDocument();
        PdfBoxGraphics2DFontTextDrawer text = new PdfBoxGraphics2DFontTextDrawer();
        InputStream font = PaperFont.file()) {
      document.setDocumentId(id);
      document.getDocumentInformation().setTitle(title);
      document.getDocumentInformation().setCreator("Unvanish");
      PDPage page = new PDPage(new PDRectangle(width, height));
      document.addPage(page);
      text.registerFont(PaperFont.NAME, PDType0Font.load(document, font));
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
}
