package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.gradient.GradientStatistics;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Dropout;
import org.unvanish.network.Embedding;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.Normalization.GroupNormalization;
import org.unvanish.network.Normalization.LayerNormalization;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Recurrent.Direction;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.Output;
import org.unvanish.network.Recurrent.SimpleRecurrent;
import org.unvanish.network.Residual;
import org.unvanish.network.Softmax;
import org.unvanish.network.Tables;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.optimizer.Optimizer.EpsilonForm;
import org.unvanish.penalty.Penalty;
import org.unvanish.penalty.Penalty.Scope;
import org.unvanish.theory.chain.ChainNetwork;

/** Same network, settings, data and seed: same bits, on any machine and JDK, in any company. */
class ReproducibilityTest {

  /**
   * SHA-256 of all parameters and measurements of {@link #runs()}.
   *
   * <p>This is the promise that a stored run can be repeated. A change is legitimate only where the
   * numbers themselves are meant to change (another order of a sum, another approximation of a
   * function, another random stream), and belongs in the list of what a new version does
   * differently; see {@link Trainer#REVISION}. It must never depend on the JDK or on the length of
   * the vectors: run this test with another JDK and with {@code -Dtest.jvm.flags=-XX:UseAVX=2}
   * before committing a new value.
   */
  private static final String GOLDEN =
      "d441323a3bc622ba0151cedc6b98d6dc5b6e496879eb7cb49920354d80d364c3";

  /** The same of the functions beside the paper's, with a dynamic scale. */
  private static final String GOLDEN_OF_OTHERS =
      "a2a9fb11e75bdc927882a0eeada743354a9710a690f518e9c94698e315e502fd";

  /** The same of {@link #runsOfBatches()}. */
  private static final String GOLDEN_OF_BATCHES =
      "22c6deb0e9bb36de974a0e3771b5801bb04b83ed9e7799fb67ff750e0b02856a";

  /** The same of {@link #runsOfTables()}. */
  private static final String GOLDEN_OF_TABLES =
      "35173092b55662ce684627e29551f1ddec54a42c93da0f4c38f417edec0e1217";

  /** The same of {@link #runsOfSequences()}. */
  private static final String GOLDEN_OF_SEQUENCES =
      "08f317fa113cc65e2a020f993f9baf7a6ef099dc6ddbda5c44670e985f6d1dca";

  private static final Dataset DATA = SyntheticImages.draw(3, 53, 21);

  private static List<Trainer> runs() {
    List<Trainer> runs = new ArrayList<>(ofThePaper());
    runs.addAll(ofOthers());
    return runs;
  }

  private static List<Trainer> allRuns() {
    List<Trainer> runs = new ArrayList<>(runs());
    runs.addAll(runsOfSequences());
    return runs;
  }

  private static List<Trainer> ofThePaper() {
    return runs(ChainNetwork.FUNCTIONS, function -> new Convolution(1, 2, false));
  }

  private static List<Trainer> ofOthers() {
    return runs(
        EnumSet.complementOf(EnumSet.copyOf(ChainNetwork.FUNCTIONS)),
        function -> new Activated(Activation.dynamic(function, 0.5)));
  }

  /** One for each function; all layers and scales in each, and all optimisers among them. */
  private static List<Trainer> runs(
      Set<ActivationFunction> functions, Function<ActivationFunction, Layer> middle) {
    List<Trainer> runs = new ArrayList<>();
    for (ActivationFunction function : functions) {
      Network network =
          new Network(
              new Shape(3, 32, 32),
              List.of(
                  new Convolution(5, 4, true),
                  new Activated(Activation.of(function)),
                  new MaxPooling(2),
                  new SeparableConvolution(3, 5, true),
                  new Activated(Activation.scaled(function, 2)),
                  new AveragePooling(2),
                  new Convolution(3, 3, false),
                  new Activated(Activation.learned(function, 1.5)),
                  middle.apply(function),
                  new Dense(11, true),
                  new Activated(Activation.naive(function, 1.5)),
                  new Dense(10, false)));
      runs.add(new Trainer(network, settings(function.ordinal()), DATA, function.ordinal()));
    }
    return runs;
  }

