package org.unvanish.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.DataCatalog;
import org.unvanish.data.Dataset;
import org.unvanish.experiment.Experiment;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.Overrides;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Repeats an experiment of the paper. */
@Command(
    name = "reproduce",
    description = {
      "Repeats an experiment of the paper, and shows its figure and numbers.",
      "",
      "figure2: the many-layers regime. A network of nine convolutions with tanh, against the same"
          + " network with the activation function scaled by α = 2.",
    },
    footer = {
      "",
      "Each seed and arm is one run on one thread. The numbers of every run that ended are in the"
          + " folder at once; the figure follows at the end. Files of the same names are replaced,"
          + " others left alone. Ctrl-C stops, and keeps what is finished.",
      "",
      "Examples:",
      "  unvanish reproduce figure2",
      "  unvanish reproduce figure2 --quick --data synthetic",
      "  unvanish reproduce figure2 --data cifar10 --seeds 25 --epochs 50 --out full",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    })
final class ReproduceCommand implements Callable<Integer> {

  private static final int SEEDS = 10;
  private static final int EPOCHS = 20;
  private static final int QUICK_SEEDS = 6;
  private static final int QUICK_EPOCHS = 10;

  private static final int MOST_SEEDS = 10_000;
  private static final int MOST_EPOCHS = 10_000;
  private static final int MOST_WORKERS = 1_000;

  private final DataCatalog catalog;
  private final ProgressLine progress;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "TARGET", description = "What is repeated: figure2.")
  private String target = "";

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description =
          "cifar10, synthetic, or a folder with colour images of 32×32 pixels in ten classes: the"
              + " binary version of CIFAR-10, or a folder of images for each class. Default: cifar10"
              + " if it is installed, else synthetic.")
  private @Nullable String data;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Runs of each arm. Default: " + SEEDS + "; the paper: 25.")
  private @Nullable Integer seeds;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Passes over the training images. Default: " + EPOCHS + "; the paper does not say.")
  private @Nullable Integer epochs;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Runs at a time. Default: one for each processor. Changes no result.")
  private @Nullable Integer workers;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go; created if missing. Default: results/figure2.")
  private @Nullable Path out;

  @Option(
      names = "--quick",
      description =
          QUICK_SEEDS
              + " seeds and "
              + QUICK_EPOCHS
              + " epochs, where nothing else is said: less than two minutes on two processors.")
  private boolean quick;

  ReproduceCommand(DataCatalog catalog, ProgressLine progress) {
    this.catalog = catalog;
    this.progress = progress;
    this.spec = CommandSpec.create();
  }

  @Override
  public Integer call() {
    if (!target.equals("figure2")) {
      throw wrong("there is no target '" + target + "'. Targets: figure2");
    }
    int seedCount = count("--seeds", seeds, quick ? QUICK_SEEDS : SEEDS, MOST_SEEDS);
    int epochCount = count("--epochs", epochs, quick ? QUICK_EPOCHS : EPOCHS, MOST_EPOCHS);
    int workerCount =
        count("--workers", workers, Runtime.getRuntime().availableProcessors(), MOST_WORKERS);
    Path folder = out == null ? Path.of("results", target) : out;
    OutputFolder.prepare(folder);

    PrintWriter err = spec.commandLine().getErr();
    String name = data == null ? catalog.defaultName() : data;
    if (data == null && name.equals(DataCatalog.SYNTHETIC)) {
      err.println(
          "unvanish: CIFAR-10 is not installed, so this uses built-in synthetic images, not the"
              + " paper's data. To install it: unvanish data install cifar10");
    }
    Dataset images = catalog.load(name);
    Experiment experiment =
        PaperSpecs.spec("figure2")
            .with(Overrides.runs(ArmSpec.seeds(seedCount), epochCount))
            .experiment(images);
    err.printf(
        "%s on %s; arms: %d, seeds: %d, epochs: %d, runs at a time: %d%n",
        experiment.name(),
        images.title(),
        experiment.arms().size(),
        seedCount,
        epochCount,
        Math.min(workerCount, experiment.runs().size()));
    err.flush();
    return new Reproduction(experiment, folder, progress, spec.commandLine().getOut(), err)
        .run(workerCount);
  }

  private int count(String option, @Nullable Integer given, int byDefault, int most) {
    if (given == null) {
      return byDefault;
    }
    if (given < 1 || given > most) {
      throw wrong("%s must be from 1 to %d, but is %d".formatted(option, most, given));
    }
    return given;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
