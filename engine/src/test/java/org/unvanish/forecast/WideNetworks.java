package org.unvanish.forecast;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.TrainAndTest;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.probe.GradientProbe;
import org.unvanish.random.RandomStream;
import org.unvanish.train.TrainingSettings;

/** Networks with drawn weights, whose layers are measured, and the forecast beside them. */
final class WideNetworks {

  static final Shape IMAGE = new Shape(3, 8, 8);

  private WideNetworks() {}

  /**
   * Images whose samples, and places, are as alike as the given shares say.
   *
   * @param common the part of each value that all samples have in its place
   * @param sample the part that a sample has in all its places
   */
  static Dataset images(Shape shape, double common, double sample) {
    RandomStream random = new RandomStream(7, "images of a test");
    int count = 512;
    byte[] pixels = new byte[count * shape.size()];
    byte[] labels = new byte[count];
    double[] ofAll = new double[shape.size()];
    for (int i = 0; i < ofAll.length; i++) {
      ofAll[i] = random.normal();
    }
    for (int image = 0; image < count; image++) {
      labels[image] = (byte) (image % 10);
      double own = random.normal();
      for (int i = 0; i < shape.size(); i++) {
        double value =
            Math.sqrt(common) * ofAll[i]
                + Math.sqrt(sample) * own
                + Math.sqrt(1 - common - sample) * random.normal();
        double pixel = 127.5 + 40 * value;
        pixels[image * shape.size() + i] = (byte) Math.round(Math.max(0, Math.min(255, pixel)));
      }
    }
    ImageSet images = new ImageSet(shape, pixels, labels);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      names.add("class " + i);
    }
    return new Dataset("test", "images of a test", new TrainAndTest(names, images, images, false));
  }

  static TrainingSettings settings(
      Initialization weights, Initialization biases, PixelScaling scaling) {
    return new TrainingSettings(
        Optimizer.Adam.DEFAULT, Penalty.none(), weights, biases, scaling, 32, 1);
  }

  static Network network(Shape input, Layer... layers) {
    return new Network(input, List.of(layers));
  }

  /** What was measured of a row, averaged over seeds. */
  record Row(String name, double activation, double weights, double error) {}

  static List<Row> measured(Network network, TrainingSettings settings, Dataset data, int seeds) {
    List<List<LayerEvidence>> all = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      all.add(new GradientProbe(network, settings, data, seed).initial().layers());
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < all.get(0).size(); i++) {
      int row = i;
      double activation =
          all.stream().mapToDouble(l -> l.get(row).activationLog10()).average().orElse(0);
      double weights = all.stream().mapToDouble(l -> l.get(row).weightsLog10()).average().orElse(0);
      double net = activation + weights;
      double squares =
          all.stream().mapToDouble(l -> Math.pow(l.get(row).netLog10() - net, 2)).sum();
      rows.add(
          new Row(
              all.get(0).get(i).name(),
              activation,
              weights,
              Math.sqrt(squares / (seeds - 1.0) / seeds)));
    }
    return rows;
  }
}
