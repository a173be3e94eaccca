package org.unvanish.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;

/** Lines of PyTorch. */
final class PytorchWords implements RemedyCode.RemedyWords {

  private static final Map<String, String> MODULES =
      Map.of(
          "tanh", "torch.tanh",
          "logistic", "torch.sigmoid",
          "relu", "torch.relu",
          "arctan", "torch.atan",
          "erf", "torch.erf",
          "selu", "torch.selu");

  @Override
  public List<String> initialization(PrescribedInitialization values, List<String> layers) {
    String call =
        values == PrescribedInitialization.GLOROT
            ? "torch.nn.init.xavier_uniform_(parameter)"
            : "torch.nn.init.kaiming_normal_(parameter)";
    return List.of(
        "# before training: %s initialization, biases of 0".formatted(values.label()),
        "for name in [%s]:".formatted(RemedyCode.quoted(layers)),
        "    for own, parameter in model.get_submodule(name).named_parameters():",
        "        if parameter.dim() > 1:",
        "            " + call,
        "        elif \"bias\" in own:",
        "            torch.nn.init.zeros_(parameter)");
  }

  @Override
  public List<String> activation(String behind, String function, double alpha) {
    String call =
        MODULES.getOrDefault(function, "torch.nn.functional." + function.replace("-", ""));
    List<String> lines = new ArrayList<>();
    lines.add("# in place of the activation behind %s:".formatted(behind));
    lines.add("class Scaled(torch.nn.Module):");
    lines.add("    def forward(self, z):");
    lines.add(
        alpha == 1
            ? "        return %s(z)".formatted(call)
            : "        return %1$s * %2$s(z / %1$s)".formatted(RemedyCode.number(alpha), call));
    return lines;
  }

  @Override
  public List<String> factor(String layer, double factor) {
    return List.of(
        "model.get_submodule(\"%s\").register_forward_pre_hook(lambda module, inputs: (%s * inputs[0],) + inputs[1:])"
            .formatted(layer, RemedyCode.number(factor)));
  }

  @Override
  public List<String> penalty(double r, List<String> layers) {
    return List.of(
        "loss = loss + %s / 2 * sum(p.square().sum() for p in model.parameters())"
            .formatted(RemedyCode.number(r)));
  }

  @Override
  public List<String> other(OtherRemedy remedy) {
    return switch (remedy) {
      case SCALE_INPUTS ->
          List.of("x = (x - x_train.mean(0)) / x_train.std(0).clamp_min(1e-6)  # per column");
      case SCALE_TARGETS -> List.of("y = (y - y_train.mean(0)) / y_train.std(0).clamp_min(1e-6)");
      case FUSED_LOSS ->
          List.of(
              "# leave the last activation out of the model, and:",
              "loss_function = torch.nn.BCEWithLogitsLoss()");
      case FUSED_SOFTMAX ->
          List.of(
              "# leave the last softmax out of the model, and:",
              "loss_function = torch.nn.CrossEntropyLoss()");
      case ORTHOGONAL_RECURRENT ->
          List.of(
              "for name, parameter in model.named_parameters():",
              "    if \"weight_hh\" in name:",
              "        torch.nn.init.orthogonal_(parameter)");
      case CLIPPED_GRADIENTS ->
          List.of(
              "torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)  # before optimizer.step()");
      case LOWER_LEARNING_RATE,
          MUCH_LOWER_LEARNING_RATE,
          HIGHER_LEARNING_RATE,
          MUCH_HIGHER_LEARNING_RATE ->
          List.of("for group in optimizer.param_groups:", "    group[\"lr\"] *= " + factor(remedy));
      case NO_LAST_ACTIVATION, WEAKER_PENALTY, WIDER_LAYERS ->
          List.of(RemedyCode.comment("#", remedy));
      case USE_TANH -> List.of();
    };
  }

  private static String factor(OtherRemedy remedy) {
    return switch (remedy) {
      case LOWER_LEARNING_RATE -> "0.1";
      case MUCH_LOWER_LEARNING_RATE -> "0.01";
      case HIGHER_LEARNING_RATE -> "10";
      default -> "100";
    };
  }
}
