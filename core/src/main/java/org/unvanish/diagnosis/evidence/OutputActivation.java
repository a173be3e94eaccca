package org.unvanish.diagnosis.evidence;

/**
 * The activation after the last weights, whose values are the network's outputs: where the backward
 * pass begins. A loss that is computed from the outputs is multiplied by its f′ before any weights
 * see it, however right or wrong the outputs are.
 *
 * @param function as people name it: {@code logistic}, {@code softmax}
 * @param log10 what it does to the output error's root mean square, as log₁₀
 * @param largestLog10 the most that it could leave of it: log₁₀ of its largest f′
 * @param saturation where its pre-activations lie. Of softmax, those of a sample are its largest
 *     probability's log-odds, which saturate where those of the logistic function do
 * @since 0.1
 */
public record OutputActivation(
    String function, double log10, double largestLog10, Saturation saturation) {

  /** What it takes from the output error beyond what it takes at best, as log₁₀: 0 or below. */
  public double lostLog10() {
    return log10 - largestLog10;
  }

  /** True of relu, whose units can be off, but do not saturate. */
  public boolean isDead() {
    return saturation.deadShare() > saturation.saturatedShare();
  }
}
