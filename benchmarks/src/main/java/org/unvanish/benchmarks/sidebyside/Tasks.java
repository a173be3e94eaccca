package org.unvanish.benchmarks.sidebyside;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.contest.Op;
import org.unvanish.contest.Task;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Pooling.GlobalAveragePooling;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.SimpleRecurrent;
import org.unvanish.network.Residual;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.train.Trainer;

/** Turns the engine's words into a task, and back. */
final class Tasks {

  /** As many images as fit any batch size, and few enough that a task is soon read. */
  static final int IMAGES = 8192;

  static final long SEED = 1;

  private Tasks() {}

  /**
   * A network's training.
   *
   * @param data whose first images are trained on, by networks that read images
   * @throws IllegalArgumentException if the network has layers that no task has
   */
  static Task of(BenchNetwork which, Dataset data, int batch) {
    Dataset part = which.data(data);
    Network network = which.network(part);
    Trainer trainer = new Trainer(network, BenchNetwork.settings(batch), part, SEED);
    Optimizer.Adam adam = BenchNetwork.ADAM;
    return new Task(
        which.id(),
        ops(network),
        trainer.parameters(),
        batch,
        SEED,
        new Task.Adam(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon()),
        part.train().bytes(),
        labels(part.train()),
        Trainer.firstOrder(SEED, part.train().count()));
  }

  /** The data set that a task holds, with next to no test images: nobody measures them. */
  static Dataset data(Task task) {
    Op.Dimensions in = task.input();
    Shape shape = new Shape(in.channels(), in.rows(), in.columns());
    return dataset(new ImageSet(shape, task.images(), task.labels()), task.classes());
  }

  /** The first training samples of a data set. */
  static Dataset first(Dataset data, int count) {
    ImageSet train = data.train();
    return dataset(
        new ImageSet(
            train.shape(),
            Arrays.copyOf(train.bytes(), count * train.shape().size()),
            Arrays.copyOf(labels(train), count)),
        data.classes().size());
  }

  private static Dataset dataset(ImageSet train, int classes) {
    ImageSet one =
        new ImageSet(
            train.shape(),
            Arrays.copyOf(train.bytes(), train.shape().size()),
            Arrays.copyOf(labels(train), 1));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < classes; i++) {
      names.add("class " + i);
    }
    return new Dataset("task", "a task's images", names, train, one, "");
  }

  private static byte[] labels(ImageSet images) {
    return ((Targets.Labels) images.targets()).labels();
  }

  /** A network's operations, first to last. */
  static List<Op> ops(Network network) {
    List<Op> ops = new ArrayList<>();
    add(network.layers(), network.input(), network.parameters().iterator(), ops);
    return ops;
  }

  /**
   * Adds the operations of layers that follow each other.
   *
   * @param in what reaches the first one
   * @param tensors of these layers, then of those that follow
   */
  private static void add(
      List<Layer> layers, Shape in, Iterator<ParameterTensor> tensors, List<Op> ops) {
    Shape shape = in;
    for (Layer layer : layers) {
      if (layer instanceof Residual block && !block.projection()) {
        Op.Dimensions around = dimensions(shape);
        ops.add(new Op(Op.Kind.KEEP, 1, around, around, 0));
        add(block.layers(), shape, tensors, ops);
        ops.add(new Op(Op.Kind.SUM, 1, around, around, 0));
      } else {
        List<ParameterTensor> own = new ArrayList<>();
        layer.parameters(shape).forEach(tensor -> own.add(tensors.next()));
        add(layer, dimensions(shape), dimensions(layer.output(shape)), own, ops);
      }
      shape = layer.output(shape);
    }
  }

  private static void add(
      Layer layer, Op.Dimensions in, Op.Dimensions out, List<ParameterTensor> own, List<Op> ops) {
    int first = own.isEmpty() ? 0 : own.get(0).offset();
    if (layer instanceof Convolution c) {
      ops.add(new Op(Op.Kind.CONVOLUTION, c.kernel(), in, out, first));
    } else if (layer instanceof SeparableConvolution c) {
      ops.add(new Op(Op.Kind.DEPTHWISE, c.kernel(), in, in, first));
      ops.add(new Op(Op.Kind.CONVOLUTION, 1, in, out, own.get(1).offset()));
    } else if (layer instanceof Dense) {
      ops.add(new Op(Op.Kind.DENSE, 1, in, out, first));
    } else if (layer instanceof MaxPooling p) {
      ops.add(new Op(Op.Kind.MAX_POOLING, p.size(), in, out, 0));
    } else if (layer instanceof GlobalAveragePooling) {
      ops.add(new Op(Op.Kind.MEAN, 1, in, out, 0));
    } else if (layer instanceof SimpleRecurrent r && isPlain(r)) {
      ops.add(new Op(Op.Kind.RECURRENT, 1, in, out, first));
    } else if (layer instanceof Lstm l && isPlain(l)) {
      ops.add(new Op(Op.Kind.LSTM, 1, in, out, first));
    } else if (BenchNetwork.TANH.equals(layer)) {
      ops.add(new Op(Op.Kind.TANH, 1, in, out, 0));
    } else {
      throw new IllegalArgumentException("no task has a layer like " + layer);
    }
    for (ParameterTensor tensor : own) {
      if (tensor.kind() == ParameterTensor.Kind.BIAS && !(layer instanceof Recurrent)) {
        requireDense(layer);
        ops.add(new Op(Op.Kind.BIAS, 1, out, out, tensor.offset()));
      }
    }
  }

  private static boolean isPlain(Recurrent layer) {
    return layer.activation().equals(Activation.of(ActivationFunction.TANH))
        && layer.output() == Recurrent.Output.LAST
        && layer.direction() == Recurrent.Direction.FORWARD
        && layer.bias()
        && layer.truncate() == 0
        && (!(layer instanceof Lstm lstm) || lstm.gates() == ActivationFunction.LOGISTIC);
  }

  private static void requireDense(Layer layer) {
    if (!(layer instanceof Dense)) {
      throw new IllegalArgumentException("only dense layers of a task have biases, not " + layer);
    }
  }

  private static Op.Dimensions dimensions(Shape shape) {
    return new Op.Dimensions(shape.channels(), shape.rows(), shape.columns());
  }
}
