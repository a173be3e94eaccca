package org.unvanish.model.torch;

import java.util.HashMap;
import java.util.Map;
import org.unvanish.model.graph.Attributes;

/** Activation functions and softmax. */
final class ActivationForms {

  /** PyTorch's names of what ONNX has as one operator without settings. */
  private static final Map<String, String> PLAIN =
      Map.of(
          "Tanh", "Tanh",
          "Sigmoid", "Sigmoid",
          "ReLU", "Relu",
          "SELU", "Selu",
          "Softsign", "Softsign");

  private static final double SIXTH = 1.0 / 6;

  private ActivationForms() {}

  static Map<String, ModuleForm> table() {
    Map<String, ModuleForm> table = new HashMap<>();
    PLAIN.forEach(
        (name, operator) ->
            table.put(
                "activation." + name,
                (module, input, draft) -> draft.node(module, operator, input)));
    table.put("activation.ELU", curved("Elu", "alpha", 1));
    table.put("activation.LeakyReLU", curved("LeakyRelu", "negative_slope", 0.01));
    table.put("activation.CELU", ActivationForms::celu);
    table.put("activation.LogSigmoid", ActivationForms::logSigmoid);
    table.put("activation.Softplus", ActivationForms::softplus);
    table.put(
        "activation.Hardtanh",
        (module, input, draft) ->
            clip(module, module.number("min_val", -1), module.number("max_val", 1), input, draft));
    table.put("activation.ReLU6", (module, input, draft) -> clip(module, 0, 6, input, draft));
    table.put("activation.Hardsigmoid", ActivationForms::hardSigmoid);
    table.put(
        "activation.Hardswish",
        (module, input, draft) -> times(module, input, hardSigmoid(module, input, draft), draft));
    table.put(
        "activation.SiLU",
        (module, input, draft) ->
            times(module, input, draft.node(module, "Sigmoid", input), draft));
    table.put(
        "activation.Mish",
        (module, input, draft) ->
            times(
                module,
                input,
                draft.node(module, "Tanh", draft.node(module, "Softplus", input)),
                draft));
    table.put(
        "activation.Tanhshrink",
        (module, input, draft) ->
            draft.node(module, "Sub", input, draft.node(module, "Tanh", input).value()));
    table.put("activation.GELU", ActivationForms::gelu);
    table.put(
        "activation.Softmax", (module, input, draft) -> softmax(module, "Softmax", input, draft));
    table.put(
        "activation.LogSoftmax",
        (module, input, draft) -> softmax(module, "LogSoftmax", input, draft));
    return table;
  }

  /** An operator whose "alpha" PyTorch may call otherwise. */
  private static ModuleForm curved(String operator, String setting, double absent) {
    return (module, input, draft) ->
        draft.node(
            module,
            operator,
            Attributes.NONE.with("alpha", module.number(setting, absent)),
            input.rank(),
            input.value());
  }

  private static Flow times(TorchModule module, Flow one, Flow other, GraphDraft draft) {
    return draft.node(module, "Mul", one, other.value());
  }

  private static Flow clip(
      TorchModule module, double least, double most, Flow input, GraphDraft draft) {
    return draft.node(
        module, "Clip", input, draft.scalar(module, least), draft.scalar(module, most));
  }

  private static Flow hardSigmoid(TorchModule module, Flow input, GraphDraft draft) {
    return draft.node(
        module,
        "HardSigmoid",
        Attributes.NONE.with("alpha", SIXTH).with("beta", 0.5),
        input.rank(),
        input.value());
  }

  /** α·ELU(z/α), where the ELU has a scale of 1. */
  private static Flow celu(TorchModule module, Flow input, GraphDraft draft) {
    String alpha = draft.scalar(module, module.number("alpha", 1));
    Flow elu = draft.node(module, "Elu", draft.node(module, "Div", input, alpha));
    return draft.node(module, "Mul", elu, alpha);
  }

  /** −softplus(−z): the exporter's log of the logistic function is −∞ far below 0. */
  private static Flow logSigmoid(TorchModule module, Flow input, GraphDraft draft) {
    Flow softplus = draft.node(module, "Softplus", draft.node(module, "Neg", input));
    return draft.node(module, "Neg", softplus);
  }

  /** softplus(βz)/β. That PyTorch takes z itself beyond a threshold changes 2·10⁻⁹ there. */
  private static Flow softplus(TorchModule module, Flow input, GraphDraft draft) {
    double beta = module.number("beta", 1);
    if (beta == 1) {
      return draft.node(module, "Softplus", input);
    }
    String factor = draft.scalar(module, beta);
    Flow softplus = draft.node(module, "Softplus", draft.node(module, "Mul", input, factor));
    return draft.node(module, "Div", softplus, factor);
  }

  /** By the error function, or where the model says so, by tanh. */
  private static Flow gelu(TorchModule module, Flow input, GraphDraft draft) {
    Flow distribution =
        switch (module.text("approximate", "none")) {
          case "none" ->
              draft.node(
                  module,
                  "Erf",
                  draft.node(module, "Div", input, draft.scalar(module, Math.sqrt(2))));
          case "tanh" -> {
            Flow cube = draft.node(module, "Pow", input, draft.scalar(module, 3));
            Flow part = draft.node(module, "Mul", cube, draft.scalar(module, 0.044715));
            Flow sum = draft.node(module, "Add", input, part.value());
            yield draft.node(
                module,
                "Tanh",
                draft.node(module, "Mul", sum, draft.scalar(module, Math.sqrt(2 / Math.PI))));
          }
          default -> throw module.unexpected("approximate", "none or tanh");
        };
    Flow one = draft.node(module, "Add", distribution, draft.scalar(module, 1));
    return draft.node(module, "Mul", times(module, input, one, draft), draft.scalar(module, 0.5));
  }

  /** Where it has no axis, PyTorch takes the first one of 0, 1 and 3 axes, else the second. */
  private static Flow softmax(TorchModule module, String operator, Flow input, GraphDraft draft) {
    long axis = input.rank() == 3 ? 0 : 1;
    return draft.node(
        module,
        operator,
        Attributes.NONE.with("axis", module.has("dim") ? module.integer("dim") : axis),
        input.rank(),
        input.value());
  }
}
