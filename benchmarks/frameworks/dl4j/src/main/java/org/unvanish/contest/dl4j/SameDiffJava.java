package org.unvanish.contest.dl4j;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Loss;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.unvanish.contest.Clock;
import org.unvanish.contest.Contest;
import org.unvanish.contest.Contestant;
import org.unvanish.contest.Layout;
import org.unvanish.contest.Op;
import org.unvanish.contest.Task;

/**
 * SameDiff of Deeplearning4j, on arrays that lie in memory as batches. It is faster than the same
 * library's MultiLayerNetwork.
 */
public final class SameDiffJava implements Contestant {

  private final Task task;
  private final SameDiff graph = SameDiff.create();
  private final Deque<SDVariable> kept = new ArrayDeque<>();

  private SameDiffJava(Task task, int threads) {
    this.task = task;
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    Nd4j.getEnvironment().setMaxThreads(threads);
    Op.Dimensions in = task.input();
    SDVariable x =
        graph.placeHolder(
            "images", DataType.FLOAT, task.batch(), in.channels(), in.rows(), in.columns());
    SDVariable labels = graph.placeHolder("labels", DataType.FLOAT, task.batch(), task.classes());
    for (int i = 0; i < task.ops().size(); i++) {
      x = add(task.ops().get(i), "parameters" + i, x);
    }
    SDVariable loss = graph.loss().softmaxCrossEntropy("loss", labels, x, null);
    graph.setLossVariables(loss);
    Task.Adam adam = task.adam();
    graph.setTrainingConfig(
        new TrainingConfig.Builder()
            .updater(new Adam(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon()))
            .dataSetFeatureMapping("images")
            .dataSetLabelMapping("labels")
            .build());
  }

  private SDVariable add(Op op, String name, SDVariable x) {
    float[] all = task.parameters();
    long size = op.size();
    long in = op.in().channels();
    return switch (op.kind()) {
      case CONVOLUTION ->
          graph
              .cnn()
              .conv2d(
                  x,
                  variable(name, Layout.windowFirst(op, all), size, size, in, op.out().channels()),
                  window(size));
      case DEPTHWISE ->
          graph
              .cnn()
              .depthWiseConv2d(
                  x, variable(name, Layout.windowFirst(op, all), size, size, in, 1), window(size));
      case BIAS ->
          x.add(
              variable(
                  name,
                  Arrays.copyOfRange(all, op.offset(), op.offset() + op.parameters()),
                  1,
                  op.parameters()));
      case TANH -> graph.math().tanh(x);
      case MAX_POOLING ->
          graph
              .cnn()
              .maxPooling2d(
                  x, Pooling2DConfig.builder().kH(size).kW(size).sH(size).sW(size).build());
      case MEAN -> x.mean(2, 3);
      case KEEP -> {
        kept.push(x);
        yield x;
      }
      case SUM -> x.add(kept.pop());
      case DENSE ->
          graph
              .reshape(x, task.batch(), op.in().size())
              .mmul(
                  variable(
                      name,
                      Layout.CHANNELS_FIRST.denseWeights(op, all),
                      op.in().size(),
                      op.out().size()));
      case RECURRENT, LSTM ->
          throw new IllegalArgumentException("SameDiff takes no part in " + task.network());
    };
  }

  private SDVariable variable(String name, float[] values, long... shape) {
    return graph.var(name, Nd4j.create(values, shape, 'c'));
  }

  private static Conv2DConfig window(long size) {
    return Conv2DConfig.builder()
        .kH(size)
        .kW(size)
        .sH(1)
        .sW(1)
        .paddingMode(PaddingMode.SAME)
        .dataFormat(Conv2DConfig.NCHW)
        .weightsFormat(WeightsFormat.YXIO)
        .build();
  }

  @Override
  public void train(Clock clock) {
    Batches batches = new Batches(task);
    graph.fit(
        batches,
        1,
        new BaseListener() {
          private double loss;

          @Override
          public boolean isActive(Operation operation) {
            return operation == Operation.TRAINING;
          }

          /**
           * The loss of a step must be computed apart: training computes its gradient only, and
           * this version tells listeners a loss of zero (deeplearning4j #9684).
           */
          @Override
          public void iterationStart(SameDiff sd, At at, MultiDataSet batch, long waited) {
            if (clock.wantsLoss()) {
              Map<String, INDArray> inputs =
                  Map.of("images", batch.getFeatures(0), "labels", batch.getLabels(0));
              loss = sd.outputSingle(inputs, "loss").getDouble(0);
            }
          }

          @Override
          public void iterationDone(SameDiff sd, At at, MultiDataSet batch, Loss zero) {
            if (!clock.stepDone(loss)) {
              batches.end();
            }
          }
        });
  }

  @Override
  public String framework() {
    return "SameDiff of Deeplearning4j " + Contest.version(SameDiff.class);
  }

  /**
   * Takes part.
   *
   * @throws IOException if the task cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    Contest.run(arguments, SameDiffJava::new);
  }
}
