package org.unvanish.theory.chain;

/** The largest t of the audit's conditions on theorem 1, each enclosed by interval arithmetic. */
public final class TheoremThresholds {

  private static final Enclosure ONE = Enclosure.of(1);
  private static final Enclosure TWO = Enclosure.of(2);
  private static final Enclosure FOUR = Enclosure.of(4);
  private static final Enclosure HALF = Enclosure.of(0.5);

  private TheoremThresholds() {}

  /** w* = 0.7717…, where w·sech² w is largest: the root of w·tanh w = ½. */
  static Enclosure steepest() {
    return Enclosure.root(w -> w.times(w.tanh()).minus(HALF), 0.5, 1);
  }

  /** M = 0.4477…, the maximum of w·sech² w = w* − 1/(4w*), since tanh w* = 1/(2w*). */
  public static Enclosure peak() {
    Enclosure w = steepest();
    return w.minus(ONE.over(FOUR.times(w)));
  }

  /** Claim 1: the larger root of t·log(1/t) = M/2. */
  public static Bracket claim1() {
    Enclosure half = peak().over(TWO);
    // With L = log(1/t) the function L·e^(−L) increases up to L = 1, which is t = 1/e.
    Enclosure length =
        Enclosure.root(length1 -> length1.times(length1.negated().exp()).minus(half), 0.1, 1);
    return length.negated().exp().bracket();
  }

  /**
   * Claim 2: exp(−√(M/2)).
   *
   * @param peak the maximum of w·f′(w)
   */
  public static Bracket claim2(Enclosure peak) {
    return peak.over(TWO).sqrt().negated().exp().bracket();
  }

  /** Claim 1 with f⁰ := 1, and the proof's |1 − (fᵏ)²| ≤ t: the root of 4t = (1 + t²)². */
  public static Bracket paperFormula() {
    return Enclosure.root(
            t -> {
              Enclosure s = ONE.plus(t.times(t));
              return FOUR.times(t).minus(s.times(s));
            },
            0.1,
            0.5)
        .bracket();
  }

  /** |f¹| ≥ tanh 1: 1/e. */
  public static Bracket firstNeuron() {
    return Enclosure.of(-1).exp().bracket();
  }

  /** |fⁱ| ≥ ½: 1/√3, since tanh(log √3) = ½. */
  public static Bracket allNeurons() {
    return ONE.over(Enclosure.of(3).sqrt()).bracket();
  }

  /** |fⁱ| ≥ ¼: 3/5, since tanh(2L·¼) = ¼ for L = log(5/3). */
  public static Bracket quarter() {
    return Enclosure.of(3).over(Enclosure.of(5)).bracket();
  }

  /** log(1/t) ≥ ½: e^(−1/2). */
  public static Bracket halfLog() {
    return Enclosure.of(-0.5).exp().bracket();
  }

  /** |(1 − (fⁱ)²)·θⁱ| ≤ 1: exp(−artanh(M)/(2M)), where tanh(2·log(1/t)·a) = a has the root M. */
  public static Bracket factor() {
    Enclosure m = peak();
    Enclosure artanh = ONE.plus(m).over(ONE.minus(m)).log().over(TWO);
    return artanh.over(TWO.times(m)).negated().exp().bracket();
  }

  /** log(1/t) ≥ t: the omega constant. */
  public static Bracket omega() {
    return Enclosure.root(t -> t.plus(t.log()), 0.5, 0.6).bracket();
  }
}
