/**
 * Files that replace only what Unvanish wrote, whole or not at all.
 *
 * <p>In reading order: {@link org.unvanish.file.ResultFile}; {@link org.unvanish.file.FileMark},
 * the mark of files that Unvanish wrote; {@link org.unvanish.file.AtomicFile}, all or nothing.
 */
package org.unvanish.file;
