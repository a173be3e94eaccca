package org.unvanish.contest.pytorch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.RNN;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.contest.Clock;
import org.unvanish.contest.Contest;
import org.unvanish.contest.Contestant;
import org.unvanish.contest.Layout;
import org.unvanish.contest.Op;
import org.unvanish.contest.Task;

/**
 * PyTorch through Deep Java Library, without what the library puts around a step: no blocks, no
 * parameter store, no listeners. PyTorch's own functions are called one by one, the batches lie in
 * memory as one array, Adam is one native call a parameter tensor, and every step's arrays are
 * freed at its end.
 *
 * <p>The library has no way to ask for the memory format "channels last".
 */
public final class PyTorch implements Contestant {

  private static final float NO_CLIPPING = -1;
  private static final Shape ONE = new Shape(1, 1);

  private final Task task;
  private final NDManager manager = NDManager.newBaseManager();
  private final Loss crossEntropy = new SoftmaxCrossEntropyLoss();
  private final NDArray images;
  private final NDArray labels;

  /** For each operation and each of its tensors: parameters, first and second moments. */
  private final List<List<NDList>> states = new ArrayList<>();

  private PyTorch(Task task) {
    this.task = task;
    int batch = task.batch();
    Op.Dimensions in = task.input();
    boolean readsSequences = task.ops().get(0).isRecurrent();
    Layout layout = readsSequences ? Layout.CHANNELS_LAST : Layout.CHANNELS_FIRST;
    Shape shape =
        readsSequences
            ? new Shape(batch, in.rows(), in.channels())
            : new Shape(batch, in.channels(), in.rows(), in.columns());
    images = manager.create(new Shape(task.batches()).addAll(shape));
    labels = manager.create(new Shape(task.batches(), batch));
    for (int i = 0; i < task.batches(); i++) {
      try (NDManager own = manager.newSubManager()) {
        float[] pixels = task.pixels(i, layout);
        float[] classes = new float[batch];
        for (int j = 0; j < batch; j++) {
          classes[j] = task.labels(i)[j];
        }
        images.set(new NDIndex(i), own.create(pixels, shape));
        labels.set(new NDIndex(i), own.create(classes));
      }
    }
    for (Op op : task.ops()) {
      states.add(op.tensors().stream().map(this::state).toList());
    }
  }

  private NDList state(Op.Tensor tensor) {
    float[] values =
        Arrays.copyOfRange(task.parameters(), tensor.offset(), tensor.offset() + tensor.size());
    Shape shape = new Shape(tensor.shape().stream().mapToLong(Integer::longValue).toArray());
    NDArray parameters = manager.create(values, shape);
    parameters.setRequiresGradient(true);
    return new NDList(parameters, manager.zeros(shape), manager.zeros(shape));
  }

  @Override
  public void train(Clock clock) {
    int step = 0;
    double loss;
    do {
      loss = step(step++, clock.wantsLoss());
    } while (clock.stepDone(loss));
  }

