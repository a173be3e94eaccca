package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.gradient.GradientSource;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.random.RandomStream;

class TrainerTest {

  private static final Dataset SYNTHETIC = SyntheticImages.draw(1, 50, 20);

  private static Network network(ActivationFunction function) {
    return new Network(
        new Shape(3, 32, 32),
        List.of(
            new Convolution(3, 2, false),
            new Activated(Activation.of(function)),
            new MaxPooling(4),
            new Dense(10, true)));
  }

  private static TrainingSettings settings(Optimizer optimizer, int batchSize, int epochs) {
    return new TrainingSettings(
        optimizer,
        Penalty.none(),
        new Initialization.Glorot(),
        new Initialization.Zeros(),
        PixelScaling.UNIT,
        batchSize,
        epochs);
  }

  @Test
  void lossesAccuraciesAndGradientsOfEveryStepAndEpochAreTheReferences() {
    RandomCases random = new RandomCases(5);
    Network network = random.network(Activation.of(ActivationFunction.TANH));
    // Batches of 20, 20 and 13, that is of blocks of 16, 4, 16, 4 and 13; 21 test images.
    Dataset data = random.data(network, 53, 21);
    TrainingSettings settings =
        new TrainingSettings(
            new Optimizer.Sgd(0.1, 0),
            Penalty.none(),
            random.values(network, Kind.WEIGHTS, 1),
            random.values(network, Kind.BIAS, 1),
            PixelScaling.UNIT,
            20,
            3);
    Trainer trainer = new Trainer(network, settings, data, 9);
    List<float[]> atEnds = new ArrayList<>();
    Recording recording =
        new Recording() {
          @Override
          public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
            atEnds.add(trainer.parameters());
            return super.epochFinished(epoch, checkpoint);
          }
        };
    assertThat(trainer.run(recording)).isEqualTo(new TrainingOutcome.Finished());

