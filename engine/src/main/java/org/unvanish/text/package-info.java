/**
 * Texts for people, as wide as a terminal or a page of their own.
 *
 * <p>In reading order: {@link org.unvanish.text.StyledText}, parts of which stand out where that
 * can be shown, each by its {@link org.unvanish.text.Style}; {@link org.unvanish.text.TextTable},
 * rows of cells that fit; {@link org.unvanish.text.Bars}, numbers as small bars.
 */
package org.unvanish.text;