  private double step(int step, boolean wantsLoss) {
    double value = 0;
    try (NDManager own = manager.newSubManager()) {
      NDIndex batch = new NDIndex(step % task.batches());
      NDArray pixels = images.get(own, batch);
      NDArray classes = labels.get(own, batch);
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        NDArray loss = crossEntropy.evaluate(new NDList(classes), new NDList(logits(pixels)));
        collector.backward(loss);
        if (wantsLoss) {
          value = loss.getFloat();
        }
      }
      Task.Adam adam = task.adam();
      int t = step + 1;
      double rate =
          adam.learningRate()
              * Math.sqrt(1 - Math.pow(adam.beta2(), t))
              / (1 - Math.pow(adam.beta1(), t));
      for (List<NDList> ofOp : states) {
        for (NDList state : ofOp) {
          update(state, own, (float) rate);
        }
      }
    }
    return value;
  }

  private void update(NDList state, NDManager own, float rate) {
    NDArray parameters = state.get(0);
    NDArray gradient = parameters.getGradient();
    gradient.attach(own);
    Task.Adam adam = task.adam();
    NDList inputs = new NDList(parameters, gradient, state.get(1), state.get(2));
    // The native update sets the gradient to zero in the end.
    parameters
        .getNDArrayInternal()
        .adamUpdate(
            inputs,
            new NDList(parameters),
            (float) adam.learningRate(),
            rate,
            0,
            1,
            NO_CLIPPING,
            (float) adam.beta1(),
            (float) adam.beta2(),
            (float) adam.epsilon(),
            true,
            false);
  }

  private NDArray logits(NDArray pixels) {
    NDArray x = pixels;
    Deque<NDArray> kept = new ArrayDeque<>();
    for (int i = 0; i < states.size(); i++) {
      Op op = task.ops().get(i);
      List<NDArray> own = states.get(i).stream().map(state -> state.get(0)).toList();
      x =
          switch (op.kind()) {
            case CONVOLUTION -> convolution(x, own.get(0), op, 1);
            case DEPTHWISE -> convolution(x, own.get(0), op, op.in().channels());
            // Added by the dense layer before it: PyTorch does both in one call.
            case BIAS -> x;
            case TANH -> x.tanh();
            case MAX_POOLING -> {
              Shape tile = new Shape(op.size(), op.size());
              yield Pool.maxPool2d(x, tile, tile, new Shape(0, 0), false);
            }
            case MEAN ->
                x.reshape(task.batch(), op.in().channels(), -1).mean(new int[] {2});
            case KEEP -> {
              kept.push(x);
              yield x;
            }
            // Nobody needs the addend again: no other array is made.
            case SUM -> x.addi(kept.pop());
            case DENSE ->
                Linear.linear(x.reshape(task.batch(), op.in().size()), own.get(0), biases(i + 1))
                    .singletonOrThrow();
            case RECURRENT -> lastState(x, own, op, false);
            case LSTM -> lastState(x, own, op, true);
          };
    }
    return x;
  }

  /** The parameters of an operation if it is a BIAS; else none. */
  private @Nullable NDArray biases(int index) {
    boolean isBias =
        index < states.size() && task.ops().get(index).kind() == Op.Kind.BIAS;
    return isBias ? states.get(index).get(0).get(0) : null;
  }

  /** PyTorch adds two biases: the second one stays 0. */
  private static NDArray lastState(NDArray x, List<NDArray> own, Op op, boolean isLstm) {
    NDManager step = x.getManager();
    NDArray state = step.zeros(new Shape(1, x.getShape().get(0), op.out().channels()));
    NDList parameters = new NDList(own);
    parameters.add(step.zeros(own.get(2).getShape()));
    NDArrayEx functions = x.getNDArrayInternal();
    NDList outputs =
        isLstm
            ? functions.lstm(x, new NDList(state, state), parameters, true, 1, 0, true, false, true)
            : functions.rnn(
                x, state, parameters, true, 1, RNN.Activation.TANH, 0, true, false, true);
    return outputs.get(1).squeeze(0);
  }

  private static NDArray convolution(NDArray x, NDArray weights, Op op, int groups) {
    Shape padding = new Shape(op.size() / 2, op.size() / 2);
    return Conv2d.conv2d(x, weights, null, ONE, padding, ONE, groups).singletonOrThrow();
  }

  @Override
  public String framework() {
    return "PyTorch "
        + Engine.getInstance().getVersion()
        + " through DJL "
        + Engine.getDjlVersion();
  }

  @Override
  public void close() {
    manager.close();
  }

  /**
   * Takes part.
   *
   * @throws IOException if the task cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    // Before the library is loaded, which reads them once.
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    System.setProperty("ai.djl.pytorch.num_threads", arguments[1]);
    Contest.run(arguments, (task, threads) -> new PyTorch(task));
  }
}
