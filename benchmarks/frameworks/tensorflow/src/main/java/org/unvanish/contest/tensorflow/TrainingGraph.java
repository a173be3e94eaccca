package org.unvanish.contest.tensorflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.nn.BlockLSTM;
import org.tensorflow.op.nn.BlockLSTMGrad;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;
import org.unvanish.contest.Layout;
import org.unvanish.contest.Op;
import org.unvanish.contest.Task;

/** One training step as a graph: the network, its loss, the gradients and Adam. */
final class TrainingGraph {

  private static final List<Long> ONES = List.of(1L, 1L, 1L, 1L);

  private final Task task;
  private final Graph graph;
  private final Ops tf;
  private final Placeholder<TFloat32> images;
  private final Placeholder<TFloat32> labels;
  private final Operand<TFloat32> loss;
  private final List<org.tensorflow.op.Op> initialisation = new ArrayList<>();
  private final List<org.tensorflow.op.Op> updates = new ArrayList<>();
  private final List<Variable> variables = new ArrayList<>();
  private final Deque<Operand<TFloat32>> kept = new ArrayDeque<>();

  /** A parameter tensor with what the gradient is taken by, its value as read. */
  private record Variable(VarHandleOp handle, Operand<TFloat32> value, Shape shape) {}

  TrainingGraph(Graph graph, Task task) {
    this.graph = graph;
    this.task = task;
    TensorFlow.registerCustomGradient(lstmInputs(), TrainingGraph::ofLstm);
    this.tf = Ops.create(graph);
    Op.Dimensions in = task.input();
    int batch = task.batch();
    images =
        tf.placeholder(
            TFloat32.class,
            Placeholder.shape(Shape.of(batch, in.rows(), in.columns(), in.channels())));
    labels = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(batch, task.classes())));
    Operand<TFloat32> logits = images;
    for (Op op : task.ops()) {
      logits = add(op, logits);
    }
    loss = tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(logits, labels).loss(), tf.constant(0));
    addAdam();
  }

  private Operand<TFloat32> add(Op op, Operand<TFloat32> x) {
    float[] all = task.parameters();
    long size = op.size();
    long in = op.in().channels();
    return switch (op.kind()) {
      case CONVOLUTION ->
          tf.nn.conv2d(
              x,
              variable(Layout.windowFirst(op, all), Shape.of(size, size, in, op.out().channels())),
              ONES,
              "SAME");
      case DEPTHWISE ->
          tf.nn.depthwiseConv2dNative(
              x, variable(Layout.windowFirst(op, all), Shape.of(size, size, in, 1)), ONES, "SAME");
      case BIAS ->
          tf.nn.biasAdd(
              x,
              variable(
                  Arrays.copyOfRange(all, op.offset(), op.offset() + op.parameters()),
                  Shape.of(in)));
      case TANH -> tf.math.tanh(x);
      case MAX_POOLING -> {
        Operand<org.tensorflow.types.TInt32> tile =
            tf.constant(new int[] {1, op.size(), op.size(), 1});
        yield tf.nn.maxPool(x, tile, tile, "VALID");
      }
      case MEAN -> tf.math.mean(x, tf.constant(new int[] {1, 2}));
      case KEEP -> {
        kept.push(x);
        yield x;
      }
      case SUM -> tf.math.add(x, kept.pop());
      case DENSE ->
          tf.linalg.matMul(
              tf.reshape(x, tf.constant(new int[] {task.batch(), op.in().size()})),
              variable(
                  Layout.CHANNELS_LAST.denseWeights(op, all),
                  Shape.of(op.in().size(), op.out().size())));
      case RECURRENT, LSTM -> lastState(op, x);
    };
  }

  /** The simple layer's steps one by one; of LSTMs TensorFlow has an operation that does all. */
  private Operand<TFloat32> lastState(Op op, Operand<TFloat32> x) {
    int features = op.in().channels();
    int steps = op.in().rows();
    // [batch, step, 1, feature] becomes [step, batch, feature].
    Operand<TFloat32> byStep =
        tf.reshape(
            tf.linalg.transpose(x, tf.constant(new int[] {1, 0, 2, 3})),
            tf.constant(new int[] {steps, task.batch(), features}));
    return op.kind() == Op.Kind.LSTM ? lastOfLstm(op, byStep) : lastOfSimple(op, byStep);
  }

  private Operand<TFloat32> lastOfSimple(Op op, Operand<TFloat32> x) {
    float[] all = task.parameters();
    int features = op.in().channels();
    int steps = op.in().rows();
    int units = op.out().channels();
    Operand<TFloat32> inputWeights =
        variable(Layout.inputFirst(op.tensors().get(0), all), Shape.of(features, units));
    Operand<TFloat32> stateWeights =
        variable(Layout.inputFirst(op.tensors().get(1), all), Shape.of(units, units));
    // One product for all steps.
    Operand<TFloat32> rows = tf.reshape(x, tf.constant(new int[] {steps * task.batch(), features}));
    Operand<TFloat32> sums =
        tf.reshape(
            tf.nn.biasAdd(tf.linalg.matMul(rows, inputWeights), biases(op)),
            tf.constant(new int[] {steps, task.batch(), units}));
    Operand<TFloat32> h = zeros(task.batch(), units);
    for (Output<TFloat32> own : tf.unstack(sums, (long) steps).output()) {
      h = tf.math.tanh(tf.math.add(own, tf.linalg.matMul(h, stateWeights)));
    }
    return h;
  }

  private Operand<TFloat32> lastOfLstm(Op op, Operand<TFloat32> x) {
    float[] all = task.parameters();
    int features = op.in().channels();
    int steps = op.in().rows();
    int units = op.out().channels();
    Op.Tensor input = op.tensors().get(0);
    Op.Tensor state = op.tensors().get(1);
    // Both kinds of weights are one variable: Adam moves each number by itself.
    float[] weights = Arrays.copyOf(Layout.inputFirst(input, all), input.size() + state.size());
    System.arraycopy(Layout.inputFirst(state, all), 0, weights, input.size(), state.size());
    Operand<TFloat32> zeros = zeros(task.batch(), units);
    Operand<TFloat32> noPeephole = tf.zeros(tf.constant(new int[] {units}), TFloat32.class);
    Operand<TFloat32> states =
        tf.nn
            .blockLSTM(
                tf.constant((long) steps),
                x,
                zeros,
                zeros,
                variable(weights, Shape.of(features + units, 4L * units)),
                noPeephole,
                noPeephole,
                noPeephole,
                biases(op))
            .h();
    Operand<TFloat32> last =
        tf.slice(
            states,
            tf.constant(new int[] {steps - 1, 0, 0}),
            tf.constant(new int[] {1, task.batch(), units}));
    return tf.reshape(last, tf.constant(new int[] {task.batch(), units}));
  }

  private Operand<TFloat32> biases(Op op) {
    Op.Tensor tensor = op.tensors().get(2);
    int from = tensor.offset();
    return variable(
        Arrays.copyOfRange(task.parameters(), from, from + tensor.size()), Shape.of(tensor.size()));
  }

  private Operand<TFloat32> zeros(int rows, int columns) {
    return tf.zeros(tf.constant(new int[] {rows, columns}), TFloat32.class);
  }

  @SuppressWarnings("unchecked")
  private static Class<BlockLSTM.Inputs<TFloat32>> lstmInputs() {
    return (Class<BlockLSTM.Inputs<TFloat32>>) (Class<?>) BlockLSTM.Inputs.class;
  }

  /** TensorFlow has the gradient, but not for Java. */
  @SuppressWarnings("unchecked")
  private static List<Operand<?>> ofLstm(
      Ops tf, BlockLSTM.Inputs<TFloat32> in, List<Output<?>> gradients) {
    BlockLSTM<TFloat32> out = in.getOutputs();
    BlockLSTMGrad<TFloat32> gradient =
        tf.nn.blockLSTMGrad(
            in.seqLenMax,
            in.x,
            in.csPrev,
            in.hPrev,
            in.w,
            in.wci,
            in.wcf,
            in.wco,
            in.b,
            out.i(),
            out.cs(),
            out.f(),
            out.o(),
            out.ci(),
            out.co(),
            out.h(),
            tf.zerosLike(out.cs()),
            (Operand<TFloat32>) gradients.get(6),
            false);
    return List.of(
        // That of a number of steps is never asked for.
        tf.zerosLike(in.seqLenMax),
        gradient.xGrad(),
        gradient.csPrevGrad(),
        gradient.hPrevGrad(),
        gradient.wGrad(),
        gradient.wciGrad(),
        gradient.wcfGrad(),
        gradient.wcoGrad(),
        gradient.bGrad());
  }

  private Operand<TFloat32> variable(float[] values, Shape shape) {
    VarHandleOp handle = handle(shape, tf.constant(shape, DataBuffers.of(values)));
    Operand<TFloat32> value = tf.readVariableOp(handle, TFloat32.class);
    variables.add(new Variable(handle, value, shape));
    return value;
  }

  private VarHandleOp handle(Shape shape, Operand<TFloat32> initial) {
    VarHandleOp handle =
        tf.varHandleOp(
            TFloat32.class, shape, VarHandleOp.sharedName("variable" + initialisation.size()));
    initialisation.add(tf.assignVariableOp(handle, initial));
    return handle;
  }

  private void addAdam() {
    Task.Adam adam = task.adam();
    Operand<TFloat32> beta1 = tf.constant((float) adam.beta1());
    Operand<TFloat32> beta2 = tf.constant((float) adam.beta2());
    Operand<TFloat32> rate = tf.constant((float) adam.learningRate());
    Operand<TFloat32> epsilon = tf.constant((float) adam.epsilon());
    VarHandleOp power1 = handle(Shape.scalar(), beta1);
    VarHandleOp power2 = handle(Shape.scalar(), beta2);
    Operand<TFloat32> beta1Power = tf.readVariableOp(power1, TFloat32.class);
    Operand<TFloat32> beta2Power = tf.readVariableOp(power2, TFloat32.class);
    Output<?>[] gradients =
        graph.addGradients(
            loss.asOutput(),
            variables.stream().map(v -> v.value().asOutput()).toArray(Output<?>[]::new));
    for (int i = 0; i < gradients.length; i++) {
      Variable variable = variables.get(i);
      Operand<TFloat32> zeros = tf.zeros(tf.constant(variable.shape()), TFloat32.class);
      VarHandleOp first = handle(variable.shape(), zeros);
      VarHandleOp second = handle(variable.shape(), zeros);
      updates.add(
          tf.train.resourceApplyAdam(
              variable.handle(),
              first,
              second,
              beta1Power,
              beta2Power,
              rate,
              beta1,
              beta2,
              epsilon,
              TrainingGraph.<TFloat32>typed(gradients[i])));
    }
    // The powers grow when all parameters have moved.
    Ops after = tf.withControlDependencies(updates);
    updates.add(after.assignVariableOp(power1, after.math.mul(beta1Power, beta1)));
    updates.add(after.assignVariableOp(power2, after.math.mul(beta2Power, beta2)));
  }

  @SuppressWarnings("unchecked")
  private static <T extends TType> Operand<T> typed(Output<?> output) {
    return (Operand<T>) output;
  }

  /** A batch of images goes here. */
  Placeholder<TFloat32> images() {
    return images;
  }

  /** A batch of labels goes here, one-hot. */
  Placeholder<TFloat32> labels() {
    return labels;
  }

  /** Mean cross-entropy of the batch. */
  Operand<TFloat32> loss() {
    return loss;
  }

  /** What sets all variables, once. */
  List<org.tensorflow.op.Op> initialisation() {
    return initialisation;
  }

  /** What makes a step. */
  List<org.tensorflow.op.Op> updates() {
    return updates;
  }
}
