/**
 * Generated images, tables and sequences.
 *
 * <p>In reading order: {@link org.unvanish.data.synthetic.DrawnData}: {@link
 * org.unvanish.data.synthetic.DrawnTable}, small problems, and {@link
 * org.unvanish.data.synthetic.DrawnSequences}, problems for memory; {@link
 * org.unvanish.data.synthetic.SyntheticImages}; {@code ImagePainter}, which paints a {@code
 * Pattern}.
 */
package org.unvanish.data.synthetic;
