package org.unvanish.djl;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.dataset.ArrayDataset;
import java.util.Arrays;
import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Pooling.MaxPooling;

/** Networks of the engine, rebuilt of DJL's own blocks. */
final class Twin {

  private Twin() {}

  /** Table 3 of the paper: six convolutions and four dense layers. */
  static Network table3(Activation activation) {
    Layer activated = new Activated(activation);
    Layer conv = new Convolution(3, 3, false);
    Layer pool = new MaxPooling(2);
    Layer dense = new Dense(8, false);
    return new Network(
        new Shape(3, 32, 32),
        List.of(
            conv,
            activated,
            conv,
            activated,
            pool,
            conv,
            activated,
            conv,
            activated,
            pool,
            conv,
            activated,
            conv,
            activated,
            pool,
            dense,
            activated,
            dense,
            activated,
            dense,
            activated,
            new Dense(10, false)));
  }

  /** A model with the given parameters, in the network's order. */
  static Model model(String name, Network network, float[] parameters) {
    Model model = Model.newInstance(name);
    Block block = block(network);
    model.setBlock(block);
    Shape input = network.input();
    block.initialize(
        model.getNDManager(),
        DataType.FLOAT32,
        new ai.djl.ndarray.types.Shape(1, input.channels(), input.rows(), input.columns()));
    List<Parameter> own = block.getParameters().values();
    for (int i = 0; i < own.size(); i++) {
      ParameterTensor tensor = network.parameters().get(i);
      own.get(i).getArray().set(Arrays.copyOfRange(parameters, tensor.offset(), tensor.end()));
    }
    return model;
  }

  static SequentialBlock block(Network network) {
    SequentialBlock block = new SequentialBlock();
    boolean flat = false;
    for (Layer layer : network.layers()) {
      if (layer instanceof Convolution c) {
        block.add(
            Conv2d.builder()
                .setKernelShape(shape(c.kernel()))
                .setFilters(c.filters())
                .optPadding(shape(c.kernel() / 2))
                .optBias(c.bias())
                .build());
      } else if (layer instanceof MaxPooling p) {
        block.add(Pool.maxPool2dBlock(shape(p.size()), shape(p.size())));
      } else if (layer instanceof AveragePooling p) {
        block.add(Pool.avgPool2dBlock(shape(p.size()), shape(p.size())));
      } else if (layer instanceof Dense d) {
        if (!flat) {
          block.add(Blocks.batchFlattenBlock());
          flat = true;
        }
        block.add(Linear.builder().setUnits(d.units()).optBias(d.bias()).build());
      } else {
        block.add(activation(((Activated) layer).activation()));
      }
    }
    return block;
  }

  /** DJL's own where it has one. */
  private static Block activation(Activation activation) {
    if (activation.equals(Activation.of(ActivationFunction.TANH))) {
      return ai.djl.nn.Activation.tanhBlock();
    } else if (activation.equals(Activation.of(ActivationFunction.LOGISTIC))) {
      return ai.djl.nn.Activation.sigmoidBlock();
    } else if (activation.equals(Activation.of(ActivationFunction.RELU))) {
      return ai.djl.nn.Activation.reluBlock();
    }
    return new ScaledActivation(activation);
  }

  private static ai.djl.ndarray.types.Shape shape(int size) {
    return new ai.djl.ndarray.types.Shape(size, size);
  }

  /** Pixels in [0, 1] with their labels, in batches without shuffling. */
  static ArrayDataset data(ImageSet images, int batchSize, NDManager manager) {
    return data(images, batchSize, manager, PixelScaling.UNIT);
  }

  /** As they are or in [0, 1]. */
  static ArrayDataset data(
      ImageSet images, int batchSize, NDManager manager, PixelScaling scaling) {
    byte[] bytes = images.bytes();
    float[] pixels = new float[bytes.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Byte.toUnsignedInt(bytes[i]) / (scaling == PixelScaling.UNIT ? 255f : 1f);
    }
    float[] labels = new float[images.count()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = images.label(i);
    }
    Shape shape = images.shape();
    return new ArrayDataset.Builder()
        .setData(
            manager.create(
                pixels,
                new ai.djl.ndarray.types.Shape(
                    images.count(), shape.channels(), shape.rows(), shape.columns())))
        .optLabels(manager.create(labels))
        .setSampling(batchSize, false)
        .build();
  }

  /** Ten classes, five images of each at least. */
  static Dataset images(int train, int test) {
    return org.unvanish.data.synthetic.SyntheticImages.draw(1, train, test);
  }
}
