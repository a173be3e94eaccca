package org.unvanish.train;

import java.util.List;
import org.unvanish.gradient.GradientSource;
import org.unvanish.gradient.GradientStatistics;
import org.unvanish.loss.Scores;

/**
 * What a run measured in one epoch.
 *
 * @param epoch from 1
 * @param train means over the training samples, each at the step that used it; the loss is without
 *     the penalty
 * @param test means over the test samples at the end of the epoch
 * @param seconds wall-clock time of the epoch, its evaluation included
 * @param gradients for all parameters pooled and then each parameter tensor in the network's order,
 *     each with its data, penalty and total gradient
 * @param updates by how much each trained parameter tensor was moved, in the network's order; none
 *     where that was not measured, as in another program's training
 * @param scales where each learned α of the network stands at the end of the epoch, in its order;
 *     none where it has none, or where that was not written down
 * @param sizes how large the trained tensors and the layers' outputs are at the end of the epoch,
 *     in the network's order; none where that was not measured
 * @since 0.1
 */
public record EpochRecord(
    int epoch,
    Scores train,
    Scores test,
    double seconds,
    List<ParameterGradient> gradients,
    List<UpdateRatio> updates,
    List<LearnedScale> scales,
    List<ValueSize> sizes) {
  /** Copies the lists. */
  public EpochRecord {
    gradients = List.copyOf(gradients);
    updates = List.copyOf(updates);
    scales = List.copyOf(scales);
    sizes = List.copyOf(sizes);
  }

  /** An epoch of which neither a learned α nor sizes are known. */
  public EpochRecord(
      int epoch,
      Scores train,
      Scores test,
      double seconds,
      List<ParameterGradient> gradients,
      List<UpdateRatio> updates) {
    this(epoch, train, test, seconds, gradients, updates, List.of(), List.of());
  }

  /**
   * An epoch of a classification, whose updates were not measured.
   *
   * @param epoch from 1
   * @param trainLoss mean loss over the training samples
   * @param trainAccuracy in [0, 1]
   * @param testLoss mean loss over the test samples
   * @param testAccuracy in [0, 1]
   * @param seconds wall-clock time of the epoch, its evaluation included
   * @param gradients for all parameters pooled and then each parameter tensor
   */
  public EpochRecord(
      int epoch,
      double trainLoss,
      double trainAccuracy,
      double testLoss,
      double testAccuracy,
      double seconds,
      List<ParameterGradient> gradients) {
    this(
        epoch,
        Scores.ofClasses(trainLoss, trainAccuracy),
        Scores.ofClasses(testLoss, testAccuracy),
        seconds,
        gradients,
        List.of());
  }

  /** The same epoch, as if it had taken another time. */
  public EpochRecord withSeconds(double other) {
    return new EpochRecord(epoch, train, test, other, gradients, updates, scales, sizes);
  }

  /** Mean loss over the training samples. */
  public double trainLoss() {
    return train.loss();
  }

  /** Share of correct predictions on the training samples; NaN without classes. */
  public double trainAccuracy() {
    return train.accuracy();
  }

  /** Mean loss over the test samples. */
  public double testLoss() {
    return test.loss();
  }

  /** Share of correct predictions on the test samples; NaN without classes. */
  public double testAccuracy() {
    return test.accuracy();
  }

  /**
   * The gradient of a parameter tensor, or of {@link ParameterGradient#ALL}.
   *
   * @throws IllegalArgumentException if there is no such parameter tensor
   */
  public GradientStatistics gradient(String parameter, GradientSource source) {
    return gradients.stream()
        .filter(g -> g.parameter().equals(parameter) && g.source() == source)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no parameter tensor " + parameter))
        .statistics();
  }

  /**
   * The value of a learned α at the end of the epoch.
   *
   * @param parameter the name of its tensor
   * @throws IllegalArgumentException if there is no such α, or its value was not written down
   */
  public double scale(String parameter) {
    return scales.stream()
        .filter(scale -> scale.parameter().equals(parameter))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException("no value of a learned α " + parameter + " is known"))
        .value();
  }

  /**
   * The update-to-weight ratio of a parameter tensor.
   *
   * @return as of {@link UpdateRatio#value}
   * @throws IllegalArgumentException if that of such a tensor was not measured
   */
  public double updateRatio(String parameter) {
    return updates.stream()
        .filter(update -> update.parameter().equals(parameter))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no update of a tensor " + parameter + " is known"))
        .value();
  }

  /**
   * How large values are at the end of the epoch.
   *
   * @param name of a parameter tensor or a layer
   * @return as of {@link ValueSize#rms}
   * @throws IllegalArgumentException if that of such a tensor or layer was not measured
   */
  public double size(ValueSize.Kind kind, String name) {
    return sizes.stream()
        .filter(size -> size.kind() == kind && size.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no size of the %s %s is known".formatted(kind.label(), name)))
        .rms();
  }
}
