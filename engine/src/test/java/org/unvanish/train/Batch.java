package org.unvanish.train;

import java.util.Arrays;
import java.util.List;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Pixels;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Network;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;

/** One step of training on all images of a set at once, by the engine and by the reference. */
record Batch(Network network, Initialization weights, Initialization biases, Dataset data) {

  /** What the engine finds. */
  TrainingStep byEngine() {
    TrainingSettings settings =
        new TrainingSettings(
            new Optimizer.Sgd(0.001, 0),
            Penalty.none(),
            weights,
            biases,
            PixelScaling.UNIT,
            size(),
            1);
    Recording recording = new Recording();
    new Trainer(network, settings, data, 1).run(recording);
    return recording.steps.get(0);
  }

  /** What the reference finds with these parameters. */
  ReferenceNetwork byReference(float[] parameters) {
    ReferenceNetwork reference = reference(parameters);
    addAll(reference, data.train(), size());
    return reference;
  }

  /** The reference with these parameters, before it has seen anything. */
  ReferenceNetwork reference(float[] parameters) {
    return new ReferenceNetwork(network, toDouble(parameters));
  }

  /** The number of samples. */
  int size() {
    return data.train().count();
  }

  /**
   * Adds all images of a set, in the order of the first epoch with seed 1, with pixels scaled to
   * [0, 1], and the columns of a table, too.
   */
  static void addAll(ReferenceNetwork reference, ImageSet images, int batch) {
    int[] order = Trainer.firstOrder(1, images.count());
    reference.add(
        Arrays.stream(order).mapToObj(i -> image(images, i)).toList(),
        Arrays.stream(order).mapToObj(images::label).toList(),
        batch);
  }

  static Bounded image(ImageSet images, int number) {
    Bounded image = new Bounded(images.shape());
    int size = image.value.length;
    if (images.pixels() instanceof Pixels.Floats numbers) {
      List<ChannelScaling> scaling = PixelScaling.UNIT.fit(images);
      for (int i = 0; i < size; i++) {
        image.value[i] = scaling.get(i).applyTo(numbers.values()[number * size + i]);
      }
      return image;
    }
    for (int i = 0; i < size; i++) {
      int pixel = Byte.toUnsignedInt(images.bytes()[number * size + i]);
      // Exactly what the engine reads.
      image.value[i] = (float) (pixel / 255.0);
    }
    return image;
  }

  static double[] toDouble(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }
    return result;
  }

  /** The largest difference of a coordinate from the reference, as a multiple of its bound. */
  static double worst(TrainingStep step, ReferenceNetwork reference) {
    double worst = 0;
    for (int i = 0; i < step.dataGradient().length; i++) {
      double off = Math.abs(step.dataGradient()[i] - reference.gradient(i));
      worst = Math.max(worst, off == 0 ? 0 : off / reference.gradientError(i));
    }
    return worst;
  }

  @Override
  public String toString() {
    return network + ", batch of " + size();
  }
}
