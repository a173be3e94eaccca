package org.unvanish.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.model.RemedyCode.Place;

/** Lines of PyTorch. */
final class PytorchWords implements RemedyCode.RemedyWords {

  private int classes;

  @Override
  public List<String> initialization(
      @Nullable PrescribedInitialization values, boolean orthogonal, List<String> layers) {
    List<String> lines = new ArrayList<>();
    if (values != null) {
      String call =
          values == PrescribedInitialization.GLOROT ? "xavier_uniform_" : "kaiming_normal_";
      lines.add("# before training: %s initialization, biases of 0".formatted(values.label()));
      lines.add("for name in [%s]:".formatted(RemedyCode.quoted(layers)));
      lines.add("    for own, parameter in model.get_submodule(name).named_parameters():");
      lines.add("        if parameter.dim() > 1:");
      lines.add("            torch.nn.init.%s(parameter)".formatted(call));
      lines.add("        elif \"bias\" in own:");
      lines.add("            torch.nn.init.zeros_(parameter)");
      lines.add("");
    }
    if (orthogonal) {
      lines.add("# before training: recurrent weights of orthogonal matrices, one for each gate");
      lines.add("for name, parameter in model.named_parameters():");
      lines.add("    if \"weight_hh\" in name:");
      lines.add("        for gate in parameter.detach().split(parameter.shape[1]):");
      lines.add("            torch.nn.init.orthogonal_(gate)");
      lines.add("");
    }
    return lines;
  }

  @Override
  public List<String> activations(List<Place> places) {
    List<String> lines = new ArrayList<>();
    RemedyCode.together(places)
        .forEach(
            (activation, same) -> {
              List<Place> modules = same.stream().filter(p -> p.replaceable().isPresent()).toList();
              List<Place> calls = same.stream().filter(p -> p.replaceable().isEmpty()).toList();
              if (!modules.isEmpty()) {
                addModules(lines, activation, modules);
              }
              if (!calls.isEmpty()) {
                lines.add(
                    "# %s: to be called in place of the activation behind %s"
                        .formatted(RemedyCode.formula(activation), RemedyCode.behind(calls)));
                lines.add("def %s(z):".formatted(named("scaled")));
                lines.add("    return " + RemedyCode.value(activation, PytorchWords::call));
                lines.add("");
              }
            });
    return lines;
  }

  private void addModules(List<String> lines, Activation activation, List<Place> places) {
    String made = "torch.nn.Tanh()";
    lines.add(
        "# %s behind %s".formatted(RemedyCode.formula(activation), RemedyCode.behind(places)));
    if (!activation.equals(Activation.of(ActivationFunction.TANH))) {
      String name = named("Scaled");
      lines.add("class %s(torch.nn.Module):".formatted(name));
      lines.add("    def forward(self, z):");
      lines.add("        return " + RemedyCode.value(activation, PytorchWords::call));
      lines.add("");
      made = name + "()";
    }
    lines.addAll(
        replacing(
            places.stream().flatMap(p -> p.replaceable().stream()).distinct().toList(), made));
    lines.add("");
  }

  /**
   * Whatever the parent is: an nn.Sequential, which numbers its modules, or a class of one's own.
   */
  private static List<String> replacing(List<String> names, String made) {
    // An exporter numbers further calls of a module, which have no module of their own.
    boolean shared =
        names.stream().anyMatch(name -> isRepeated(name) && names.contains(base(name)));
    String all = RemedyCode.quoted(names);
    return shared
        ? List.of(
            "places = [module for name, module in model.named_modules() if name in {%s}]"
                .formatted(all),
            "for parent in list(model.modules()):",
            "    for child, module in list(parent._modules.items()):",
            "        if module in places:",
            "            setattr(parent, child, %s)".formatted(made))
        : List.of(
            "for name in [%s]:".formatted(all),
            "    parent, _, child = name.rpartition(\".\")",
            "    setattr(model.get_submodule(parent), child, %s)".formatted(made));
  }

  private static boolean isRepeated(String module) {
    return !base(module).equals(module);
  }

  private static String base(String module) {
    return module.replaceFirst("_\\d+$", "");
  }

  private String named(String name) {
    return ++classes == 1 ? name : name + classes;
  }

