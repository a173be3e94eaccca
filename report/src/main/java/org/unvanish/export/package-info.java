/**
 * Experiments in the formats of other programs: pictures and tables for papers, event files for
 * TensorBoard.
 *
 * <p>In reading order: {@link org.unvanish.export.ExportFormat}, what there is; {@link
 * org.unvanish.export.Export}, which writes an experiment.
 *
 * <p>Inside: {@code LatexFiles} are {@code LatexTable}s, in which {@code LatexText} escapes every
 * text; {@code TensorBoardFiles} are {@code EventFile}s of numbers and {@code Histogram}s, which
 * {@code Protobuf} encodes. The pictures are drawn by {@code org.unvanish.figure}.
 */
package org.unvanish.export;
