/**
 * Texts for people, formatted for a terminal or a page.
 *
 * <p>In reading order: {@link org.unvanish.text.StyledText}, whose parts may stand out, each by its
 * {@link org.unvanish.text.Style}; {@link org.unvanish.text.TextTable}, rows of cells that fit;
 * {@link org.unvanish.text.Bars}, numbers as small bars.
 */
package org.unvanish.text;
