/**
 * Tables of numbers and categories in CSV files.
 *
 * <p>In reading order: {@link org.unvanish.data.format.csv.CsvReader}; {@code CsvTable}, a file
 * with its {@code CsvHeader} and {@code CsvRows}, of {@code CsvCells} and {@code CsvSequences};
 * {@code CsvInputs}, which makes inputs of cells, with categories in {@code TextOrder}; {@code
 * MeasuredColumns}, whether labels are measurements; {@code CsvRecordGuard}, which stops what is no
 * table.
 */
package org.unvanish.data.format.csv;
