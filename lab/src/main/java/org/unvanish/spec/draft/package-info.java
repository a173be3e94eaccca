/**
 * A first spec for somebody's data.
 *
 * <p>In reading order: {@link org.unvanish.spec.draft.SpecDraft}, the spec as a text with comments;
 * {@code TableDraft}, what the columns of a table are for; {@code NetworkDraft}, layers that fit
 * the samples; {@code DraftText}, which writes lines of YAML with what is said of them.
 */
package org.unvanish.spec.draft;
