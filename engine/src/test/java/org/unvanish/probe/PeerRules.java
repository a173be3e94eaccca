package org.unvanish.probe;

import java.util.List;
import org.unvanish.activation.ActivationFunction;

/**
 * The rules of other tools with their published thresholds, for comparison only. Rules that need
 * the course of a training (oscillating loss, slow convergence, unchanged tensors) cannot be asked
 * at one snapshot and are left out; {@code docs/diagnosis.md} has the sources.
 */
enum PeerRules {
  /** ExplodingTensor, DeadRelu, SaturatedActivation, VanishingGradient. */
  SAGEMAKER_DEBUGGER {
    @Override
    PeerSymptom ask(PeerEvidence e) {
      if (!e.finite()) {
        return PeerSymptom.EXPLODING;
      }
      if (e.activations().stream().anyMatch(a -> isRelu(a) && a.inactive() > 0.5)) {
        return PeerSymptom.DEAD;
      }
      if (e.activations().stream().anyMatch(a -> isSigmoid(a) && a.outside() > 0.5)) {
        return PeerSymptom.SATURATED;
      }
      return e.gradients().stream().anyMatch(g -> g.meanSize() < 1e-7)
          ? PeerSymptom.VANISHING
          : PeerSymptom.NONE;
    }
  },

  /** Gradients of first and last weights, zero gradients; asked while accuracy is below 0.7. */
  AUTO_TRAINER {
    @Override
    PeerSymptom ask(PeerEvidence e) {
      if (!e.finite()) {
        return PeerSymptom.EXPLODING;
      }
      if (e.accuracy() >= 0.7) {
        return PeerSymptom.NONE;
      }
      long zeros = e.gradients().stream().mapToLong(PeerEvidence.Gradient::zeros).sum();
      long size = e.gradients().stream().mapToLong(PeerEvidence.Gradient::size).sum();
      if (zeros >= 0.7 * size) {
        return PeerSymptom.DEAD;
      }
      List<PeerEvidence.Gradient> weights =
          e.gradients().stream().filter(PeerEvidence.Gradient::weights).toList();
      double first = weights.get(0).norm();
      double ratio = first / weights.get(weights.size() - 1).norm();
      if (ratio > 70) {
        return PeerSymptom.EXPLODING;
      }
      return ratio < 1e-3 && first < 1e-4 ? PeerSymptom.VANISHING : PeerSymptom.NONE;
    }
  },

  /** Numerical error, dead node, saturated activation, vanishing gradient. */
  DEEP_DIAGNOSIS {
    @Override
    PeerSymptom ask(PeerEvidence e) {
      if (!e.finite()) {
        return PeerSymptom.EXPLODING;
      }
      for (PeerEvidence.Activated a : e.activations()) {
        if (isRelu(a) && a.zeros() >= 0.7) {
          return PeerSymptom.DEAD;
        }
        if (isSigmoid(a) && a.beyond5() > 0.5) {
          return e.scaled() ? PeerSymptom.SATURATED : PeerSymptom.SATURATED_BY_DATA;
        }
      }
      // Its numerical error has a mean of exactly 0, too; for a gradient that is a vanished one.
      return e.gradients().stream()
              .anyMatch(g -> g.dense() && g.weights() && (g.meanSize() < 1e-7 || g.mean() == 0))
          ? PeerSymptom.VANISHING
          : PeerSymptom.NONE;
    }
  };

  /** What is found in one mini-batch. */
  abstract PeerSymptom ask(PeerEvidence evidence);

  /** What is found in most of the mini-batches; where several are as frequent, the first one. */
  PeerSymptom ask(List<PeerEvidence> batches) {
    int[] counts = new int[PeerSymptom.values().length];
    batches.forEach(batch -> counts[ask(batch).ordinal()]++);
    int most = 0;
    for (int i = 1; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return PeerSymptom.values()[most];
  }

  private static boolean isRelu(PeerEvidence.Activated a) {
    return a.function() == ActivationFunction.RELU;
  }

  private static boolean isSigmoid(PeerEvidence.Activated a) {
    return a.function() == ActivationFunction.TANH || a.function() == ActivationFunction.LOGISTIC;
  }
}
