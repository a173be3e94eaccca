package org.unvanish.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.file.ResultFile;
import org.unvanish.theory.chain.ChainLoss;
import org.unvanish.theory.chain.ChainNetwork;
import org.unvanish.theory.chain.ChainPass;
import org.unvanish.theory.chain.TheoremBounds;

/**
 * Pictures of the paper's theory on chains of tanh: the many-layers regime, the large-parameters
 * regime, and where theorem 1 is true.
 */
public final class TheoryFigures {

  private static final int LENGTH = 20;
  private static final double HIGHEST_X = 1;

  private static final int CHART_HEIGHT = 560;
  private static final BasicStroke DASHED =
      new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {7, 4}, 0);

  private static final List<String> NAMES =
      List.of("gradient-over-depth", "gradient-over-parameters", "theorem1-region");

  private TheoryFigures() {}

  /**
   * Looks whether {@link #write} may replace what is in the folder.
   *
   * @throws IOException if a file is there that Unvanish did not write
   */
  public static void requireReplaceable(Path folder) throws IOException {
    for (String name : NAMES) {
      ResultFile.requireReplaceable(folder.resolve(name + ".svg"));
      ResultFile.requireReplaceable(folder.resolve(name + ".png"));
    }
  }

  /**
   * Writes {@code gradient-over-depth}, {@code gradient-over-parameters} and {@code
   * theorem1-region}, each as SVG and PNG, complete or not at all.
   *
   * @param folder created where it is missing
   * @return the files
   * @throws IOException if a file cannot be written, or Java cannot draw on this machine
   */
  public static List<Path> write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Sheet.requireFonts();
    List<Path> files = new ArrayList<>();
    files.addAll(depth().write(folder, NAMES.get(0)));
    files.addAll(parameters().write(folder, NAMES.get(1)));
    files.addAll(region().write(folder, NAMES.get(2)));
    return List.copyOf(files);
  }

  private static Page depth() {
    List<YIntervalSeries> lines = new ArrayList<>();
    double[] theta = new double[LENGTH];
    Arrays.fill(theta, 1.5);
    for (double alpha : new double[] {1, 2, 5, 10, 100}) {
      Activation activation = Activation.scaled(ActivationFunction.TANH, alpha);
      ChainPass pass = new ChainNetwork(activation, theta).at(1.5);
      YIntervalSeries line = new YIntervalSeries(String.format(Locale.ROOT, "α = %.0f", alpha));
      for (int k = 1; k <= LENGTH; k++) {
        add(line, k, pass.derivative(k).abs().toDouble());
      }
      lines.add(line);
    }
    YIntervalSeries bound = new YIntervalSeries("theorem 2's bound for α = 1");
    for (int k = 1; k <= LENGTH; k++) {
      add(bound, k, TheoremBounds.manyLayers(LENGTH, k).toDouble());
    }
    lines.add(bound);
    NumberAxis across = axis("Neuron k (1 is next to the input)");
    across.setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ROOT));
    across.setRange(0.5, LENGTH + 0.5);
    PowerOfTenAxis up = new PowerOfTenAxis("|∂g/∂θᵏ|");
    up.setRange(1e-10, 1e4);
    return page(
        "Many layers: how much gradient reaches each neuron",
        across,
        up,
        lines,
        lines.size() - 1,
        "A chain of 20 neurons with tanh scaled by α and x = θ¹ = … = θ²⁰ = 1.5. For α = 1 the"
            + " gradient falls by a factor of 0.39 from neuron to neuron towards the input, faster"
            + " than the bound of theorem 2. Scaling raises it: for α → ∞ it is 1.5²⁰ = 3325 at every"
            + " neuron. But for a fixed α the activations grow until the neurons saturate again. From"
            + " there on, each further neuron costs the factor 0.39 as before.");
  }

  private static Page parameters() {
    YIntervalSeries without = new YIntervalSeries("without a penalty");
    YIntervalSeries weak = new YIntervalSeries("r = 0.01");
    YIntervalSeries sufficient = new YIntervalSeries("r = |d|");
    for (double theta = 0.05; theta <= 8; theta += 0.01) {
      Activation tanh = Activation.of(ActivationFunction.TANH);
      ChainPass pass = new ChainNetwork(tanh, theta, theta, theta).at(1);
      double d = new ChainLoss(pass, -1, 0).d().abs().toDouble();
      add(without, theta, new ChainLoss(pass, -1, 0).totalGradient(1).abs().toDouble());
      add(weak, theta, new ChainLoss(pass, -1, 0.01).totalGradient(1).abs().toDouble());
      add(sufficient, theta, new ChainLoss(pass, -1, d).totalGradient(1).abs().toDouble());
    }
    NumberAxis across = axis("θ¹ = θ² = θ³");
    across.setRange(0, 8);
    PowerOfTenAxis up = new PowerOfTenAxis("|∂/∂θ¹| of the loss with its penalty");
    up.setRange(1e-14, 1e3);
    return page(
        "Large parameters: the gradient with and without a penalty",
        across,
        up,
        List.of(without, weak, sufficient),
        -1,
        "A chain of three neurons with tanh, x = 1, y = −1 and least-squares loss. Without a penalty"
            + " the gradient at the first neuron falls exponentially in the parameters, as claim 1 of"
            + " theorem 1 says; with one it ends at r·θ¹, as claim 2 says for r ≥ |d|.");
  }

  private static Page region() {
    YIntervalSeries claim1 = new YIntervalSeries("claim 1 is false");
    YIntervalSeries claim2 = new YIntervalSeries("claim 2 is false");
    for (double t = 0.25; t < 0.9999; t += 0.0005) {
      double fixed = t;
      addFailing(claim1, t, x -> TheoremBounds.isClaim1True(x, fixed));
      addFailing(claim2, t, x -> TheoremBounds.isClaim2True(x, fixed));
    }
    NumberAxis across = axis("t");
    across.setRange(0.25, 1);
    NumberAxis up = axis("|x|");
    up.setRange(0, HIGHEST_X);
    Page page =
        page(
            "Where theorem 1 is true",
            across,
            up,
            List.of(claim1, claim2),
            -1,
            "White: both claims hold for every chain of tanh that theorem 1 speaks of, any l, k, θ, y"
                + " and r. Coloured: some chain violates the claim. Above |x| = 1 it is as at"
                + " |x| = 1, and for t < 0.25 both claims hold. Dashed: up to where"
                + " the steps of the paper's proof hold, |1 − (fᵏ)²| ≤ t for claim 1 (t ≤ 0.296) and log(1/t) ≥ t"
                + " for claim 2 (t ≤ 0.567).");
    page.plot().addDomainMarker(marker(0.2955977425220848, "0.296"));
    page.plot().addDomainMarker(marker(0.5671432904097838, "0.567"));
    return page;
  }

  /**
   * Laid out: title, legend, one chart and caption.
   *
   * @param lines in the order of the legend; a line with a band is filled
   * @param dashed the index of the line that is a theorem's, or −1
   */
  private static Page page(
      String title,
      ValueAxis across,
      ValueAxis up,
      List<YIntervalSeries> lines,
      int dashed,
      String caption) {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    lines.forEach(data::addSeries);
    DeviationRenderer renderer = new DeviationRenderer(true, false);
    renderer.setAlpha(0.22f);
    for (int i = 0; i < lines.size(); i++) {
      renderer.setSeriesPaint(i, i == dashed ? Color.DARK_GRAY : ChartStyle.colour(i));
      renderer.setSeriesFillPaint(i, ChartStyle.colour(i));
      renderer.setSeriesStroke(i, i == dashed ? DASHED : ChartStyle.SCREEN.line());
    }
    XYPlot plot =
        ChartStyle.SCREEN.styled(
            new XYPlot(
                data, ChartStyle.SCREEN.styled(across), ChartStyle.SCREEN.styled(up), renderer));
    JFreeChart chart = Page.chart(title, plot);
    LegendTitle legend = ChartStyle.SCREEN.styled(new LegendTitle(plot));
    legend.setMargin(6, 0, 8, 0);
    chart.addSubtitle(legend);
    return new Page(chart, CHART_HEIGHT, List.of(caption));
  }

  /** The band above the smallest |x| for which the claim fails, if there is one. */
  private static void addFailing(YIntervalSeries band, double t, DoublePredicate holds) {
    if (holds.test(HIGHEST_X)) {
      return;
    }
    double low = 1e-9;
    double high = HIGHEST_X;
    for (int n = 0; n < 50; n++) {
      double middle = (low + high) / 2;
      if (holds.test(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    band.add(t, high, high, HIGHEST_X);
  }

  /** With the same digits everywhere: JFreeChart would take those of the reader's language. */
  private static NumberAxis axis(String label) {
    NumberAxis axis = new NumberAxis(label);
    axis.setStandardTickUnits(NumberAxis.createStandardTickUnits(Locale.ROOT));
    return axis;
  }

  private static ValueMarker marker(double t, String label) {
    ValueMarker marker =
        new ValueMarker(
            t,
            Color.DARK_GRAY,
            new BasicStroke(
                1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0));
    marker.setLabel(label);
    marker.setLabelFont(Sheet.font(Font.PLAIN, 13));
    marker.setLabelBackgroundColor(new Color(0, true));
    marker.setLabelAnchor(RectangleAnchor.BOTTOM_RIGHT);
    marker.setLabelTextAnchor(TextAnchor.BOTTOM_LEFT);
    return marker;
  }

  private static void add(YIntervalSeries line, double x, double y) {
    line.add(x, y, y, y);
  }
}
