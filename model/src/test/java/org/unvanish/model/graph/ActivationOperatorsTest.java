package org.unvanish.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions of which ONNX has no small case, by numbers computed in 30 digits elsewhere. */
class ActivationOperatorsTest {

  @ParameterizedTest
  @CsvSource({
    "Erf,0.5,0.520499877813046538",
    "Gelu,1,0.841344746068542949",
    "Gelu,-2,-0.0455002638963584144",
    "Mish,1,0.865098388267310346",
    "Swish,1,0.731058578630004879",
    "Swish,-2,-0.238405844044234482",
    "HardSwish,1,0.666666666666666667",
    "Softsign,-3,-0.75",
    "Softplus,0,0.693147180559945309",
    "Tanh,20,1",
  })
  void valuesAreThoseOfTheDefinition(String operator, double x, double expected) {
    assertThat(run(operator, x).value("y").value(0)).isCloseTo(expected, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"Tanh,20,1.6993417021166356e-17", "Sigmoid,40,4.248354255291589e-18"})
  void theSlopeOfASaturatedUnitKeepsItsDigits(String operator, double x, double expected) {
    double slope = run(operator, x).backward(Map.of("y", Tensor.scalar(1))).get("x").value(0);
    assertThat(slope).isCloseTo(expected, within(1e-13 * expected));
  }

  private static Run run(String operator, double x) {
    Node node = new Node("", operator, List.of("x"), List.of("y"), Attributes.NONE);
    Graph graph = new Graph(List.of(new GraphInput("x")), Map.of(), List.of(node), List.of("y"));
    return new Interpreter(graph).run(Map.of("x", Tensor.scalar(x)));
  }
}
