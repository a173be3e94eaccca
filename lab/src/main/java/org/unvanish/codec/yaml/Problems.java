package org.unvanish.codec.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Everything that is wrong with a spec, collected while it is read, so that all is told at once.
 */
public final class Problems {

  /** Of a part that cannot be read for a reason that is collected already. */
  public static final class Told extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Without a stack: it is caught where parts are read. */
    public Told() {
      super("told already", null, false, false);
    }
  }

  private final List<SpecException> all = new ArrayList<>();

  /** One more. */
  public void add(SpecException problem) {
    all.add(problem);
  }

  /** Reads a part, or collects why it cannot be read. */
  public <T> Optional<T> attempt(Supplier<T> part) {
    try {
      return Optional.of(part.get());
    } catch (SpecException e) {
      all.add(e);
    } catch (Told e) {
      // Nothing to add.
    }
    return Optional.empty();
  }

  /** So that it can be seen later whether some have come. */
  public int count() {
    return all.size();
  }

  /**
   * Ends the reading if anything is wrong.
   *
   * @throws SpecException if anything is wrong, with all that is, in the order of the text
   */
  public void requireNone() {
    if (!all.isEmpty()) {
      throw SpecException.of(all);
    }
  }
}
