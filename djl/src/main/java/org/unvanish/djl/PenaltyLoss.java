package org.unvanish.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Block;
import ai.djl.training.loss.Loss;
import org.jspecify.annotations.Nullable;
import org.unvanish.djl.model.ModelParameter;
import org.unvanish.djl.penalty.PenaltyHandOver;
import org.unvanish.djl.penalty.PenaltyTerm;
import org.unvanish.penalty.Penalty;

/**
 * A loss with a penalty on the parameters of a block, in the paper's form: data loss + (r/2)·Σθ²,
 * with gradient rθ (Ven &amp; Lederer 2021, section 2.2).
 *
 * <p>The factor of DJL's own {@code L2WeightDecay} is that of Keras: λ·Σθ², twice the paper's
 * gradient for the same number. The penalty's {@link Penalty#scope() scope} says which parameters
 * are covered; a learned α, frozen parameters and running statistics never are.
 *
 * <p>The value is that of data loss and penalty together, also in validation. One loss serves one
 * training. DJL adds up the gradients of a trainer's devices: see {@link #onDevices}.
 *
 * @since 0.1
 */
public final class PenaltyLoss extends Loss {

  private final Loss data;
  private final Penalty penalty;
  private final PenaltyTerm term;
  private int devices = 1;
  private @Nullable PenaltyHandOver handOver;

  /**
   * @param data the loss without penalty
   * @param block whose parameters are penalised; it need not be initialised yet
   * @param penalty {@code Penalty.l2(0.01)} is the paper's with r = 0.01
   */
  public PenaltyLoss(Loss data, Block block, Penalty penalty) {
    super(data.getName());
    this.data = data;
    this.penalty = penalty;
    this.term = new PenaltyTerm(penalty, ModelParameter.of(block));
  }

  /** The loss without penalty. */
  public Loss data() {
    return data;
  }

  /** What is added to it. */
  public Penalty penalty() {
    return penalty;
  }

  /**
   * For a trainer with several devices: DJL adds up the gradients of their mean losses, so that the
   * penalty has to count as many times to keep its proportion to the data. It is added on the
   * device that holds the parameters, as DJL's copies between devices carry no gradient.
   *
   * @param count at least 1
   * @return this loss
   * @throws IllegalArgumentException if there are none
   */
  public PenaltyLoss onDevices(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("devices must be at least 1, but are " + count);
    }
    devices = count;
    return this;
  }

  /**
   * From now on the penalty's gradient is for the caller to add after each backward pass: a small
   * data gradient cannot be told from its sum with a large one, so whoever wants to see both has to
   * see the data gradient first.
   *
   * @throws IllegalStateException if somebody else does so already
   */
  PenaltyHandOver handOver() {
    if (handOver != null) {
      throw new IllegalStateException(
          "another GradientMonitor watches this PenaltyLoss; take one monitor and one PenaltyLoss"
              + " for each training");
    }
    PenaltyHandOver made = new PenaltyHandOver(term, devices);
    handOver = made;
    return made;
  }

  /** Ends {@link #handOver}. */
  void takeBack() {
    handOver = null;
  }

  /** The loss without penalty, which is not computed again for what was evaluated just now. */
  NDArray dataLoss(NDList labels, NDList predictions) {
    NDArray kept = handOver == null ? null : handOver.kept(predictions);
    return kept == null || kept.isReleased() ? data.evaluate(labels, predictions) : kept;
  }

  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    PenaltyHandOver apart = handOver;
    if (apart != null) {
      apart.requireHeard();
    }
    NDArray loss = data.evaluate(labels, predictions);
    if (apart != null) {
      apart.keep(predictions, loss);
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray value = term.value();
      if (value == null) {
        return loss;
      }
      NDArray sum = loss.add(on(loss.getDevice(), value, apart));
      // What is computed from parameters would else stay until the model is closed.
      sum.attach(predictions.head().getManager());
      NDScope.unregister(sum);
      return sum;
    }
  }

  private NDArray on(Device device, NDArray value, @Nullable PenaltyHandOver apart) {
    if (!device.equals(value.getDevice())) {
      if (devices == 1) {
        throw new IllegalStateException(
            "the parameters are on %s, but a loss is computed on %s; tell the PenaltyLoss how many"
                    .formatted(value.getDevice(), device)
                + " devices the trainer has with onDevices(count)");
      }
      return value.toDevice(device, true);
    }
    if (apart != null) {
      return apart.counted(value.stopGradient());
    }
    if (devices == 1) {
      return value;
    }
    NDArray counted = value.mul(Constant.of(devices, value));
    return counted.sub(value.stopGradient().mul(Constant.of(devices - 1, value)));
  }
}
