package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Dropout;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.Normalization.GroupNormalization;
import org.unvanish.network.Padding;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Recurrent.Direction;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.Output;
import org.unvanish.network.Recurrent.SimpleRecurrent;
import org.unvanish.network.Residual;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.optimizer.Optimizer.EpsilonForm;
import org.unvanish.optimizer.Schedule;
import org.unvanish.optimizer.Schedule.Decay;
import org.unvanish.optimizer.Schedule.Unit;
import org.unvanish.optimizer.Schedule.WarmUp;
import org.unvanish.penalty.Penalty;

class CheckpointTest {

  private static final int EPOCHS = 5;
  private static final Shape SHAPE = new Shape(2, 6, 6);
  private static final Dataset DATA =
      new Dataset("noise", "noise", List.of("a", "b", "c"), images(1, 53), images(2, 20), "");
  private static final Network NETWORK =
      new Network(
          SHAPE,
          List.of(
              new Convolution(3, 3, true),
              new Activated(Activation.learned(ActivationFunction.TANH, 1.5)),
              new MaxPooling(2),
              new SeparableConvolution(3, 2, true),
              new Activated(Activation.scaled(ActivationFunction.ARCTAN, 2)),
              new Dense(4, true),
              new Activated(Activation.learned(ActivationFunction.LOGISTIC, 1)),
              new Dense(3, true)));
  private static final List<Optimizer> OPTIMIZERS =
      List.of(
          Optimizer.Adam.DEFAULT,
          new Optimizer.Adam(0.01, 0.8, 0.99, 1e-7, EpsilonForm.EPSILON_HAT),
          new Optimizer.Sgd(0.05, 0.9),
          new Optimizer.Sgd(0.05, 0),
          new Optimizer.Sgd(0.05, 0.9, true),
          new Optimizer.AdamW(0.01, 0.9, 0.99, 1e-8, 0.1),
          new Optimizer.RmsProp(0.001, 0.9, 1e-8, 0.5),
          Optimizer.Adagrad.DEFAULT);
  private static final List<Penalty> PENALTIES =
      List.of(Penalty.none(), Penalty.l2(0.01), new Penalty.L1(0.001, Penalty.Scope.WEIGHTS));

  @Test
  void aRunThatGoesOnAfterAnyEpochHasTheBitsOfOneThatNeverStopped() {
    for (Optimizer optimizer : OPTIMIZERS) {
      for (Penalty penalty : PENALTIES) {
        TrainingSettings settings = settings(optimizer, penalty, EPOCHS);
        Recording whole = new Recording();
        Trainer trainer = new Trainer(NETWORK, settings, DATA, 7);
        assertThat(trainer.run(whole)).isEqualTo(new TrainingOutcome.Finished());
        for (Checkpoint checkpoint : whole.checkpoints) {
          Recording rest = new Recording();
          Trainer resumed = new Trainer(NETWORK, settings, DATA, 7, checkpoint);
          assertThat(resumed.run(rest)).isEqualTo(new TrainingOutcome.Finished());
          assertThat(withoutTimes(rest))
              .as("%s, %s after epoch %d", optimizer, penalty, checkpoint.epoch())
              .isEqualTo(withoutTimes(whole).subList(checkpoint.epoch(), EPOCHS));
          assertThat(resumed.parameters()).isEqualTo(trainer.parameters());
        }
      }
    }
  }

  @Test
  void aRunWithBlocksNormalizationsAndDropoutGoesOnToTheSameBits() {
    Layer tanh = new Activated(Activation.of(ActivationFunction.TANH));
    Network network =
        new Network(
            SHAPE,
            List.of(
                new Residual(
                    List.of(
                        new Convolution(3, 4, false, 2, Padding.SAME),
                        BatchNormalization.DEFAULT,
                        tanh,
                        new Dropout(0.2)),
                    true),
                new Residual(List.of(tanh, new Convolution(3, 4, true)), false),
                new GroupNormalization(2, 1e-5),
                new Dropout(0.3),
                new Dense(3, true)));
    assertGoesOnToTheSameBits(network, DATA);
  }

  @Test
  void aRunWithRecurrentLayersGoesOnToTheSameBits() {
    Random random = new Random(3);
    float[][][] sequences = new float[60][][];
    int[] labels = new int[sequences.length];
    for (int i = 0; i < sequences.length; i++) {
      sequences[i] = new float[1 + i % 7][1];
      for (float[] step : sequences[i]) {
        step[0] = random.nextFloat();
      }
      labels[i] = i % 3;
    }
    Dataset data = Dataset.of("sequences", sequences, labels);
    Activation tanh = Activation.of(ActivationFunction.TANH);
    Network network =
        new Network(
            data.shape(),
            List.of(
                new SimpleRecurrent(4, tanh, Output.ALL, Direction.BOTH, true, 2),
                new Lstm(
                    5,
                    Activation.learned(ActivationFunction.TANH, 2),
                    ActivationFunction.LOGISTIC,
                    Output.ALL,
                    Direction.FORWARD,
                    true,
                    0,
                    1),
                new Dropout(0.2),
                new Gru(3, tanh),
                new Dense(3, true)));
    assertGoesOnToTheSameBits(network, data);
  }

