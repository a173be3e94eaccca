package org.unvanish.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.beyond.ArmCurves;
import org.unvanish.comparison.BestArms;
import org.unvanish.comparison.Summary;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunResult;
import org.unvanish.figure.ArmCurvesFigure;
import org.unvanish.figure.ArmsFigure;
import org.unvanish.figure.Figure;
import org.unvanish.figure.HeatMapFigure;
import org.unvanish.figure.MarginalsFigure;
import org.unvanish.file.ResultFile;
import org.unvanish.store.StoredDiagnosis;
import org.unvanish.sweep.HeatMap;
import org.unvanish.sweep.SweepResult;

/** Writes all files of an experiment. */
public final class Report {

  private Report() {}

  /**
   * Looks whether {@link #write} may replace what is in the folder.
   *
   * @param name of the experiment
   * @throws IOException if a file is there that Unvanish did not write
   */
  public static void requireReplaceable(String name, Path folder) throws IOException {
    List<String> files = new ArrayList<>(CsvFiles.NAMES);
    files.add(ThroughTimeCsv.FILE);
    files.add(DroppedCsv.FILE);
    files.add(SweepCsv.FILE);
    for (String figure :
        List.of(
            name,
            ArmCurvesFigure.fileName(name),
            ArmsFigure.fileName(name),
            HeatMapFigure.fileName(name),
            MarginalsFigure.fileName(name))) {
      files.addAll(List.of(figure + ".png", figure + ".svg"));
    }
    for (String file : files) {
      ResultFile.requireReplaceable(folder.resolve(file));
    }
  }

  /**
   * Writes the {@link CsvFiles}, the {@link ThroughTimeCsv} and the {@link DroppedCsv}, and the
   * figure as SVG and PNG under the experiment's name if any epoch was completed; of many arms it
   * shows the {@link BestArms}. If any run is finished, of a {@link ArmCurves} also its {@link
   * ArmCurvesFigure}, and of any other experiment that it {@linkplain ArmsFigure#suits suits} an
   * {@link ArmsFigure}. Of a sweep also the {@link SweepCsv}, a {@link MarginalsFigure} and a
   * {@link HeatMapFigure}. Each file appears complete or not at all, and replaces an older one.
   *
   * @param probed what probing found of each arm that was probed
   * @param notes what the figure's caption says beyond its standard text: assumptions, warnings
   * @param folder created where it is missing
   * @return the files, in the order in which they were written
   * @throws IOException if a file cannot be written, or Java cannot draw on this machine, in which
   *     case the CSV files are there
   */
  public static List<Path> write(
      ExperimentResult result, Map<Arm, StoredDiagnosis> probed, List<String> notes, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>(CsvFiles.write(result, folder));
    ThroughTimeCsv.write(probed, folder).ifPresent(files::add);
    DroppedCsv.write(result, folder).ifPresent(files::add);
    Optional<SweepResult> swept = SweepResult.of(result);
    if (swept.isPresent()) {
      files.add(SweepCsv.write(swept.get(), folder));
    }
    ExperimentResult drawn = BestArms.of(result);
    Summary summary = Summary.of(drawn);
    if (summary.lastEpoch() > 0) {
      List<String> caption = new ArrayList<>(notes);
      BestArms.note(result.experiment()).ifPresent(note -> caption.add(0, note));
      files.addAll(new Figure(drawn, summary, caption).write(folder));
    }
    if (swept.isPresent()) {
      files.addAll(figures(swept.get(), folder));
    } else if (result.runs().stream().anyMatch(RunResult::isFinished)) {
      Optional<ArmCurves> sweep = ArmCurves.of(result.experiment());
      if (sweep.isPresent()) {
        files.addAll(new ArmCurvesFigure(result, sweep.get()).write(folder));
      } else if (ArmsFigure.suits(result.experiment())) {
        files.addAll(new ArmsFigure(drawn).write(folder));
      }
    }
    return List.copyOf(files);
  }

  private static List<Path> figures(SweepResult sweep, Path folder) throws IOException {
    if (sweep.ranked().isEmpty()) {
      return List.of();
    }
    List<Path> files = new ArrayList<>(new MarginalsFigure(sweep).write(folder));
    Optional<HeatMap> map = sweep.map();
    if (map.isPresent()) {
      files.addAll(new HeatMapFigure(sweep, map.get()).write(folder));
    }
    return files;
  }
}
