package org.unvanish;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.prescription.MagnitudeText;
import org.unvanish.diagnosis.prescription.Trial;
import org.unvanish.diagnosis.prescription.TypicalText;
import org.unvanish.remedy.ExaminedNetwork;

/**
 * Why the gradients of a network vanish or explode, or why it does not learn though they do not,
 * and what helps: {@link Unvanish#diagnose}.
 *
 * @since 0.1
 */
public final class NetworkDiagnosis {

  private final ExaminedNetwork found;

  NetworkDiagnosis(ExaminedNetwork found) {
    this.found = found;
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
      layers.add(new LayerDiagnosis(layer.name(), decisive.layers().get(layers.size()), layer));
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
   * For people: verdict and prescription first, then why, then layer by layer in orders of
   * magnitude (−1: a tenth of the gradient is left). Lines end with LF.
   */
  public String explain() {
    StringBuilder text = new StringBuilder();
    text.append("Verdict: ").append(verdict()).append(".\n");
    SnapshotDiagnosis decisive = found.diagnosis().decisive();
    TypicalText.of(
            decisive.verdict().signal(),
            decisive.evidence().endToEndLog10(),
            decisive.typical(),
            decisive.evidence().typicalLog10())
        .ifPresent(sentence -> text.append(sentence).append('\n'));
    text.append("Prescribed: ").append(prescription()).append(".\n\n");
    text.append(prescription().why()).append("\n\n");
    found
        .divergence()
        .ifPresent(
            d ->
                text.append(
                    "The training diverged in epoch %d at step %d.\n\n"
                        .formatted(d.epoch(), d.step())));
    for (LayerDiagnosis layer : layers()) {
      text.append(line(layer)).append('\n');
    }
    return text.toString();
  }

  private static String line(LayerDiagnosis layer) {
    LayerEvidence evidence = layer.evidence();
    Saturation saturation = evidence.saturation();
    return String.format(
        Locale.ROOT,
        "%s: f′ %s, weights %s, typical sample %s, %.0f %% saturated%s",
        layer.name(),
        magnitude(evidence.activationLog10()),
        magnitude(evidence.weightsLog10()),
        MagnitudeText.signed(evidence.typicalLog10()).strip(),
        100 * Math.max(saturation.saturatedShare(), saturation.deadShare()),
        layer.verdict().isHealthy() ? "" : " (" + layer.verdict() + ")");
  }

  private static String magnitude(double log10) {
    return log10 == Double.NEGATIVE_INFINITY ? "−∞" : String.format(Locale.ROOT, "%+.1f", log10);
  }

  /** The verdict. */
  @Override
  public String toString() {
    return verdict().toString();
  }
}
