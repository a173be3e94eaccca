package org.unvanish.train;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.data.ImageSet;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.internal.kernel.ImageKernel;
import org.unvanish.internal.stage.LaneNetwork;
import org.unvanish.network.Network;

/**
 * A trained network. It may be used by several threads at a time.
 *
 * @since 0.1
 */
public final class Model {

  private final Network network;
  private final List<ChannelScaling> scaling;
  private final List<String> classes;
  private final double threshold;
  private final float[] parameters;
  private final TrainingHistory history;

  Model(
      Network network,
      List<ChannelScaling> scaling,
      List<String> classes,
      double threshold,
      float[] parameters,
      TrainingHistory history) {
    this.network = network;
    this.scaling = scaling;
    this.classes = List.copyOf(classes);
    this.threshold = threshold;
    this.parameters = parameters;
    this.history = history;
  }

  /**
   * Reads a model that {@link #save} wrote. It predicts the same, bit for bit; its history is
   * empty.
   *
   * @throws IOException if the file cannot be read, or is damaged or no such file; the message
   *     names the file, the place in it and the reason
   */
  public static Model load(Path file) throws IOException {
    return ModelFile.read(file);
  }

  /**
   * Writes the model in the safetensors format, which PyTorch and Keras users can read, too: each
   * parameter tensor under its name, and what else {@link #load} needs, but not the history. The
   * file appears complete or not at all.
   *
   * @param file in a folder that exists
   * @throws FileAlreadyExistsException if something is there that Unvanish did not write, or that
   *     was changed since
   * @throws IOException if it cannot be written; what was there is there still
   */
  public void save(Path file) throws IOException {
    ModelFile.write(this, file);
  }

  /** What was trained. */
  public Network network() {
    return network;
  }

  /** The names of the classes, in the order of their numbers; none where it predicts numbers. */
  public List<String> classes() {
    return classes;
  }

  /** Of one output that tells two classes apart: above it is the second class. */
  double threshold() {
    return threshold;
  }

  /** How the values of each channel become numbers. */
  List<ChannelScaling> scaling() {
    return scaling;
  }

  /** What was measured along the training; of a model that was loaded, nothing. */
  public TrainingHistory history() {
    return history;
  }

  /** A copy of the parameters, in the network's order. */
  public float[] parameters() {
    return parameters.clone();
  }

  /**
   * The class of each sample: that of the largest output, of equal ones the first. Where one output
   * tells two classes apart, it is the second one above the loss's {@linkplain
   * org.unvanish.loss.Loss#threshold threshold}.
   *
   * @param samples of the shape that the network reads, scaled as the training data were before
   *     training; their labels do not matter
   * @return class numbers, one for each sample
   * @throws IllegalArgumentException if the samples have another shape, lengths that the network
   *     cannot read, or no category's number where an embedding looks it up
   * @throws IllegalStateException if there are no classes; {@link #outputs} has what is predicted
   */
  public int[] predict(ImageSet samples) {
    if (classes.isEmpty()) {
      throw new IllegalStateException("the network predicts numbers, not classes: see outputs");
    }
    float[][] outputs = outputs(samples);
    int[] predicted = new int[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      if (outputs[i].length == 1) {
        predicted[i] = outputs[i][0] > threshold ? 1 : 0;
      }
      for (int c = 1; c < outputs[i].length; c++) {
        predicted[i] = outputs[i][c] > outputs[i][predicted[i]] ? c : predicted[i];
      }
    }
    return predicted;
  }

  /**
   * The network's outputs: the predicted numbers, or of classes and labels what the loss takes:
   * logits, unless it is one on {@linkplain org.unvanish.loss.NumberLoss numbers}.
   *
   * @param samples as in {@link #predict}
   * @return [sample][output]
   * @throws IllegalArgumentException if the samples have another shape, lengths that the network
   *     cannot read, or no category's number where an embedding looks it up
   */
  public float[][] outputs(ImageSet samples) {
    if (!samples.shape().equals(network.input())) {
      throw new IllegalArgumentException(
          "the network reads " + network.input() + ", but the samples are " + samples.shape());
    }
    CategoryNumbers.problem(network, samples, scaling)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException("the samples " + problem);
            });
    network
        .problem(samples.lengths())
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
    LaneNetwork lanes = new LaneNetwork(network);
    lanes.setParameters(parameters);
    ImageKernel reader = new ImageKernel(samples, scaling);
    int[] order = IntStream.range(0, samples.count()).toArray();
    float[][] outputs = new float[order.length][network.outputs()];
    lanes.predict(
        order.length,
        new LaneNetwork.Visitor() {
          @Override
          public void enter(int from, int count) {
            lanes.read(reader, order, from);
          }

          @Override
          public void leave(int from, int count) {
            for (int i = 0; i < network.outputs(); i++) {
              for (int lane = 0; lane < count; lane++) {
                outputs[from + lane][i] = lanes.output().value(i, lane);
              }
            }
          }
        });
    return outputs;
  }
}
