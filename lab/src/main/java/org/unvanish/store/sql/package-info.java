/**
 * The SQLite file of a store and its layout; for {@link org.unvanish.store.RunStore} alone.
 *
 * <p>In reading order: {@link org.unvanish.store.sql.Database}, the file; {@link
 * org.unvanish.store.sql.Schema}, its layout, with {@code Tables}; {@link
 * org.unvanish.store.sql.Sql}, {@link org.unvanish.store.sql.Row} and {@link
 * org.unvanish.store.sql.Floats}, statements and values; {@link
 * org.unvanish.store.sql.RowChecksums}, which tells what was changed by nobody; {@link
 * org.unvanish.store.sql.SqlErrors}, errors in words.
 */
package org.unvanish.store.sql;
