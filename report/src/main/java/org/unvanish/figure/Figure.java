package org.unvanish.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.title.LegendTitle;
import org.unvanish.comparison.Summary;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;

/**
 * The figure of an experiment, in the manner of Ven &amp; Lederer (2021), figures 1 to 4:
 * accuracies on top, gradients below on a logarithmic axis, lines for the means over the seeds and
 * bands for the interquartile ranges, and a caption that says what was done.
 *
 * <p>The same results give the same bytes on machines with the same fonts.
 */
public final class Figure {

  private static final int CHART_HEIGHT = 760;

  private final ExperimentResult result;
  private final Summary summary;
  private final List<String> notes;

  /**
   * @param result whose figure it is
   * @param summary of that result
   * @param notes paragraphs that end the caption
   * @throws IllegalArgumentException if no run has completed an epoch
   */
  public Figure(ExperimentResult result, Summary summary, List<String> notes) {
    if (summary.lastEpoch() == 0) {
      throw new IllegalArgumentException("no run has completed an epoch: there is nothing to draw");
    }
    this.result = result;
    this.summary = summary;
    this.notes = List.copyOf(notes);
  }

  /**
   * Writes {@code NAME.svg} and {@code NAME.png} into an existing folder, each atomically, where
   * NAME is the experiment's.
   *
   * @return the two files
   * @throws IOException if one cannot be written, or Java cannot draw on this machine
   */
  public List<Path> write(Path folder) throws IOException {
    return page().write(folder, result.experiment().name());
  }

  /**
   * The figure as an SVG document.
   *
   * @throws IOException if Java cannot draw on this machine
   */
  public String svg() throws IOException {
    return page().svg();
  }

  /**
   * The figure as a PNG image, with two pixels for each unit of the SVG.
   *
   * @throws IOException if Java cannot draw on this machine
   */
  public byte[] png() throws IOException {
    return page().png();
  }

  private Page page() throws IOException {
    Sheet.requireFonts();
    Experiment experiment = result.experiment();
    Panels panels =
        new Panels(experiment.arms(), experiment.headline(), summary, ChartStyle.SCREEN);
    List<String> names = experiment.arms().stream().map(Arm::name).toList();
    LegendTitle legend = panels.legend(names, ChartStyle.SCREEN.label());
    JFreeChart chart = Page.chart(experiment, panels.stacked(), legend);
    return new Page(chart, CHART_HEIGHT, Caption.of(result, panels, notes));
  }
}
