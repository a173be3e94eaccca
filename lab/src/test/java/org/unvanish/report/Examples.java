package org.unvanish.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.PixelScaling;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.gradient.GradientSource;
import org.unvanish.gradient.GradientStatistics;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Shape;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.InitialValues;
import org.unvanish.train.Optimizer;
import org.unvanish.train.ParameterGradient;
import org.unvanish.train.TrainingSettings;

/** Made-up experiments and results for tests. */
public final class Examples {

  private Examples() {}

  public static Dataset data() {
    ImageSet images = new ImageSet(Shape.flat(2), new byte[4], new byte[] {0, 1});
    return new Dataset("made-up", "made-up dots", List.of("a", "b"), images, images, "");
  }

  public static Arm arm(String name, Long... seeds) {
    Network network =
        new Network(
            Shape.flat(2),
            List.of(
                new Layer.Activated(Activation.of(ActivationFunction.TANH)),
                new Layer.Dense(2, false)));
    InitialValues start = new InitialValues.Normal(0.05);
    return new Arm(
        name,
        network,
        new TrainingSettings(
            Optimizer.Adam.DEFAULT, Penalty.none(), start, start, PixelScaling.UNIT, 32, 3),
        List.of(seeds));
  }

  public static Experiment experiment(List<String> arms, Long... seeds) {
    return new Experiment(
        "example", "An example", data(), arms.stream().map(name -> arm(name, seeds)).toList());
  }

  /** An epoch with the given test accuracy and mean absolute total gradient. */
  public static EpochRecord epoch(int epoch, double testAccuracy, double gradient) {
    List<ParameterGradient> gradients = new ArrayList<>();
    for (String parameter : List.of(ParameterGradient.ALL, "dense1/weights")) {
      for (GradientSource source : GradientSource.values()) {
        double g = source == GradientSource.PENALTY ? 0 : gradient;
        gradients.add(
            new ParameterGradient(
                parameter,
                source,
                new GradientStatistics(
                    8, g, 1.5 * g, 9 * g, g / 10, g / 3, g / 2, 1.1 * g, 4 * g, 0.125)));
      }
    }
    return new EpochRecord(
        epoch,
        2.5 - testAccuracy,
        testAccuracy + 0.01,
        2.4 - testAccuracy,
        testAccuracy,
        1.25,
        gradients);
  }

  public static RunResult finished(Run run, EpochRecord... epochs) {
    return new RunResult(run, new RunOutcome.Finished(), List.of(epochs));
  }

  /** Learning curves with a plateau, like those of the many-layers regime; fixed by the seeds. */
  public static ExperimentResult curves(Experiment experiment, int epochs) {
    List<RunResult> runs = new ArrayList<>();
    for (Arm arm : experiment.arms()) {
      int place = experiment.arms().indexOf(arm);
      for (long seed : arm.seeds()) {
        Random random = new Random(100 * seed + place);
        double start = 3.0 - place + random.nextDouble();
        double top = 0.33 + 0.06 * place + 0.03 * random.nextGaussian();
        List<EpochRecord> records = new ArrayList<>();
        for (int e = 1; e <= epochs; e++) {
          double rise = 1 - Math.exp(-Math.max(0, e - start) / 6);
          double accuracy = 0.1 + (top - 0.1) * rise + 0.004 * random.nextGaussian();
          double gradient =
              3e-5
                  * (1 + place)
                  * Math.exp(4 * rise - 3 * rise * rise + 0.2 * random.nextGaussian());
          records.add(epoch(e, accuracy, gradient));
        }
        runs.add(new RunResult(new Run(arm, seed), new RunOutcome.Finished(), records));
      }
    }
    return new ExperimentResult(experiment, runs);
  }
}
