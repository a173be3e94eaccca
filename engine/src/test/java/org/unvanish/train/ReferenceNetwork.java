package org.unvanish.train;

import static org.unvanish.train.BoundedSum.ROUNDING;
import static org.unvanish.train.BoundedSum.UNDERFLOW;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.unvanish.data.Shape;
import org.unvanish.loss.Loss;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.Convolution1d;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Dropout;
import org.unvanish.network.Embedding;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.Normalization.GroupNormalization;
import org.unvanish.network.Normalization.LayerNormalization;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Pooling;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Pooling.GlobalAveragePooling;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Residual;
import org.unvanish.network.Softmax;
import org.unvanish.random.RandomMask;
import org.unvanish.train.ReferenceLayer.Reach;
import org.unvanish.train.ReferenceLayer.Tiles;
import org.unvanish.train.ReferenceNormalization.Grouping;

/**
 * A network in double precision, one sample after the other, written from the definitions: the
 * oracle of the engine's losses and gradients.
 *
 * <p>Beside each number stands a rigorous bound of the error that single precision may make there:
 * a running error analysis. So no tolerance of a comparison is a guess.
 */
final class ReferenceNetwork {

  private static final Loss LOSS = new SoftmaxCrossEntropy();

  private final List<ReferenceLayer> layers = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private final List<List<Bounded>> values = new ArrayList<>();
  private final List<List<Bounded>> signals = new ArrayList<>();
  private final BoundedSum[] gradient;
  private int drawings;
  private double loss;
  private double lossError;
  private int sureHits;
  private int possibleHits;

  /** Layers draw at random what they draw in the first step of a run with seed 1. */
  ReferenceNetwork(Network network, double[] parameters) {
    this.gradient = Bounded.sums(parameters.length);
    Iterator<ParameterTensor> tensors = network.parametersByLayer().iterator();
    Shape input = network.input();
    for (Layer layer : network.layers()) {
      layers.addAll(layers(layer, input, tensors, parameters));
      ends.add(layers.size());
      input = layer.output(input);
    }
  }

  /**
   * What a layer does, step by step.
   *
   * @param tensors gives the layer's own and those of all that follow
   */
  private List<ReferenceLayer> layers(
      Layer layer, Shape input, Iterator<ParameterTensor> tensors, double[] parameters) {
    List<ReferenceLayer> layers = new ArrayList<>();
    if (layer instanceof Residual block) {
      List<ReferenceLayer> branch = new ArrayList<>();
      Shape reached = input;
      for (Layer inside : block.layers()) {
        branch.addAll(layers(inside, reached, tensors, parameters));
        reached = inside.output(reached);
      }
      List<ReferenceLayer> skip = new ArrayList<>();
      block
          .projectionOf(input)
          .ifPresent(way -> skip.addAll(layers(way, input, tensors, parameters)));
      return List.of(new ReferenceResidual(branch, skip));
    }
    List<ParameterTensor> own = new ArrayList<>();
    layer.parameters(input).forEach(tensor -> own.add(tensors.next()));
    if (layer instanceof Recurrent r) {
      return List.of(new ReferenceRecurrent(parameters, r, own));
    }
    if (layer instanceof SeparableConvolution c) {
      layers.add(new ReferenceLayer.Depthwise(parameters, own.get(0).offset(), Reach.of(c)));
      layers.add(
          new ReferenceLayer.Convolution(
              parameters, own.get(1).offset(), Reach.POINT, c.filters()));
    } else if (layer instanceof Convolution || layer instanceof Convolution1d) {
      Convolutional c = (Convolutional) layer;
      if (c instanceof Convolution1d && input.columns() == 1) {
        layers.add(new ReferenceLayer.Reshaped(new Shape(1, 1, input.channels())));
      }
      layers.add(
          new ReferenceLayer.Convolution(
              parameters, own.get(0).offset(), Reach.of(c), c.filters()));
    } else if (layer instanceof MaxPooling p) {
      layers.add(new ReferenceLayer.Maximum(Tiles.of(p, input)));
    } else if (layer instanceof AveragePooling || layer instanceof GlobalAveragePooling) {
      layers.add(new ReferenceLayer.Mean(Tiles.of((Pooling) layer, input)));
    } else if (layer instanceof Dense d) {
      layers.add(new ReferenceLayer.Dense(parameters, own.get(0).offset(), d.units()));
    } else if (layer instanceof Embedding e) {
      layers.add(new ReferenceEmbedding(parameters, own.get(0).offset(), e));
    } else if (layer instanceof BatchNormalization n) {
      layers.add(normalization(parameters, own, n.epsilon(), Grouping.CHANNEL));
    } else if (layer instanceof LayerNormalization n) {
      layers.add(normalization(parameters, own, n.epsilon(), Grouping.SAMPLE));
    } else if (layer instanceof GroupNormalization n) {
      layers.add(normalization(parameters, own, n.epsilon(), Grouping.channels(n.groups())));
    } else if (layer instanceof Dropout d) {
      layers.add(new ReferenceDropout(RandomMask.key(1, drawings++, 0), d.rate()));
    } else if (layer instanceof Softmax) {
      layers.add(new ReferenceSoftmax());
    } else if (layer instanceof Activated a) {
      int alpha = own.isEmpty() ? -1 : own.get(0).offset();
      layers.add(new ReferenceActivation(a.activation(), parameters, alpha));
    } else {
      throw new IllegalStateException("there is no oracle for a layer " + layer.name());
    }
    for (ParameterTensor tensor : own) {
      if (tensor.kind() == Kind.BIAS) {
        layers.add(new ReferenceLayer.Bias(parameters, tensor.offset()));
      }
    }
    return layers;
  }

