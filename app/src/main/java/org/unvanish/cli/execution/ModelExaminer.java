package org.unvanish.cli.execution;

import java.nio.file.Path;
import org.unvanish.cli.option.ModelOptions;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.DiagnosisProgress;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.cli.terminal.TimeLeft;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.data.format.numpy.NumpyFile;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.model.GraphStack;
import org.unvanish.model.ImportedModel;
import org.unvanish.model.ModelCost;
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

  /** A probe that takes longer is told of beforehand. */
  private static final double LONG_SECONDS = 3;

  /** They take no time on any machine, so that none is measured. */
  private static final double FEW_OPERATIONS = 1e9;

  /** A diagnosis that may take more is told of beforehand. */
  private static final long LARGE_BYTES = 1L << 30;

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
      requireRoom(file);
      ImportedModel model = options.shaped(ModelReader.read(file));
      ModelDiagnosis found =
          ModelDiagnosis.of(
              model,
              stack -> data(stack, overrides),
              options.loss().orElse(null),
              SEED,
              thresholds,
              new DiagnosisProgress(0, progress),
              cost -> tell(file, cost));
      String made = model.producer().isEmpty() ? "" : ", by " + model.producer();
      return new ExaminedModel(
          String.valueOf(file.getFileName()), model.format() + made, SEED, model, found);
    } catch (ModelRefusedException | IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw new CommandFailure(
          message.startsWith(file.toString()) ? message : file + ": " + message);
    }
  }

  /** Weights in single precision take twice the room in double precision. */
  private static void requireRoom(Path file) {
    long least = 2 * file.toFile().length();
    long most = Runtime.getRuntime().maxMemory();
    if (least > most) {
      throw new CommandFailure(
          "%s takes at least %s of memory, but Java may use no more than %s. %s."
              .formatted(file, MemoryPlan.size(least), MemoryPlan.size(most), MemoryPlan.MORE));
    }
  }

  /** What it takes, where that is much. */
  private void tell(Path file, ModelCost cost) {
    long most = Runtime.getRuntime().maxMemory();
    String model =
        "%s has %,d parameters, and its diagnosis takes up to %s of memory"
            .formatted(file, cost.parameters(), MemoryPlan.size(cost.bytes()));
    if (cost.bytes() > most) {
      throw new CommandFailure(
          "%s, but Java may use no more than %s. %s."
              .formatted(model, MemoryPlan.size(most), MemoryPlan.MORE));
    }
    double seconds = cost.operations() > FEW_OPERATIONS ? cost.secondsOfProbe() : 0;
    if (seconds > LONG_SECONDS || cost.bytes() > LARGE_BYTES) {
      progress.println(
          ("%s. A probe takes about %s on this machine. The model and each remedy that is tried "
                  + "need one each.")
              .formatted(model, TimeLeft.inWords(seconds)));
    }
  }

  private ModelData data(GraphStack stack, Overrides overrides) {
    String asked = overrides.data().orElse(NONE);
    if (asked.equals(NONE)) {
      return UserData.none(stack, DRAWN, SEED);
    }
    if (NumpyFile.isNamed(Path.of(asked))) {
      return UserData.ofArrays(stack, Path.of(asked), options.targets(), overrides.pixels());
    }
    ModelSamples samples = ModelSamples.of(asked, overrides, catalog, progress);
    return UserData.of(stack, samples.data(), samples.scaling());
  }

  /**
   * Refuses data that cannot be in a spec.
   *
   * @param file of the model
   */
  public void requireDataOfSpec(Path file, Overrides overrides) {
    if (overrides.data().orElse(NONE).equals(NONE)) {
      throw new CommandFailure(
          ("%s cannot become a spec without data. Name them with --data: a CSV file, a folder "
                  + "of images, IDX files or an .npz file")
              .formatted(file.getFileName()));
    }
    if (options.targets().isPresent()) {
      throw new CommandFailure(
          ("%s cannot become a spec with data of two .npy files. Write both into one .npz file, "
                  + "with inputs named x and targets named y, and leave out --targets")
              .formatted(file.getFileName()));
    }
  }

  /**
   * A model as a spec with the same data, of which {@link #requireDataOfSpec} is true.
   *
   * @param name of the spec
   * @throws CommandFailure if the engine does not have a layer
   */
  public ModelSpec spec(ExaminedModel examined, Overrides overrides, String name) {
    String asked = overrides.data().orElse(NONE);
    return ModelSpec.of(examined, ModelSamples.of(asked, overrides, catalog, progress), name);
  }
}
