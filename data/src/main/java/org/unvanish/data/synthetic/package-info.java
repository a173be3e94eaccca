/**
 * Images and tables that are drawn by code.
 *
 * <p>In reading order: {@link org.unvanish.data.synthetic.DrawnTable}, small problems; {@link
 * org.unvanish.data.synthetic.SyntheticImages}; {@code ImagePainter}, which paints a {@code
 * Pattern}.
 */
package org.unvanish.data.synthetic;
