package org.unvanish.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One mini-batch, forward through a chain link by link, so that its signal can be sent back link by
 * link: each link's input is a leaf of its own.
 */
final class Passage {

  private final Chain chain;
  private final GradientCollector collector;
  private final List<NDArray> inputs = new ArrayList<>();
  private final List<NDArray> outputs = new ArrayList<>();

  Passage(Chain chain, ParameterStore store, GradientCollector collector, NDArray input) {
    this.chain = chain;
    this.collector = collector;
    NDArray value = input;
    for (Chain.Link link : chain.links()) {
      NDArray own = leaf(value);
      NDArray output = link.block().forward(store, new NDList(own), true).singletonOrThrow();
      inputs.add(own);
      outputs.add(output);
      value = output;
    }
  }

  private static NDArray leaf(NDArray value) {
    NDArray leaf = value.stopGradient().duplicate();
    if (leaf.getDataType().isFloating()) {
      leaf.setRequiresGradient(true);
    }
    return leaf;
  }

  /** What a link reads. */
  NDArray input(int link) {
    return inputs.get(link);
  }

  /** What a link puts out. */
  NDArray output(int link) {
    return outputs.get(link);
  }

  /** What the last link puts out. */
  NDArray output() {
    return output(outputs.size() - 1);
  }

  /**
   * The signal where it starts: the gradient of the batch's loss, which is a mean, times its
   * samples, so that it is each sample's own.
   */
  NDArray start(Loss loss, NDList labels) {
    NDArray leaf = leaf(output());
    collector.backward(loss.evaluate(labels, new NDList(leaf)));
    return leaf.getGradient().mul((float) leaf.getShape().get(0));
  }

  /**
   * Sends a signal back to the first link with weights.
   *
   * @param from the link behind which it starts
   * @param random for a test signal where no signal arrives; null to send none
   */
  Trace back(int from, NDArray start, @Nullable RandomGenerator random) {
    Trace trace = new Trace(chain.links().size());
    NDArray signal = start;
    for (int i = from; i >= chain.first(); i--) {
      float[] sent = trace.arrive(i, Values.of(signal), random);
      NDArray passed = signal.getManager().create(sent, signal.getShape());
      collector.backward(outputs.get(i).mul(passed).sum());
      for (ModelParameter parameter : chain.links().get(i).parameters()) {
        trace.gradient(i, parameter, take(parameter.parameter()));
      }
      if (i > chain.first()) {
        signal = inputs.get(i).getGradient();
      }
    }
    return trace;
  }

  /** Reads a parameter's gradient and clears it. */
  private static float[] take(Parameter parameter) {
    if (!parameter.getArray().hasGradient()) {
      return new float[1];
    }
    NDArray gradient = parameter.getArray().getGradient();
    float[] values = Values.of(gradient);
    gradient.subi(gradient);
    return values;
  }
}
