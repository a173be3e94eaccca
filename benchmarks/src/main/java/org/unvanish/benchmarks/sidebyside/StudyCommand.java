package org.unvanish.benchmarks.sidebyside;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.unvanish.data.Dataset;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.experiment.Arm;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingObserver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures how long the paper's study takes. */
@Command(
    name = "study",
    description = {
      "Measures how long the paper's study takes: epochs of each of its ten arms, with a run on every"
          + " core, from which the hours of `unvanish reproduce all` follow (25 seeds of 50 epochs"
          + " each); and the seconds from a cold start of the command to the first epoch's figure.",
      "",
    },
    footer = {
      "",
      "Trains on CIFAR-10 where it is installed, else on images drawn by code, and says so.",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    })
final class StudyCommand implements Callable<Integer> {

  private static final int EPOCHS_OF_PAPER = 50;

  private final DataCatalog catalog;
  private final Path root;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Epochs of each arm that are measured, after one that is not; by default"
              + " ${DEFAULT-VALUE}.")
  private int epochs = 2;

  @Option(
      names = "--starts",
      paramLabel = "N",
      description = "How often the command is started; by default ${DEFAULT-VALUE}.")
  private int starts = 3;

  /**
   * @param catalog of data sets
   * @param root the project's folder
   */
  StudyCommand(DataCatalog catalog, Path root) {
    this.catalog = catalog;
    this.root = root;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (epochs < 1 || starts < 1) {
      throw new ParameterException(spec.commandLine(), "--epochs and --starts must be at least 1");
    }
    Dataset data = catalog.load(catalog.defaultName());
    PrintWriter out = spec.commandLine().getOut();
    out.printf("Data: %s%n", data.title());
    double seconds = 0;
    List<Arm> arms = arms(data);
    for (Arm arm : arms) {
      double epoch = secondsOfEpoch(arm, data);
      out.printf(Locale.ROOT, "%s: %.2f s an epoch%n", arm.name(), epoch);
      out.flush();
      seconds += epoch * PaperSpecs.SEEDS * EPOCHS_OF_PAPER;
    }
    int cores = Runtime.getRuntime().availableProcessors();
    out.printf(
        Locale.ROOT,
        "%d arms, %d runs of %d epochs on %d cores: %.1f hours, extrapolated%n",
        arms.size(),
        arms.size() * PaperSpecs.SEEDS,
        EPOCHS_OF_PAPER,
        cores,
        seconds / cores / 3600);
    Middle start = Middle.of(coldStarts(data));
    out.printf(
        Locale.ROOT,
        "From the start of the command to the first epoch's figure: %.1f s (%.1f to %.1f)%n",
        start.median(),
        start.lowest(),
        start.highest());
    out.flush();
    return 0;
  }

  /**
   * The arms of all figures, each once: figures 3 and 4 have two in common. Table 4's are figure
   * 3's.
   */
  static List<Arm> arms(Dataset data) {
    List<Arm> arms = new ArrayList<>();
    for (String figure : List.of("figure1", "figure2", "figure3", "figure4")) {
      for (Arm arm : PaperSpecs.spec(figure).experiment(data).arms()) {
        boolean isNew =
            arms.stream()
                .noneMatch(
                    other ->
                        other.network().equals(arm.network())
                            && other.settings().equals(arm.settings()));
        if (isNew) {
          arms.add(arm);
        }
      }
    }
    return arms;
  }

  /** The median of an arm's epochs while every core has a run of it. */
  private double secondsOfEpoch(Arm arm, Dataset data) throws InterruptedException {
    List<Double> seconds = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      Trainer trainer =
          new Trainer(arm.network(), arm.settings().withEpochs(epochs + 1), data, i + 1L);
      Thread thread = new Thread(() -> trainer.run(new Stopwatch(seconds)), "run " + i);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (seconds.isEmpty()) {
      throw new IllegalStateException(arm.name() + " diverges in its first epoch");
    }
    return Middle.of(seconds).median();
  }

  /** Gathers the seconds of all epochs but the first, in which the code is compiled. */
  private record Stopwatch(List<Double> seconds) implements TrainingObserver {
    @Override
    public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
      if (epoch.epoch() > 1) {
        synchronized (seconds) {
          seconds.add(epoch.seconds());
        }
      }
      return TrainingDecision.CONTINUE;
    }
  }

  private List<Double> coldStarts(Dataset data) throws IOException, InterruptedException {
    List<Double> seconds = new ArrayList<>();
    String launcher = root.resolve("unvanish").toString();
    // The first start may have to build.
    run(List.of(launcher, "--version"));
    for (int i = 0; i < starts; i++) {
      Path folder = Files.createTempDirectory("unvanish-bench");
      try {
        long before = System.nanoTime();
        run(
            List.of(
                launcher,
                "reproduce",
                "figure2",
                "--data",
                data.name(),
                "--seeds",
                "1",
                "--epochs",
                "1",
                "--out",
                folder.resolve("cold").toString()));
        seconds.add((System.nanoTime() - before) / 1e9);
      } finally {
        delete(folder);
      }
    }
    return seconds;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    File nowhere = new File("/dev/null");
    Process process =
        new ProcessBuilder(command).redirectOutput(nowhere).redirectError(nowhere).start();
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + code);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
