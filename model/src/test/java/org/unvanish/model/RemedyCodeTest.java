package org.unvanish.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;

class RemedyCodeTest {

  private final GraphStack stack = stack("mlp_sigmoid.onnx");

  @ParameterizedTest
  @EnumSource(RemedyCode.Target.class)
  void everyRemedyHasLines(RemedyCode.Target target) {
    assertThat(RemedyCode.of(stack, Change.penalty(0.5), target)).isNotEmpty();
    assertThat(RemedyCode.of(stack, Change.scale(2), target)).isNotEmpty();
    assertThat(RemedyCode.of(stack, Change.start(PrescribedInitialization.HE), target))
        .isNotEmpty();
    assertThat(RemedyCode.of(stack, Change.factors(List.of(2.0, 3.0, 4.0)), target)).isNotEmpty();
    for (OtherRemedy remedy : OtherRemedy.values()) {
      assertThat(RemedyCode.of(stack, Change.of(remedy), target)).as(remedy.label()).isNotEmpty();
    }
    assertThat(RemedyCode.of(stack, Change.NONE, target)).isEmpty();
  }

  @Test
  void modulesOfPyTorchAreReplacedByTheirNames() {
    GraphStack sequential =
        ModelDiagnosis.stack(
            ModelReader.read(Path.of("src/test/resources/org/unvanish/model/torch/mlp.pt")));
    assertThat(RemedyCode.of(sequential, Change.scale(2), RemedyCode.Target.PYTORCH))
        .startsWith(
            "# 2.0·tanh(z/2.0) behind 0",
            "class Scaled(torch.nn.Module):",
            "    def forward(self, z):",
            "        return 2.0 * torch.tanh(z / 2.0)",
            "",
            "for name in [\"1\"]:",
            "    parent, _, child = name.rpartition(\".\")",
            "    setattr(model.get_submodule(parent), child, Scaled())",
            "")
        .contains("class Scaled2(torch.nn.Module):", "for name in [\"3\"]:");
  }

  /** One module in two places: the exporter numbers its calls. */
  @Test
  void aModuleThatIsCalledAgainIsReplacedWhereverItStands() {
    assertThat(RemedyCode.of(stack("mlp_gelu.onnx"), Change.scale(2), RemedyCode.Target.PYTORCH))
        .contains(
            "places = [module for name, module in model.named_modules() if name in {\"1\", \"1_1\"}]",
            "        if module in places:",
            "            setattr(parent, child, Scaled())");
  }

  @Test
  void whatIsNoModuleIsAFunctionToCall() {
    GraphStack functional = stack("tf2onnx_dense.onnx");
    assertThat(RemedyCode.of(functional, Change.scale(2), RemedyCode.Target.PYTORCH))
        .anyMatch(
            line ->
                line.endsWith(
                    "to be called in place of the activation behind StatefulPartitionedCall.sequential.dense_0, StatefulPartitionedCall.sequential.dense_2"))
        .contains("def scaled(z):", "    return 2.0 * torch.tanh(z / 2.0)");
  }

  @Test
  void layersOfKerasGetAnActivation() {
    assertThat(RemedyCode.of(stack("tf2onnx_dense.onnx"), Change.scale(2), RemedyCode.Target.KERAS))
        .contains("for name in [\"dense_0\", \"dense_2\"]:", "    layer.activation = scaled");
  }

  @Test
  void rectifiersStayWhatTheyAreUnderAScale() {
    assertThat(RemedyCode.of(stack("mlp_relu.onnx"), Change.scale(2), RemedyCode.Target.PYTORCH))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(RemedyCode.Target.class)
  void namesOfAModelNeverBecomeCode(RemedyCode.Target target) {
    GraphStack hostile =
        renamed(stack.graph(), "a\"]; evil()\nevil()\r#\\u000aevil() \u2028evil()");
    List<String> lines = new ArrayList<>();
    lines.addAll(RemedyCode.of(hostile, Change.scale(2), target));
    lines.addAll(RemedyCode.of(hostile, Change.start(PrescribedInitialization.HE), target));
    lines.addAll(RemedyCode.of(hostile, Change.factors(List.of(2.0, 3.0, 4.0)), target));
    lines.addAll(RemedyCode.of(hostile, Change.of(OtherRemedy.NO_LAST_ACTIVATION), target));

    assertThat(lines).anyMatch(line -> line.contains("evil"));
    for (String line : lines) {
      assertThat(line).doesNotContainPattern("[\\p{C}\\p{Zl}\\p{Zp}]");
      // What is escaped, then literals, then comments.
      String code =
          line.replaceAll("\\\\.", "").replaceAll("\"[^\"]*\"", "").replaceAll("(#|//).*", "");
      assertThat(code).as(line).doesNotContain("evil");
    }
  }

  /** The same graph with names of nodes and constants that begin with another. */
  private static GraphStack renamed(Graph graph, String prefix) {
    UnaryOperator<String> constant =
        name -> graph.constants().containsKey(name) ? prefix + name : name;
    Map<String, Tensor> constants = new LinkedHashMap<>();
    graph.constants().forEach((name, tensor) -> constants.put(constant.apply(name), tensor));
    List<Node> nodes =
        graph.nodes().stream()
            .map(
                node ->
                    new Node(
                        "/" + prefix + node.name(),
                        node.operator(),
                        node.inputs().stream().map(constant).toList(),
                        node.outputs(),
                        node.attributes()))
            .toList();
    return GraphStack.of(new Graph(graph.inputs(), constants, nodes, graph.outputs()));
  }

  private static GraphStack stack(String file) {
    return ModelDiagnosis.stack(
        ModelReader.read(Path.of("src/test/resources/org/unvanish/model/onnx").resolve(file)));
  }
}
