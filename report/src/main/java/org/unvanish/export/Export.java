package org.unvanish.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.unvanish.comparison.BestArms;
import org.unvanish.comparison.Summary;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.figure.PaperFigure;
import org.unvanish.file.ResultFile;
import org.unvanish.report.ClaimCsv;
import org.unvanish.report.CsvFiles;
import org.unvanish.report.DroppedCsv;
import org.unvanish.report.ThroughTimeCsv;
import org.unvanish.shipped.ShippedExperiments;
import org.unvanish.store.StoredDiagnosis;
import org.unvanish.store.StoredRun;

/** Writes an experiment in the formats of other programs. */
public final class Export {

  private static final Set<ExportFormat> PICTURES =
      Set.of(ExportFormat.SVG, ExportFormat.PNG, ExportFormat.PDF);

  private final ExperimentResult result;
  private final List<StoredRun> stored;
  private final Map<Arm, StoredDiagnosis> probed;
  private final Set<ExportFormat> formats;
  private final Optional<PaperFigure> figure;

  /**
   * @param result what the runs came to so far
   * @param stored the same runs, in the same order, with their sessions
   * @param probed what probing found of each arm that was probed
   * @param formats what is written
   * @param width of the figure, in millimetres
   * @throws IOException if a figure is asked for and Java cannot draw on this machine
   */
  public Export(
      ExperimentResult result,
      List<StoredRun> stored,
      Map<Arm, StoredDiagnosis> probed,
      Set<ExportFormat> formats,
      double width)
      throws IOException {
    this.result = result;
    this.stored = List.copyOf(stored);
    this.probed = new LinkedHashMap<>(probed);
    this.formats = Set.copyOf(formats);
    boolean draws =
        formats.contains(ExportFormat.LATEX) || formats.stream().anyMatch(PICTURES::contains);
    ExperimentResult drawn = BestArms.of(result);
    Summary summary = Summary.of(drawn);
    figure =
        draws && summary.lastEpoch() > 0
            ? Optional.of(new PaperFigure(drawn, summary, width))
            : Optional.empty();
  }

  /** What a reader of the files should know: nothing where all runs are finished. */
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    long unfinished = result.runs().stream().filter(run -> !run.isFinished()).count();
    boolean empty = result.runs().stream().allMatch(run -> run.epochs().isEmpty());
    if (empty) {
      remarks.add("no run has completed an epoch, so there is no figure and nothing to plot");
    } else if (unfinished > 0) {
      remarks.add(
          "%d of %d runs are not finished; each counts for the epochs that it completed"
              .formatted(unfinished, result.runs().size()));
    }
    if (figure.isPresent()) {
      BestArms.note(result.experiment()).ifPresent(note -> remarks.add("in the figure: " + note));
    }
    figure
        .filter(f -> !f.foreign().isEmpty())
        .ifPresent(
            f ->
                remarks.add(
                    "the figure's own font lacks characters of “%s”: arms are named in this machine's font"
                        .formatted(String.join("”, “", f.foreign()))));
    return remarks;
  }

  /**
   * Writes the files, each complete or not at all; older ones that an export wrote are replaced.
   *
   * @param folder created where it is missing
   * @param progress told what is being written: {@code figure1: png}
   * @return the files, of TensorBoard's their folder
   * @throws IOException if a file cannot be written, or one is there that Unvanish did not write
   */
  public List<Path> write(Path folder, Consumer<String> progress) throws IOException {
    Files.createDirectories(folder);
    // All at once, as an earlier version's figures are known by each other.
    for (ExportFormat format : PICTURES) {
      if (formats.contains(format)) {
        ResultFile.requireReplaceable(
            folder.resolve(result.experiment().name() + "." + format.label()));
      }
    }
    List<Path> files = new ArrayList<>();
    for (ExportFormat format : ExportFormat.values()) {
      if (formats.contains(format)) {
        String what = result.experiment().name() + ": " + format.label();
        progress.accept(what);
        files.addAll(write(format, folder, what, progress));
      }
    }
    return List.copyOf(files);
  }

  private List<Path> write(ExportFormat format, Path folder, String what, Consumer<String> progress)
      throws IOException {
    return switch (format) {
      case SVG -> figure.isEmpty() ? List.of() : picture(folder, ".svg", utf8(figure.get().svg()));
      case PNG -> figure.isEmpty() ? List.of() : picture(folder, ".png", figure.get().png());
      case PDF -> figure.isEmpty() ? List.of() : picture(folder, ".pdf", figure.get().pdf());
      case CSV -> csv(folder);
      case LATEX -> LatexFiles.write(result, figure, folder);
      case TENSORBOARD -> tensorBoard(folder.resolve(format.label()), what, progress);
    };
  }

  /** So many files that their folder stands for them. */
  private List<Path> tensorBoard(Path folder, String what, Consumer<String> progress)
      throws IOException {
    if (result.runs().stream().allMatch(run -> run.epochs().isEmpty())) {
      return List.of();
    }
    TensorBoardFiles.write(
        result,
        stored,
        folder,
        done -> progress.accept("%s, %d of %d runs".formatted(what, done, stored.size())));
    return List.of(folder);
  }

  private List<Path> picture(Path folder, String suffix, byte[] content) throws IOException {
    Path file = folder.resolve(result.experiment().name() + suffix);
    ResultFile.replace(file, content);
    return List.of(file);
  }

  private List<Path> csv(Path folder) throws IOException {
    List<Path> files = new ArrayList<>(CsvFiles.write(result, folder));
    ThroughTimeCsv.write(probed, folder).ifPresent(files::add);
    DroppedCsv.write(result, folder).ifPresent(files::add);
    ClaimCsv.write(ShippedExperiments.judge(result), folder).ifPresent(files::add);
    return files;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
