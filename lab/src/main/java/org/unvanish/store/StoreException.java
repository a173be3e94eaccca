package org.unvanish.store;

import java.util.List;

/**
 * A store cannot be opened, read or written, or refuses an experiment. The message is made for
 * users: what is wrong, where, and what to do about it.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private static final int MOST_DIFFERENCES = 8;

  /**
   * @param message what is wrong and what to do
   */
  public StoreException(String message) {
    super(message);
  }

  /**
   * @param message what is wrong and what to do
   * @param cause for those who look deeper; the message does not need it
   */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * With what differs below, a line each that is set in; of many the first few.
   *
   * @param message what is wrong and what to do
   */
  public static StoreException ofDifferences(String message, List<String> differences) {
    StringBuilder text = new StringBuilder(message);
    differences.stream().limit(MOST_DIFFERENCES).forEach(line -> text.append("\n  ").append(line));
    int more = differences.size() - MOST_DIFFERENCES;
    return new StoreException(
        text.append(more > 0 ? "\n  and %d more".formatted(more) : "").toString());
  }
}