  /** Layers that look at a batch, draw at random or hold others. */
  private static List<Trainer> runsOfBatches() {
    Layer tanh = new Activated(Activation.of(ActivationFunction.TANH));
    Layer norm = BatchNormalization.DEFAULT;
    Network image =
        new Network(
            new Shape(3, 32, 32),
            List.of(
                norm,
                new Convolution(3, 4, false),
                new BatchNormalization(0.01, 0.3),
                tanh,
                new MaxPooling(4),
                new Residual(
                    List.of(
                        new Convolution(3, 4, false),
                        norm,
                        tanh,
                        new Residual(List.of(tanh, new Convolution(3, 4, true)), false)),
                    false),
                tanh,
                new Residual(List.of(norm, tanh, new Convolution(3, 6, false)), true),
                new GroupNormalization(3, 1e-5),
                new Dropout(0.2),
                new Dense(10, true)));
    Network flat =
        new Network(
            new Shape(3, 32, 32),
            List.of(
                new Dense(13, false),
                LayerNormalization.DEFAULT,
                tanh,
                new Dropout(0.5),
                new Residual(List.of(new Dense(13, false), norm, tanh), false),
                new Residual(List.of(new Dense(7, true), tanh, new Softmax()), true),
                new Dense(10, true)));
    return List.of(
        new Trainer(image, settings(0), DATA, 1),
        new Trainer(flat, settings(1), DATA, 2),
        new Trainer(flat, settings(2), DATA, 3));
  }