  private static ReferenceNormalization normalization(
      double[] parameters, List<ParameterTensor> own, double epsilon, Grouping grouping) {
    return new ReferenceNormalization(
        parameters, own.get(0).offset(), own.get(1).offset(), epsilon, grouping);
  }

  /**
   * Adds a sample's loss, and its part of the gradient of the batch's mean loss, where no layer
   * looks at the other samples.
   *
   * @param batch samples over which the mean is taken
   */
  void add(Bounded image, int label, int batch) {
    add(List.of(image), List.of(label), batch);
  }

  /**
   * Adds the losses of samples that pass together, and the gradient of the batch's mean loss.
   *
   * @param batch samples over which the mean is taken
   */
  void add(List<Bounded> images, List<Integer> labels, int batch) {
    values.clear();
    signals.clear();
    values.add(images);
    for (ReferenceLayer layer : layers) {
      values.add(layer.forward(values.get(values.size() - 1)));
    }
    List<Bounded> d = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      d.add(softmaxCrossEntropy(values.get(values.size() - 1).get(i), labels.get(i), batch));
    }
    signals.add(d);
    for (int i = layers.size() - 1; i >= 0; i--) {
      d = layers.get(i).backward(values.get(i), values.get(i + 1), d, gradient);
      signals.add(0, d);
    }
  }

  /** The outputs of a layer of the network for the last samples; of layer −1 the images. */
  List<Bounded> values(int layer) {
    return values.get(layer < 0 ? 0 : ends.get(layer));
  }

  /** The gradients with respect to the outputs of a layer of the network for the last samples. */
  List<Bounded> signals(int layer) {
    return signals.get(layer < 0 ? 0 : ends.get(layer));
  }

  private Bounded softmaxCrossEntropy(Bounded logits, int label, int batch) {
    int n = logits.value.length;
    double max = Double.NEGATIVE_INFINITY;
    double min = Double.POSITIVE_INFINITY;
    double largestError = 0;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, logits.value[i]);
      min = Math.min(min, logits.value[i]);
      largestError = Math.max(largestError, logits.error[i]);
    }
    double total = 0;
    for (double z : logits.value) {
      total += StrictMath.exp(z - max);
    }
    // Relative, of a sum of exponentials of rounded differences, each to 1.7 units in the last
    // place, and of a quotient of two such.
    double rounding = (n + 12) * ROUNDING + 2 * ROUNDING * (max - min + 2 * largestError);
    double own = logits.value[label];
    double[] target = {label};
    double[] sums = new double[LOSS.sums(n)];
    LOSS.add(logits.value, target, sums);
    loss += sums[0];
    // log Σ exp z moves by no more than the logits do.
    lossError += logits.error[label] + largestError + rounding;
    Bounded d = new Bounded(logits.shape);
    double[] differences = LOSS.gradient(logits.value, target);
    boolean sure = true;
    boolean possible = true;
    for (int i = 0; i < n; i++) {
      double logarithm = logits.value[i] - max - StrictMath.log(total);
      double p = StrictMath.exp(logarithm);
      double errors = logits.error[i] + largestError + rounding;
      // p·(exp(errors) − 1), but no probability is above 1.
      double ep = StrictMath.exp(Math.min(0, logarithm + errors)) - p + 4 * UNDERFLOW;
      d.value[i] = differences[i] / batch;
      d.error[i] = (ep + 3 * ROUNDING * (Math.abs(differences[i]) + ep)) / batch + UNDERFLOW;
      if (i != label) {
        double open = logits.error[i] + logits.error[label];
        sure &= own - logits.value[i] > open;
        possible &= own - logits.value[i] >= -open;
      }
    }
    sureHits += sure ? 1 : 0;
    possibleHits += possible ? 1 : 0;
    return d;
  }

  /** The sum of the samples' losses. */
  double loss() {
    return loss;
  }

  double lossError() {
    return lossError;
  }

  /** Samples whose label's logit is the largest, whatever the errors. */
  int sureHits() {
    return sureHits;
  }

  /** Samples whose label's logit may be the largest within the errors. */
  int possibleHits() {
    return possibleHits;
  }

  double gradient(int i) {
    return gradient[i].value();
  }

  /** How far a gradient in single precision may be from {@link #gradient}. */
  double gradientError(int i) {
    return gradient[i].error();
  }
}
