package org.unvanish.diagnosis.prescription;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of a network, its data or its training.
 *
 * @param l2 the regularization strength r of the ℓ₂ penalty (the paper: tuning parameter), or null
 * @param alpha the scale α of the activation functions, as a multiple of the present one, or null
 * @param initial the initialization, or null
 * @param other what else
 * @param factors numbers by which what each layer with weights reads is multiplied, first to last:
 *     its weights stay, and their gain is as much larger. Empty if nothing is multiplied
 * @since 0.1
 */
public record Change(
    @Nullable Double l2,
    @Nullable Double alpha,
    @Nullable PrescribedInitialization initial,
    List<OtherRemedy> other,
    List<Double> factors) {

  /** No change. */
  public static final Change NONE = new Change(null, null, null, List.of());

  /** Copies the lists. */
  public Change {
    other = List.copyOf(other);
    factors = List.copyOf(factors);
  }

  /** Without factors. */
  public Change(
      @Nullable Double l2,
      @Nullable Double alpha,
      @Nullable PrescribedInitialization initial,
      List<OtherRemedy> other) {
    this(l2, alpha, initial, other, List.of());
  }

  /** A penalty in place of the present one. */
  public static Change penalty(double r) {
    return new Change(r, null, null, List.of());
  }

  /** All fixed scales α times a factor. */
  public static Change scale(double factor) {
    return new Change(null, factor, null, List.of());
  }

  /** Another initialization. */
  public static Change start(PrescribedInitialization values) {
    return new Change(null, null, values, List.of());
  }

  /** A factor in front of each layer with weights. */
  public static Change factors(List<Double> factors) {
    return new Change(null, null, null, List.of(), factors);
  }

  /** One of the other remedies. */
  public static Change of(OtherRemedy remedy) {
    return new Change(null, null, null, List.of(remedy));
  }

  /** True where nothing is changed. */
  public boolean isEmpty() {
    return equals(NONE);
  }

  /** {@code 2.9 to 7.1}, or the number that all factors are. */
  String range() {
    return MagnitudeText.range(Collections.min(factors), Collections.max(factors));
  }

  /** What to do, as an imperative: {@code use tanh and Glorot's initialization}. */
  String advice() {
    List<String> parts = new ArrayList<>();
    other.stream()
        .filter(remedy -> remedy != OtherRemedy.USE_TANH)
        .map(OtherRemedy::advice)
        .forEach(parts::add);
    boolean tanh = other.contains(OtherRemedy.USE_TANH);
    if (tanh && initial == null) {
      parts.add(OtherRemedy.USE_TANH.advice());
    }
    if (initial != null) {
      parts.add(
          (tanh ? OtherRemedy.USE_TANH.advice() + " with " : "use ")
              + (initial == PrescribedInitialization.GLOROT ? "Glorot's" : "He's")
              + " initialization");
    }
    if (!factors.isEmpty()) {
      parts.add("put factors of " + range() + " in front of the layers");
    }
    if (alpha != null) {
      parts.add("multiply the scale α by " + MagnitudeText.number(alpha));
    }
    if (l2 != null) {
      parts.add("add an ℓ₂ penalty with r = " + MagnitudeText.number(l2));
    }
    int last = parts.size() - 1;
    return last < 1
        ? String.join("", parts)
        : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }

  /** As {@code initialization: glorot, learning rate ÷ 10}; of no change {@code untouched}. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    if (l2 != null) {
      parts.add("ℓ₂ penalty with r = " + MagnitudeText.number(l2));
    }
    if (alpha != null) {
      parts.add("α × " + MagnitudeText.number(alpha));
    }
    if (initial != null) {
      parts.add("initialization: " + initial);
    }
    if (!factors.isEmpty()) {
      parts.add("factors in front of the layers: " + range());
    }
    other.forEach(remedy -> parts.add(remedy.text()));
    return parts.isEmpty() ? "untouched" : String.join(", ", parts);
  }
}
