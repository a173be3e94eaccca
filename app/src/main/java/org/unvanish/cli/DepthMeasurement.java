package org.unvanish.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.unvanish.beyond.DepthClaims;
import org.unvanish.beyond.ForecastTable;
import org.unvanish.beyond.InitialProbes;
import org.unvanish.beyond.MeasuredArm;
import org.unvanish.beyond.SeedFactors;
import org.unvanish.claim.ClaimText;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.cli.execution.MemoryPlan;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.LoadingProgress;
import org.unvanish.cli.terminal.ProbesProgress;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.cli.terminal.Screen;
import org.unvanish.data.Dataset;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.figure.DepthFigure;
import org.unvanish.file.ResultFile;
import org.unvanish.report.ClaimCsv;
import org.unvanish.report.ForecastCsv;
import org.unvanish.report.SeedFactorsCsv;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.text.Style;
import org.unvanish.text.StyledText;

/**
 * An experiment that is measured and not trained: each arm is forecast, and the initial weights of
 * its seeds are probed beside that. What is probed is kept at once, so that the same measurement
 * continues from there.
 *
 * @param spec its arms and how many seeds they have
 * @param folder where its files go; created if missing
 * @param workers networks that are probed at a time, which changes no result
 */
record DepthMeasurement(ExperimentSpec spec, Path folder, int workers) {

  /**
   * A network that is still to be probed.
   *
   * @param definition of the arm, as SHA-256
   */
  private record Probe(Arm arm, String definition, long seed) {

    double work() {
      return arm.network().multiplyAdds();
    }
  }

  private record Probed(Probe probe, SeedFactors factors) {}

  /** Measures all arms, prints table and hypotheses, and writes the files. */
  void run(DataCatalog catalog, ProgressLine progress, PrintWriter out) {
    Path table = file(".csv");
    Path claims = folder.resolve(ClaimCsv.FILE);
    try {
      for (Path file : List.of(table, claims, file(".svg"), file(".png"))) {
        ResultFile.requireReplaceable(file);
      }
      SeedFactorsCsv kept = SeedFactorsCsv.open(file("-seeds.csv"));
      Dataset data = spec.load(catalog, new LoadingProgress(progress));
      Experiment experiment = spec.experiment(data);
      MemoryPlan.of(experiment, data).require(workers);
      progress.println(
          "%s on %s; arms: %d, measured and not trained"
              .formatted(experiment.name(), experiment.data().title(), experiment.arms().size()));
      Files.createDirectories(folder);
      List<MeasuredArm> arms = measured(experiment, data, kept, progress);
      List<JudgedClaim> findings = DepthClaims.judge(arms);
      Screen screen = Screen.of(out);
      int width = screen.columns();
      screen.print(
          new StyledText()
              .paragraph(ClaimText.summary(findings), width, Style.STRONG)
              .blank()
              .add(ForecastTable.of(arms).text(width))
              .blank()
              .add(ClaimText.of(experiment.data(), findings, width, true)));
      ResultFile.write(table, ForecastCsv.of(arms).getBytes(StandardCharsets.UTF_8));
      List<Path> files = new ArrayList<>(List.of(table, file("-seeds.csv")));
      ClaimCsv.write(findings, folder).ifPresent(files::add);
      files.addAll(new DepthFigure(experiment, arms).write(folder));
      out.println();
      files.forEach(file -> out.println("wrote " + file));
      out.flush();
    } catch (IOException e) {
      throw new CommandFailure("cannot write to %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private Path file(String ending) {
    return folder.resolve(spec.name() + ending);
  }

  private List<MeasuredArm> measured(
      Experiment experiment, Dataset data, SeedFactorsCsv kept, ProgressLine progress)
      throws IOException {
    InitialProbes probes = new InitialProbes(experiment, data);
    List<Probe> all = new ArrayList<>();
    for (Arm arm : experiment.arms()) {
      String definition = Definition.of(arm, experiment.data()).sha256();
      arm.seeds().forEach(seed -> all.add(new Probe(arm, definition, seed)));
    }
    // Seed by seed, so that all arms have some; the largest first, as they tell what time it takes.
    List<Probe> missing =
        all.stream()
            .filter(probe -> kept.get(probe.definition(), probe.seed()).isEmpty())
            .sorted(
                Comparator.comparingLong(Probe::seed)
                    .thenComparing(Comparator.comparingDouble(Probe::work).reversed()))
            .toList();
    probe(probes, missing, kept, progress);
    return experiment.arms().stream()
        .map(
            arm ->
                new MeasuredArm(
                    arm,
                    probes.forecast(arm),
                    all.stream()
                        .filter(probe -> probe.arm().equals(arm))
                        .map(probe -> kept.get(probe.definition(), probe.seed()).orElseThrow())
                        .toList()))
        .toList();
  }

  private void probe(
      InitialProbes probes, List<Probe> missing, SeedFactorsCsv kept, ProgressLine progress)
      throws IOException {
    double work = missing.stream().mapToDouble(Probe::work).sum();
    ProbesProgress shown = new ProbesProgress(spec.name(), missing.size(), work, progress);
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try {
      CompletionService<Probed> running = new ExecutorCompletionService<>(threads);
      for (Probe probe : missing) {
        running.submit(() -> new Probed(probe, probes.measure(probe.arm(), probe.seed())));
      }
      for (int i = 0; i < missing.size(); i++) {
        Probed probed = running.take().get();
        kept.add(probed.probe().definition(), probed.factors());
        shown.probed(probed.probe().work());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("stopped. To continue, give the same command again", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a network could not be probed", e.getCause());
    } finally {
      threads.shutdownNow();
      progress.clear();
    }
  }
}
