package org.unvanish.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unvanish.data.format.numpy.NumpyArray;
import org.unvanish.data.format.numpy.NumpySamples;
import org.unvanish.data.format.numpy.NumpyTargets;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphInput;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;

/** A column of equal numbers carries nothing, and rounding makes nothing of it. */
class StandardisedInputsTest {

  private static final int SAMPLES = 10;

  /** The sum of ten tenths of 0.1 is not 0.1. */
  private static final double[] VALUES =
      IntStream.range(0, 2 * SAMPLES).mapToDouble(i -> i % 2 == 0 ? 0.1 : i).toArray();

  private static ModelData samples() {
    Graph graph =
        new Graph(
            List.of(new GraphInput("x", -1, 2)),
            Map.of("w", Tensor.of(new double[] {1, 2, 3, 4}, 2, 2)),
            List.of(new Node("n", "MatMul", List.of("x", "w"), List.of("y"), Attributes.NONE)),
            List.of("y"));
    NumpyArray inputs = new NumpyArray(List.of(SAMPLES, 2), VALUES.clone(), NumpyArray.Kind.REAL);
    NumpyTargets targets = new NumpyTargets(VALUES.clone(), 2, 0);
    return ArrayInputs.of(
        "own",
        new NumpySamples(inputs, Optional.of(targets)),
        InputLayout.of(GraphStack.of(graph)),
        Optional.of(PixelScaling.STANDARDISED));
  }

  @Test
  void ofInputs() {
    int[] all = IntStream.range(0, SAMPLES).toArray();
    Tensor standardised = samples().inputs(all);
    for (int sample : all) {
      assertThat(standardised.value(2 * sample)).isZero();
      assertThat(standardised.value(2 * sample + 1)).isNotZero();
    }
  }

  @Test
  void ofTargets() {
    ModelData.Learnt learnt = new StandardisedTargets(samples()).learnt().orElseThrow();
    for (int sample = 0; sample < SAMPLES; sample++) {
      assertThat(learnt.targets().value(sample, 0)).isZero();
      assertThat(learnt.targets().value(sample, 1)).isNotZero();
    }
  }
}