  private static String call(ActivationFunction function, String z) {
    return switch (function) {
      case TANH -> "torch.tanh(%s)".formatted(z);
      case LOGISTIC -> "torch.sigmoid(%s)".formatted(z);
      case LOG_SIGMOID -> "torch.nn.functional.logsigmoid(%s)".formatted(z);
      case ARCTAN -> "torch.atan(%s)".formatted(z);
      case SOFTSIGN -> "torch.nn.functional.softsign(%s)".formatted(z);
      case RELU -> "torch.relu(%s)".formatted(z);
      case IDENTITY -> "(%s)".formatted(z);
      case ERF -> "torch.erf(%s)".formatted(z);
      case HARD_TANH -> "torch.nn.functional.hardtanh(%s)".formatted(z);
      case HARD_SIGMOID -> "torch.nn.functional.hardsigmoid(%s)".formatted(z);
      case LECUN_TANH -> "(1.7159 * torch.tanh(2 / 3 * (%s)))".formatted(z);
      case PENALISED_TANH ->
          "torch.where(z > 0, torch.tanh(%1$s), 0.25 * torch.tanh(%1$s))".formatted(z);
      case GELU -> "torch.nn.functional.gelu(%s)".formatted(z);
      case SILU -> "torch.nn.functional.silu(%s)".formatted(z);
      case ELU -> "torch.nn.functional.elu(%s)".formatted(z);
      case SELU -> "torch.selu(%s)".formatted(z);
      case LEAKY_RELU -> "torch.nn.functional.leaky_relu(%s)".formatted(z);
      case SOFTPLUS -> "torch.nn.functional.softplus(%s)".formatted(z);
      case SINE -> "torch.sin(%s)".formatted(z);
    };
  }

  @Override
  public List<String> factor(String layer, double factor) {
    return List.of(
        "model.get_submodule(\"%s\").register_forward_pre_hook(".formatted(layer),
        "    lambda module, inputs: (%s * inputs[0],) + inputs[1:])"
            .formatted(RemedyCode.number(factor)));
  }

  @Override
  public List<String> penalty(double r) {
    return List.of(
        "# in every step, before loss.backward()",
        "loss = loss + %s / 2 * sum(p.square().sum() for p in model.parameters())"
            .formatted(RemedyCode.number(r)));
  }

  @Override
  public List<String> other(OtherRemedy remedy, Place last) {
    return switch (remedy) {
      case SCALE_INPUTS ->
          List.of(
              "# by column; of images by channel: mean((0, 2, 3), keepdim=True), and std alike",
              "x = (x - x_train.mean(0)) / x_train.std(0).clamp_min(1e-6)");
      case SCALE_TARGETS -> List.of("y = (y - y_train.mean(0)) / y_train.std(0).clamp_min(1e-6)");
      case FUSED_LOSS -> withoutLast(last, "loss_function = torch.nn.BCEWithLogitsLoss()");
      case FUSED_SOFTMAX -> withoutLast(last, "loss_function = torch.nn.CrossEntropyLoss()");
      case NO_LAST_ACTIVATION -> withoutLast(last);
      case CLIPPED_GRADIENTS ->
          List.of(
              "# in every step, before optimizer.step()",
              "torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)");
      case LOWER_LEARNING_RATE -> rate("0.1");
      case MUCH_LOWER_LEARNING_RATE -> rate("0.01");
      case HIGHER_LEARNING_RATE -> rate("10");
      case MUCH_HIGHER_LEARNING_RATE -> rate("100");
      case WEAKER_PENALTY, WIDER_LAYERS -> RemedyCode.comment("#", remedy);
      case USE_TANH, ORTHOGONAL_RECURRENT -> List.of();
    };
  }

  private static List<String> withoutLast(Place last, String... loss) {
    List<String> lines = new ArrayList<>();
    Optional<String> module = last.replaceable().filter(name -> !isRepeated(name));
    if (module.isPresent()) {
      lines.add("# without the last activation");
      lines.addAll(replacing(List.of(module.get()), "torch.nn.Identity()"));
    } else {
      lines.add("# leave the last activation out of the model");
    }
    lines.addAll(List.of(loss));
    return lines;
  }

  private static List<String> rate(String factor) {
    return List.of("for group in optimizer.param_groups:", "    group[\"lr\"] *= " + factor);
  }
}
