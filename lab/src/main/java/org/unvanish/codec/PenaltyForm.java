package org.unvanish.codec;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.unvanish.penalty.Penalty;

/** How an ℓ₂ penalty is read. */
public enum PenaltyForm {
  /** (r/2)·Σθ² over weights and biases. */
  PAPER(Penalty.Scope.ALL),
  /** r·Σθ² over the weights. */
  KERAS(Penalty.Scope.WEIGHTS);

  /** The forms by their words. */
  public static final Map<String, PenaltyForm> WORDS =
      Words.of(List.of(values()), PenaltyForm::word);

  private final Penalty.Scope usualScope;

  PenaltyForm(Penalty.Scope usualScope) {
    this.usualScope = usualScope;
  }

  /** As specs write it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is covered where nothing is said. */
  Penalty.Scope usualScope() {
    return usualScope;
  }

  /**
   * An ℓ₂ penalty of the other form as one of this form, over what this one usually covers; any
   * other penalty as it is.
   */
  public Penalty of(Penalty penalty) {
    if (this == KERAS && penalty instanceof Penalty.L2 l2) {
      return penalty(l2.r(), usualScope);
    }
    return this == PAPER && penalty instanceof Penalty.KerasL2 l2
        ? penalty(l2.r(), usualScope)
        : penalty;
  }

  /** A penalty. */
  Penalty penalty(double r, Penalty.Scope scope) {
    return switch (this) {
      case PAPER -> new Penalty.L2(r, scope);
      case KERAS -> new Penalty.KerasL2(r, scope);
    };
  }
}
