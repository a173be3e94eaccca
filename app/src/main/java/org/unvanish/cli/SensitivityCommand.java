package org.unvanish.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unvanish.claim.Checks;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.cli.execution.Execution;
import org.unvanish.cli.execution.ExecutionResult;
import org.unvanish.cli.execution.OutputFolder;
import org.unvanish.cli.execution.StoredExperiments;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.Detail;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.cli.terminal.Screen;
import org.unvanish.cli.text.SensitivityJson;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.experiment.Experiment;
import org.unvanish.figure.SensitivityFigure;
import org.unvanish.file.ResultFile;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.paper.Reading;
import org.unvanish.paper.Sensitivity;
import org.unvanish.paper.SensitivityText;
import org.unvanish.report.SensitivityCsv;
import org.unvanish.report.SensitivityMarkdown;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains the paper's figures under other readings of what it leaves open. */
@Command(
    name = "sensitivity",
    description = {
      "Trains figures 1 to 4 under other readings of what the paper leaves open, and shows which"
          + " assumptions decide its claims: docs/sensitivity.md.",
      "",
      "  batch-64, batch-128  the batch size",
      "  plain-convolutions   plain convolutions in table 1",
      "  dense-biases         biases in all dense layers",
      "  no-biases            no biases at all",
      "  keras-l2             Keras's ℓ₂ penalty",
      "  standardised-pixels  pixels of mean 0 and variance 1 by channel",
      "  raw-pixels           pixels from 0 to 255",
      "  epsilon-1e-7         Adam's ε = 1e-7",
      "  keras-epsilon        the same as “epsilon hat”, where Keras has it",
      "  log-sigmoid          log σ in place of the logistic function",
      "  glorot               Glorot's initialization",
      "  all                  all of them, as where none is named",
      "",
    },
    footer = {
      "",
      "The base reading, that of the specs, is always trained. A figure that a reading does not"
          + " change is not trained again. Each arm has "
          + Checks.FEWEST_SEEDS
          + " seeds unless --seeds is given. Every finished epoch is kept at once: after a stop or"
          + " kill, the same command continues from there. More seeds or epochs extend what is"
          + " there. Readings that were trained there before stay in the table.",
      "",
      "Examples:",
      "  unvanish reproduce sensitivity --quick",
      "  unvanish reproduce sensitivity batch-64 glorot",
      "  unvanish reproduce sensitivity --json > sensitivity.json",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    })
final class SensitivityCommand extends ReproductionCommand {

  /** The fewest that decide a claim. */
  private static final int SEEDS = Checks.FEWEST_SEEDS;

  private static final int QUICK_EPOCHS = 3;

  @Parameters(
      paramLabel = "READING",
      arity = "0..*",
      description = "One of the readings above, or all. Default: all.",
      completionCandidates = Candidates.Readings.class)
  private List<String> targets = List.of();

  @Option(
      names = "--quick",
      order = FIRST,
      description =
          QUICK_EPOCHS + " epochs unless --epochs is given: about half an hour on two processors.")
  private boolean quick;

  @Option(names = "--json", order = FIRST, description = "The table of verdicts as JSON.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where runs and files go, each reading into a folder of its own; created if missing."
              + " Default: results/sensitivity-DATA, such as results/sensitivity-cifar10; with"
              + " --backend pytorch results/sensitivity-DATA-pytorch.")
  private @Nullable Path out;

  SensitivityCommand(DataCatalog catalog, ProgressLine progress) {
    super(catalog, progress);
  }

  @Override
  public void check() {
    readings();
  }

  @Override
  public Integer call() {
    Overrides asked = changes.overrides();
    String data = asked.data().orElseGet(catalog::defaultName);
    if (asked.data().isEmpty() && data.equals(DataCatalog.SYNTHETIC)) {
      warnOfSynthetic(spec.commandLine().getErr());
    }
    Overrides runs =
        (quick
                ? asked.orRuns(ArmSpec.seeds(SEEDS), QUICK_EPOCHS)
                : asked.withRuns(
                    asked.seeds().or(() -> Optional.of(ArmSpec.seeds(SEEDS))), asked.epochs()))
            .withData(data);
    Path folder = folder(out, "sensitivity", data);
    requireReplaceable(folder);
    Map<Path, List<Execution.Task>> tasks = new LinkedHashMap<>();
    Map<Path, Reading> readings = new LinkedHashMap<>();
    for (Reading reading : readings()) {
      List<Execution.Task> changed = tasks(reading, runs);
      if (changed.isEmpty()) {
        progress.println("note: left out: %s changes nothing here".formatted(reading.name()));
      } else {
        Path own = folder.resolve(reading.name());
        tasks.put(own, changed);
        readings.put(own, reading);
      }
    }
    Map<Reading, List<JudgedClaim>> judged = trained(folder, runs);
    List<Path> left = new ArrayList<>(tasks.keySet());
    return run(
        tasks,
        (own, done) -> {
          judged.put(Objects.requireNonNull(readings.get(own)), judge(done));
          Experiment trained = done.experiments().get(0).result().experiment();
          Sensitivity result = Sensitivity.of(trained, inOrder(judged));
          List<Path> files = write(result, folder);
          left.remove(own);
          if (left.isEmpty()) {
            tell(result, files);
          }
        });
  }

