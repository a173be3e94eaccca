package org.unvanish.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.gradient.GradientRecorder;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingSettings;
import org.unvanish.train.TrainingStep;

/**
 * What it costs to record every step's gradients: whole epochs of table 2's network, in turn as
 * they are and with everything recorded a second time. The difference is the cost of recording
 * once.
 */
public final class RecordingCost {

  private static final int ROUNDS = 11;

  private RecordingCost() {}

  /** Prints samples a second and the share of the time that recording takes. */
  public static void main(String[] arguments) {
    Dataset data = SyntheticImages.draw(1, 10_000, 16);
    print("without a penalty", Penalty.none(), 1, data);
    print("with a penalty, so three gradients", Penalty.l2(0.01), 3, data);
  }

  private static void print(String what, Penalty penalty, int gradients, Dataset data) {
    double[] once = new double[ROUNDS];
    double[] twice = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      once[round] = seconds(data, penalty, 0);
      twice[round] = seconds(data, penalty, gradients);
    }
    double a = median(once);
    double b = median(twice);
    System.out.printf(
        "%s: %.0f samples a second on one core, recording %.2f %% of the time without it%n",
        what, data.train().count() / a, 100 * (b - a) / (2 * a - b));
  }

  /**
   * The last of four epochs, when everything is compiled.
   *
   * @param again gradients that are recorded once more
   */
  private static double seconds(Dataset data, Penalty penalty, int again) {
    Network network = network();
    TrainingSettings settings =
        new TrainingSettings(
            Optimizer.Adam.DEFAULT,
            penalty,
            new Initialization.Glorot(),
            new Initialization.Zeros(),
            PixelScaling.UNIT,
            32,
            4);
    double[] last = new double[1];
    List<GradientRecorder> recorders = new ArrayList<>();
    for (int i = 0; i < again * network.parameters().size(); i++) {
      recorders.add(new GradientRecorder());
    }
    new Trainer(network, settings, data, 1)
        .run(
            new TrainingObserver() {
              @Override
              public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
                last[0] = epoch.seconds();
                return TrainingDecision.CONTINUE;
              }

              @Override
              public TrainingDecision stepTaken(TrainingStep step) {
                record(step, again, recorders);
                return TrainingDecision.CONTINUE;
              }
            });
    return last[0];
  }

  private static void record(TrainingStep step, int again, List<GradientRecorder> recorders) {
    for (int source = 0; source < again; source++) {
      for (int i = 0; i < step.tensors().size(); i++) {
        ParameterTensor tensor = step.tensors().get(i);
        recorders
            .get(source * step.tensors().size() + i)
            .record(step.totalGradient(), tensor.offset(), tensor.end());
      }
    }
  }

  private static Network network() {
    List<Layer> layers = new ArrayList<>();
    Layer tanh = new Activated(Activation.of(ActivationFunction.TANH));
    for (int stage = 0; stage < 3; stage++) {
      for (int i = 0; i < 3; i++) {
        layers.add(new Convolution(3, 3, false));
        layers.add(tanh);
      }
      layers.add(new MaxPooling(2));
    }
    for (int i = 0; i < 4; i++) {
      layers.add(new Dense(8, false));
      layers.add(tanh);
    }
    layers.add(new Dense(10, false));
    return new Network(new Shape(3, 32, 32), layers);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
