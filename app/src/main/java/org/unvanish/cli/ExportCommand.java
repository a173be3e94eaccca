package org.unvanish.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.unvanish.cli.execution.OutputFolder;
import org.unvanish.cli.execution.StoredExperiments;
import org.unvanish.cli.option.Checked;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.data.Nearest;
import org.unvanish.experiment.Experiment;
import org.unvanish.export.Export;
import org.unvanish.export.ExportFormat;
import org.unvanish.store.RunStore;
import org.unvanish.store.StoredExperiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a folder's experiments for papers and other programs. */
@Command(
    name = "export",
    description = {
      "Exports a folder's experiments for papers and other programs.",
      "",
      "  svg, png, pdf  the figure for a paper: sized in millimetres, fonts included",
      "  csv            all numbers, including every epoch's gradient statistics",
      "  latex          tables in the style of booktabs, and the figure's caption",
      "  tensorboard    event files: losses, accuracies and gradients, with histograms",
      "",
      "Works while runs are training. If a folder has several experiments, each gets a "
          + "sub-folder.",
      "",
    },
    footer = {
      "",
      "Examples:",
      "  unvanish export results/paper-cifar10",
      "  unvanish export results/depth --format pdf,latex --width 170 --out paper/depth",
      "  unvanish export results/depth --format tensorboard && tensorboard --logdir"
          + " results/depth/export",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    })
final class ExportCommand implements Callable<Integer>, Checked {

  private static final double NARROWEST = 50;
  private static final double WIDEST = 400;

  private final ProgressLine progress;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FOLDER", description = "A folder with runs.")
  private Path folder = Path.of("");

  @Option(
      names = "--format",
      split = ",",
      paramLabel = "FORMAT",
      description = "One or more of the formats above, separated by commas. Default: all.",
      completionCandidates = Candidates.Formats.class)
  private List<String> formats = ExportFormat.labels();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for the files; created if missing. Only files that export wrote are "
              + "replaced. Default: export in the folder.")
  private @Nullable Path out;

  @Option(
      names = "--width",
      paramLabel = "MM",
      defaultValue = "85",
      description =
          "Width of the figure, 50 to 400 millimetres: 85 for one column of a journal, 170 for "
              + "two. From 117 on, panels are side by side. Default: ${DEFAULT-VALUE}.")
  private double width;

  ExportCommand(ProgressLine progress) {
    this.progress = progress;
  }

  @Override
  public void check() {
    formats();
    if (!(width >= NARROWEST && width <= WIDEST)) {
      throw new ParameterException(
          spec.commandLine(),
          "--width must be %.0f to %.0f millimetres, but is %s"
              .formatted(NARROWEST, WIDEST, width));
    }
  }

  @Override
  public Integer call() {
    List<Path> files = new ArrayList<>();
    try (RunStore store = RunStore.read(folder)) {
      List<StoredExperiment> experiments = StoredExperiments.of(store, folder);
      Path target = out == null ? folder.resolve("export") : out;
      OutputFolder.prepare(target);
      for (StoredExperiment stored : experiments) {
        Path place = experiments.size() == 1 ? target : target.resolve(stored.name());
        files.addAll(export(store, stored, place));
      }
    } finally {
      progress.clear();
    }
    PrintWriter terminal = spec.commandLine().getOut();
    files.forEach(file -> terminal.println("wrote " + file));
    terminal.flush();
    new NextCommand(spec).afterExport(folder);
    return 0;
  }

  private Set<ExportFormat> formats() {
    Set<ExportFormat> chosen = EnumSet.noneOf(ExportFormat.class);
    for (String format : formats) {
      chosen.add(
          ExportFormat.of(format.strip())
              .orElseThrow(
                  () ->
                      new ParameterException(
                          spec.commandLine(),
                          "there is no format '%s'%s Formats: %s"
                              .formatted(
                                  format,
                                  Nearest.question(format, ExportFormat.labels()).orElse("."),
                                  String.join(", ", ExportFormat.labels())))));
    }
    return chosen;
  }

  private List<Path> export(RunStore store, StoredExperiment stored, Path place) {
    Experiment experiment = StoredExperiments.experiment(stored, folder);
    progress.update(() -> stored.name() + ": reading");
    try {
      Export export =
          new Export(
              store.result(experiment),
              store.runs(experiment),
              store.diagnoses(experiment),
              formats(),
              width);
      for (String remark : export.remarks()) {
        progress.clear();
        spec.commandLine().getErr().printf("unvanish: %s: %s%n", stored.name(), remark);
      }
      return export.write(place, what -> progress.update(() -> what));
    } catch (IOException e) {
      throw new CommandFailure(
          ("the files in %s are incomplete: %s. Give the same command again, or name another "
                      + "folder")
                  .formatted(place, OutputFolder.reason(e))
              + " with --out",
          e);
    }
  }
}
