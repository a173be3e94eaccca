package org.unvanish.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.unvanish.beyond.ForecastTable;
import org.unvanish.cli.execution.MemoryPlan;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.LoadingProgress;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.cli.terminal.SeedsProgress;
import org.unvanish.data.Dataset;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.examination.ArmForecast;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.file.ResultFile;
import org.unvanish.report.ForecastCsv;
import org.unvanish.spec.ExperimentSpec;

/**
 * An experiment that is measured and not trained: each arm is forecast, and the initial weights of
 * its seeds are probed beside that.
 *
 * @param spec its arms and how many seeds they have
 * @param folder where its file goes; created if missing
 */
record DepthMeasurement(ExperimentSpec spec, Path folder) {

  /** Measures all arms, prints the table and writes {@code NAME.csv}. */
  void run(DataCatalog catalog, ProgressLine progress, PrintWriter out, PrintWriter err) {
    Path file = folder.resolve(spec.name() + ".csv");
    try {
      ResultFile.requireReplaceable(file);
      Dataset data = spec.load(catalog, new LoadingProgress(progress));
      Experiment experiment = spec.experiment(data);
      MemoryPlan.of(experiment, data).require(1);
      progress.clear();
      err.printf(
          "%s on %s; arms: %d, measured and not trained%n",
          experiment.name(), experiment.data().title(), experiment.arms().size());
      err.flush();
      List<ArmForecast> arms = new ArrayList<>();
      for (Arm arm : experiment.arms()) {
        int seeds = arm.seeds().size();
        arms.add(
            ArmForecast.of(experiment.name(), arm, data)
                .measured(data, seeds, new SeedsProgress(seeds, progress)));
      }
      progress.clear();
      out.print(ForecastTable.of(arms).text());
      Files.createDirectories(folder);
      ResultFile.write(file, ForecastCsv.of(arms).getBytes(StandardCharsets.UTF_8));
      out.printf("%nwrote %s%n", file);
      out.flush();
    } catch (IOException e) {
      throw new CommandFailure("cannot write %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
