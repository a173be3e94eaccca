package org.unvanish.paper;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Shape;

/**
 * The networks of Ven &amp; Lederer (2021), tables 1 to 3.
 *
 * <p>They read 32×32 images in 3 colours and tell 10 classes apart. The activation function follows
 * every convolution and every dense layer but the last; the paper has it everywhere "except for the
 * pooling and output layers" (section 3.1). Which layers have biases is read off the tables' counts
 * of weights; see {@link Assumption}.
 */
public final class PaperNetworks {

  /** The shape of one image. */
  public static final Shape INPUT = new Shape(3, 32, 32);

  /** The number of classes. */
  public static final int CLASSES = 10;

  private static final int CHANNELS = 3;
  private static final int UNITS = 8;

  private PaperNetworks() {}

  /** Table 1, the large-parameters regime: 6 separable convolutions and 2 dense layers. */
  public static Network table1(Activation activation) {
    Layer convolution = new Layer.SeparableConvolution(3, CHANNELS, false);
    return network(convolution, 2, 1, true, activation);
  }

  /** Table 2, the many-layers regime: 9 convolutions and 5 dense layers, none with biases. */
  public static Network table2(Activation activation) {
    return network(new Layer.Convolution(3, CHANNELS, false), 3, 4, false, activation);
  }

  /** Table 3, the combined regime: 6 convolutions and 4 dense layers, none with biases. */
  public static Network table3(Activation activation) {
    return network(new Layer.Convolution(3, CHANNELS, false), 2, 3, false, activation);
  }

  /** Three blocks of convolutions, each with pooling after it, then hidden dense layers. */
  private static Network network(
      Layer convolution, int perBlock, int hidden, boolean denseBias, Activation activation) {
    Layer activated = new Layer.Activated(activation);
    List<Layer> layers = new ArrayList<>();
    for (int block = 0; block < 3; block++) {
      for (int i = 0; i < perBlock; i++) {
        layers.add(convolution);
        layers.add(activated);
      }
      layers.add(new Layer.MaxPooling(2));
    }
    for (int i = 0; i < hidden; i++) {
      layers.add(new Layer.Dense(UNITS, denseBias));
      layers.add(activated);
    }
    layers.add(new Layer.Dense(CLASSES, denseBias));
    return new Network(INPUT, layers);
  }
}
