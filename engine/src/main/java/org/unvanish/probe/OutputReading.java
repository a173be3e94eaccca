package org.unvanish.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.Targets;
import org.unvanish.diagnosis.evidence.NumbersEvidence;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.measurement.NumbersMeasurement;
import org.unvanish.diagnosis.measurement.ScaledSum;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.LossKernel;
import org.unvanish.internal.stage.LossTable;
import org.unvanish.loss.ClassShares;
import org.unvanish.loss.Loss;
import org.unvanish.loss.Scores;
import org.unvanish.loss.TargetTable;
import org.unvanish.network.Activated;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Softmax;

/** Reads a network's outputs over a window, beside what they are to be. */
final class OutputReading {

  private final int width;
  private final Loss loss;
  private final Targets targets;
  private final LossKernel kernel;
  private final int[] predicted;
  private final @Nullable TargetTable numbers;
  private final NumbersMeasurement measured;
  private final ScaledSum errors = new ScaledSum();
  private final ScaledSum outputs = new ScaledSum();
  private final List<int[]> window = new ArrayList<>();

  /**
   * @param loss as it is computed on the targets
   */
  OutputReading(Network network, Loss loss, Targets targets) {
    this.width = network.outputs();
    this.loss = loss;
    this.targets = targets;
    this.kernel = LossTable.kernel(loss, width, targets);
    this.predicted = new int[kernel.classes()];
    this.numbers = LeastLoss.numbers(loss, targets, width);
    this.measured = measurement(network);
  }

  private static NumbersMeasurement measurement(Network network) {
    Layer last = network.layers().get(network.layers().size() - 1);
    if (last instanceof Softmax) {
      return NumbersMeasurement.ofProbabilities(network.outputs());
    }
    return NumbersMeasurement.of(
        network.outputs(),
        last instanceof Activated activated
            ? Optional.of(activated.activation())
            : Optional.empty());
  }

  /** Begins a mini-batch. */
  void begin(int[] batch) {
    window.add(batch);
  }

  /**
   * Reads a block of the mini-batch and writes the gradient of each sample's own loss; the batch's
   * mean is taken where gradients are handed over.
   *
   * @param from the place in the batch of the block's first sample
   * @param count lanes in use
   */
  void read(LaneTensor output, LaneTensor gradient, int[] batch, int from, int count) {
    LayerProbe.addSquares(outputs, output, count);
    kernel.forward(output, batch, from, count);
    kernel.addPredicted(output, count, predicted);
    kernel.gradient(count, 1, gradient);
    LayerProbe.addSquares(errors, gradient, count);
    if (numbers != null) {
      for (int lane = 0; lane < count; lane++) {
        for (int i = 0; i < width; i++) {
          measured.add(i, output.value(i, lane), numbers.value(batch[from + lane], i));
        }
      }
    }
  }

  /** What was read of all mini-batches. */
  OutputEvidence evidence() {
    int[] samples = window.stream().flatMapToInt(Arrays::stream).toArray();
    Scores scores = loss.scores(kernel.sums(), samples.length);
    Scores constant = loss.constant(targets.of(samples)).scores();
    return new OutputEvidence(
        scores.loss(),
        scores.accuracy(),
        errors.rms(),
        outputs.rms(),
        constant.loss(),
        constant.accuracy(),
        ClassShares.largestShare(predicted),
        numbers == null
            ? null
            : numbers(scores, constant, LeastLoss.of(loss, targets, width, samples)),
        null);
  }

  private NumbersEvidence numbers(Scores scores, Scores constant, double leastLoss) {
    return measured.result(
        leastLoss, loss.headline(), scores.of(loss.headline()), constant.of(loss.headline()));
  }
}
