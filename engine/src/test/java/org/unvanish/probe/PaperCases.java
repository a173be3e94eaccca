package org.unvanish.probe;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.data.catalog.CatalogEntry;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.TrainingSettings;

/**
 * The networks of Ven &amp; Lederer (2021), tables 1 to 3, with the initial values of its figures.
 */
public final class PaperCases {

  public static final Initialization WIDE = new Initialization.Uniform(10);
  public static final Initialization NARROW = new Initialization.Normal(0.05);

  private PaperCases() {}

  public static Network table1(ActivationFunction function) {
    return network(new SeparableConvolution(3, 3, false), 2, 1, true, function);
  }

  public static Network table2(ActivationFunction function) {
    return network(new Convolution(3, 3, false), 3, 4, false, function);
  }

  public static Network table3(ActivationFunction function) {
    return network(new Convolution(3, 3, false), 2, 3, false, function);
  }

  private static Network network(
      Layer convolution, int perBlock, int hidden, boolean bias, ActivationFunction function) {
    Layer activated = new Activated(Activation.of(function));
    List<Layer> layers = new ArrayList<>();
    for (int block = 0; block < 3; block++) {
      for (int i = 0; i < perBlock; i++) {
        layers.add(convolution);
        layers.add(activated);
      }
      layers.add(new MaxPooling(2));
    }
    for (int i = 0; i < hidden; i++) {
      layers.add(new Dense(8, bias));
      layers.add(activated);
    }
    layers.add(new Dense(10, bias));
    return new Network(new Shape(3, 32, 32), layers);
  }

  public static TrainingSettings settings(Initialization values, Penalty penalty) {
    return new TrainingSettings(
        Optimizer.Adam.DEFAULT, penalty, values, values, PixelScaling.UNIT, 32, 1);
  }

  /** CIFAR-10 where it is installed, else synthetic images. */
  public static Dataset data() {
    DataCatalog catalog = DataCatalog.standard();
    return catalog.entries().get(0).state() instanceof CatalogEntry.State.Installed
        ? catalog.load(DataCatalog.CIFAR10)
        : SyntheticImages.draw(1, 2000, 100);
  }
}
