package org.unvanish.model;

/**
 * Thrown for a model that cannot be read or computed. The message is made for users: where it is
 * wrong, why, and what to do about it.
 *
 * @since 0.1
 */
public final class ModelRefusedException extends RuntimeException {
  private final String place;
  private final String reason;
  private final String wayOut;

  /**
   * @param place the file, node, attribute or byte, such as {@code node "conv1" (Conv)}
   * @param reason what is wrong there, without a full stop
   * @param wayOut what to do, a sentence; empty where the file is plainly damaged
   */
  public ModelRefusedException(String place, String reason, String wayOut) {
    super(message(place, reason, wayOut));
    this.place = place;
    this.reason = reason;
    this.wayOut = wayOut;
  }

  /** The same within something larger: a node within a file, an attribute within a node. */
  public ModelRefusedException in(String outer) {
    ModelRefusedException wider =
        new ModelRefusedException(place.isEmpty() ? outer : outer + ", " + place, reason, wayOut);
    wider.initCause(this);
    return wider;
  }

  /** Where it is wrong. */
  public String place() {
    return place;
  }

  /** What is wrong there. */
  public String reason() {
    return reason;
  }

  /** What to do about it; may be empty. */
  public String wayOut() {
    return wayOut;
  }

  private static String message(String place, String reason, String wayOut) {
    String start = place.isEmpty() ? reason : place + ": " + reason;
    return start + "." + (wayOut.isEmpty() ? "" : " " + wayOut);
  }
}
