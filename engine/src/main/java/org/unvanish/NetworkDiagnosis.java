package org.unvanish;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.prescription.Trial;
import org.unvanish.explanation.DiagnosisText;
import org.unvanish.network.Network;
import org.unvanish.remedy.ExaminedNetwork;
import org.unvanish.text.StyledText;

/**
 * Why the gradients of a network vanish or explode, or why it does not learn although they do not,
 * and what helps: {@link Unvanish#diagnose}.
 *
 * @since 0.1
 */
public final class NetworkDiagnosis {

  private final ExaminedNetwork found;
  private final Network network;
  private final long stepsPerEpoch;

  NetworkDiagnosis(ExaminedNetwork found, Network network, long stepsPerEpoch) {
    this.found = found;
    this.network = network;
    this.stepsPerEpoch = stepsPerEpoch;
  }

  /** The verdict on the network, at the snapshot that decides. */
  public Verdict verdict() {
    return found.conclusion().verdict();
  }

  /** What was found of each layer with weights at the snapshot that decides, first to last. */
  public List<LayerDiagnosis> layers() {
    SnapshotDiagnosis decisive = found.diagnosis().decisive();
    List<LayerDiagnosis> layers = new ArrayList<>();
    for (LayerEvidence layer : decisive.evidence().layers()) {
      int number = layers.size();
      layers.add(
          new LayerDiagnosis(
              layer.name(),
              decisive.layers().get(number),
              layer,
              found
                  .forecast()
                  .filter(forecast -> decisive.evidence().step() == 0)
                  .map(forecast -> forecast.layers().get(number))));
    }
    return List.copyOf(layers);
  }

  /** What helps. */
  public NetworkPrescription prescription() {
    return new NetworkPrescription(found.conclusion().prescription());
  }

  /** All snapshots, in the order of their steps. */
  public Diagnosis snapshots() {
    return found.diagnosis();
  }

  /**
   * The short trainings in which remedies were tried; nothing where the network is healthy and
   * learns, or is too costly to be tried.
   */
  public Optional<Trial> trial() {
    return found.trial();
  }

  /**
   * For people, as {@code unvanish diagnose} says it: what was found, what to do and how sure that
   * is; then the reasons, and layer by layer what becomes of the gradient, in orders of magnitude
   * (−1: a tenth of it is left). Lines have at most 80 characters and end with LF.
   */
  public String explain() {
    return new DiagnosisText(found, Optional.of(network), stepsPerEpoch)
        .text(StyledText.USUAL_WIDTH)
        .toString();
  }

  /** The verdict. */
  @Override
  public String toString() {
    return verdict().toString();
  }
}
