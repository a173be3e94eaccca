package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.gradient.GradientSource;
import org.unvanish.gradient.GradientStatistics;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.penalty.Penalty.Scope;

/** What a penalty adds to the gradients, and what of it is recorded. */
class PenaltyTrainingTest {

  private static final Network NETWORK =
      new Network(
          new Shape(2, 4, 4),
          List.of(
              new SeparableConvolution(3, 3, true),
              new Activated(Activation.learned(ActivationFunction.ARCTAN, 1.5)),
              new Dense(4, true)));

  private static Recording train(Penalty penalty) {
    TrainingSettings settings =
        new TrainingSettings(
            new Optimizer.Sgd(0.1, 0),
            penalty,
            new Initialization.Normal(0.5),
            new Initialization.Normal(0.5),
            PixelScaling.UNIT,
            8,
            2);
    Recording recording = new Recording();
    new Trainer(NETWORK, settings, new RandomCases(2).data(NETWORK, 20, 1), 1).run(recording);
    return recording;
  }

  private static Stream<Penalty> penalties() {
    return Stream.of(
        Penalty.none(),
        Penalty.l2(0.01),
        new Penalty.L2(0.3, Scope.WEIGHTS),
        new Penalty.KerasL2(0.01, Scope.ALL),
        new Penalty.KerasL2(0.01, Scope.WEIGHTS),
        new Penalty.L1(0.02, Scope.ALL),
        new Penalty.L1(0.02, Scope.WEIGHTS),
        new Penalty.ElasticNet(0.01, 0.1, Scope.ALL),
        new Penalty.ElasticNet(0.01, 0.1, Scope.WEIGHTS));
  }

  /** From the definitions: r·θ, 2r·θ, r·sign θ, their sum; never of α. */
  private static double expected(Penalty penalty, Kind kind, double theta) {
    if (kind == Kind.SCALE || kind == Kind.BIAS && penalty.scope() == Scope.WEIGHTS) {
      return 0;
    }
    if (penalty instanceof Penalty.L2 l2) {
      return l2.r() * theta;
    }
    if (penalty instanceof Penalty.KerasL2 keras) {
      return 2 * keras.r() * theta;
    }
    if (penalty instanceof Penalty.L1 l1) {
      return l1.r() * Math.signum(theta);
    }
    if (penalty instanceof Penalty.ElasticNet net) {
      return net.r1() * Math.signum(theta) + net.r2() * theta;
    }
    return 0;
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void theTotalGradientIsTheDataGradientAndThePenalties(Penalty penalty) {
    Recording recording = train(penalty);
    assertThat(recording.steps).hasSize(6);
    for (TrainingStep step : recording.steps) {
      for (ParameterTensor tensor : NETWORK.parameters()) {
        for (int i = tensor.offset(); i < tensor.end(); i++) {
          double added = expected(penalty, tensor.kind(), step.parameters()[i]);
          float data = step.dataGradient()[i];
          // Two roundings: of the penalty's gradient and of the sum.
          double tolerance = 0x1p-24 * (2 * Math.abs(added) + Math.abs(data));
          assertThat((double) step.totalGradient()[i])
              .as("%s[%s]", tensor.name(), i - tensor.offset())
              .isCloseTo(data + added, within(tolerance));
          if (added == 0) {
            assertThat(step.totalGradient()[i]).isEqualTo(data);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void statisticsAreThoseOfTheStepsOfEachEpoch(Penalty penalty) {
    Recording recording = train(penalty);
    for (int epoch = 0; epoch < 2; epoch++) {
      List<TrainingStep> steps = recording.steps.subList(3 * epoch, 3 * epoch + 3);
      EpochRecord record = recording.epochs.get(epoch);
      for (GradientSource source : GradientSource.values()) {
        for (ParameterTensor tensor : NETWORK.parameters()) {
          check(record.gradient(tensor.name(), source), steps, List.of(tensor), source, penalty);
        }
        check(
            record.gradient(ParameterGradient.ALL, source),
            steps,
            NETWORK.parameters(),
            source,
            penalty);
      }
    }
  }

  private static void check(
      GradientStatistics found,
      List<TrainingStep> steps,
      List<ParameterTensor> tensors,
      GradientSource source,
      Penalty penalty) {
    long count = 0;
    double sum = 0;
    double squares = 0;
    double max = 0;
    for (TrainingStep step : steps) {
      for (ParameterTensor tensor : tensors) {
        for (int i = tensor.offset(); i < tensor.end(); i++) {
          double g =
              switch (source) {
                case DATA -> step.dataGradient()[i];
                case PENALTY -> expected(penalty, tensor.kind(), step.parameters()[i]);
                case TOTAL -> step.totalGradient()[i];
              };
          count++;
          sum += Math.abs(g);
          squares += g * g;
          max = Math.max(max, Math.abs(g));
        }
      }
    }
    // The penalty's gradient is recorded in single precision.
    double relative = 0x1p-24;
    assertThat(found.count()).isEqualTo(count);
    assertThat(found.meanAbs()).isCloseTo(sum / count, within(relative * sum / count));
    double rms = Math.sqrt(squares / count);
    assertThat(found.rms()).isCloseTo(rms, within(2 * relative * rms));
    assertThat(found.maxAbs()).isCloseTo(max, within(relative * max));
  }

  @Test
  void aPenaltyShrinksWeightsButNeverAlpha() {
    Recording recording = train(new Penalty.L2(5, Scope.ALL));
    Recording free = train(Penalty.none());
    ParameterTensor alpha = NETWORK.parameters().get(3);
    assertThat(alpha.kind()).isEqualTo(Kind.SCALE);
    TrainingStep first = recording.steps.get(0);
    TrainingStep second = recording.steps.get(1);
    // Where only the data pulls, the first step is the same with and without a penalty.
    assertThat(second.parameters()[alpha.offset()])
        .isEqualTo(free.steps.get(1).parameters()[alpha.offset()])
        .isNotEqualTo(first.parameters()[alpha.offset()]);
    assertThat(norm(second.parameters())).isLessThan(0.8 * norm(first.parameters()));
  }

  private static double norm(float[] parameters) {
    double squares = 0;
    for (int i = 0; i < NETWORK.parameters().get(0).size(); i++) {
      squares += (double) parameters[i] * parameters[i];
    }
    return Math.sqrt(squares);
  }
}
