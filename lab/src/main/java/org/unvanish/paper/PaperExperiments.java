package org.unvanish.paper;

import java.util.List;
import java.util.stream.LongStream;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.PixelScaling;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.InitialValues;
import org.unvanish.train.Optimizer;
import org.unvanish.train.TrainingSettings;

/** The experiments of Ven &amp; Lederer (2021), section 3. */
public final class PaperExperiments {

  /** The number of seeds in the paper. */
  public static final int SEEDS = 25;

  /** The default number of epochs; the paper does not state its own. */
  public static final int EPOCHS = 50;

  /** The default batch size, which is Keras's; the paper does not state its own. */
  public static final int BATCH_SIZE = 32;

  private PaperExperiments() {}

  /** The seeds 1, 2, …, {@code count}. */
  public static List<Long> seeds(int count) {
    return LongStream.rangeClosed(1, count).boxed().toList();
  }

  /**
   * Figure 2, the many-layers regime: tanh against tanh with α = 2 in the network of table 2, which
   * starts from a normal distribution with standard deviation 0.05 (section 3.2).
   *
   * @param data images of the shape and number of classes of {@link PaperNetworks}
   * @param epochs at least 1
   * @param seeds at least one, no two the same
   * @throws IllegalArgumentException if the data do not fit, or the numbers are out of range
   */
  public static Experiment figure2(Dataset data, int epochs, List<Long> seeds) {
    requireImages("figure2", data);
    TrainingSettings settings = settings(new InitialValues.Normal(0.05), Penalty.none(), epochs);
    Activation tanh = Activation.of(ActivationFunction.TANH);
    Activation scaled = Activation.scaled(ActivationFunction.TANH, 2);
    return new Experiment(
        "figure2",
        "The many-layers regime: tanh against tanh with α = 2",
        data,
        List.of(
            new Arm(tanh.toString(), PaperNetworks.table2(tanh), settings, seeds),
            new Arm(scaled.toString(), PaperNetworks.table2(scaled), settings, seeds)));
  }

  private static TrainingSettings settings(InitialValues initial, Penalty penalty, int epochs) {
    return new TrainingSettings(
        Optimizer.Adam.DEFAULT, penalty, initial, initial, PixelScaling.UNIT, BATCH_SIZE, epochs);
  }

  private static void requireImages(String figure, Dataset data) {
    if (!data.train().shape().equals(PaperNetworks.INPUT)
        || data.classes().size() != PaperNetworks.CLASSES) {
      throw new IllegalArgumentException(
          "%s needs images of %s in %d classes, but %s has images of %s in %d classes"
              .formatted(
                  figure,
                  PaperNetworks.INPUT,
                  PaperNetworks.CLASSES,
                  data.name(),
                  data.train().shape(),
                  data.classes().size()));
    }
  }
}
