package org.unvanish.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jfree.chart.annotations.XYBoxAnnotation;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.LookupPaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.data.xy.DefaultXYZDataset;
import org.unvanish.claim.ClaimVerdict;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.comparison.ComparisonTable;
import org.unvanish.paper.Sensitivity;
import org.unvanish.paper.Sensitivity.Change;
import org.unvanish.paper.Sensitivity.Judged;
import org.unvanish.paper.SensitivityText;

/**
 * The verdicts on the paper's claims, a row for each claim and a column for each reading. Those
 * that differ from the base have a frame.
 */
public final class SensitivityFigure {

  /** The name of its files, without their endings. */
  private static final String NAME = "sensitivity";

  /** Of all files that it may write. */
  public static final List<String> FILES = List.of(NAME + ".svg", NAME + ".png");

  private static final int ROW_HEIGHT = 30;
  private static final int HEAD_HEIGHT = 230;

  /** Light enough for black letters; the colour-blind can tell them apart. */
  private static final Color HOLDS = new Color(0x9CCBE8);

  private static final Color FAILS = new Color(0xF5B183);
  private static final Color UNDECIDED = new Color(0xE6E6E6);

  private static final BasicStroke FRAME = new BasicStroke(2);
  private static final Font PLAIN = Sheet.font(Font.PLAIN, 11);
  private static final Font BOLD = Sheet.font(Font.BOLD, 11);

  private final Sensitivity result;

  /** The figure of one result. */
  public SensitivityFigure(Sensitivity result) {
    this.result = result;
  }

  /**
   * Writes {@code sensitivity.svg} and {@code sensitivity.png} into an existing folder, each
   * atomically.
   *
   * @return the two files
   * @throws IOException if one cannot be written, or Java cannot draw on this machine
   */
  public List<Path> write(Path folder) throws IOException {
    Sheet.requireFonts();
    List<String> caption =
        Stream.concat(
                new SensitivityText(result).conclusion().stream(),
                Stream.of(
                    "Trained "
                        + new SensitivityText(result).scope()
                        + ". Blue: reproduced; orange: not reproduced; grey: undecided. Framed: another"
                        + " verdict than the base. =: the same runs as the base. Numbers: the mean"
                        + " difference in percentage points, of gradients the ratio."))
            .toList();
    int height = HEAD_HEIGHT + result.base().findings().size() * ROW_HEIGHT;
    return new Page(Page.chart("Which assumptions decide what", plot()), height, caption)
        .write(folder, NAME);
  }

  private XYPlot plot() {
    SymbolAxis rows =
        axis(result.base().findings().stream().map(finding -> finding.claim().id()).toList());
    rows.setInverted(true);
    SymbolAxis columns =
        axis(result.readings().stream().map(judged -> judged.reading().name()).toList());
    columns.setVerticalTickLabels(true);
    LookupPaintScale colours = new LookupPaintScale(0, 2, Color.WHITE);
    colours.add(0, HOLDS);
    colours.add(1, FAILS);
    colours.add(2, UNDECIDED);
    XYBlockRenderer renderer = new XYBlockRenderer();
    renderer.setPaintScale(colours);
    XYPlot plot = ChartStyle.SCREEN.styled(new XYPlot(null, columns, rows, renderer));
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    List<double[]> cells = new ArrayList<>();
    for (int x = 0; x < result.readings().size(); x++) {
      Judged judged = result.readings().get(x);
      for (int y = 0; y < judged.findings().size(); y++) {
        Change change = judged.changes().get(y);
        JudgedClaim finding = judged.findings().get(y);
        boolean same = change == Change.SAME_RUNS;
        if (!same) {
          cells.add(new double[] {x, y, number(finding.verdict())});
        }
        plot.addAnnotation(label(same ? "=" : effect(finding), x, y, change.isOther()));
        if (change.isOther()) {
          // On the inverted axis the larger number is the lower edge.
          plot.addAnnotation(
              new XYBoxAnnotation(x - 0.46, y + 0.44, x + 0.46, y - 0.44, FRAME, Page.INK));
        }
      }
    }
    plot.setDataset(dataset(cells));
    return plot;
  }

  /** As the scale of colours has them. */
  private static int number(ClaimVerdict verdict) {
    return switch (verdict) {
      case HOLDS -> 0;
      case FAILS -> 1;
      case UNDECIDED -> 2;
    };
  }

  /** The difference without its interval; a sign where no means are compared. */
  private static String effect(JudgedClaim finding) {
    return finding
        .comparison()
        .map(c -> ComparisonTable.difference(c).replaceFirst(" .*", "").replace('-', '−'))
        .orElse(
            switch (finding.verdict()) {
              case HOLDS -> "+";
              case FAILS -> "−";
              case UNDECIDED -> "?";
            });
  }

  private static XYTextAnnotation label(String text, int x, int y, boolean bold) {
    XYTextAnnotation label = new XYTextAnnotation(text, x, y);
    label.setFont(bold ? BOLD : PLAIN);
    label.setPaint(Page.INK);
    return label;
  }

  private static DefaultXYZDataset dataset(List<double[]> cells) {
    double[][] columns = new double[3][cells.size()];
    for (int i = 0; i < cells.size(); i++) {
      for (int k = 0; k < 3; k++) {
        columns[k][i] = cells.get(i)[k];
      }
    }
    DefaultXYZDataset dataset = new DefaultXYZDataset();
    dataset.addSeries("cells", columns);
    return dataset;
  }

  private static SymbolAxis axis(List<String> values) {
    SymbolAxis axis = new SymbolAxis(null, values.toArray(String[]::new));
    axis.setGridBandsVisible(false);
    axis.setRange(-0.5, values.size() - 0.5);
    ChartStyle.SCREEN.styled(axis);
    return axis;
  }
}
