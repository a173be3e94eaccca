package org.unvanish.figure;

import java.awt.Color;
import java.awt.Font;
import java.awt.Paint;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.CombinedRangeXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.data.xy.DefaultXYZDataset;
import org.unvanish.comparison.ShownNumber;
import org.unvanish.experiment.Experiment;
import org.unvanish.sweep.HeatMap;
import org.unvanish.sweep.SweepResult;
import org.unvanish.sweep.SweepText;

/**
 * The two settings of a sweep that matter most, against each other: on the left the final score, on
 * the right the first layer's gradient in epoch 1. Bright is high.
 */
public final class HeatMapFigure {

  private static final int ROW_HEIGHT = 34;
  private static final int HEAD_HEIGHT = 210;

  /** Of one of the two maps, at least. */
  private static final double MAP_WIDTH = 370;

  /** The smallest font in which a cell's number is written; the colours and sweep.csv remain. */
  private static final double SMALLEST = 6;

  /** Viridis, which the colour-blind can read too. */
  private static final int[] VIRIDIS = {
    0x440154, 0x482878, 0x3E4989, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6ECE58, 0xB5DE2B,
    0xFDE725
  };

  /** From here on, black letters are read better than white ones. */
  private static final double BRIGHT = 0.55;

  private final SweepResult result;
  private final HeatMap map;

  /**
   * @param map of the result
   */
  public HeatMapFigure(SweepResult result, HeatMap map) {
    this.result = result;
    this.map = map;
  }

  /** The name of the files of an experiment's figure, without their endings. */
  public static String fileName(String experiment) {
    return experiment + "-heatmap";
  }

  /**
   * Writes {@code NAME-heatmap.svg} and {@code NAME-heatmap.png} into an existing folder, each
   * atomically, where NAME is the experiment's.
   *
   * @return the two files
   * @throws IOException if one cannot be written, or Java cannot draw on this machine
   */
  public List<Path> write(Path folder) throws IOException {
    Sheet.requireFonts();
    Experiment experiment = result.experiment();
    SymbolAxis rows = axis(map.down().axis().symbol(), map.down().labels());
    rows.setInverted(true);
    CombinedRangeXYPlot both = new CombinedRangeXYPlot(rows);
    both.setGap(24);
    String score = result.measure().label();
    both.add(plot(score, HeatMap.Cell::score, v -> v, this::score));
    both.add(
        plot(
            "first layer's mean |g| in epoch 1",
            HeatMap.Cell::gradient,
            Math::log10,
            v -> ShownNumber.of("%.0e", v).replaceFirst("e([-])?[+]?0?", "e$1")));
    int height = HEAD_HEIGHT + Math.max(4, map.down().labels().size()) * ROW_HEIGHT;
    List<String> caption =
        List.of(
            "Left: "
                + new SweepText(result).mapNote(List.of(map))
                + ". Right: the first layer's mean |g| in epoch 1, of the same arm. Bright is high. Data: "
                + Caption.data(experiment)
                + ".");
    return new Page(Page.chart(experiment.title(), both), height, caption)
        .write(folder, fileName(experiment.name()));
  }

  private String score(double value) {
    return result.measure().format(value).replaceFirst(" .*", "");
  }

  private XYPlot plot(
      String title,
      ToDoubleFunction<HeatMap.Cell> number,
      DoubleUnaryOperator scale,
      DoubleFunction<String> text) {
    List<double[]> points = new ArrayList<>();
    List<XYTextAnnotation> labels = new ArrayList<>();
    for (int row = 0; row < map.cells().size(); row++) {
      for (int column = 0; column < map.cells().get(row).size(); column++) {
        HeatMap.Cell cell = map.cells().get(row).get(column);
        double value = number.applyAsDouble(cell);
        double place = scale.applyAsDouble(value);
        if (Double.isFinite(place)) {
          points.add(new double[] {column, row, place});
        }
        String shown = cell.marked(text.apply(value));
        labels.add(new XYTextAnnotation(shown, column, row));
      }
    }
    double least = points.stream().mapToDouble(p -> p[2]).min().orElse(0);
    double most = points.stream().mapToDouble(p -> p[2]).max().orElse(1);
    Viridis colours = new Viridis(least, Math.max(most, least + 1e-12));
    XYBlockRenderer renderer = new XYBlockRenderer();
    renderer.setPaintScale(colours);
    XYPlot plot =
        ChartStyle.SCREEN.styled(
            new XYPlot(
                dataset(points),
                axis(title + " by " + map.across().axis().symbol(), map.across().labels()),
                null,
                renderer));
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    Font font = fitting(labels);
    for (XYTextAnnotation label :
        font.getSize2D() < SMALLEST ? List.<XYTextAnnotation>of() : labels) {
      label.setFont(font);
      label.setPaint(ink(points, label, colours));
      plot.addAnnotation(label);
    }
    return plot;
  }

  /** The font in which the longest label fits its cell. */
  private Font fitting(List<XYTextAnnotation> labels) {
    Font font = ChartStyle.SCREEN.tick();
    FontRenderContext flat = new FontRenderContext(null, true, true);
    double widest =
        labels.stream()
            .mapToDouble(label -> font.getStringBounds(label.getText(), flat).getWidth())
            .max()
            .orElse(0);
    double cell = MAP_WIDTH / map.across().labels().size() - 4;
    return font.deriveFont((float) (font.getSize2D() * Math.min(1, cell / widest)));
  }

  private static Paint ink(List<double[]> points, XYTextAnnotation label, Viridis colours) {
    return points.stream()
        .filter(p -> p[0] == label.getX() && p[1] == label.getY())
        .findFirst()
        .map(p -> colours.share(p[2]) > BRIGHT ? Color.BLACK : Color.WHITE)
        .orElse(Page.INK);
  }

  private static DefaultXYZDataset dataset(List<double[]> points) {
    double[][] columns = new double[3][points.size()];
    for (int i = 0; i < points.size(); i++) {
      for (int k = 0; k < 3; k++) {
        columns[k][i] = points.get(i)[k];
      }
    }
    DefaultXYZDataset dataset = new DefaultXYZDataset();
    dataset.addSeries("cells", columns);
    return dataset;
  }

  private static SymbolAxis axis(String label, List<String> values) {
    SymbolAxis axis = new SymbolAxis(label, values.toArray(String[]::new));
    axis.setGridBandsVisible(false);
    axis.setRange(-0.5, values.size() - 0.5);
    ChartStyle.SCREEN.styled(axis);
    return axis;
  }

  /** From numbers to colours. */
  private record Viridis(double least, double most) implements PaintScale {
    double share(double value) {
      return Math.min(1, Math.max(0, (value - least) / (most - least)));
    }

    @Override
    public double getLowerBound() {
      return least;
    }

    @Override
    public double getUpperBound() {
      return most;
    }

    @Override
    public Paint getPaint(double value) {
      double place = share(value) * (VIRIDIS.length - 1);
      int low = Math.min(VIRIDIS.length - 2, (int) place);
      Color a = new Color(VIRIDIS[low]);
      Color b = new Color(VIRIDIS[low + 1]);
      double t = place - low;
      return new Color(
          (int) Math.round(a.getRed() + t * (b.getRed() - a.getRed())),
          (int) Math.round(a.getGreen() + t * (b.getGreen() - a.getGreen())),
          (int) Math.round(a.getBlue() + t * (b.getBlue() - a.getBlue())));
    }
  }
}
