package org.unvanish.contest.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.unvanish.contest.Layout;
import org.unvanish.contest.Op;
import org.unvanish.contest.Task;

/** A task's batches, again and again until the end is declared. */
final class Batches implements MultiDataSetIterator {

  private final transient List<MultiDataSet> batches = new ArrayList<>();
  private int next;
  private boolean isAtEnd;

  Batches(Task task) {
    Op.Dimensions in = task.input();
    long[] imageShape = {task.batch(), in.channels(), in.rows(), in.columns()};
    long[] labelShape = {task.batch(), task.classes()};
    for (int i = 0; i < task.batches(); i++) {
      batches.add(
          new org.nd4j.linalg.dataset.MultiDataSet(
              Nd4j.create(task.pixels(i, Layout.CHANNELS_FIRST), imageShape, 'c'),
              Nd4j.create(task.oneHot(i), labelShape, 'c')));
    }
  }

  void end() {
    isAtEnd = true;
  }

  @Override
  public boolean hasNext() {
    return !isAtEnd;
  }

  @Override
  public MultiDataSet next() {
    return batches.get(next++ % batches.size());
  }

  @Override
  public MultiDataSet next(int count) {
    return next();
  }

  @Override
  public void setPreProcessor(MultiDataSetPreProcessor preProcessor) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MultiDataSetPreProcessor getPreProcessor() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean resetSupported() {
    return true;
  }

  /** No thread beside: the batches are there already. */
  @Override
  public boolean asyncSupported() {
    return false;
  }

  @Override
  public void reset() {
    next = 0;
  }
}
