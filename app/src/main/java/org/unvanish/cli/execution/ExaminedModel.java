package org.unvanish.cli.execution;

import java.util.Optional;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.prescription.Conclusion;
import org.unvanish.diagnosis.prescription.Trial;
import org.unvanish.examination.Examined;
import org.unvanish.forecast.Forecast;
import org.unvanish.model.ImportedModel;
import org.unvanish.model.ModelDiagnosis;
import org.unvanish.network.Network;
import org.unvanish.train.TrainingOutcome;

/**
 * Somebody's model with what was found of it. Nothing of it was trained.
 *
 * @param experiment the name of its file
 * @param arm its format and, where the file tells it, what wrote it
 * @param seed of all that was drawn
 * @param model as it was read
 */
public record ExaminedModel(
    String experiment, String arm, long seed, ImportedModel model, ModelDiagnosis found)
    implements Examined {

  @Override
  public String title() {
    return "%s (%s), with %s".formatted(experiment, arm, dataTitle());
  }

  @Override
  public String dataName() {
    return found.data().title();
  }

  @Override
  public String dataTitle() {
    return found.data().title();
  }

  @Override
  public Optional<Network> network() {
    return Optional.empty();
  }

  @Override
  public long stepsPerEpoch() {
    return 1;
  }

  @Override
  public Diagnosis diagnosis() {
    return found.diagnosis();
  }

  @Override
  public Conclusion conclusion() {
    return found.conclusion();
  }

  @Override
  public Optional<Trial> trial() {
    return Optional.empty();
  }

  @Override
  public Optional<TrainingOutcome.Diverged> divergence() {
    return Optional.empty();
  }

  @Override
  public Optional<Forecast> forecast() {
    return Optional.empty();
  }
}