    int[] order = IntStream.range(0, 53).toArray();
    RandomStream shuffling = new RandomStream(9, "shuffling");
    for (int epoch = 0; epoch < 3; epoch++) {
      shuffling.shuffle(order);
      double loss = 0;
      double error = 0;
      int sureHits = 0;
      int possibleHits = 0;
      for (int s = 0; s < 3; s++) {
        TrainingStep step = recording.steps.get(3 * epoch + s);
        ReferenceNetwork reference =
            new ReferenceNetwork(network, Batch.toDouble(step.parameters()));
        int end = Math.min(20 * s + 20, 53);
        for (int i = 20 * s; i < end; i++) {
          ImageSet images = data.train();
          reference.add(Batch.image(images, order[i]), images.label(order[i]), end - 20 * s);
        }
        assertThat(Batch.worst(step, reference)).isLessThanOrEqualTo(1);
        assertThat(step.loss())
            .isCloseTo(
                reference.loss() / (end - 20 * s), within(reference.lossError() / (end - 20 * s)));
        loss += reference.loss();
        error += reference.lossError();
        sureHits += reference.sureHits();
        possibleHits += reference.possibleHits();
      }
      EpochRecord record = recording.epochs.get(epoch);
      assertThat(error / loss).as("sharpness").isLessThan(1e-3);
      assertThat(record.trainLoss()).isCloseTo(loss / 53, within(error / 53));
      assertThat(record.trainAccuracy() * 53).isBetween(sureHits - 1e-9, possibleHits + 1e-9);
      assertThat(possibleHits - sureHits).as("sharpness").isLessThan(2);

      ReferenceNetwork test = new ReferenceNetwork(network, Batch.toDouble(atEnds.get(epoch)));
      Batch.addAll(test, data.test(), 21);
      assertThat(record.testLoss()).isCloseTo(test.loss() / 21, within(test.lossError() / 21));
      assertThat(record.testAccuracy() * 21)
          .isBetween(test.sureHits() - 1e-9, test.possibleHits() + 1e-9);
    }
  }

  @Test
  void standardisedPixelsHaveMeanZeroAndDeviationOne() {
    // One channel of 2 and 6, one of a single colour: −1, 1 and 0.
    byte[] pixels = {2, 9, 6, 9};
    ImageSet images = new ImageSet(new Shape(2, 1, 1), pixels, new byte[] {0, 1});
    Dataset data = new Dataset("two", "two", List.of("a", "b"), images, images, "");
    Network network = new Network(new Shape(2, 1, 1), List.of(new Dense(2, false)));
    TrainingSettings settings =
        new TrainingSettings(
            new Optimizer.Sgd(1, 0),
            Penalty.none(),
            new Initialization.Zeros(),
            new Initialization.Zeros(),
            PixelScaling.STANDARDISED,
            2,
            1);
    Recording recording = new Recording();
    new Trainer(network, settings, data, 1).run(recording);
    // Mean over the samples of (½ − own)·x.
    assertThat(recording.steps.get(0).dataGradient()).containsExactly(0.5f, 0, -0.5f, 0);
  }

  @Test
  void anObserverSeesEveryStepAndEpochInOrder() {
    Recording recording = new Recording();
    Network network = network(ActivationFunction.TANH);
    new Trainer(network, settings(Optimizer.Adam.DEFAULT, 16, 3), SYNTHETIC, 1).run(recording);
    assertThat(recording.steps).hasSize(12);
    for (int i = 0; i < 12; i++) {
      TrainingStep step = recording.steps.get(i);
      assertThat(List.of(step.epoch(), step.step(), step.stepsPerEpoch()))
          .containsExactly(1 + i / 4, 1 + i % 4, 4);
      assertThat(step.tensors()).isEqualTo(network.parameters());
      // Without a penalty.
      assertThat(step.totalGradient()).isEqualTo(step.dataGradient());
    }
    assertThat(recording.epochs).extracting(EpochRecord::epoch).containsExactly(1, 2, 3);
    assertThat(recording.epochs.get(0).seconds()).isBetween(0.0, 600.0);
  }

  @Test
  void gradientsAreListedPooledFirstThenByTensorAndSource() {
    Recording recording = new Recording();
    new Trainer(
            network(ActivationFunction.TANH), settings(Optimizer.Adam.DEFAULT, 16, 2), SYNTHETIC, 1)
        .run(recording);
    for (EpochRecord epoch : recording.epochs) {
      assertThat(epoch.gradients())
          .extracting(g -> g.parameter() + " " + g.source().label())
          .containsExactly(
              "all data",
              "all penalty",
              "all total",
              "conv1/weights data",
              "conv1/weights penalty",
              "conv1/weights total",
              "dense1/weights data",
              "dense1/weights penalty",
              "dense1/weights total",
              "dense1/bias data",
              "dense1/bias penalty",
              "dense1/bias total");
      // Four steps of each epoch, the second one's not mixed with the first one's.
      assertThat(epoch.gradient("all", GradientSource.DATA).count())
          .isEqualTo(4 * (54 + 1280 + 10));
      assertThat(epoch.gradient("dense1/bias", GradientSource.TOTAL).count()).isEqualTo(40);
    }
    assertThatThrownBy(() -> recording.epochs.get(0).gradient("conv9", GradientSource.DATA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no parameter tensor conv9");
  }

  @Test
  void trainingLearns() {
    Recording recording = new Recording();
    new Trainer(
            network(ActivationFunction.TANH),
            settings(
                new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, Optimizer.EpsilonForm.KINGMA_BA),
                10,
                30),
            SYNTHETIC,
            1)
        .run(recording);
    assertThat(recording.epochs.get(29).trainLoss())
        .isLessThan(recording.epochs.get(0).trainLoss() / 2);
    assertThat(recording.epochs.get(29).trainAccuracy()).isGreaterThan(0.7);
  }

  @Test
  void aRunThatExplodesHasDiverged() {
    Recording recording = new Recording();
    TrainingOutcome outcome =
        new Trainer(
                network(ActivationFunction.IDENTITY),
                settings(new Optimizer.Sgd(1e30, 0), 16, 2),
                SYNTHETIC,
                1)
            .run(recording);
    assertThat(outcome).isInstanceOf(TrainingOutcome.Diverged.class);
    TrainingOutcome.Diverged diverged = (TrainingOutcome.Diverged) outcome;
    assertThat(diverged.epoch()).isEqualTo(1);
    assertThat(diverged.step()).isBetween(2, 4);
    assertThat(recording.epochs).isEmpty();
    assertThat(recording.steps).hasSize(diverged.step() - 1);
  }

  @Test
  void aRunThatExplodesInItsLastStepHasDiverged() {
    Recording recording = new Recording();
    TrainingOutcome outcome =
        new Trainer(
                network(ActivationFunction.IDENTITY),
                settings(new Optimizer.Sgd(1e38, 0), 50, 1),
                SYNTHETIC,
                1)
            .run(recording);
    assertThat(outcome).isEqualTo(new TrainingOutcome.Diverged(1, 1));
    assertThat(recording.epochs).isEmpty();
  }

  @Test
  void aRunWithInfiniteParametersHasDivergedThoughItsLossIsFinite() {
    // tanh(∞) = 1: the loss cannot show it. The first layer's gradient is large by the second's
    // weights, whose own is small.
    byte[] pixels = {(byte) 255};
    ImageSet images = new ImageSet(Shape.flat(1), pixels, new byte[] {0});
    Dataset data = new Dataset("one", "one", List.of("a", "b"), images, images, "");
    Network network =
        new Network(
            Shape.flat(1),
            List.of(
                new Dense(1, false),
                new Activated(Activation.of(ActivationFunction.TANH)),
                new Dense(2, false)));
    TrainingSettings settings =
        new TrainingSettings(
            new Optimizer.Sgd(1e37, 0),
            Penalty.none(),
            new Initialization.Given(List.of(0f, 1000f, -1000f)),
            new Initialization.Zeros(),
            PixelScaling.UNIT,
            1,
            1);
    Trainer trainer = new Trainer(network, settings, data, 1);
    TrainingOutcome outcome = trainer.run(new Recording());
    assertThat(trainer.parameters()[0]).isInfinite();
    assertThat(outcome).isEqualTo(new TrainingOutcome.Diverged(1, 1));
  }

  @Test
  void anInterruptedRunStopsBeforeItsNextStep() {
    Recording recording =
        new Recording() {
          @Override
          public TrainingDecision stepTaken(TrainingStep step) {
            if (step.epoch() == 2 && step.step() == 3) {
              Thread.currentThread().interrupt();
            }
            return super.stepTaken(step);
          }
        };
    TrainingOutcome outcome =
        new Trainer(
                network(ActivationFunction.TANH),
                settings(Optimizer.Adam.DEFAULT, 10, 9),
                SYNTHETIC,
                1)
            .run(recording);
    // Clears the flag too, lest the next test find it.
    assertThat(Thread.interrupted()).as("still set for the caller").isTrue();
    assertThat(outcome).isEqualTo(new TrainingOutcome.Interrupted());
    assertThat(recording.epochs).hasSize(1);
    assertThat(recording.steps).hasSize(8);
  }

  @Test
  void aRunThatIsStoppedAtAStepLeavesTheParametersAsTheyAre() {
    Recording recording =
        new Recording() {
          @Override
          public TrainingDecision stepTaken(TrainingStep step) {
            super.stepTaken(step);
            return step.epoch() == 2 && step.step() == 3
                ? TrainingDecision.STOP
                : TrainingDecision.CONTINUE;
          }
        };
    Trainer trainer =
        new Trainer(
            network(ActivationFunction.TANH),
            settings(Optimizer.Adam.DEFAULT, 10, 9),
            SYNTHETIC,
            1);
    assertThat(trainer.run(recording)).isEqualTo(new TrainingOutcome.Stopped());
    assertThat(recording.epochs).hasSize(1);
    assertThat(recording.steps).hasSize(8);
    assertThat(trainer.parameters()).isEqualTo(recording.steps.get(7).parameters());
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aRunThatIsStoppedAfterAnEpochHasItsRecord() {
    for (int last : new int[] {2, 9}) {
      Recording recording =
          new Recording() {
            @Override
            public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
              super.epochFinished(epoch, checkpoint);
              return epoch.epoch() == last ? TrainingDecision.STOP : TrainingDecision.CONTINUE;
            }
          };
      TrainingOutcome outcome =
          new Trainer(
                  network(ActivationFunction.TANH),
                  settings(Optimizer.Adam.DEFAULT, 10, 9),
                  SYNTHETIC,
                  1)
              .run(recording);
      assertThat(recording.epochs).hasSize(last);
      assertThat(outcome)
          .isEqualTo(last == 9 ? new TrainingOutcome.Finished() : new TrainingOutcome.Stopped());
    }
  }

  @Test
  void imagesOfAnotherShapeAreRefused() {
    Network network = new Network(new Shape(3, 28, 32), List.of(new Dense(10, false)));
    assertThatThrownBy(
            () -> new Trainer(network, settings(Optimizer.Adam.DEFAULT, 1, 1), SYNTHETIC, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the network reads 3×28×32, but the samples of synthetic are 3×32×32");
  }

  @Test
  void anotherNumberOfClassesIsRefused() {
    Network network = new Network(new Shape(3, 32, 32), List.of(new Dense(9, false)));
    assertThatThrownBy(
            () -> new Trainer(network, settings(Optimizer.Adam.DEFAULT, 1, 1), SYNTHETIC, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the network has 9 outputs, but synthetic has 10 classes");
  }

  @Test
  void noSamplesOrNoEpochsAreRefused() {
    assertThatThrownBy(() -> settings(Optimizer.Adam.DEFAULT, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch size must be at least 1, but is 0");
    assertThatThrownBy(() -> settings(Optimizer.Adam.DEFAULT, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epochs must be at least 1, but are 0");
  }

  @Test
  void aBatchLargerThanTheDataIsTheWholeData() {
    Recording recording = new Recording();
    new Trainer(
            network(ActivationFunction.TANH),
            settings(Optimizer.Adam.DEFAULT, 1000, 1),
            SYNTHETIC,
            1)
        .run(recording);
    assertThat(recording.steps).hasSize(1);
    assertThat(recording.steps.get(0).loss()).isEqualTo(recording.epochs.get(0).trainLoss());
  }

  @Test
  void anotherSeedStartsAndShufflesOtherwise() {
    Network network = network(ActivationFunction.TANH);
    TrainingSettings settings = settings(Optimizer.Adam.DEFAULT, 16, 1);
    Trainer one = new Trainer(network, settings, SYNTHETIC, 1);
    Trainer two = new Trainer(network, settings, SYNTHETIC, 2);
    assertThat(Arrays.equals(one.parameters(), two.parameters())).isFalse();
  }
}
