package org.unvanish.store;

/**
 * A store cannot be opened, read or written, or refuses an experiment. The message is made for
 * users: what is wrong, where, and what to do about it.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

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
}
