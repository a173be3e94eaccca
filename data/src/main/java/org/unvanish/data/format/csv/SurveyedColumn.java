package org.unvanish.data.format.csv;

/**
 * What a column of a table looks like.
 *
 * @param name of the column
 * @param missing in how many rows nothing stands
 * @param isNumeric whether all else are numbers
 * @param isMeasured whether it holds numbers that look like measurements, and not like the numbers
 *     of classes
 * @param different how many different cells there are; of very many, as many as were counted
 * @param isCounted false if there are more different cells than were counted
 * @param isTogether whether equal cells always stand in rows that follow each other
 * @param isRowNumber whether each row has the number of the row before, and 1
 */
public record SurveyedColumn(
    String name,
    long missing,
    boolean isNumeric,
    boolean isMeasured,
    int different,
    boolean isCounted,
    boolean isTogether,
    boolean isRowNumber) {

  /** Whether all rows have the same. */
  public boolean isConstant() {
    return isCounted && different <= 1;
  }
}
