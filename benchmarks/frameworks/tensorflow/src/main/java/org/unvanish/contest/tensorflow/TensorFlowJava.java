package org.unvanish.contest.tensorflow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.unvanish.contest.Clock;
import org.unvanish.contest.Contest;
import org.unvanish.contest.Contestant;
import org.unvanish.contest.Layout;
import org.unvanish.contest.Op;
import org.unvanish.contest.Task;

/**
 * TensorFlow-Java with a static graph: forward, backward and Adam are one call of the session,
 * oneDNN is on, and the batches are tensors that are fed without being copied.
 */
public final class TensorFlowJava implements Contestant {

  private final Task task;
  private final Graph graph = new Graph();
  private final TrainingGraph training;
  private final Session session;
  private final List<TFloat32> images = new ArrayList<>();
  private final List<TFloat32> labels = new ArrayList<>();

  private TensorFlowJava(Task task, int threads) {
    this.task = task;
    this.training = new TrainingGraph(graph, task);
    ConfigProto config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(threads)
            .build();
    this.session = new Session(graph, config);
    Session.Runner initialisation = session.runner();
    training.initialisation().forEach(initialisation::addTarget);
    initialisation.run().close();
    Op.Dimensions in = task.input();
    Shape imageShape = Shape.of(task.batch(), in.rows(), in.columns(), in.channels());
    Shape labelShape = Shape.of(task.batch(), task.classes());
    for (int i = 0; i < task.batches(); i++) {
      images.add(tensor(imageShape, task.pixels(i, Layout.CHANNELS_LAST)));
      labels.add(tensor(labelShape, task.oneHot(i)));
    }
  }

  private static TFloat32 tensor(Shape shape, float[] values) {
    return TFloat32.tensorOf(shape, DataBuffers.of(values));
  }

  @Override
  public void train(Clock clock) {
    int step = 0;
    double loss;
    do {
      loss = step(step++ % task.batches(), clock.wantsLoss());
    } while (clock.stepDone(loss));
  }

  private double step(int batch, boolean wantsLoss) {
    Session.Runner runner =
        session
            .runner()
            .feed(training.images(), images.get(batch))
            .feed(training.labels(), labels.get(batch));
    training.updates().forEach(runner::addTarget);
    Operand<TFloat32> loss = training.loss();
    try (Result result = wantsLoss ? runner.fetch(loss).run() : runner.run()) {
      return wantsLoss ? ((TFloat32) result.get(0)).getFloat() : 0;
    }
  }

  @Override
  public String framework() {
    return "TensorFlow "
        + TensorFlow.version()
        + " of TensorFlow-Java "
        + Contest.version(TensorFlow.class);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  /**
   * Takes part.
   *
   * @throws IOException if the task cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    Contest.run(arguments, TensorFlowJava::new);
  }
}
