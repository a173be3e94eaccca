package org.unvanish.probe;

import org.unvanish.activation.ActivationFunction;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.measurement.PreActivationCounts;
import org.unvanish.internal.kernel.LaneTensor;

/**
 * Counts how sure a softmax is: of each sample the log-odds of its largest probability, p/(1 − p).
 * They are to softmax what a pre-activation is to the logistic function, with which it agrees for
 * two classes.
 */
final class SoftmaxCounter implements SaturationCounter {

  private final PreActivationCounts counts = new PreActivationCounts(ActivationFunction.LOGISTIC);

  @Override
  public void add(LaneTensor z, int samples) {
    int size = z.shape().size();
    for (int lane = 0; lane < samples; lane++) {
      int largest = 0;
      for (int i = 1; i < size; i++) {
        largest = z.value(i, lane) > z.value(largest, lane) ? i : largest;
      }
      double others = 0;
      for (int i = 0; i < size; i++) {
        others +=
            i == largest ? 0 : StrictMath.exp((double) z.value(i, lane) - z.value(largest, lane));
      }
      counts.add(0, -StrictMath.log(others));
    }
  }

  @Override
  public Saturation result() {
    return counts.saturation();
  }
}
