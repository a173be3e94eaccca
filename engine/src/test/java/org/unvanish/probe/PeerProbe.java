package org.unvanish.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.internal.kernel.ImageKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.LaneValues;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.kernel.LossKernel;
import org.unvanish.internal.stage.LaneNetwork;
import org.unvanish.internal.stage.LossTable;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.network.Activated;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;

/** Measures what other tools' rules read, by plain forward and backward passes. */
final class PeerProbe {

  private final InjectedCase injected;
  private final Network network;
  private final LaneNetwork lanes;
  private final ImageKernel images;

  PeerProbe(InjectedCase injected) {
    this.injected = injected;
    this.network = injected.network();
    this.lanes = new LaneNetwork(network);
    this.images = new ImageKernel(injected.images(), injected.scaling());
  }

  PeerEvidence measure(int[] batch) {
    Map<LaneNetwork.LaidOut, Counter> counters = new LinkedHashMap<>();
    for (int i = 0; i < network.layers().size(); i++) {
      if (network.layers().get(i) instanceof Activated activated) {
        counters.put(lanes.layers().get(i), new Counter(activated.activation()));
      }
    }
    LossKernel softmax =
        LossTable.kernel(new SoftmaxCrossEntropy(), network.outputs(), injected.images().targets());
    boolean[] scaled = {true};
    lanes.setParameters(injected.parameters());
    float[] gradient = new float[network.parameterCount()];
    lanes.train(
        batch.length,
        gradient,
        new LaneNetwork.Visitor() {
          @Override
          public void enter(int from, int count) {
            lanes.read(images, batch, from);
            LaneValues.forEachRow(
                lanes.input(),
                (channel, values, at, to) -> {
                  for (int i = at; i < to; i++) {
                    scaled[0] &= Math.abs(values[i]) <= 1;
                  }
                });
          }

          @Override
          public void before(LaneNetwork.LaidOut layer, int count) {
            Counter counter = counters.get(layer);
            if (counter != null) {
              counter.add(layer.input(), count);
            }
          }

          @Override
          public void leave(int from, int count) {
            softmax.forward(lanes.output(), batch, from, count);
            softmax.gradient(count, batch.length, lanes.outputGradient());
          }
        });
    List<PeerEvidence.Gradient> gradients = new ArrayList<>();
    boolean finite = Double.isFinite(softmax.sums()[0]);
    for (int layer = 0; layer < network.layers().size(); layer++) {
      boolean dense = network.layers().get(layer) instanceof Dense;
      for (ParameterTensor tensor : network.parameters(layer)) {
        PeerEvidence.Gradient g = gradient(gradient, tensor, dense);
        finite &= Double.isFinite(g.norm());
        gradients.add(g);
      }
    }
    return new PeerEvidence(
        finite,
        scaled[0],
        softmax.sums()[1] / batch.length,
        counters.values().stream().map(Counter::result).toList(),
        gradients);
  }

  private static PeerEvidence.Gradient gradient(
      float[] gradient, ParameterTensor tensor, boolean dense) {
    double sum = 0;
    double sizes = 0;
    double squares = 0;
    int zeros = 0;
    for (int i = tensor.offset(); i < tensor.end(); i++) {
      sum += gradient[i];
      sizes += Math.abs(gradient[i]);
      squares += (double) gradient[i] * gradient[i];
      zeros += gradient[i] == 0 ? 1 : 0;
    }
    int size = tensor.size();
    return new PeerEvidence.Gradient(
        tensor.kind() == Kind.WEIGHTS,
        dense,
        size,
        sum / size,
        sizes / size,
        Math.sqrt(squares),
        zeros);
  }

  /** Of one activation over a mini-batch. */
  private static final class Counter {
    private final ActivationFunction function;
    private final double inner;
    private int[] within = {};
    private int[] positive = {};
    private long beyond5;
    private int samples;

    Counter(Activation activation) {
      this.function = activation.function();
      this.inner = activation.inner();
    }

    void add(LaneTensor z, int count) {
      if (samples == 0) {
        within = new int[z.shape().size()];
        positive = new int[z.shape().size()];
      }
      double low = function == ActivationFunction.LOGISTIC ? -23 : -9.4999;
      double high = function == ActivationFunction.LOGISTIC ? 16.99999 : 9.4999;
      int[] unit = {0};
      LaneValues.forEachRow(
          z,
          (channel, values, from, to) -> {
            for (int i = from; i < to; i += Lanes.COUNT) {
              for (int lane = 0; lane < count; lane++) {
                double u = inner * values[i + lane];
                within[unit[0]] += low < u && u < high ? 1 : 0;
                positive[unit[0]] += u > 0 ? 1 : 0;
                beyond5 += Math.abs(u) >= 5 ? 1 : 0;
              }
              unit[0]++;
            }
          });
      samples += count;
    }

    PeerEvidence.Activated result() {
      double outside = 0;
      double inactive = 0;
      double active = 0;
      for (int unit = 0; unit < within.length; unit++) {
        outside += within[unit] < 0.01 * samples ? 1 : 0;
        inactive += positive[unit] < 0.01 * samples ? 1 : 0;
        active += positive[unit];
      }
      double all = (double) within.length * samples;
      return new PeerEvidence.Activated(
          function,
          beyond5 / all,
          outside / within.length,
          1 - active / all,
          inactive / within.length);
    }
  }
}
