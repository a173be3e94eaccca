package org.unvanish.train;

/**
 * Where a run stands after an epoch: all that its further epochs depend on beside network,
 * settings, data and seed. A {@link Trainer} that starts from it goes on bit for bit like one that
 * never stopped.
 *
 * <p>The random streams are not in it: the JDK's generators do not give out their state. A trainer
 * that starts here repeats the shuffles of the earlier epochs, a few milliseconds each.
 *
 * @param epoch epochs that are done, at least 1
 * @param step steps that the optimizer has taken in them
 * @param parameters in the network's order; not to be changed
 * @param firstMoments of the optimizer, one for each parameter: Adam's m, or the velocity; not to
 *     be changed
 * @param secondMoments of the optimizer: Adam's v, one for each parameter, else none; not to be
 *     changed
 */
// Arrays, not lists, as the parameters of a wide network are millions; nobody compares checkpoints.
@SuppressWarnings("ArrayRecordComponent")
public record Checkpoint(
    int epoch, int step, float[] parameters, float[] firstMoments, float[] secondMoments) {
  /**
   * @throws IllegalArgumentException if epoch or step are below 1, or the arrays are not as many as
   *     they must be
   */
  public Checkpoint {
    if (epoch < 1 || step < 1) {
      throw new IllegalArgumentException(
          "a checkpoint comes after an epoch and a step, but after " + epoch + " and " + step);
    }
    if (firstMoments.length != parameters.length
        || (secondMoments.length != 0 && secondMoments.length != parameters.length)) {
      throw new IllegalArgumentException(
          "%d parameters cannot have %d first and %d second moments"
              .formatted(parameters.length, firstMoments.length, secondMoments.length));
    }
  }
}
