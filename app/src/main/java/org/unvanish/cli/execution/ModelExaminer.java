package org.unvanish.cli.execution;

import java.nio.file.Path;
import org.unvanish.cli.option.ModelOptions;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.DiagnosisProgress;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.data.format.numpy.NumpyFile;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.model.GraphStack;
import org.unvanish.model.ImportedModel;
import org.unvanish.model.ModelData;
import org.unvanish.model.ModelDiagnosis;
import org.unvanish.model.ModelReader;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.UserData;
import org.unvanish.spec.Overrides;

/** Examines somebody's model at the terminal. */
public final class ModelExaminer {

  /** What a user says who has no data at hand. */
  private static final String NONE = "none";

  private static final long SEED = 1;

  /** Drawn samples: as many as a window can have. */
  private static final int DRAWN = 2560;

  private final DataCatalog catalog;
  private final ProgressLine progress;
  private final ModelOptions options;
  private final Thresholds thresholds;

  /**
   * @param thresholds by which verdicts are given and remedies prescribed
   */
  public ModelExaminer(
      DataCatalog catalog, ProgressLine progress, ModelOptions options, Thresholds thresholds) {
    this.catalog = catalog;
    this.progress = progress;
    this.options = options;
    this.thresholds = thresholds;
  }

  /**
   * Examines.
   *
   * @param overrides the data and how they are scaled
   * @throws CommandFailure if the model or the data cannot be used
   */
  public ExaminedModel examine(Path file, Overrides overrides) {
    try {
      ImportedModel model = ModelReader.read(file);
      ModelDiagnosis found =
          ModelDiagnosis.of(
              model,
              stack -> data(stack, overrides),
              options.loss().orElse(null),
              SEED,
              thresholds,
              new DiagnosisProgress(0, progress));
      String made = model.producer().isEmpty() ? "" : ", by " + model.producer();
      return new ExaminedModel(
          String.valueOf(file.getFileName()), model.format() + made, SEED, model, found);
    } catch (ModelRefusedException | IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw new CommandFailure(
          message.startsWith(file.toString()) ? message : file + ": " + message);
    }
  }

  private ModelData data(GraphStack stack, Overrides overrides) {
    String asked = overrides.data().orElse(NONE);
    if (asked.equals(NONE)) {
      return UserData.none(stack, DRAWN, SEED);
    }
    if (NumpyFile.isNamed(Path.of(asked))) {
      return UserData.ofArrays(stack, Path.of(asked), options.targets());
    }
    ModelSamples samples = ModelSamples.of(asked, overrides, catalog, progress);
    return UserData.of(stack, samples.data(), samples.scaling());
  }

  /**
   * A model as a spec with the same data.
   *
   * @param name of the spec
   * @throws CommandFailure if the data cannot be in a spec, or the engine does not have a layer
   */
  public ModelSpec spec(ExaminedModel examined, Overrides overrides, String name) {
    String asked = overrides.data().orElse(NONE);
    if (asked.equals(NONE) || options.targets().isPresent()) {
      throw new CommandFailure(
          "%s cannot become a spec without data that a spec can name. Give it with --data: a CSV file, a folder of images, IDX files or an .npz file"
              .formatted(examined.experiment()));
    }
    return ModelSpec.of(examined, ModelSamples.of(asked, overrides, catalog, progress), name);
  }
}
