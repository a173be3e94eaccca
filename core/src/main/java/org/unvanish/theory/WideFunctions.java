package org.unvanish.theory;

import static org.unvanish.activation.ActivationFunction.ARCTAN;
import static org.unvanish.activation.ActivationFunction.ERF;
import static org.unvanish.activation.ActivationFunction.LOGISTIC;
import static org.unvanish.activation.ActivationFunction.LOG_SIGMOID;
import static org.unvanish.activation.ActivationFunction.SOFTSIGN;
import static org.unvanish.activation.ActivationFunction.TANH;

import java.util.Set;
import org.unvanish.activation.ActivationFunction;

/** Which functions the propositions on wide networks speak of. */
final class WideFunctions {

  /** Odd and bounded, with a derivative that falls with the distance from 0. */
  static final Set<ActivationFunction> ODD = Set.of(TANH, ARCTAN, SOFTSIGN, ERF);

  /** Bounded, with a derivative that falls with the distance from 0. */
  static final Set<ActivationFunction> SATURATING = Set.of(TANH, ARCTAN, SOFTSIGN, ERF, LOGISTIC);

  /** All that the paper calls sigmoid-type, and erf. */
  static final Set<ActivationFunction> SIGMOID_TYPE =
      Set.of(TANH, ARCTAN, SOFTSIGN, ERF, LOGISTIC, LOG_SIGMOID);

  private WideFunctions() {}
}
