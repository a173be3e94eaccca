package org.unvanish.diagnosis.prescription;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.TensorEvidence;

/**
 * What to do about a diagnosis.
 *
 * @param change what is prescribed; {@link Change#NONE} where there is nothing to do, or nothing
 *     that helps
 * @param why in words
 * @param prediction what it does to the signal; null where nothing is prescribed, or something that
 *     only training can show
 * @since 0.1
 */
public record Prescription(Change change, String why, @Nullable Prediction prediction) {

  /**
   * A prescription in the words of a colleague.
   *
   * @param decisive the snapshot that decides
   * @param rest the same snapshot with the data scaled, if scaling is prescribed: what is wrong
   *     there is for the other remedies to fix; else the decisive snapshot itself
   */
  public static Prescription of(
      SnapshotDiagnosis decisive,
      SnapshotDiagnosis rest,
      Change change,
      @Nullable Prediction prediction) {
    String why = new DiagnosisWords(decisive, rest).why(change, prediction);
    return new Prescription(change, why, prediction);
  }

  /** The same with more to say. */
  public Prescription saying(String sentences) {
    return new Prescription(change, why + " " + sentences, prediction);
  }

  /** As {@link Change#l2()}. */
  public @Nullable Double l2() {
    return change.l2();
  }

  /** As {@link Change#alpha()}. */
  public @Nullable Double alpha() {
    return change.alpha();
  }

  /** As {@link Change#initial()}. */
  public @Nullable PrescribedInitialization initial() {
    return change.initial();
  }

  /** As {@link Change#other()}. */
  public List<OtherRemedy> other() {
    return change.other();
  }

  /** As {@link Change#factors()}. */
  public List<Double> factors() {
    return change.factors();
  }

  /** True where there is nothing to do, or nothing that helps. */
  public boolean isEmpty() {
    return change.isEmpty();
  }

  /**
   * What a remedy does to the backpropagated gradient, measured by probing the remedied network.
   *
   * @param before the network as it is
   * @param after the remedied network
   * @param shrunk 1, or for a penalty alone: the factor to which it has shrunk all parameters that
   *     it covers by then
   */
  public record Prediction(MeasuredBackward before, MeasuredBackward after, double shrunk) {}

  /**
   * The regularization strength r of an ℓ₂ penalty (the paper: tuning parameter) that fits a
   * network with large parameters: that at which it pushes the large parameters as strongly as the
   * data pulls at the last layer, where the gradient is still whole. So it wins where the gradient
   * is lost, scales with the output error as theorem 1 of Ven &amp; Lederer (2021) asks, and yields
   * once the parameters are small. Rounded to 1, 2 or 5 times a power of ten.
   *
   * @return null if no parameters are large, or the data does not pull at all
   */
  public static @Nullable Double strength(SnapshotDiagnosis snapshot) {
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
