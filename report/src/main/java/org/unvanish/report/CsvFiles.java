package org.unvanish.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.unvanish.comparison.Comparison;
import org.unvanish.comparison.Metric;
import org.unvanish.comparison.PairwiseComparison;
import org.unvanish.comparison.Summary;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunResult;
import org.unvanish.file.ResultFile;
import org.unvanish.gradient.GradientStatistics;
import org.unvanish.statistics.Spread;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.LearnedScale;
import org.unvanish.train.ParameterGradient;
import org.unvanish.train.UpdateRatio;
import org.unvanish.train.ValueSize;

/**
 * An experiment's numbers as CSV: UTF-8, a header line, LF line ends, numbers that read back to the
 * same bits.
 *
 * <p>Only {@code times.csv} depends on the machine: the others are the same, byte for byte,
 * whenever the same runs are trained.
 *
 * <ul>
 *   <li>{@code epochs.csv}: every epoch of every run; scores beyond loss and accuracy come last
 *   <li>{@code gradients.csv}: its gradient statistics, by parameter tensor and pooled as {@code
 *       all}
 *   <li>{@code updates.csv}: its update-to-weight ratios, by trained parameter tensor
 *   <li>{@code rms.csv}: how large weights and activations are at its end
 *   <li>{@code scales.csv}: where each learned α stands at its end
 *   <li>{@code times.csv}: the wall-clock time of every epoch
 *   <li>{@code summary.csv}: mean and quartiles over the seeds
 *   <li>{@code comparisons.csv}: every pair of arms, or of the best ones, paired by seed
 *   <li>{@code runs.csv}: how each run ended
 * </ul>
 */
public final class CsvFiles {

  /** What {@link #write} writes, in its order. */
  public static final List<String> NAMES =
      List.of(
          "epochs.csv",
          "gradients.csv",
          "updates.csv",
          "rms.csv",
          "scales.csv",
          "times.csv",
          "summary.csv",
          "comparisons.csv",
          "runs.csv");

  private CsvFiles() {}

  /**
   * Writes the files into an existing folder, each atomically.
   *
   * @return the files
   * @throws IOException if a file cannot be written
   */
  public static List<Path> write(ExperimentResult result, Path folder) throws IOException {
    return List.of(
        write(folder.resolve("epochs.csv"), out -> epochs(result, out)),
        write(folder.resolve("gradients.csv"), out -> gradients(result, out)),
        write(folder.resolve("updates.csv"), out -> updates(result, out)),
        write(folder.resolve("rms.csv"), out -> sizes(result, out)),
        write(folder.resolve("scales.csv"), out -> scales(result, out)),
        write(folder.resolve("times.csv"), out -> times(result, out)),
        write(folder.resolve("summary.csv"), out -> summary(result, out)),
        write(
            folder.resolve("comparisons.csv"),
            out -> comparisons(PairwiseComparison.all(result), out)),
        write(folder.resolve("runs.csv"), out -> runs(result, out)));
  }

  /** A file's text, made while it is written: that of thousands of runs fits into no memory. */
  interface Content {
    void to(Appendable out) throws IOException;
  }

  private static Path write(Path file, Content content) throws IOException {
    ResultFile.writeCsv(
        file,
        out -> {
          Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          content.to(writer);
          writer.flush();
        });
    return file;
  }

  static void epochs(ExperimentResult result, Appendable out) throws IOException {
    List<Metric> scores =
        Metric.all(result.experiment().scores()).stream()
            .filter(metric -> !(metric instanceof Metric.Gradient))
            .toList();
    List<String> header = new ArrayList<>(List.of("arm", "seed", "epoch"));
    scores.forEach(score -> header.add(score.label()));
    CsvText table = new CsvText(out, header.toArray(String[]::new));
    for (RunResult run : result.runs()) {
      for (EpochRecord e : run.epochs()) {
        List<Object> row =
            new ArrayList<>(List.of(run.run().arm().name(), run.run().seed(), e.epoch()));
        scores.forEach(score -> row.add(score.of(e)));
        table.row(row.toArray());
      }
    }
  }

  static void times(ExperimentResult result, Appendable out) throws IOException {
    CsvText table = new CsvText(out, "arm", "seed", "epoch", "seconds");
    for (RunResult run : result.runs()) {
      for (EpochRecord e : run.epochs()) {
        table.row(run.run().arm().name(), run.run().seed(), e.epoch(), e.seconds());
      }
    }
  }

