package org.unvanish.spec;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.codec.yaml.Place;

/**
 * How a spec was written, where that does not decide what it says: any two are equal, so that specs
 * that say the same are equal however they say it.
 */
public final class Written {

  /** By a program, which names all that it wants. */
  static final Written BY_PROGRAM = new Written(null, true);

  private final @Nullable Place data;
  private final boolean pixels;

  /**
   * @param data where the data are named, or null
   * @param pixels whether it is said how inputs become numbers
   */
  Written(@Nullable Place data, boolean pixels) {
    this.data = data;
    this.pixels = pixels;
  }

  /** Where the data are named, if that is in a file. */
  public Optional<Place> data() {
    return Optional.ofNullable(data);
  }

  /** Whether it is said how inputs become numbers; else that is a default. */
  public boolean saysPixels() {
    return pixels;
  }

  /** The same with what a command line says. */
  Written with(Overrides overrides) {
    return new Written(
        overrides.data().isPresent() ? null : data, pixels || overrides.pixels().isPresent());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Written;
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return data().map(Place::toString).orElse("by a program");
  }
}
