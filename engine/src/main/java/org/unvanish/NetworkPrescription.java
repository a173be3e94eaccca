package org.unvanish;

import org.unvanish.data.DataException;
import org.unvanish.data.Dataset;
import org.unvanish.data.TargetChoice;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.network.Network;
import org.unvanish.probe.AppliedRemedies;
import org.unvanish.train.Training;
import org.unvanish.train.TrainingSettings;

/**
 * What helps a network, ready to be applied.
 *
 * @param details each remedy by itself, with what it is expected to do
 * @since 0.1
 */
public record NetworkPrescription(Prescription details) {

  /** True where there is nothing to do, or nothing that helps. */
  public boolean isEmpty() {
    return details.isEmpty();
  }

  /** Why, in sentences. */
  public String why() {
    return details.why();
  }

  /**
   * The training with all that is prescribed of networks and of how they are trained. Targets
   * belong to the data, so run it on {@link #applyTo(Dataset)}:
   *
   * <pre>{@code
   * Model better = prescription.applyTo(training).run(prescription.applyTo(data));
   * }</pre>
   *
   * @param training the one that was diagnosed, or one like it
   * @throws IllegalArgumentException if the network has too few layers, or others, for what is
   *     prescribed
   */
  public Training applyTo(Training training) {
    return new Training(applyTo(training.network()), applyTo(training.settings()), training.seed());
  }

  /**
   * The data with what is prescribed of data: standardised targets, of which predictions are then
   * in units of their standard deviation. All else stays, for the input scaling is a setting. The
   * same data where nothing is prescribed of them.
   *
   * @throws DataException if targets are to be standardised that are no numbers
   */
  public Dataset applyTo(Dataset data) {
    return changesData() ? TargetChoice.STANDARDISED.of(data) : data;
  }

  /** Whether something is prescribed of the data, which no training has: {@code scale-targets}. */
  public boolean changesData() {
    return details.other().contains(OtherRemedy.SCALE_TARGETS);
  }

  /**
   * The network with what is prescribed of networks: the scale α, factors in front of layers, the
   * activation function, the last activation left out, and wider layers.
   *
   * @throws IllegalArgumentException if the network has too few layers, or others, for what is
   *     prescribed
   */
  public Network applyTo(Network network) {
    return AppliedRemedies.network(network, details.change());
  }

  /**
   * The settings with what is prescribed of trainings: penalty, initial weights, recurrent ones
   * too, loss, learning rate, clipping and the scaling of the inputs.
   */
  public TrainingSettings applyTo(TrainingSettings settings) {
    return AppliedRemedies.settings(settings, details.change());
  }

  /** As {@code initialization: glorot}; {@code nothing} where nothing is prescribed. */
  @Override
  public String toString() {
    return isEmpty() ? "nothing" : details.change().toString();
  }
}
