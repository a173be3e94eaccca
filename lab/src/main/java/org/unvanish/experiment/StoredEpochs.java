package org.unvanish.experiment;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Spliterator;
import java.util.function.Supplier;
import org.unvanish.train.EpochRecord;

/**
 * The epochs of a run that are kept elsewhere and read when they are asked for, so that the results
 * of thousands of runs take little memory. It cannot be changed, and says the same for ever, also
 * while the run goes on: its size is fixed.
 *
 * <p>Whoever goes through many runs should take all that is needed from one before the next: a
 * source keeps few of them. What the source throws, if the epochs are damaged, every method throws
 * that needs an epoch.
 */
public final class StoredEpochs extends AbstractList<EpochRecord> implements RandomAccess {

  private final int size;
  private final Supplier<List<EpochRecord>> source;

  /**
   * @param size how many epochs these are, at least 0
   * @param source reads them: at least so many, the first epoch first; not asked where there are
   *     none
   */
  public StoredEpochs(int size, Supplier<List<EpochRecord>> source) {
    if (size < 0) {
      throw new IllegalArgumentException("epochs are " + size);
    }
    this.size = size;
    this.source = source;
  }

  private List<EpochRecord> read() {
    return size == 0 ? List.of() : source.get().subList(0, size);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public EpochRecord get(int index) {
    return read().get(Objects.checkIndex(index, size));
  }

  /** Reads once. */
  @Override
  public Iterator<EpochRecord> iterator() {
    return read().iterator();
  }

  /** Reads once. */
  @Override
  public Spliterator<EpochRecord> spliterator() {
    return read().spliterator();
  }

  /** Of the first epochs: such a list again. */
  @Override
  public List<EpochRecord> subList(int from, int to) {
    Objects.checkFromToIndex(from, to, size);
    return from == 0 ? new StoredEpochs(to, source) : super.subList(from, to);
  }
}
