package org.unvanish.figure.svg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SvgGraphicsTest {

  private final SvgGraphics screen = SvgGraphics.screen(100, 50);

  @Test
  void anEmptyDrawingHasItsSize() {
    assertThat(screen.svg())
        .isEqualTo(
            "<svg xmlns='http://www.w3.org/2000/svg' width='100.0' height='50.0'"
                + " viewBox='0.0 0.0 100.0 50.0'></svg>");
    assertThat(SvgGraphics.paper(72, 36, 72 / 25.4).svg())
        .contains(" width='25.4mm' height='12.7mm' viewBox='0.0 0.0 72.0 36.0'");
  }

  @Test
  void aLineHasItsStroke() {
    screen.setColor(new Color(1, 2, 3));
    screen.setStroke(
        new BasicStroke(
            1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 2.5f}, 1));
    screen.draw(new Line2D.Double(1, 2, 3, 4.123456789));
    assertThat(screen.svg())
        .contains(
            "<line x1='1.0' y1='2.0' x2='3.0' y2='4.123457' style='fill:none;"
                + "stroke-dasharray:5.0,2.5;stroke-linejoin:round;stroke-dashoffset:1.0;"
                + "stroke-width:1.5;stroke:rgb(1,2,3)'/>");
  }

  @Test
  void coloursAndCompositesAreTransparentTogether() {
    screen.setColor(new Color(255, 0, 0, 51));
    screen.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.5f));
    screen.fillRect(1, 2, 3, 4);
    assertThat(screen.svg())
        .contains(
            "<rect x='1.0' y='2.0' width='3.0' height='4.0'"
                + " style='fill:rgb(255,0,0);fill-opacity:0.1'/>");
  }

  @Test
  void textIsTextOnAScreenAndOutlinesOnPaper() {
    screen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 12));
    screen.drawString("a < b & c", 5, 6);
    assertThat(screen.svg())
        .contains(
            "<text x='5.0' y='6.0' style='fill:rgb(255,255,255);font-family:sans-serif;"
                + "font-size:12.0px;font-weight:bold'>a &lt; b &amp; c</text>");
    SvgGraphics paper = SvgGraphics.paper(100, 50, 1);
    paper.drawString("a", 5, 6);
    assertThat(paper.svg()).contains("<path d='M").doesNotContain("<text");
  }

  @Test
  void transformAndClipAreThoseOfTheGraphicsAndNotOfItsCopies() {
    Graphics2D copy = (Graphics2D) screen.create();
    copy.translate(10, 20);
    copy.clip(new Rectangle(0, 0, 5, 6));
    copy.fillRect(0, 0, 1, 1);
    copy.fillRect(0, 0, 2, 2);
    copy.dispose();
    screen.fillRect(0, 0, 3, 3);
    assertThat(screen.svg())
        .containsOnlyOnce("<clipPath id='c0'><rect x='0.0' y='0.0' width='5.0' height='6.0'/>")
        .contains(
            "width='2.0' height='2.0' style='fill:rgb(255,255,255)'"
                + " transform='matrix(1.0,0.0,0.0,1.0,10.0,20.0)' clip-path='url(#c0)'/>")
        .contains("width='3.0' height='3.0' style='fill:rgb(255,255,255)'/></svg>");
  }

  @Test
  void crispLinesAreForScreens() {
    SvgGraphics paper = SvgGraphics.paper(100, 50, 1);
    for (SvgGraphics graphics : new SvgGraphics[] {screen, paper}) {
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_NORMALIZE);
      graphics.drawLine(0, 0, 1, 1);
    }
    assertThat(screen.svg()).contains("crispEdges");
    assertThat(paper.svg()).doesNotContain("crispEdges");
  }

  @Test
  void curvesArePaths() {
    screen.fill(new Ellipse2D.Double(0, 0, 2, 2));
    assertThat(screen.svg()).contains("<path d='M2.0,1.0C2.0,1.552285,1.552285,2.0,1.0,2.0C");
  }

  @Test
  void digitsAreTheSameInEveryLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      screen.drawLine(1, 2, 3, 4);
      assertThat(screen.svg()).contains("x1='1.0'", "rgb(255,255,255)");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    assertThatThrownBy(() -> screen.drawImage(image, 0, 0, null))
        .hasMessage("images are not drawn as SVG");
    screen.setPaint(new GradientPaint(0, 0, Color.RED, 1, 1, Color.BLUE));
    assertThatThrownBy(() -> screen.fillRect(0, 0, 1, 1))
        .hasMessage("only colours are drawn as SVG");
  }
}
