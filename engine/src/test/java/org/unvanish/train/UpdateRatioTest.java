package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.optimizer.Optimizer;

class UpdateRatioTest {

  private static final Network NETWORK =
      new Network(
          new Shape(1, 3, 3),
          List.of(
              new Dense(5, true),
              new Activated(Activation.of(ActivationFunction.TANH)),
              new Dense(3, true)));

  @Test
  void itIsTheRootMeanSquareOfTheMoveByThatOfTheTensor() {
    float[] before = {9, 3, 4, 0, 9};
    float[] after = {0, 3.5f, 4, 1.2f, 0};
    assertThat(UpdateRatio.of(before, after, 1, 4)).isCloseTo(1.3 / 5, within(1e-7));
    assertThat(UpdateRatio.of(before, after, 1, 3)).isEqualTo(0.1);
    assertThat(UpdateRatio.of(before, before, 1, 4)).isZero();
  }

  @Test
  void aTensorThatIsZeroHasNone() {
    assertThat(UpdateRatio.of(new float[3], new float[] {1, 1, 1}, 0, 3)).isNaN();
  }

  /** Parameters before each step and after the last one. */
  private static final class Moves implements TrainingObserver {
    private final List<float[]> parameters = new ArrayList<>();
    private final List<EpochRecord> epochs = new ArrayList<>();

    @Override
    public TrainingDecision stepTaken(TrainingStep step) {
      parameters.add(step.parameters().clone());
      return TrainingDecision.CONTINUE;
    }

    @Override
    public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
      epochs.add(epoch);
      return TrainingDecision.CONTINUE;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 16, 33, 100, 300})
  void anEpochHasTheMeanOverEvenlySpacedSteps(int steps) {
    Dataset data = new RandomCases(1).data(NETWORK, 2 * steps, 1);
    TrainingSettings settings =
        TrainingSettings.DEFAULT
            .withBatchSize(2)
            .withEpochs(2)
            .withInitialValues(new Initialization.Glorot(), new Initialization.Zeros())
            .withOptimizer(new Optimizer.Sgd(0.1, 0.9));
    Moves moves = new Moves();
    Trainer trainer = new Trainer(NETWORK, settings, data, 1);
    trainer.run(moves);
    moves.parameters.add(trainer.parameters());
    for (int epoch = 0; epoch < 2; epoch++) {
      List<UpdateRatio> updates = moves.epochs.get(epoch).updates();
      assertThat(updates)
          .extracting(UpdateRatio::parameter)
          .containsExactly("dense1/weights", "dense1/bias", "dense2/weights", "dense2/bias");
      for (int t = 0; t < updates.size(); t++) {
        ParameterTensor tensor = NETWORK.parameters().get(t);
        double sum = 0;
        int count = 0;
        for (int step : measured(steps)) {
          int at = epoch * steps + step - 1;
          double ratio =
              UpdateRatio.of(moves.parameters.get(at), moves.parameters.get(at + 1), tensor);
          // Biases are zero before the first step.
          if (!Double.isNaN(ratio)) {
            sum += ratio;
            count++;
          }
        }
        assertThat(updates.get(t)).isEqualTo(new UpdateRatio(tensor.name(), sum / count));
        assertThat(Double.valueOf(moves.epochs.get(epoch).updateRatio(tensor.name())))
            .isEqualTo(Double.valueOf(updates.get(t).value()));
      }
    }
    assertThat(moves.epochs.get(1).updateRatio("dense2/bias")).isBetween(1e-6, 10.0);
    assertThatThrownBy(() -> moves.epochs.get(0).updateRatio("dense9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dense9");
  }

  private static List<Integer> measured(int steps) {
    List<Integer> measured = new ArrayList<>();
    int most = Math.min(32, (steps + 7) / 8);
    for (int i = 1; i <= most; i++) {
      measured.add((i * steps + most - 1) / most);
    }
    return measured;
  }
}
