package org.unvanish;

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
   * The training with all that is prescribed: of the network, and of how it is trained.
   *
   * @param training the one that was diagnosed, or one like it
   */
  public Training applyTo(Training training) {
    return new Training(applyTo(training.network()), applyTo(training.settings()), training.seed());
  }

  /** The network with what is prescribed of networks: scale, function and width. */
  public Network applyTo(Network network) {
    return AppliedRemedies.network(network, details.change());
  }

  /**
   * The settings with what is prescribed of trainings: penalty, initial weights, learning rate and
   * the scaling of the data.
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
