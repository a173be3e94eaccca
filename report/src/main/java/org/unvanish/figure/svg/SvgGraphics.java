package org.unvanish.figure.svg;

import java.awt.BasicStroke;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Draws shapes and text as SVG. The same drawing gives the same bytes.
 *
 * <p>Images, text with attributes and paints that are no colours are refused.
 */
public final class SvgGraphics extends ShapeGraphics {

  /** To a thousandth of a point, which no printer shows. */
  private static final SvgShape PAPER = new SvgShape(3);

  /** Finer, as pages and programs may enlarge it. */
  private static final SvgShape SCREEN = new SvgShape(6);

  /** What all graphics of one document share. */
  private record Document(
      double width,
      double height,
      @Nullable Double unitsPerMillimetre,
      StringBuilder elements,
      Map<String, String> clips) {}

  private final Document document;
  private final SvgShape shapes;

  private SvgGraphics(Document document, Graphics2D state) {
    super(state);
    this.document = document;
    this.shapes = document.unitsPerMillimetre() == null ? SCREEN : PAPER;
  }

  /** For a screen: text is text, and lines along the axes are crisp. */
  public static SvgGraphics screen(double width, double height) {
    return of(width, height, null);
  }

  /**
   * For paper: sized in millimetres, with text as outlines, which look the same in every program.
   *
   * @param unitsPerMillimetre how many units of the drawing a millimetre has
   */
  public static SvgGraphics paper(double width, double height, double unitsPerMillimetre) {
    return of(width, height, unitsPerMillimetre);
  }

  private static SvgGraphics of(double width, double height, @Nullable Double unitsPerMillimetre) {
    Graphics2D state = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    state.setClip(null);
    state.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    return new SvgGraphics(
        new Document(width, height, unitsPerMillimetre, new StringBuilder(), new LinkedHashMap<>()),
        state);
  }

  /** The document, with what has been drawn so far. */
  public String svg() {
    StringBuilder svg = new StringBuilder("<svg xmlns='http://www.w3.org/2000/svg'");
    Double unitsPerMillimetre = document.unitsPerMillimetre();
    double scale = unitsPerMillimetre == null ? 1 : unitsPerMillimetre;
    String unit = unitsPerMillimetre == null ? "" : "mm";
    String width = shapes.number(document.width() / scale) + unit;
    String height = shapes.number(document.height() / scale) + unit;
    svg.append(" width='%s' height='%s'".formatted(width, height));
    svg.append(" viewBox='0.0 0.0 ").append(shapes.number(document.width())).append(' ');
    svg.append(shapes.number(document.height())).append("'>");
    if (!document.clips().isEmpty()) {
      svg.append("<defs>");
      document
          .clips()
          .forEach(
              (element, id) ->
                  svg.append("<clipPath id='%s'>%s/></clipPath>".formatted(id, element)));
      svg.append("</defs>");
    }
    return svg.append(document.elements()).append("</svg>").toString();
  }

  @Override
  public void draw(Shape shape) {
    if (getStroke() instanceof BasicStroke stroke) {
      boolean crisp =
          document.unitsPerMillimetre() == null
              && getRenderingHint(RenderingHints.KEY_STROKE_CONTROL)
                  == RenderingHints.VALUE_STROKE_NORMALIZE;
      String style = SvgStyle.stroke(state, stroke);
      add(shapes.element(shape), crisp ? style + ";shape-rendering:crispEdges" : style, null);
    } else {
      fill(getStroke().createStrokedShape(shape));
    }
  }

  @Override
  public void fill(Shape shape) {
    add(shapes.element(shape), SvgStyle.fill(state), null);
  }

  @Override
  public void drawString(String text, float x, float y) {
    if (document.unitsPerMillimetre() == null) {
      String element = "<text x='%s' y='%s'".formatted(shapes.number(x), shapes.number(y));
      add(element, SvgStyle.fill(state) + ";" + SvgStyle.font(getFont()), escaped(text));
    } else {
      drawGlyphVector(getFont().createGlyphVector(getFontRenderContext(), text), x, y);
    }
  }

  @Override
  public void drawGlyphVector(GlyphVector glyphs, float x, float y) {
    fill(glyphs.getOutline(x, y));
  }

  /** An element with the transform and the clip of now. */
  private void add(String element, String style, @Nullable String content) {
    StringBuilder elements = document.elements().append(element);
    elements.append(" style='").append(style).append('\'');
    AffineTransform transform = getTransform();
    if (!transform.isIdentity()) {
      elements.append(" transform='").append(shapes.matrix(transform)).append('\'');
    }
    Shape clip = getClip();
    if (clip != null) {
      String id = "c" + document.clips().size();
      Map<String, String> clips = document.clips();
      String known = clips.putIfAbsent(shapes.element(clip), id);
      elements.append(" clip-path='url(#").append(known == null ? id : known).append(")'");
    }
    String name = element.substring(1, element.indexOf(' '));
    elements.append(content == null ? "/>" : ">" + content + "</" + name + ">");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public Graphics create() {
    return new SvgGraphics(document, (Graphics2D) state.create());
  }
}
