package org.unvanish.store;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.unvanish.experiment.StoredEpochs;
import org.unvanish.train.EpochRecord;

/**
 * The epochs of the runs that were read last, as far as they are few enough: the memory that
 * results of any number of runs take. Thread-safe.
 */
final class RecentEpochs {

  /** Of about 100 bytes each: 35 MB. The paper's experiments are kept whole. */
  static final int MOST_STATISTICS = 350_000;

  private final int most;

  /** By a run's key in the tables; the one that was read last comes last. */
  private final Map<Long, List<EpochRecord>> kept = new LinkedHashMap<>(16, 0.75f, true);

  private int statistics;
  private boolean closed;

  /**
   * @param most statistics that are kept; one run is kept however many it has
   */
  RecentEpochs(int most) {
    this.most = most;
  }

  /**
   * A run's epochs as they are now.
   *
   * @param run its key
   * @param size how many epochs it has
   * @param source reads all that it has when it is asked, at least so many
   */
  StoredEpochs of(long run, int size, Supplier<List<EpochRecord>> source) {
    return new StoredEpochs(size, () -> read(run, size, source));
  }

  private List<EpochRecord> read(long run, int size, Supplier<List<EpochRecord>> source) {
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException(
            "the store is closed, from which epochs are read: take what is needed before");
      }
      List<EpochRecord> known = kept.get(run);
      // It may have gone on since it was read.
      if (known != null && known.size() >= size) {
        return known;
      }
    }
    // Whoever waits for the database must not hold up those who need nothing from it.
    List<EpochRecord> read = source.get();
    keep(run, read);
    return read;
  }

  private synchronized void keep(long run, List<EpochRecord> epochs) {
    List<EpochRecord> before = kept.put(run, epochs);
    statistics += statistics(epochs) - (before == null ? 0 : statistics(before));
    Iterator<List<EpochRecord>> oldestFirst = kept.values().iterator();
    while (statistics > most && kept.size() > 1) {
      statistics -= statistics(oldestFirst.next());
      oldestFirst.remove();
    }
  }

  private static int statistics(List<EpochRecord> epochs) {
    return epochs.stream()
        .mapToInt(
            e ->
                1
                    + e.gradients().size()
                    + e.updates().size()
                    + e.scales().size()
                    + e.sizes().size())
        .sum();
  }

  /** Nothing is kept and nothing can be read any more. */
  synchronized void close() {
    closed = true;
    kept.clear();
    statistics = 0;
  }

  /** How many statistics are kept now. */
  synchronized int statistics() {
    return statistics;
  }
}
