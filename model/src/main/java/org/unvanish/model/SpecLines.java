package org.unvanish.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.model.RemedyCode.Place;

/**
 * Lines of a spec of Unvanish: keys of an arm or of {@code defaults}, unless they say otherwise.
 */
final class SpecLines implements RemedyCode.RemedyWords {

  @Override
  public List<String> initialization(
      @Nullable PrescribedInitialization values, boolean orthogonal, List<String> layers) {
    String weights = values == null ? "" : values.label();
    return List.of(
        "initial-values: "
            + (orthogonal
                ? "{%srecurrent: orthogonal}"
                    .formatted(weights.isEmpty() ? "" : "weights: %s, ".formatted(weights))
                : weights));
  }

  @Override
  public List<String> activations(List<Place> places) {
    List<String> all = places.stream().map(place -> text(place.activation())).toList();
    if (all.stream().distinct().count() == 1) {
      return List.of("activation: " + all.get(0));
    }
    List<String> lines = new ArrayList<>();
    lines.add("activation:");
    for (int i = 0; i < all.size(); i++) {
      lines.add("  - %s  # behind %s".formatted(all.get(i), places.get(i).behind()));
    }
    return lines;
  }

  private static String text(Activation activation) {
    return activation.outer() == 1
        ? activation.function().label()
        : "{function: %s, alpha: %s}"
            .formatted(activation.function().label(), RemedyCode.number(activation.outer()));
  }

  @Override
  public List<String> factor(String layer, double factor) {
    return List.of("# in front of %s: × %s".formatted(layer, RemedyCode.number(factor)));
  }

  @Override
  public List<String> penalty(double r) {
    return List.of("penalty: {l2: %s}".formatted(RemedyCode.number(r)));
  }

  @Override
  public List<String> other(OtherRemedy remedy, Place last) {
    return switch (remedy) {
      case SCALE_INPUTS -> List.of("input-scaling: standardised  # a key of the file");
      case SCALE_TARGETS -> List.of("targets: standardised  # a key of data");
      case FUSED_LOSS -> List.of("loss: binary-cross-entropy  # and no last activation");
      case FUSED_SOFTMAX -> List.of("loss: softmax-cross-entropy  # and no last softmax");
      case CLIPPED_GRADIENTS -> List.of("clipping: {norm: 1}");
      case USE_TANH, ORTHOGONAL_RECURRENT -> List.of();
      default -> RemedyCode.comment("#", remedy);
    };
  }
}
