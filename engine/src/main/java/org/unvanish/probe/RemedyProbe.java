package org.unvanish.probe;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.forecast.Forecast;
import org.unvanish.remedy.Prescriber;

/**
 * What a {@link Prescriber} asks about a network, whoever computes it: how the gradient passes with
 * other parameters, other data and other activation functions. All measurements are taken on the
 * same mini-batches, so that they can be compared.
 */
public interface RemedyProbe {

  /** The evidence at the initial weights. */
  MeasuredBackward initial();

  /** The initial weights, in the order of the network's parameters. */
  float[] initialValues();

  /**
   * The evidence with given parameters.
   *
   * @param parameters as many and in such an order as {@link #initialValues} gives them
   * @param step steps of training done before
   * @throws IllegalArgumentException if the parameters are not as many as the network's
   */
  MeasuredBackward measure(float[] parameters, long step);

  /** Initial values that the network does not have yet, those made for its functions first. */
  List<PrescribedInitialization> otherStarts();

  /**
   * Which of the {@link #initialValues} an ℓ₂ penalty shrinks: weights and biases, but no α and
   * nothing that normalization learns.
   */
  BitSet shrinking();

  /** Other initial weights, with biases of 0. */
  float[] initialValues(PrescribedInitialization values);

  /**
   * The network with all of its fixed scales α multiplied; learned ones find their own way. It may
   * be this probe where nothing can be scaled.
   */
  RemedyProbe scaled(double factor);

  /** The network with tanh in place of all its activation functions; empty if it has no other. */
  Optional<RemedyProbe> withTanh();

  /** The network with orthogonal initial recurrent weights; empty if it has none, or starts so. */
  default Optional<RemedyProbe> withOrthogonalRecurrent() {
    return Optional.empty();
  }

  /** The network with standardised data. */
  RemedyProbe standardised();

  /** What can be changed about the last activation, the loss and the targets, the best first. */
  default List<OtherRemedy> outputRemedies() {
    return List.of();
  }

  /**
   * The network with one of the {@link #outputRemedies}, with as many parameters.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  default RemedyProbe with(OtherRemedy remedy) {
    throw new IllegalArgumentException(remedy + " is no remedy for this network");
  }

  /** What theory says of the initial weights; empty where it does not speak of all layers. */
  default Optional<Forecast> forecast() {
    return Optional.empty();
  }

  /**
   * A factor for each layer with weights, by which what it reads is to be multiplied so that a
   * small gradient keeps its size; empty where the network cannot have them or does not need them.
   */
  default List<Double> criticalFactors() {
    return List.of();
  }

  /**
   * The network with factors in front of its layers with weights, with as many parameters.
   *
   * @param factors as {@link #criticalFactors} gives them
   * @throws IllegalArgumentException if the network cannot have them
   */
  default RemedyProbe with(List<Double> factors) {
    throw new IllegalArgumentException("this network cannot have factors in front of its layers");
  }

  /** True where training adds a penalty to the loss. */
  boolean isPenalised();

  /** Who is told how far probing is. */
  default ProbeProgress progress() {
    return ProbeProgress.SILENT;
  }
}