  static void gradients(ExperimentResult result, Appendable out) throws IOException {
    CsvText table =
        new CsvText(
            out,
            "arm",
            "seed",
            "epoch",
            "parameter",
            "source",
            "mean_abs",
            "rms",
            "max_abs",
            "q05",
            "q25",
            "q50",
            "q75",
            "q95",
            "vanished_share",
            "record_every");
    for (RunResult run : result.runs()) {
      int every = run.run().arm().recorded().every();
      for (EpochRecord e : run.epochs()) {
        for (ParameterGradient g : e.gradients()) {
          GradientStatistics s = g.statistics();
          table.row(
              run.run().arm().name(),
              run.run().seed(),
              e.epoch(),
              g.parameter(),
              g.source().label(),
              s.meanAbs(),
              s.rms(),
              s.maxAbs(),
              s.q05(),
              s.q25(),
              s.q50(),
              s.q75(),
              s.q95(),
              s.vanishedShare(),
              every);
        }
      }
    }
  }

  static void scales(ExperimentResult result, Appendable out) throws IOException {
    CsvText table = new CsvText(out, "arm", "seed", "epoch", "parameter", "alpha");
    for (RunResult run : result.runs()) {
      for (EpochRecord e : run.epochs()) {
        for (LearnedScale scale : e.scales()) {
          table.row(
              run.run().arm().name(),
              run.run().seed(),
              e.epoch(),
              scale.parameter(),
              scale.value());
        }
      }
    }
  }

  static void updates(ExperimentResult result, Appendable out) throws IOException {
    CsvText table = new CsvText(out, "arm", "seed", "epoch", "parameter", "update_to_weight");
    for (RunResult run : result.runs()) {
      for (EpochRecord e : run.epochs()) {
        for (UpdateRatio update : e.updates()) {
          table.row(
              run.run().arm().name(),
              run.run().seed(),
              e.epoch(),
              update.parameter(),
              update.value());
        }
      }
    }
  }

  static void sizes(ExperimentResult result, Appendable out) throws IOException {
    CsvText table = new CsvText(out, "arm", "seed", "epoch", "kind", "name", "rms");
    for (RunResult run : result.runs()) {
      for (EpochRecord e : run.epochs()) {
        for (ValueSize size : e.sizes()) {
          table.row(
              run.run().arm().name(),
              run.run().seed(),
              e.epoch(),
              size.kind().label(),
              size.name(),
              size.rms());
        }
      }
    }
  }

  static void summary(ExperimentResult result, Appendable out) throws IOException {
    CsvText table = new CsvText(out, "arm", "epoch", "metric", "mean", "q25", "q75", "n");
    for (Arm arm : result.experiment().arms()) {
      for (Summary.Row row : Summary.rows(result, arm)) {
        Spread s = row.spread();
        table.row(row.arm(), row.epoch(), row.metric().label(), s.mean(), s.q25(), s.q75(), s.n());
      }
    }
  }

  static void comparisons(List<PairwiseComparison> comparisons, Appendable out) throws IOException {
    List<String> header =
        new ArrayList<>(
            List.of("measure", "first", "second", "pairs", "left_out", "higher", "lower"));
    header.addAll(ComparisonCells.NAMES);
    header.add("p_holm");
    CsvText table = new CsvText(out, header.toArray(String[]::new));
    for (PairwiseComparison pairwise : comparisons) {
      Comparison c = pairwise.comparison();
      List<Object> row =
          new ArrayList<>(
              List.of(
                  c.measure().key(),
                  c.firstArm(),
                  c.secondArm(),
                  c.pairs(),
                  c.leftOut(),
                  c.higher(),
                  c.lower()));
      row.addAll(ComparisonCells.of(c));
      row.add(pairwise.holm());
      table.row(row.toArray());
    }
  }

  static void runs(ExperimentResult result, Appendable out) throws IOException {
    CsvText table = new CsvText(out, "arm", "seed", "outcome", "epochs_done", "detail");
    for (RunResult run : result.runs()) {
      table.row(
          run.run().arm().name(),
          run.run().seed(),
          run.outcome().label(),
          run.epochs().size(),
          run.outcome().detail());
    }
  }
}
