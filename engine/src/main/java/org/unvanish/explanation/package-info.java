/**
 * A diagnosis in words and tables, for programs and the terminal.
 *
 * <p>In reading order: {@link org.unvanish.explanation.DiagnosisText}, the answer first, then the
 * evidence; its tables: {@code SnapshotTable} along the training, {@code LayerTable} at the
 * snapshot that decides, {@code TimeTable} of recurrent layers, {@code TrialTable} of what was
 * tried.
 */
package org.unvanish.explanation;
