package org.unvanish.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.model.RemedyCode.Place;

/** Lines of Deep Java Library, with the remedies of {@code org.unvanish.djl}. */
final class DjlWords implements RemedyCode.RemedyWords {

  @Override
  public List<String> initialization(
      @Nullable PrescribedInitialization values, boolean orthogonal, List<String> layers) {
    List<String> lines = new ArrayList<>();
    if (values != null) {
      lines.add("// before block.initialize(…)");
      lines.add(
          "block.setInitializer(new XavierInitializer(%s), Parameter.Type.WEIGHT);"
              .formatted(
                  values == PrescribedInitialization.GLOROT
                      ? "XavierInitializer.RandomType.UNIFORM, XavierInitializer.FactorType.AVG, 3"
                      : "XavierInitializer.RandomType.GAUSSIAN, XavierInitializer.FactorType.IN, 2"));
      lines.add("block.setInitializer(Initializer.ZEROS, Parameter.Type.BIAS);");
    }
    if (orthogonal) {
      lines.addAll(RemedyCode.comment("//", OtherRemedy.ORTHOGONAL_RECURRENT));
    }
    return lines;
  }

  @Override
  public List<String> activations(List<Place> places) {
    List<String> lines = new ArrayList<>();
    RemedyCode.together(places)
        .forEach(
            (activation, same) -> {
              lines.add(
                  "// where the block is built, in place of the activation behind %s"
                      .formatted(RemedyCode.behind(same)));
              lines.add(
                  "block.add(ScaledActivation.fixed(ActivationFunction.%s, %s));"
                      .formatted(
                          activation.function().name(), RemedyCode.number(activation.outer())));
            });
    return lines;
  }

  @Override
  public List<String> factor(String layer, double factor) {
    return List.of(
        "// where the block is built, in front of %s".formatted(layer),
        "block.add(new LambdaBlock(list -> {",
        "    NDArray z = list.singletonOrThrow();",
        "    return new NDList(z.mul(Constant.of(%s, z)));".formatted(RemedyCode.number(factor)),
        "}));");
  }

  @Override
  public List<String> penalty(double r) {
    return List.of(
        "loss = new PenaltyLoss(loss, block, new Penalty.L2(%s, Penalty.Scope.ALL));"
            .formatted(RemedyCode.number(r)));
  }

  @Override
  public List<String> other(OtherRemedy remedy, Place last) {
    return switch (remedy) {
      case SCALE_INPUTS ->
          List.of(
              "// by column",
              "NDArray mean = trainX.mean(new int[] {0});",
              "NDArray deviation = trainX.sub(mean).square().mean(new int[] {0}).sqrt().maximum(1e-6f);",
              "x = x.sub(mean).div(deviation);");
      case FUSED_LOSS ->
          List.of("// without the last activation", "loss = Loss.sigmoidBinaryCrossEntropyLoss();");
      case FUSED_SOFTMAX ->
          List.of("// without the last softmax", "loss = Loss.softmaxCrossEntropyLoss();");
      case USE_TANH, ORTHOGONAL_RECURRENT -> List.of();
      default -> RemedyCode.comment("//", remedy);
    };
  }
}
