package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.unvanish.activation.ActivationFunction.LOGISTIC;
import static org.unvanish.activation.ActivationFunction.TANH;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.Unvanish;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.ClassWeights;
import org.unvanish.loss.Huber;
import org.unvanish.loss.Loss;
import org.unvanish.loss.MeanAbsoluteError;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.loss.Score;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.network.Network;
import org.unvanish.optimizer.Optimizer;

/** Trainings with each kind of target, from the data to predictions. */
class TrainingLossTest {

  private static final Optimizer FAST = Optimizer.Adam.DEFAULT.withLearningRate(0.02);

  @TempDir private Path folder;

  /** Two inputs in [0, 1]. */
  private static float[][] rows(int count) {
    Random random = new Random(9);
    float[][] rows = new float[count][2];
    for (float[] row : rows) {
      row[0] = random.nextFloat();
      row[1] = random.nextFloat();
    }
    return rows;
  }

  private static Dataset numbers() {
    float[][] rows = rows(300);
    float[][] targets = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      targets[i] = new float[] {rows[i][0] * rows[i][1], rows[i][0] - rows[i][1]};
    }
    return Dataset.of("numbers", rows, targets);
  }

  /** A fifth of the samples, in one corner, are of the second class. */
  private static Dataset corner() {
    float[][] rows = rows(400);
    int[] labels = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      labels[i] = rows[i][0] + rows[i][1] > 1.4f ? 1 : 0;
    }
    return Dataset.of("corner", rows, labels);
  }

  private static Network network(Dataset data, int outputs) {
    return Network.builder(data.shape()).dense(8).activation(TANH).dense(outputs).build();
  }

  private static Training training(Network network, Loss loss) {
    return Training.of(network).loss(loss).optimizer(FAST).epochs(40);
  }

  @Test
  void numbersAreLearntWithEachLossForThem() {
    Dataset data = numbers();
    for (Loss loss : new Loss[] {new MeanSquaredError(), new MeanAbsoluteError(), new Huber()}) {
      Model model = training(network(data, 2), loss).run(data);
      assertThat(model.history().last().test().of(Score.R2)).as(loss.name()).isGreaterThan(0.9);
      assertThat(model.history().last().test().of(Score.RMSE)).isLessThan(0.1);
    }
  }

  /** What the history says is what the outputs and the targets say. */
  @Test
  void scoresAreThoseOfTheOutputs() {
    Dataset data = numbers();
    Model model = training(network(data, 2), new MeanSquaredError()).run(data);
    ImageSet test = data.test();
    float[][] outputs = model.outputs(test);
    double squares = 0;
    double sizes = 0;
    for (int i = 0; i < outputs.length; i++) {
      for (int k = 0; k < 2; k++) {
        double difference = outputs[i][k] - test.targets().value(i, k);
        squares += difference * difference / (2 * outputs.length);
        sizes += Math.abs(difference) / (2 * outputs.length);
      }
    }
    EpochRecord last = model.history().last();
    assertThat(last.testLoss()).isCloseTo(squares, within(1e-7));
    assertThat(last.test().of(Score.MAE)).isCloseTo(sizes, within(1e-7));
    assertThat(last.testAccuracy()).isNaN();
  }

  @Test
  void aModelOfNumbersIsSavedAndLoaded() throws IOException {
    Dataset data = numbers();
    Model model = training(network(data, 2), new Huber()).epochs(2).run(data);
    model.save(folder.resolve("numbers.safetensors"));
    Model loaded = Model.load(folder.resolve("numbers.safetensors"));
    assertThat(loaded.classes()).isEmpty();
    assertThat(loaded.outputs(data.test())).isDeepEqualTo(model.outputs(data.test()));
    assertThatThrownBy(() -> loaded.predict(data.test()))
        .hasMessage("the network predicts numbers, not classes: see outputs");
  }

  @Test
  void oneOutputPredictsTwoClassesAlsoFromAFile() throws IOException {
    Dataset data = corner();
    Network network = network(data, 1);
    Network saturating =
        Network.builder(data.shape())
            .dense(8)
            .activation(TANH)
            .dense(1)
            .activation(LOGISTIC)
            .build();
    for (Training training :
        new Training[] {
          training(network, new BinaryCrossEntropy()), training(saturating, new MeanSquaredError())
        }) {
      Model model = training.run(data);
      Path file = folder.resolve("two.safetensors");
      model.save(file);
      int[] predicted = Model.load(file).predict(data.test());
      int correct = 0;
      for (int i = 0; i < predicted.length; i++) {
        correct += predicted[i] == data.test().label(i) ? 1 : 0;
      }
      double accuracy = (double) correct / predicted.length;
      assertThat(accuracy).isGreaterThan(0.95);
      assertThat(model.history().last().testAccuracy()).isEqualTo(accuracy);
      assertThat(model.history().last().test().of(Score.BALANCED_ACCURACY)).isGreaterThan(0.9);
    }
    assertThat(training(network, new BinaryCrossEntropy()).run(data).history().last().test())
        .satisfies(scores -> assertThat(scores.of(Score.AUC)).isGreaterThan(0.99));
  }

  @Test
  void balancedWeightsRaiseTheBalancedAccuracyOfARareClass() {
    Random random = new Random(11);
    float[][] rows = new float[600][1];
    int[] labels = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      labels[i] = i % 20 == 0 ? 1 : 0;
      rows[i][0] = (float) (random.nextGaussian() + labels[i]);
    }
    Dataset data = Dataset.of("rare", rows, labels);
    Network network = Network.builder(data.shape()).dense(2).build();
    Loss weighted = new SoftmaxCrossEntropy(new ClassWeights.Balanced());
    EpochRecord balanced = training(network, weighted).run(data).history().last();
    EpochRecord plain = training(network, new SoftmaxCrossEntropy()).run(data).history().last();
    assertThat(plain.trainAccuracy()).isGreaterThan(0.94);
    assertThat(balanced.train().of(Score.BALANCED_ACCURACY)).isGreaterThan(0.6);
    assertThat(balanced.trainAccuracy()).isLessThan(plain.trainAccuracy());
  }

  @Test
  void aLogisticFunctionThatTheLossAppliesAgainIsRefused() {
    Dataset data = corner();
    Network network = Network.builder(data.shape()).dense(1).activation(LOGISTIC).build();
    assertThatThrownBy(() -> training(network, new BinaryCrossEntropy()).run(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The network ends with the logistic function, and the loss binary cross-entropy applies"
                + " it again. Leave out the last activation.");
    assertThatThrownBy(() -> Unvanish.diagnose(training(network, new BinaryCrossEntropy()), data))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void labelsThatAreNoSharesAreRefusedBeforeWorkStarts() {
    Dataset data = numbers();
    assertThatThrownBy(() -> training(network(data, 2), new BinaryCrossEntropy()).run(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the training samples of numbers have -")
        .hasMessageContaining("needs numbers from 0 to 1. Scale them, or choose another loss.");
  }

  @Test
  void aRegressionIsDiagnosed() {
    Dataset data = numbers();
    Training training =
        training(network(data, 2), new MeanSquaredError())
            .scaling(PixelScaling.STANDARDISED)
            .epochs(5);
    assertThat(Unvanish.diagnose(training, data).explain()).doesNotContain("NaN", "accuracy");
  }
}
