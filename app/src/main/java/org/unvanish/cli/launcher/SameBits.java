package org.unvanish.cli.launcher;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Recurrent.Direction;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.Output;
import org.unvanish.network.Residual;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.random.RandomStream;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.ParameterGradient;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingSettings;

/**
 * Whether a Java that nobody has tried trains to the known bits: what the launcher asks of one that
 * is newer than all that it knows.
 *
 * <p>Networks with every activation function, and layers of the other kinds, train for long enough
 * to be compiled. Parameters and gradients then have a known SHA-256.
 */
public final class SameBits {

  /** Found with Java 17, and by the test with the Java that runs it. */
  static final String KNOWN = "97b131463c3a178507fedc25e591c4d0c5b726bdab35b1aeb7ee6406f9d53090";

  private static final int SAMPLES = 192;
  private static final Dataset IMAGES = SyntheticImages.draw(3, SAMPLES, 32);

  private SameBits() {}

  /** Exits with 0 where the bits are the known ones, and else with 1. */
  public static void main(String[] args) {
    System.exit(found().equals(KNOWN) ? 0 : 1);
  }

  /** The SHA-256 of what this Java trains. */
  static String found() {
    MessageDigest digest = sha256();
    for (ActivationFunction function : ActivationFunction.values()) {
      train(images(function), IMAGES, function.ordinal(), digest);
    }
    Dataset sequences = sequences();
    train(recurrent(sequences.shape()), sequences, 1, digest);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static Network images(ActivationFunction function) {
    Layer scaled = new Activated(Activation.scaled(function, 2));
    return new Network(
        IMAGES.shape(),
        List.of(
            new MaxPooling(2),
            new Convolution(3, 3, true),
            new Activated(Activation.of(function)),
            new SeparableConvolution(3, 4, false),
            scaled,
            new AveragePooling(2),
            new Residual(List.of(BatchNormalization.DEFAULT, scaled), false),
            new Dense(9, true),
            new Activated(Activation.learned(function, 1.5)),
            new Dense(10, false)));
  }

  private static Network recurrent(Shape shape) {
    Activation tanh = Activation.of(ActivationFunction.TANH);
    return new Network(
        shape,
        List.of(
            new Lstm(5, tanh, ActivationFunction.LOGISTIC, Output.LAST, Direction.BOTH, true, 0, 1),
            new Dense(3, true)));
  }

  private static Dataset sequences() {
    RandomStream random = new RandomStream(1, "sequences");
    float[][][] values = new float[SAMPLES][][];
    int[] labels = new int[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      values[i] = new float[1 + i % 20][2];
      for (float[] step : values[i]) {
        step[0] = (float) random.uniform();
        step[1] = (float) random.uniform();
      }
      labels[i] = i % 3;
    }
    return Dataset.of("sequences", values, labels);
  }

  private static void train(Network network, Dataset data, int seed, MessageDigest digest) {
    TrainingSettings settings =
        new TrainingSettings(
            seed % 2 == 0 ? Optimizer.Adam.DEFAULT : new Optimizer.Sgd(0.01, 0.9),
            Penalty.l2(0.01),
            new Initialization.Glorot(),
            new Initialization.Uniform(0.1),
            PixelScaling.UNIT,
            32,
            2);
    Trainer trainer = new Trainer(network, settings, data, seed);
    trainer.run(
        (epoch, checkpoint) -> {
          add(digest, epoch);
          return TrainingDecision.CONTINUE;
        });
    for (float parameter : trainer.parameters()) {
      digest.update(ByteBuffer.allocate(Float.BYTES).putFloat(parameter).array());
    }
  }

  private static void add(MessageDigest digest, EpochRecord epoch) {
    add(digest, epoch.trainLoss());
    add(digest, epoch.testLoss());
    for (ParameterGradient gradient : epoch.gradients()) {
      add(digest, gradient.statistics().rms());
      add(digest, gradient.statistics().q50());
    }
  }

  private static void add(MessageDigest digest, double value) {
    digest.update(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
