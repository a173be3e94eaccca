/**
 * Tables of numbers and categories in CSV files.
 *
 * <p>In reading order: {@link org.unvanish.data.format.csv.CsvReader}; {@code CsvTable}, a file
 * with its {@code CsvHeader} and {@code CsvRows}, of {@code CsvCells} and {@code CsvSequences};
 * {@code CsvInputs}, which makes inputs of cells, with categories in {@code TextOrder}; {@code
 * MeasuredColumns}, whether labels are measurements; {@code CsvRecordGuard}, which stops what is no
 * table, in {@code CsvRecords}, which reads a file record by record. {@link
 * org.unvanish.data.format.csv.TableSurvey} with {@link
 * org.unvanish.data.format.csv.SurveyedColumn} looks at a table whose columns nobody has named yet:
 * {@code ColumnSurvey} at one of them, {@code SequenceSurvey} at whether rows are steps.
 */
package org.unvanish.data.format.csv;
