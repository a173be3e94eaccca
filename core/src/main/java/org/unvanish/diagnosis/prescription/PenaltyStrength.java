package org.unvanish.diagnosis.prescription;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.TensorEvidence;

/**
 * The regularization strength r of the ℓ₂ penalty (the paper: tuning parameter) that fits a network
 * with large parameters.
 */
public final class PenaltyStrength {

  private PenaltyStrength() {}

  /**
   * r at which the penalty pushes the large parameters as strongly as the data pulls at the last
   * layer, where the signal is still whole: so it wins where the signal is lost, scales with the
   * residual as theorem 1 of Ven &amp; Lederer (2021) asks, and yields once the parameters are
   * small. Rounded to 1, 2 or 5 times a power of ten.
   *
   * @return null if no parameters are large, or the data does not pull at all
   */
  public static @Nullable Double of(SnapshotDiagnosis snapshot) {
    List<LayerEvidence> layers = snapshot.evidence().layers();
    double squares = 0;
    long count = 0;
    for (int i = 0; i < layers.size(); i++) {
      if (snapshot.layers().get(i).cause() == Cause.LARGE_PARAMETERS) {
        for (TensorEvidence tensor : layers.get(i).tensors()) {
          squares += tensor.size() * tensor.rms() * tensor.rms();
          count += tensor.size();
        }
      }
    }
    double pull = layers.get(layers.size() - 1).tensors().get(0).gradientLog10();
    double log = pull - StrictMath.log10(squares / count) / 2;
    return count == 0 || !Double.isFinite(log) ? null : rounded(log);
  }

  private static double rounded(double log) {
    int power = (int) Math.floor(log);
    double digit = StrictMath.pow(10, log - power);
    int rounded = digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10;
    return Double.parseDouble(rounded + "e" + power);
  }
}
