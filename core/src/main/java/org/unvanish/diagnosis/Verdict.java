package org.unvanish.diagnosis;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a layer or a network.
 *
 * @param signal what becomes of the gradient
 * @param cause why
 * @param mechanism through which factor; null where the gradient is stable
 * @since 0.1
 */
public record Verdict(Signal signal, Cause cause, @Nullable Mechanism mechanism) {

  /** Whether nothing is wrong. */
  public boolean isHealthy() {
    return signal == Signal.STABLE && cause == Cause.NONE;
  }

  /** As {@code vanishing, large-parameters, activation}. */
  @Override
  public String toString() {
    return signal + ", " + cause + (mechanism == null ? "" : ", " + mechanism);
  }
}
