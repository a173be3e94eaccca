package org.unvanish.spec;

/**
 * A spec cannot be read. The message is made for users: file, line and column, what is wrong there
 * and, where something is misspelt, the nearest right word.
 */
public final class SpecException extends RuntimeException {

  private final Place place;

  SpecException(Place place, String problem) {
    super(place + ": " + problem);
    this.place = place;
  }

  /** Where the problem is. */
  public Place place() {
    return place;
  }
}
