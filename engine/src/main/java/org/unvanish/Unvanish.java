package org.unvanish;

import java.util.List;
import org.unvanish.data.Dataset;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.forecast.Forecast;
import org.unvanish.forecast.Forecaster;
import org.unvanish.network.Network;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.ProbeProgress;
import org.unvanish.probe.ProbedTraining;
import org.unvanish.remedy.ExaminedNetwork;
import org.unvanish.train.Training;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingSettings;

/**
 * Finds out why the gradients of a network vanish or explode, and what helps:
 *
 * <pre>{@code
 * NetworkDiagnosis diagnosis = Unvanish.diagnose(network, data);
 * System.out.println(diagnosis.explain());
 * }</pre>
 *
 * <p>It is what the command {@code unvanish diagnose} does. The same network, settings, data and
 * seed come to the same diagnosis.
 *
 * @since 0.1
 */
public final class Unvanish {

  /** Ends a diagnosis at its next mini-batch or trial. */
  private static final ProbeProgress UNTIL_INTERRUPTED =
      new ProbeProgress() {
        @Override
        public void batchProbed(int done, int batches) {
          requireUninterrupted();
        }

        @Override
        public void trained(int done, int trainings) {
          requireUninterrupted();
        }
      };

  private Unvanish() {}

  private static void requireUninterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("the diagnosis was interrupted");
    }
  }

  /**
   * Diagnoses a network that is trained with {@link TrainingSettings#DEFAULT} and seed 1.
   *
   * @throws IllegalArgumentException if data and network do not fit each other
   * @throws IllegalStateException if the calling thread is interrupted before the diagnosis ends
   */
  public static NetworkDiagnosis diagnose(Network network, Dataset data) {
    return diagnose(Training.of(network), data);
  }

  /**
   * Diagnoses a network with its own training, at the {@link ProbedTraining#usualSteps}.
   *
   * @param training the network, its settings and the seed
   * @throws IllegalArgumentException if data and network do not fit each other
   * @throws IllegalStateException if the calling thread is interrupted before the diagnosis ends
   */
  public static NetworkDiagnosis diagnose(Training training, Dataset data) {
    int samples = data.train().count();
    return diagnose(
        training,
        data,
        ProbedTraining.usualSteps(training.network(), training.settings(), samples));
  }

  /**
   * Diagnoses a network at chosen snapshots of its training.
   *
   * @param training the network, its settings and the seed
   * @param steps how many steps are done at the snapshots, not negative; 0, the initial weights, is
   *     always among them. With no other, nothing is trained but short trials of what is prescribed
   * @throws IllegalArgumentException if data and network do not fit each other, or a number of
   *     steps is negative
   * @throws IllegalStateException if the calling thread is interrupted before the diagnosis ends
   */
  public static NetworkDiagnosis diagnose(Training training, Dataset data, List<Long> steps) {
    if (steps.stream().anyMatch(step -> step < 0)) {
      throw new IllegalArgumentException("steps must not be negative, but are " + steps);
    }
    GradientProbe probe =
        new GradientProbe(
            training.network(), training.settings(), data, training.seed(), UNTIL_INTERRUPTED);
    return new NetworkDiagnosis(
        ExaminedNetwork.along(probe, data, steps, Thresholds.DEFAULT, TrainingObserver.NONE),
        training.network(),
        training.settings().stepsPerEpoch(data.train().count()));
  }

  /**
   * Forecasts what the initial weights of a network do to the gradient, for {@link
   * TrainingSettings#DEFAULT}. No weight is drawn, and nothing is measured but the size of the
   * data: theory says the rest.
   *
   * @throws IllegalArgumentException if data and network do not fit each other
   */
  public static Forecast forecast(Network network, Dataset data) {
    return forecast(Training.of(network), data);
  }

  /**
   * Forecasts what the initial weights of a network do to the gradient.
   *
   * @param training the network and its settings; the forecast is one for all seeds
   * @throws IllegalArgumentException if data, network and settings do not fit each other
   */
  public static Forecast forecast(Training training, Dataset data) {
    return Forecaster.forecast(training.network(), training.settings(), data);
  }
}