  /** Embeddings, before and behind each other, on few and on many categories. */
  private static List<Trainer> runsOfTables() {
    Layer tanh = new Activated(Activation.of(ActivationFunction.TANH));
    Network network =
        new Network(
            Shape.flat(5),
            List.of(
                new Embedding(3, 40, 2),
                new Embedding(1, 3, 4),
                new Dense(7, true),
                tanh,
                new Dense(10, true)));
    byte[] bytes = new byte[53 * 5];
    new Random(1).nextBytes(bytes);
    byte[] labels = new byte[53];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % 10);
    }
    ImageSet samples = Tables.samples(network, bytes, labels);
    Dataset table = new Dataset("table", "a table", DATA.classes(), samples, samples, "");
    return List.of(
        new Trainer(network, settings(0), table, 1), new Trainer(network, settings(1), table, 2));
  }

  /** Recurrent layers of all kinds, both ways, cut and whole, on sequences of many lengths. */
  private static List<Trainer> runsOfSequences() {
    Random random = new Random(1);
    float[][][] sequences = new float[66][][];
    int[] labels = new int[sequences.length];
    for (int i = 0; i < sequences.length; i++) {
      sequences[i] = new float[1 + i % 9][2];
      for (float[] step : sequences[i]) {
        step[0] = random.nextFloat() - 0.5f;
        step[1] = random.nextFloat();
      }
      labels[i] = i % 3;
    }
    Dataset data = Dataset.of("sequences", sequences, labels);
    Activation tanh = Activation.of(ActivationFunction.TANH);
    Activation learned = Activation.learned(ActivationFunction.SOFTSIGN, 2);
    ActivationFunction gates = ActivationFunction.LOGISTIC;
    ActivationFunction hard = ActivationFunction.HARD_SIGMOID;
    List<List<Layer>> stacks =
        List.of(
            List.of(
                new SimpleRecurrent(5, tanh, Output.ALL, Direction.BOTH, true, 0),
                new Activated(tanh),
                new SimpleRecurrent(7, learned, Output.LAST, Direction.FORWARD, false, 3)),
            List.of(
                new Lstm(5, tanh, gates, Output.ALL, Direction.FORWARD, true, 4, 1),
                new Lstm(3, learned, hard, Output.LAST, Direction.BOTH, false, 0, 0)),
            List.of(
                new Gru(5, tanh, gates, Output.ALL, Direction.BOTH, true, 0),
                new Dropout(0.2),
                new Gru(17, learned, hard, Output.LAST, Direction.FORWARD, true, 5)));
    List<Initialization> starts =
        List.of(
            new Initialization.Orthogonal(1),
            new Initialization.Identity(0.9),
            new Initialization.Glorot());
    List<Trainer> runs = new ArrayList<>();
    for (int i = 0; i < stacks.size(); i++) {
      List<Layer> layers = new ArrayList<>(stacks.get(i));
      layers.add(new Dense(3, true));
      TrainingSettings settings =
          settings(i).withRecurrent(starts.get(i)).withClipping(new Clipping.Norm(0.5));
      runs.add(new Trainer(new Network(data.shape(), layers), settings, data, i));
    }
    return runs;
  }

  private static TrainingSettings settings(int i) {
    Optimizer optimizer =
        switch (i % 3) {
          case 0 -> Optimizer.Adam.DEFAULT;
          case 1 -> new Optimizer.Adam(0.01, 0.8, 0.99, 1e-7, EpsilonForm.EPSILON_HAT);
          default -> new Optimizer.Sgd(0.01, 0.9);
        };
    Penalty penalty =
        switch (i % 4) {
          case 0 -> Penalty.none();
          case 1 -> Penalty.l2(0.01);
          case 2 -> new Penalty.KerasL2(0.001, Scope.WEIGHTS);
          default -> new Penalty.ElasticNet(0.001, 0.01, Scope.ALL);
        };
    Initialization weights =
        switch (i % 4) {
          case 0 -> new Initialization.Normal(0.3);
          case 1 -> new Initialization.Uniform(0.5);
          case 2 -> new Initialization.Glorot();
          default -> new Initialization.He();
        };
    return new TrainingSettings(
        optimizer,
        penalty,
        weights,
        new Initialization.Uniform(0.1),
        i % 2 == 0 ? PixelScaling.UNIT : PixelScaling.STANDARDISED,
        20,
        3);
  }

  /** The SHA-256 of what a run measures in each epoch, and of its parameters at the end. */
  private static String hash(Trainer trainer) {
    MessageDigest digest = sha256();
    TrainingOutcome outcome =
        trainer.run(
            (epoch, checkpoint) -> {
              add(digest, epoch);
              return TrainingDecision.CONTINUE;
            });
    assertThat(outcome).isEqualTo(new TrainingOutcome.Finished());
    ByteBuffer bits = ByteBuffer.allocate(4 * trainer.parameters().length);
    for (float parameter : trainer.parameters()) {
      bits.putFloat(parameter);
    }
    digest.update(bits.array());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, EpochRecord epoch) {
    add(digest, epoch.epoch(), epoch.trainLoss(), epoch.trainAccuracy());
    add(digest, epoch.testLoss(), epoch.testAccuracy());
    for (ParameterGradient gradient : epoch.gradients()) {
      GradientStatistics s = gradient.statistics();
      add(digest, s.count(), s.meanAbs(), s.rms(), s.maxAbs(), s.vanishedShare());
      add(digest, s.q05(), s.q25(), s.q50(), s.q75(), s.q95());
    }
  }

  private static void add(MessageDigest digest, double... values) {
    ByteBuffer bits = ByteBuffer.allocate(8 * values.length);
    for (double value : values) {
      bits.putDouble(value);
    }
    digest.update(bits.array());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theBitsOfLayersThatLookAtBatchesAreTheSameOnEveryMachineAndJdk() {
    MessageDigest all = sha256();
    for (Trainer run : runsOfBatches()) {
      all.update(HexFormat.of().parseHex(hash(run)));
    }
    assertThat(HexFormat.of().formatHex(all.digest())).isEqualTo(GOLDEN_OF_BATCHES);
  }

  @Test
  void theBitsOfEmbeddingsAreTheSameOnEveryMachineAndJdk() {
    assertThat(hash(runsOfTables())).isEqualTo(GOLDEN_OF_TABLES);
  }

  @Test
  void theBitsOfRecurrentLayersAreTheSameOnEveryMachineAndJdk() {
    assertThat(hash(runsOfSequences())).isEqualTo(GOLDEN_OF_SEQUENCES);
  }

  private static List<String> hashes() {
    return allRuns().stream().map(ReproducibilityTest::hash).toList();
  }

  @Test
  void theBitsAreTheSameOnEveryMachineAndJdk() {
    assertThat(hash(ofThePaper())).isEqualTo(GOLDEN);
    assertThat(hash(ofOthers())).isEqualTo(GOLDEN_OF_OTHERS);
  }

  private static String hash(List<Trainer> runs) {
    MessageDigest all = sha256();
    for (Trainer run : runs) {
      all.update(HexFormat.of().parseHex(hash(run)));
    }
    return HexFormat.of().formatHex(all.digest());
  }

  @Test
  void runsSideBySideHaveTheBitsOfRunsAlone() throws Exception {
    List<String> alone = hashes();
    assertThat(alone).doesNotHaveDuplicates();
    ExecutorService workers = Executors.newFixedThreadPool(2);
    try {
      List<Future<String>> sideBySide = new ArrayList<>();
      for (Trainer run : allRuns()) {
        sideBySide.add(workers.submit(() -> hash(run)));
      }
      for (int i = 0; i < alone.size(); i++) {
        assertThat(sideBySide.get(i).get()).isEqualTo(alone.get(i));
      }
    } finally {
      workers.shutdown();
    }
  }

  @Test
  void anotherSeedGivesOtherBits() {
    Network network = new Network(new Shape(3, 32, 32), List.of(new Dense(10, false)));
    assertThat(hash(new Trainer(network, settings(0), DATA, 1)))
        .isNotEqualTo(hash(new Trainer(network, settings(0), DATA, 2)));
  }
}
