package org.unvanish.model;

import java.util.List;
import java.util.Locale;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;

/** Lines of Deep Java Library, with the remedies of {@code org.unvanish.djl}. */
final class DjlWords implements RemedyCode.RemedyWords {

  @Override
  public List<String> initialization(PrescribedInitialization values, List<String> layers) {
    return List.of(
        "// before block.initialize(…): layers %s".formatted(String.join(", ", layers)),
        "block.setInitializer(new XavierInitializer(%s), Parameter.Type.WEIGHT);"
            .formatted(
                values == PrescribedInitialization.GLOROT
                    ? "XavierInitializer.RandomType.UNIFORM, XavierInitializer.FactorType.AVG, 3"
                    : "XavierInitializer.RandomType.GAUSSIAN, XavierInitializer.FactorType.IN, 2"),
        "block.setInitializer(Initializer.ZEROS, Parameter.Type.BIAS);");
  }

  @Override
  public List<String> activation(String behind, String function, double alpha) {
    return List.of(
        "// behind %s:".formatted(behind),
        "new ScaledActivation(Activation.scaled(ActivationFunction.%s, %s))"
            .formatted(
                function.toUpperCase(Locale.ROOT).replace('-', '_'), RemedyCode.number(alpha)));
  }

  @Override
  public List<String> factor(String layer, double factor) {
    return List.of(
        "// in front of %s:".formatted(layer),
        "new LambdaBlock(list -> new NDList(list.singletonOrThrow().mul(%sf)))"
            .formatted(RemedyCode.number(factor)));
  }

  @Override
  public List<String> penalty(double r, List<String> layers) {
    return List.of(
        "// in place of the loss:",
        "new PenaltyLoss(loss, new Penalty.L2(%s, Penalty.Scope.ALL), block)"
            .formatted(RemedyCode.number(r)));
  }

  @Override
  public List<String> other(OtherRemedy remedy) {
    return switch (remedy) {
      case FUSED_LOSS -> List.of("Loss.sigmoidBinaryCrossEntropyLoss()  // on logits");
      case FUSED_SOFTMAX -> List.of("Loss.softmaxCrossEntropyLoss()  // on logits");
      case USE_TANH -> List.of();
      default -> List.of(RemedyCode.comment("//", remedy));
    };
  }
}
