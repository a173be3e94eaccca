package org.unvanish.djl.penalty;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;
import org.unvanish.djl.PenaltyLoss;

/** A {@link PenaltyLoss} whose gradient somebody else adds, after each backward pass. */
public final class PenaltyHandOver {

  private final PenaltyTerm term;
  private final int devices;
  private final IdentityHashMap<NDList, NDArray> losses = new IdentityHashMap<>();
  private @Nullable PassCounter counter;

  public PenaltyHandOver(PenaltyTerm term, int devices) {
    this.term = term;
    this.devices = devices;
  }

  /** The penalty. */
  public PenaltyTerm term() {
    return term;
  }

  /** Keeps the data loss of a forward pass, for as long as there are no more than devices. */
  public void keep(NDList predictions, NDArray loss) {
    if (losses.size() >= devices) {
      losses.clear();
    }
    losses.put(predictions, loss);
  }

  /** What is kept of a forward pass; null if nothing is. */
  public @Nullable NDArray kept(NDList predictions) {
    return losses.get(predictions);
  }

  /** A value of which backward passes are counted. */
  public NDArray counted(NDArray value) {
    PassCounter made = counter;
    if (made == null) {
      made = new PassCounter(value.getManager());
      counter = made;
    }
    return made.counted(value);
  }

  /** How many times the gradient is to be added: for each backward pass since the last call. */
  public int takeTimes() {
    if (counter == null) {
      return 0;
    }
    int passes = counter.passes();
    counter.clear();
    return passes * devices;
  }

  /**
   * Training must not go on without the penalty.
   *
   * @throws IllegalStateException if there were backward passes of which the monitor was not told
   */
  public void requireHeard() {
    if (counter != null && counter.passes() > 1) {
      throw new IllegalStateException(
          "the GradientMonitor adds the penalty's gradient, but was not told of the last batches;"
              + " train with EasyTrain, or call trainer.notifyListeners(listener ->"
              + " listener.onTrainingBatch(trainer, batchData)) between backward and step");
    }
  }
}