  private static void assertGoesOnToTheSameBits(Network network, Dataset data) {
    TrainingSettings settings = settings(Optimizer.Adam.DEFAULT, Penalty.l2(0.01), EPOCHS);
    Recording whole = new Recording();
    Trainer trainer = new Trainer(network, settings, data, 7);
    trainer.run(whole);
    for (Checkpoint checkpoint : whole.checkpoints) {
      Recording rest = new Recording();
      Trainer resumed = new Trainer(network, settings, data, 7, checkpoint);
      resumed.run(rest);
      assertThat(withoutTimes(rest))
          .isEqualTo(withoutTimes(whole).subList(checkpoint.epoch(), EPOCHS));
      assertThat(resumed.parameters()).isEqualTo(trainer.parameters());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRunThatEndedWithinAnEpochGoesOnAfterTheLastWholeOne(boolean interrupted) {
    TrainingSettings settings = settings(Optimizer.Adam.DEFAULT, Penalty.l2(0.01), EPOCHS);
    Recording whole = new Recording();
    new Trainer(NETWORK, settings, DATA, 3).run(whole);
    Recording first =
        new Recording() {
          @Override
          public TrainingDecision stepTaken(TrainingStep step) {
            if (step.epoch() != 3 || step.step() != 2) {
              return TrainingDecision.CONTINUE;
            }
            if (interrupted) {
              Thread.currentThread().interrupt();
              return TrainingDecision.CONTINUE;
            }
            return TrainingDecision.STOP;
          }
        };
    assertThat(new Trainer(NETWORK, settings, DATA, 3).run(first))
        .isEqualTo(interrupted ? new TrainingOutcome.Interrupted() : new TrainingOutcome.Stopped());
    assertThat(Thread.interrupted()).isEqualTo(interrupted);
    assertThat(first.epochs).hasSize(2);
    Recording rest = new Recording();
    new Trainer(NETWORK, settings, DATA, 3, first.checkpoints.get(1)).run(rest);
    assertThat(withoutTimes(rest)).isEqualTo(withoutTimes(whole).subList(2, EPOCHS));
  }

  @Test
  void moreEpochsExtendAShorterRun() {
    Schedule cosine = new Schedule(new WarmUp(1, Unit.EPOCHS), new Decay.Cosine(4, 0.1));
    Schedule steps = new Schedule(new WarmUp(3, Unit.STEPS), new Decay.Step(1, 0.5));
    for (TrainingSettings five :
        List.of(
            settings(Optimizer.Adam.DEFAULT, Penalty.none(), EPOCHS),
            settings(Optimizer.AdamW.DEFAULT, Penalty.l2(0.01), EPOCHS)
                .withSchedule(cosine)
                .withClipping(new Clipping.Norm(0.1)),
            settings(new Optimizer.Sgd(0.1, 0.9), Penalty.none(), EPOCHS)
                .withSchedule(steps)
                .withClipping(new Clipping.Value(0.01)))) {
      Recording few = new Recording();
      new Trainer(NETWORK, five.withEpochs(2), DATA, 1).run(few);
      Recording many = new Recording();
      new Trainer(NETWORK, five, DATA, 1).run(many);
      assertThat(withoutTimes(few)).isEqualTo(withoutTimes(many).subList(0, 2));
      Recording rest = new Recording();
      new Trainer(NETWORK, five, DATA, 1, few.checkpoints.get(1)).run(rest);
      assertThat(withoutTimes(rest)).isEqualTo(withoutTimes(many).subList(2, EPOCHS));
    }
  }

  @Test
  void aCheckpointIsNotChangedByTheTrainingThatFollows() {
    Recording recording = new Recording();
    new Trainer(NETWORK, settings(Optimizer.Adam.DEFAULT, Penalty.none(), 3), DATA, 1)
        .run(recording);
    assertThat(recording.checkpoints.get(0).parameters())
        .isNotEqualTo(recording.checkpoints.get(1).parameters());
    assertThat(recording.checkpoints.get(0).secondMoments())
        .isNotEqualTo(recording.checkpoints.get(1).secondMoments());
  }

  @Test
  void aCheckpointThatDoesNotFitIsRefused() {
    TrainingSettings adam = settings(Optimizer.Adam.DEFAULT, Penalty.none(), EPOCHS);
    Recording recording = new Recording();
    new Trainer(NETWORK, adam, DATA, 1).run(recording);
    Checkpoint checkpoint = recording.checkpoints.get(1);

    TrainingSettings sgd = settings(new Optimizer.Sgd(0.1, 0), Penalty.none(), EPOCHS);
    assertThatThrownBy(() -> new Trainer(NETWORK, sgd, DATA, 1, checkpoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("second moments");
    Network other = new Network(SHAPE, List.of(new Dense(3, false)));
    assertThatThrownBy(() -> new Trainer(other, adam, DATA, 1, checkpoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameters");
    Dataset more =
        new Dataset("noise", "noise", List.of("a", "b", "c"), images(1, 99), images(2, 20), "");
    assertThatThrownBy(() -> new Trainer(NETWORK, adam, more, 1, checkpoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stands at step 8 after epoch 2, but an epoch has 7 steps");
  }

  private static TrainingSettings settings(Optimizer optimizer, Penalty penalty, int epochs) {
    Initialization start = new Initialization.Uniform(0.5);
    return new TrainingSettings(
        optimizer, penalty, start, start, PixelScaling.STANDARDISED, 15, epochs);
  }

  private static List<EpochRecord> withoutTimes(Recording recording) {
    return recording.epochs.stream().map(e -> e.withSeconds(0)).toList();
  }

  private static ImageSet images(long seed, int count) {
    Random random = new Random(seed);
    byte[] pixels = new byte[count * SHAPE.size()];
    random.nextBytes(pixels);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(3);
    }
    return new ImageSet(SHAPE, pixels, labels);
  }
}
