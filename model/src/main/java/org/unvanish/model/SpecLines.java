package org.unvanish.model;

import java.util.List;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;

/** Lines of a spec of Unvanish. */
final class SpecLines implements RemedyCode.RemedyWords {

  @Override
  public List<String> initialization(PrescribedInitialization values, List<String> layers) {
    return List.of("weights: " + values.label(), "biases: 0");
  }

  @Override
  public List<String> activation(String behind, String function, double alpha) {
    return List.of(
        "# behind %s:".formatted(behind),
        "- activation: {function: %s, alpha: %s}".formatted(function, RemedyCode.number(alpha)));
  }

  @Override
  public List<String> factor(String layer, double factor) {
    return List.of("# in front of %s: × %s".formatted(layer, RemedyCode.number(factor)));
  }

  @Override
  public List<String> penalty(double r, List<String> layers) {
    return List.of("penalty: {l2: %s}".formatted(RemedyCode.number(r)));
  }

  @Override
  public List<String> other(OtherRemedy remedy) {
    return switch (remedy) {
      case SCALE_INPUTS -> List.of("input-scaling: standardised");
      case SCALE_TARGETS -> List.of("targets: standardised");
      case FUSED_LOSS -> List.of("loss: binary-cross-entropy  # and no last activation");
      case FUSED_SOFTMAX -> List.of("loss: softmax-cross-entropy  # and no last softmax");
      case USE_TANH -> List.of();
      default -> List.of(RemedyCode.comment("#", remedy));
    };
  }
}
