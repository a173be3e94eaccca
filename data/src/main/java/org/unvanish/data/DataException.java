package org.unvanish.data;

import org.jspecify.annotations.Nullable;

/**
 * A data set cannot be loaded or installed. The message is made for users: what is wrong, where,
 * and what to do about it.
 *
 * @since 0.1
 */
public final class DataException extends RuntimeException {
  /**
   * @param message what is wrong and what to do, on one or two lines
   */
  public DataException(String message) {
    super(message);
  }

  /**
   * @param message what is wrong and what to do, on one or two lines
   * @param cause for those who look deeper; the message does not need it
   */
  public DataException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
