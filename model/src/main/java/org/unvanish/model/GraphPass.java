package org.unvanish.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.measurement.BackwardPass;
import org.unvanish.diagnosis.measurement.TimePass;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Run;
import org.unvanish.model.graph.Tensor;

/** The gradient of one mini-batch on its way back through a stack, layer by layer. */
final class GraphPass {

  private final GraphStack stack;
  private final Run run;
  private final BatchAxes batchAxes;
  private final int samples;

  /** With respect to values, as far as it has come. */
  private final Map<String, Tensor> gradients = new HashMap<>();

  /** With respect to constants, of each layer for itself. */
  private final Map<String, double[]> ofParameters = new HashMap<>();

  /**
   * @param run the pass forward
   * @param batchAxes of the layers' outputs
   */
  GraphPass(GraphStack stack, Run run, BatchAxes batchAxes, int samples) {
    this.stack = stack;
    this.run = run;
    this.batchAxes = batchAxes;
    this.samples = samples;
  }

  /**
   * Sends a gradient back.
   *
   * @param pass measures it
   * @param from the layer behind which it starts
   * @param first the layer where it ends
   * @param tests for a test gradient where no gradient arrives; null to send none
   * @return the gradients of all parameters by their names, each times a power of 2
   */
  Map<String, double[]> backward(
      BackwardPass pass, int from, int first, Tensor start, @Nullable DoubleSupplier tests) {
    gradients.put(stack.layers().get(from).output(), start);
    for (int i = from; i >= first; i--) {
      GraphLayer layer = stack.layers().get(i);
      String output = layer.output();
      TensorGradient arriving = arriving(output);
      if (!pass.arrive(i, arriving, tests)) {
        Arrays.fill(arriving.values(), 0);
      }
      gradients.put(output, Tensor.of(arriving.values(), run.value(output).shape()));
      Map<String, double[]> own = new HashMap<>();
      back(layer, pass, i, own);
      measure(layer, pass, i, own);
      ofParameters.putAll(own);
    }
    return ofParameters;
  }

  private TensorGradient arriving(String output) {
    Tensor value = run.value(output);
    Tensor gradient = gradients.getOrDefault(output, Tensor.zeros(value.shape()));
    return TensorGradient.of(gradient, samples, batchAxes.of(output));
  }

  /** Through the nodes of a layer, looking at what comes to the layers inside. */
  private void back(
      GraphLayer layer, BackwardPass pass, int place, Map<String, double[]> parameters) {
    List<Node> left = new ArrayList<>(layer.nodes());
    int next = layer.inside().size() - 1;
    while (!left.isEmpty()) {
      Node node = left.get(left.size() - 1);
      if (next >= 0 && node.outputs().contains(layer.inside().get(next).output())) {
        GraphLayer inner = layer.inside().get(next);
        pass.inside(place).arrive(next, arriving(inner.output()), null);
        back(inner, pass.inside(place), next, parameters);
        left.removeAll(inner.nodes());
        next--;
      } else {
        measureSteps(node, pass, place);
        back(node, parameters);
        left.remove(left.size() - 1);
      }
    }
  }

  /** Of a recurrent node, whose own gradients do not tell what its steps have done. */
  private void measureSteps(Node node, BackwardPass pass, int place) {
    if (!GraphLayer.RECURRENT.contains(node.operator())) {
      return;
    }
    Tensor all = gradients.get(node.outputs().get(0));
    Tensor last = node.outputs().size() > 1 ? gradients.get(node.outputs().get(1)) : null;
    List<RecurrentNode> directions = RecurrentNode.of(node, run);
    for (RecurrentNode steps : directions) {
      TimePass time = pass.time(place, steps.direction(), steps.stateValues());
      steps.backward(all, last, directions.size(), time::add);
    }
  }

  private void back(Node node, Map<String, double[]> parameters) {
    List<@Nullable Tensor> own = new ArrayList<>();
    boolean any = false;
    for (String output : node.outputs()) {
      Tensor gradient = gradients.get(output);
      own.add(gradient);
      any |= gradient != null;
    }
    if (!any) {
      return;
    }
    List<@Nullable Tensor> back = run.backward(node, own);
    for (int i = 0; i < back.size() && i < node.inputs().size(); i++) {
      Tensor gradient = back.get(i);
      if (gradient != null) {
        add(node.inputs().get(i), gradient, parameters);
      }
    }
  }

  private void add(String name, Tensor gradient, Map<String, double[]> parameters) {
    if (stack.graph().constants().containsKey(name)) {
      double[] sum = parameters.computeIfAbsent(name, n -> new double[gradient.size()]);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += gradient.value(i);
      }
      return;
    }
    Tensor before = gradients.get(name);
    if (before == null) {
      gradients.put(name, gradient);
      return;
    }
    double[] sum = before.values().clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += gradient.value(i);
    }
    gradients.put(name, Tensor.of(sum, before.shape()));
  }

  private static void measure(
      GraphLayer layer, BackwardPass pass, int place, Map<String, double[]> gradients) {
    for (int t = 0; t < layer.parameters().size(); t++) {
      double[] gradient = gradients.get(layer.parameters().get(t).constant());
      if (gradient != null) {
        pass.parameterGradient(place, t, TensorGradient.sumOfSquares(gradient), gradient.length);
      }
    }
    for (int k = 0; k < layer.inside().size(); k++) {
      measure(layer.inside().get(k), pass.inside(place), k, gradients);
    }
  }
}
