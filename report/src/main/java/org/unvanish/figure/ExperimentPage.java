package org.unvanish.figure;

import java.awt.Font;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.unvanish.comparison.Summary;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;

/** A {@link Figure} laid out: title, data set, legend, panels and caption. */
final class ExperimentPage {

  private static final int CHART_HEIGHT = 760;

  private ExperimentPage() {}

  static Page of(ExperimentResult result, Summary summary, List<String> notes) {
    Experiment experiment = result.experiment();
    Panels panels = new Panels(experiment.arms(), summary, ChartStyle.SCREEN);
    JFreeChart chart = Page.chart(experiment.title(), panels.stacked());
    TextTitle subtitle = new TextTitle(Caption.data(experiment), Page.font(Font.BOLD, 15));
    subtitle.setPaint(Page.INK);
    subtitle.setMargin(4, 0, 2, 0);
    chart.addSubtitle(subtitle);
    List<String> names = experiment.arms().stream().map(Arm::name).toList();
    LegendTitle legend = Legend.of(names, panels, ChartStyle.SCREEN, ChartStyle.SCREEN.label());
    legend.setMargin(4, 0, 8, 0);
    chart.addSubtitle(legend);
    return new Page(chart, CHART_HEIGHT, Caption.of(result, panels, notes));
  }
}
