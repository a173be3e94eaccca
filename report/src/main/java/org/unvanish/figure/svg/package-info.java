/**
 * Drawings as SVG.
 *
 * <p>In reading order: {@link org.unvanish.figure.svg.SvgGraphics}, what is drawn on, on {@code
 * ShapeGraphics}; {@code SvgStyle}, colours and strokes; {@code SvgShape}, lines, rectangles and
 * paths.
 */
package org.unvanish.figure.svg;