  /** The base and those that are judged: in the order of help, whoever came first. */
  private static Map<Reading, List<JudgedClaim>> inOrder(Map<Reading, List<JudgedClaim>> judged) {
    Map<Reading, List<JudgedClaim>> ordered = new LinkedHashMap<>();
    Stream.concat(Stream.of(Reading.BASE), Reading.OTHERS.stream())
        .filter(judged::containsKey)
        .forEach(reading -> ordered.put(reading, Objects.requireNonNull(judged.get(reading))));
    return ordered;
  }

  /** The readings that an earlier command has trained: the table keeps them. */
  private Map<Reading, List<JudgedClaim>> trained(Path folder, Overrides runs) {
    Map<Reading, List<JudgedClaim>> judged = new LinkedHashMap<>();
    for (Reading reading : Reading.OTHERS) {
      List<ExperimentSpec> figures =
          tasks(reading, runs).stream().map(Execution.Task::spec).toList();
      List<JudgedClaim> findings = new ArrayList<>();
      if (!figures.isEmpty()
          && StoredExperiments.ended(
              folder.resolve(reading.name()),
              figures,
              result -> findings.addAll(PaperSpecs.SERIES.judge(result)))) {
        judged.put(reading, findings);
      }
    }
    return judged;
  }

  /** The base and those that are asked for. */
  private List<Reading> readings() {
    List<String> known = Reading.OTHERS.stream().map(Reading::name).toList();
    List<String> names = targets.isEmpty() ? known : names(targets, known);
    List<Reading> readings = new ArrayList<>(List.of(Reading.BASE));
    Reading.OTHERS.stream().filter(one -> names.contains(one.name())).forEach(readings::add);
    return readings;
  }

  /** Of a reading, the figures that it changes; of the base all. */
  private List<Execution.Task> tasks(Reading reading, Overrides runs) {
    List<Execution.Task> tasks = new ArrayList<>();
    for (String name : Sensitivity.FIGURES) {
      ExperimentSpec figure = backend.apply(PaperSpecs.spec(name).with(runs));
      if (reading.equals(Reading.BASE) || reading.changes(figure)) {
        tasks.add(new Execution.Task(figure.with(reading.change()), name, false));
      }
    }
    return tasks;
  }

  private static List<JudgedClaim> judge(ExecutionResult done) {
    return done.experiments().stream()
        .flatMap(outcome -> PaperSpecs.SERIES.judge(outcome.result()).stream())
        .toList();
  }

  private void requireReplaceable(Path folder) {
    List<String> files = new ArrayList<>(List.of(SensitivityCsv.FILE, SensitivityMarkdown.FILE));
    files.addAll(SensitivityFigure.FILES);
    try {
      for (String file : files) {
        ResultFile.requireReplaceable(folder.resolve(file));
      }
    } catch (IOException e) {
      throw OutputFolder.taken(folder, e);
    }
  }

  /** What is known so far: a table of few readings is better than none. */
  private static List<Path> write(Sensitivity result, Path folder) {
    Path csv = folder.resolve(SensitivityCsv.FILE);
    Path markdown = folder.resolve(SensitivityMarkdown.FILE);
    try {
      ResultFile.write(csv, SensitivityCsv.of(result).getBytes(StandardCharsets.UTF_8));
      ResultFile.write(markdown, SensitivityMarkdown.of(result).getBytes(StandardCharsets.UTF_8));
      List<Path> files = new ArrayList<>(List.of(markdown, csv));
      files.addAll(new SensitivityFigure(result).write(folder));
      return files;
    } catch (IOException e) {
      throw new CommandFailure(
          "the table in %s is not complete: %s. All runs are kept: give the same command again"
              .formatted(folder, OutputFolder.reason(e)),
          e);
    }
  }

  private void tell(Sensitivity result, List<Path> files) {
    PrintWriter text = spec.commandLine().getOut();
    progress.clear();
    if (json) {
      text.println(SensitivityJson.of(result));
    } else {
      Screen screen = Screen.of(text);
      screen.print(new SensitivityText(result).text(screen.columns()));
      text.println();
      files.forEach(file -> text.println("wrote " + file));
    }
    text.flush();
  }

  @Override
  Detail detail() {
    return Detail.NOTHING;
  }
}
