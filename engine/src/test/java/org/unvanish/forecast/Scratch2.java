package org.unvanish.forecast;

import java.util.*;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.*;
import org.unvanish.data.*;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.initialization.*;
import org.unvanish.network.*;
import org.unvanish.network.Convolutional.*;
import org.unvanish.network.Normalization.*;
import org.unvanish.network.Pooling.*;
import org.unvanish.train.TrainingSettings;

class Scratch2 {
  static final Dataset DATA = WideNetworks.images(WideNetworks.IMAGE, 0.3, 0.3);
  static Layer act(ActivationFunction f) { return new Activated(Activation.of(f)); }
  static void show(String title, Initialization w, Initialization b, PixelScaling s, Layer... layers) {
    Network n = WideNetworks.network(WideNetworks.IMAGE, layers);
    TrainingSettings t = WideNetworks.settings(w, b, s);
    Forecast f = Forecaster.forecast(n, t, DATA);
    List<WideNetworks.Row> rows = WideNetworks.measured(n, t, DATA, 3);
    for (int i = 0; i < rows.size(); i++) {
      LayerForecast l = f.layers().get(i);
      WideNetworks.Row r = rows.get(i);
      double d = l.rmsLog10() - r.activation() - r.weights();
      System.out.printf("%-26s %-12s q %8.4f f' %+.3f/%+.3f  w %+.3f/%+.3f se %.3f %s %s %s%n", title, l.name(), l.variance(), l.activationLog10(), r.activation(), l.weightsLog10(), r.weights(), r.error(), Math.abs(d) < 0.03 + 3 * r.error() ? "" : "<<<<<<", l.notForecast(), l.approximated());
    }
  }
  void time() {
    for (int r = 0; r < 3; r++) {
      long t = System.nanoTime();
      List<org.unvanish.data.scaling.ChannelScaling> sc = PixelScaling.UNIT.fit(Scratch.DATA.train());
      long t1 = System.nanoTime();
      Network n = org.unvanish.probe.PaperCases.table3(ActivationFunction.TANH);
      InputStatistics st = InputStatistics.of(n, Scratch.DATA.train(), sc);
      long t2 = System.nanoTime();
      Forecaster.forecast(n, new Initialization.Uniform(10), new Initialization.Zeros(), st);
      long t3 = System.nanoTime();
      System.out.printf("fit %.0f stat %.0f forecast %.0f%n", (t1 - t) / 1e6, (t2 - t1) / 1e6, (t3 - t2) / 1e6);
    }
  }
  @Test
  void all() { if (true) { time(); return; }
    Initialization w = new Initialization.LeCun(1.5), b = new Initialization.Normal(0.3);
    Layer tanh = act(ActivationFunction.TANH), relu = act(ActivationFunction.RELU);
    PixelScaling u = PixelScaling.UNIT, st = PixelScaling.STANDARDISED;
    for (ActivationFunction f : ActivationFunction.values())
      show(f.label(), w, b, u, new Dense(150, true), act(f), new Dense(150, true), act(f), new Dense(10, true));
    show("scales", w, b, u, new Dense(150, true), new Activated(Activation.scaled(ActivationFunction.TANH, 2)), new Dense(150, true), new Activated(Activation.naive(ActivationFunction.TANH, 2)), new Dense(150, true), new Activated(Activation.learned(ActivationFunction.TANH, .5)), new Dense(150, true), new Activated(Activation.dynamic(ActivationFunction.TANH, 3)), new Dense(10, false));
    for (PixelScaling s : List.of(u, st)) {
    show("conv tanh", w, b, s, new Convolution(3, 24, true), tanh, new Convolution(3, 24, true), tanh, new Dense(10, true));
    show("conv stride valid", w, b, s, new Convolution(3, 24, true, 2, Padding.SAME), tanh, new Convolution(2, 48, true, 1, Padding.VALID), tanh, new Dense(10, true));
    show("sep", w, b, s, new SeparableConvolution(3, 32, true), tanh, new SeparableConvolution(3, 48, true, 2, Padding.SAME), tanh, new Dense(10, true));
    show("max tanh", w, b, s, new Convolution(3, 24, true), tanh, new MaxPooling(2), new Convolution(3, 24, true), tanh, new MaxPooling(2), new Dense(10, true));
    show("max relu", w, b, s, new Convolution(3, 24, true), relu, new MaxPooling(2), new Convolution(3, 24, true), relu, new MaxPooling(2), new Dense(10, true));
    show("pool first", w, b, s, new Convolution(3, 24, true), new MaxPooling(2), relu, new Convolution(3, 24, true), new AveragePooling(2), tanh, new Dense(10, true));
    show("avg relu", w, b, s, new Convolution(3, 24, true), relu, new AveragePooling(2), new Convolution(3, 24, true), relu, new GlobalAveragePooling(), new Dense(64, true), tanh, new Dense(10, true));
    show("bn conv tanh", w, b, s, new Convolution(3, 24, true), BatchNormalization.DEFAULT, tanh, new Convolution(3, 24, true), BatchNormalization.DEFAULT, tanh, new Dense(10, true));
    show("bn dense relu", w, b, s, new Dense(100, true), BatchNormalization.DEFAULT, relu, new Dense(100, true), BatchNormalization.DEFAULT, relu, new Dense(100, true), BatchNormalization.DEFAULT, relu, new Dense(10, true));
    show("bn after act", w, b, s, new Dense(100, true), relu, BatchNormalization.DEFAULT, new Dense(100, true), tanh, BatchNormalization.DEFAULT, new Dense(10, true));
    show("ln", w, b, s, new Dense(100, true), LayerNormalization.DEFAULT, relu, new Dense(100, true), relu, LayerNormalization.DEFAULT, new Dense(10, true));
    show("gn", w, b, s, new Convolution(3, 24, true), new GroupNormalization(4, 1e-5), tanh, new Convolution(3, 24, true), new GroupNormalization(12, 1e-5), relu, new Dense(10, true));
    show("dropout", w, b, s, new Dense(100, true), tanh, new Dropout(.3), new Dense(100, true), relu, new Dropout(.5), new Dense(10, true));
    show("res", w, b, s, new Convolution(3, 16, true), tanh, new Residual(List.of(new Convolution(3, 16, true), tanh, new Convolution(3, 16, true)), false), new Residual(List.of(new Convolution(3, 32, true), relu, new Convolution(3, 32, true, 2, Padding.SAME)), true), relu, new Dense(10, true));
    show("res pre", w, b, s, new Dense(64, true), new Residual(List.of(relu, new Dense(64, true), relu, new Dense(64, true)), false), new Residual(List.of(new Dense(64, true), BatchNormalization.DEFAULT, relu), false), new Dense(10, true));
    }
    for (Initialization i : List.of(new Initialization.Uniform(.1), new Initialization.Glorot(), new Initialization.He(), new Initialization.Orthogonal(1.5), new Initialization.Lsuv(), new Initialization.LeeChoiKim()))
      show(i.toString(), i, new Initialization.Zeros(), u, new Convolution(3, 24, true), tanh, new SeparableConvolution(3, 32, true), tanh, new Dense(64, true), tanh, new Dense(100, true), tanh, new Dense(10, true));
  }
}
