package org.unvanish.store;

import java.util.Locale;

/** Where a run stands in the store. */
public enum RunState {
  /** It has not begun, or is asked for more epochs than it was. */
  PLANNED,
  /** A process is training it. */
  RUNNING,
  /**
   * It had begun and nobody is training it: Ctrl-C, a signal or a crash came between. It goes on
   * after the epochs that it has. No row says so: a run is, as soon as its process has let go.
   */
  STOPPED,
  /** It has all epochs that it was last asked for. */
  FINISHED,
  /** Its loss or parameters became NaN or infinite. */
  DIVERGED,
  /** Its arm was dropped from a race; the epochs that it has are kept. */
  DROPPED,
  /** It threw; it is tried again, after the epochs that it has, when its experiment is resumed. */
  FAILED;

  private static final String STORED_FINISHED = "done";

  /** As tables, pages and JSON name it, with the words of {@code RunOutcome}: {@code planned}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As in the database, which keeps the first version's word for what is finished. */
  public String stored() {
    return this == FINISHED ? STORED_FINISHED : label();
  }

  /** The state that a database names. */
  public static RunState of(String stored) {
    return stored.equals(STORED_FINISHED) ? FINISHED : valueOf(stored.toUpperCase(Locale.ROOT));
  }
}
