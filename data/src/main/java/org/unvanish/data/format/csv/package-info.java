/**
 * Tables of numbers in CSV files.
 *
 * <p>In reading order: {@link org.unvanish.data.format.csv.CsvReader}; {@code CsvTable}, a file
 * with its {@code CsvHeader} and {@code CsvRows}; {@code MeasuredColumns}, the range of each
 * column; {@code CsvRecordGuard}, which stops what is no table.
 */
package org.unvanish.data.format.csv;
