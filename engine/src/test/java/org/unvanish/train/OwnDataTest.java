package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;

/** From the files of a user to a network that has learned. */
class OwnDataTest {
  /** Of the parameters after training on the table; see {@link ReproducibilityTest}. */
  private static final int[] GOLDEN = {-223987253, 953966504};

  @TempDir Path folder;

  @Test
  void aDenseNetworkLearnsATableWithTheSameBitsEachTime() throws IOException {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("year,label,size\n");
    for (int i = 0; i < 300; i++) {
      double x = random.nextInt(200) - 100;
      double y = random.nextInt(200) - 100;
      String label = x * y > 0 ? "same" : "other";
      text.append(2000 + x / 8).append(',').append(label).append(',').append(y * 1e-4).append('\n');
    }
    Path file = Files.writeString(folder.resolve("signs.csv"), text);
    Dataset data = new DataCatalog(folder).load(file.toString());
    Network network =
        new Network(
            data.train().shape(),
            List.of(
                new Dense(16, true),
                new Activated(Activation.of(ActivationFunction.TANH)),
                new Dense(2, true)));
    int[] bits = new int[2];
    for (PixelScaling scaling : List.of(PixelScaling.UNIT, PixelScaling.STANDARDISED)) {
      TrainingSettings settings = settings(scaling);
      List<EpochRecord> epochs = new ArrayList<>();
      bits[scaling.ordinal()] = train(network, settings, data, epochs);
      assertLearned(epochs);
      assertThat(train(network, settings, data, new ArrayList<>()))
          .isEqualTo(bits[scaling.ordinal()]);
    }
    assertThat(bits).isEqualTo(GOLDEN);
  }

  @Test
  void aConvolutionNetworkLearnsImagesOfIdxFiles() throws IOException {
    Random random = new Random(2);
    for (String part : new String[] {"train", "t10k"}) {
      int count = part.equals("train") ? 200 : 50;
      ByteBuffer images = ByteBuffer.allocate(16 + count * 64);
      images.putInt(0x803).putInt(count).putInt(8).putInt(8);
      ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
      for (int i = 0; i < count; i++) {
        int label = i % 2;
        labels.put((byte) label);
        int phase = random.nextInt(4);
        for (int p = 0; p < 64; p++) {
          int along = label == 0 ? p / 8 : p % 8;
          images.put((byte) ((along + phase) / 2 % 2 * 150 + random.nextInt(100)));
        }
      }
      Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
      Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }
    Dataset data = new DataCatalog(folder.resolve("none")).load(folder.toString());
    Network network =
        new Network(
            data.train().shape(),
            List.of(
                new Convolution(3, 4, true),
                new Activated(Activation.of(ActivationFunction.TANH)),
                new AveragePooling(2),
                new Dense(2, true)));
    List<EpochRecord> epochs = new ArrayList<>();
    train(network, settings(PixelScaling.STANDARDISED), data, epochs);
    assertLearned(epochs);
  }

  private static void assertLearned(List<EpochRecord> epochs) {
    EpochRecord last = epochs.get(epochs.size() - 1);
    assertThat(last.trainLoss()).isLessThan(0.5 * epochs.get(0).trainLoss());
    assertThat(last.testAccuracy()).isGreaterThan(0.85);
  }

  private static int train(
      Network network, TrainingSettings settings, Dataset data, List<EpochRecord> epochs) {
    Trainer trainer = new Trainer(network, settings, data, 1);
    assertThat(
            trainer.run(
                (epoch, checkpoint) -> {
                  epochs.add(epoch);
                  return TrainingDecision.CONTINUE;
                }))
        .isEqualTo(new TrainingOutcome.Finished());
    return Arrays.hashCode(trainer.parameters());
  }

  private static TrainingSettings settings(PixelScaling scaling) {
    return new TrainingSettings(
        new Optimizer.Adam(0.02, 0.9, 0.999, 1e-8, Optimizer.EpsilonForm.KINGMA_BA),
        Penalty.none(),
        new Initialization.Glorot(),
        new Initialization.Uniform(0.1),
        scaling,
        16,
        60);
  }
}
