package org.unvanish.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.unvanish.cli.execution.StoredExperiments;
import org.unvanish.cli.option.Checked;
import org.unvanish.cli.option.VerboseOption;
import org.unvanish.cli.terminal.Screen;
import org.unvanish.cli.text.ComparisonJson;
import org.unvanish.cli.text.ComparisonText;
import org.unvanish.cli.text.Json;
import org.unvanish.comparison.ComparisonTable;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.store.RunStore;
import org.unvanish.store.StoredExperiment;
import org.unvanish.text.StyledText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares the arms of a folder's experiments. */
@Command(
    name = "compare",
    description = {
      "Compares the arms of a folder's experiments, paired by seed.",
      "",
      "Measures: final and best test accuracy, test accuracy over all epochs (the area under "
          + "its curve), epochs to given accuracies, gradients in the first epochs. For each pair of "
          + "arms: mean difference with bootstrap interval, Wilcoxon's signed-rank test with Holm's "
          + "correction, and rank-biserial effect size. The paper's claims are checked as well.",
    },
    footer = {
      "",
      "Examples:",
      "  unvanish compare results/paper-cifar10",
      "  unvanish compare results/depth --reach 50,60 --json",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    })
final class CompareCommand implements Callable<Integer>, Checked {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FOLDER", description = "A folder with runs.")
  private Path folder = Path.of("");

  @Option(
      names = "--reach",
      split = ",",
      paramLabel = "PERCENT",
      defaultValue = "20,30,40",
      description =
          "Count the epochs to these test accuracies, separated by commas. Default: " + "20,30,40.")
  private List<Double> reach = List.of();

  @Option(names = "--json", description = "Print JSON, with the numbers of every run.")
  private boolean json;

  @Mixin private VerboseOption verbose = new VerboseOption();

  @Override
  public void check() {
    for (Double percent : reach) {
      if (!(percent > 0 && percent <= 100)) {
        throw new ParameterException(
            spec.commandLine(), "--reach must be above 0 and at most 100, but is " + percent);
      }
    }
  }

  @Override
  public Integer call() {
    List<Double> shares = reach.stream().map(percent -> percent / 100).toList();
    PrintWriter out = spec.commandLine().getOut();
    try (RunStore store = RunStore.read(folder)) {
      List<ExperimentResult> results = new ArrayList<>();
      for (StoredExperiment stored : StoredExperiments.of(store, folder)) {
        stored
            .shard()
            .ifPresent(
                shard ->
                    spec.commandLine()
                        .getErr()
                        .printf("unvanish: %s is %s only%n", stored.name(), shard));
        results.add(store.result(StoredExperiments.experiment(stored, folder)));
      }
      if (json) {
        out.println(
            Json.text(
                Json.object(
                    "folder",
                    folder.toString(),
                    "experiments",
                    results.stream()
                        .map(
                            result ->
                                ComparisonJson.of(
                                    result, ComparisonTable.reachable(result, shares)))
                        .toList())));
      } else {
        // Where the store turns out to be damaged, nothing is told but that.
        Screen screen = Screen.of(out);
        List<StyledText> texts =
            results.stream()
                .map(
                    result ->
                        new ComparisonText(result, shares)
                            .text(screen.columns(), verbose.isAsked()))
                .toList();
        texts.forEach(screen::print);
        if (!verbose.isAsked()) {
          screen.println(VerboseOption.HINT);
        }
      }
    }
    out.flush();
    new NextCommand(spec).afterCompare(folder);
    return 0;
  }
}
