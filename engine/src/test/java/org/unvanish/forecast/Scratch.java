package org.unvanish.forecast;

import java.util.*;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.*;
import org.unvanish.data.Dataset;
import org.unvanish.diagnosis.evidence.*;
import org.unvanish.initialization.*;
import org.unvanish.network.*;
import org.unvanish.penalty.Penalty;
import org.unvanish.probe.*;
import org.unvanish.train.TrainingSettings;

class Scratch {
  static final Dataset DATA = PaperCases.data();

  static void compare(String title, Network n, TrainingSettings s, int seeds) {
    long t = System.nanoTime();
    Forecast f = Forecaster.forecast(n, s, DATA);
    System.out.printf("== %s  (%.0f ms) inputs %s%n", title, (System.nanoTime() - t) / 1e6, f.inputs());
    System.out.printf("chi1 %.4f scale %.2f alpha %s gain %.4f ac %s%n", f.gradientFactor(), f.gradientScale(), f.alpha(), f.alphaGainLog10(), f.criticalAlpha());
    int rows = f.layers().size();
    double[] act = new double[rows], w = new double[rows], sat = new double[rows], q = new double[rows];
    List<Double> all = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      MeasuredBackward m = new GradientProbe(n, s, DATA, seed).initial();
      all.add(m.endToEndLog10());
      for (int i = 0; i < rows; i++) {
        LayerEvidence e = m.layers().get(i);
        act[i] += e.activationLog10() / seeds;
        w[i] += e.weightsLog10() / seeds;
        sat[i] += e.saturation().saturatedShare() / seeds;
      }
    }
    for (int i = 0; i < rows; i++) {
      LayerForecast l = f.layers().get(i);
      System.out.printf("%-12s sw %7.3f sb %6.3f q %9.4f sat %.3f/%.3f  f' %+.3f/%+.3f  w %+.3f/%+.3f pad %+.3f typ %+.3f sd %.3f crit %.3f %s%n", l.name(), l.sigmaW(), l.sigmaB(), l.variance(), l.saturatedShare(), sat[i], l.activationLog10(), act[i], l.weightsLog10(), w[i], l.paddingLog10(), l.typicalLog10(), l.spreadLog10(), l.criticalFactor(), l.notForecast());
    }
    double mean = all.stream().mapToDouble(d -> d).average().orElse(0);
    double sd = Math.sqrt(all.stream().mapToDouble(d -> (d - mean) * (d - mean)).sum() / (seeds - 1));
    System.out.printf("rms %.3f typical %.3f sd %.3f; measured mean %.3f sd %.3f%n", f.rmsLog10(), f.typicalLog10(), f.spreadLog10(), mean, sd);
  }

  @Test
  void all() {
    compare("figure 2", PaperCases.table2(ActivationFunction.TANH), PaperCases.settings(PaperCases.NARROW, Penalty.none()), 20);
    compare("figure 3", PaperCases.table3(ActivationFunction.TANH), PaperCases.settings(PaperCases.WIDE, Penalty.none()), 20);
    compare("figure 1", PaperCases.table1(ActivationFunction.TANH), PaperCases.settings(PaperCases.WIDE, Penalty.none()), 20);
    compare("relu he", PaperCases.table3(ActivationFunction.RELU), PaperCases.settings(new Initialization.He(), Penalty.none()), 20);
    for (Initialization i : List.of(new Initialization.Glorot(), new Initialization.Orthogonal(1.5), new Initialization.Lsuv(), new Initialization.LeeChoiKim()))
      compare("tanh " + i, PaperCases.table3(ActivationFunction.TANH), new TrainingSettings(org.unvanish.optimizer.Optimizer.Adam.DEFAULT, Penalty.none(), i, new Initialization.Normal(0.3), org.unvanish.data.scaling.PixelScaling.UNIT, 32, 1), 10);
  }
}
