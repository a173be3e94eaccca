package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unvanish.activation.ActivationFunction.TANH;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.unvanish.data.Dataset;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.gradient.GradientSource;
import org.unvanish.network.Network;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;

/** What a user of the library writes first. */
class TrainingTest {

  /** A point is of class 1 within the unit circle. */
  private static Dataset disc() {
    Random random = new Random(3);
    float[][] rows = new float[400][2];
    int[] labels = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i][0] = (float) (3 * random.nextDouble() - 1.5);
      rows[i][1] = (float) (3 * random.nextDouble() - 1.5);
      labels[i] = Math.hypot(rows[i][0], rows[i][1]) < 1 ? 1 : 0;
    }
    return Dataset.of("disc", rows, labels);
  }

  private static Network network(Dataset data) {
    return Network.builder(data.shape()).dense(16).activation(TANH.scaled(2)).dense(2).build();
  }

  @Test
  void aModelPredictsAsWellAsItsHistorySays() {
    Dataset data = disc();
    Model model =
        Training.of(network(data))
            .epochs(100)
            .batchSize(8)
            .scaling(PixelScaling.STANDARDISED)
            .optimizer(new Optimizer.Adam(0.02, 0.9, 0.999, 1e-8, Optimizer.EpsilonForm.KINGMA_BA))
            .seed(2)
            .run(data);
    int[] predicted = model.predict(data.test());
    int right = 0;
    for (int i = 0; i < predicted.length; i++) {
      right += predicted[i] == data.test().label(i) ? 1 : 0;
    }
    assertThat((double) right / predicted.length)
        .isEqualTo(model.history().last().testAccuracy())
        // Always the larger class would be right for 65 %.
        .isGreaterThan(0.8);
    assertThat(model.history().epochs()).hasSize(100);
    assertThat(model.history().gradient("dense1/weights"))
        .isEqualTo(model.history().last().gradient("dense1/weights", GradientSource.DATA));
  }

  @Test
  void aTrainingIsThatOfATrainerWithTheSameSettings() {
    Dataset data = SyntheticImages.draw(1, 50, 20);
    Network network = Network.builder(data.shape()).dense(4).activation(TANH).dense(10).build();
    Model model = Training.of(network).epochs(2).penalty(Penalty.l2(0.01)).seed(7).run(data);
    TrainingSettings settings =
        TrainingSettings.DEFAULT.withEpochs(2).withPenalty(Penalty.l2(0.01));
    Trainer trainer = new Trainer(network, settings, data, 7);
    trainer.run(TrainingObserver.NONE);
    assertThat(model.parameters()).isEqualTo(trainer.parameters());
  }

  @Test
  void aDivergedTrainingSaysWhere() {
    Dataset data = disc();
    Training training =
        Training.of(network(data)).epochs(50).optimizer(new Optimizer.Sgd(1e39, 0)).batchSize(8);
    assertThatThrownBy(() -> training.run(data))
        .isInstanceOfSatisfying(DivergedException.class, e -> assertThat(e.epoch()).isEqualTo(1))
        .hasMessageContaining("in epoch 1 at step");
  }

  @Test
  void samplesOfAnotherShapeAreRefused() {
    Dataset data = disc();
    Model model = Training.of(network(data)).epochs(1).run(data);
    assertThatThrownBy(() -> model.predict(SyntheticImages.draw(1, 5, 5).train()))
        .hasMessage("the network reads 2×1×1, but the samples are 3×32×32");
  }

  @Test
  void oneClassIsRefused() {
    Dataset one = Dataset.of("ones", new float[4][2], new int[4]);
    Training single = Training.of(Network.builder(one.shape()).dense(1).build());
    assertThatThrownBy(() -> single.run(one))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ones has one class only, but there must be two to tell apart");
    Dataset two = disc();
    assertThatThrownBy(() -> single.run(two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the network has 1 output, but disc has 2 classes");
  }

  @Test
  void aLossThatNeedsOtherTargetsIsRefusedWithTheWayOut() {
    Dataset data = Dataset.of("heights", new float[10][2], new float[10][2]);
    Training training = Training.of(network(data));
    assertThatThrownBy(() -> training.run(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the loss softmax cross-entropy needs class labels as targets, but those of heights are"
                + " numbers. Choose a loss for numbers, such as the mean squared error, or data with class labels.");
  }

  @Test
  void rowsThatDoNotFitAreRefusedByNumber() {
    assertThatThrownBy(() -> Dataset.of("x", new float[][] {{1, 2}, {3}}, new int[] {0, 1}))
        .hasMessage("row 1 has 1 numbers, but row 0 has 2");
    assertThatThrownBy(() -> Dataset.of("x", new float[][] {{Float.NaN}}, new int[] {0}))
        .hasMessage("row 0 has a number that is not finite");
    assertThatThrownBy(() -> Dataset.of("x", new float[][] {{1}}, new int[] {-1}))
        .hasMessageContaining("row 0 has label -1");
    assertThatThrownBy(() -> Dataset.of("x", new float[][] {{1}}, new int[] {0, 1}))
        .hasMessage("there are 1 rows, but 2 labels");
  }
}
