package org.unvanish.beyond;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.unvanish.comparison.ShownNumber;
import org.unvanish.comparison.Table;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunResult;
import org.unvanish.gradient.GradientSource;
import org.unvanish.initialization.Initialization;
import org.unvanish.meanfield.EscapeLaw;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.statistics.Spread;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.ParameterGradient;

/**
 * How far an ℓ₂ penalty brought the weights of each layer down, beside the {@link EscapeLaw}.
 *
 * <p>The penalty's gradient is r·θ, so that its root mean square tells that of the weights.
 */
public final class EscapeTable {

  private EscapeTable() {}

  /**
   * For each arm with an ℓ₂ penalty and uniform initial values: the root mean square of each
   * layer's weights over the steps of the last epoch, as mean over the seeds, beside what the law
   * says for the middle of that epoch if the data's gradients are small.
   *
   * @return empty if the experiment is not {@code penalty-window}, or no epoch is complete
   */
  public static Optional<Table> of(ExperimentResult result) {
    boolean isMeant =
        BeyondSpecs.SERIES
            .find(result.experiment())
            .filter(found -> found.name().equals(BeyondSpecs.PENALTY_WINDOW))
            .isPresent();
    List<List<String>> rows = new ArrayList<>();
    for (Arm arm : result.experiment().arms()) {
      List<RunResult> runs = result.of(arm).stream().filter(RunResult::isFinished).toList();
      if (isMeant && !runs.isEmpty()) {
        int batch = arm.settings().batchSize();
        int steps = (result.experiment().data().trainSamples() + batch - 1) / batch;
        double middle = (arm.epochs() - 0.5) * steps;
        law(arm)
            .ifPresent(law -> rows.add(row(arm, runs, law.afterFromUniform(bound(arm), middle))));
      }
    }
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<String> header = new ArrayList<>(List.of("arm", "law"));
    weights(result.experiment().arms().get(0).network())
        .forEach(tensor -> header.add(tensor.name().replaceFirst("/.*", "")));
    rows.add(0, header);
    return Optional.of(
        new Table(
            rows,
            "Root mean square of the weights in the last epoch, mean over the seeds.\n"
                + "law: what the penalty alone leaves. Above it, the gradients of the data hold the"
                + " weights."));
  }

  private static List<String> row(Arm arm, List<RunResult> runs, double law) {
    List<String> row = new ArrayList<>(List.of(arm.name(), number(law)));
    double r = ((Penalty.L2) arm.settings().penalty()).r();
    for (ParameterTensor tensor : weights(arm.network())) {
      double[] sizes = runs.stream().mapToDouble(run -> pull(run, tensor.name()) / r).toArray();
      row.add(Spread.of(sizes).map(s -> number(s.mean())).orElse(ShownNumber.MISSING));
    }
    return row;
  }

  /** r·θ: the penalty's gradient in the last epoch. */
  private static double pull(RunResult run, String tensor) {
    EpochRecord last = run.epochs().get(run.epochs().size() - 1);
    return last.gradients().stream()
        .filter(g -> g.parameter().equals(tensor) && g.source() == GradientSource.PENALTY)
        .map(ParameterGradient::statistics)
        .findFirst()
        .orElseThrow()
        .rms();
  }

  private static Optional<EscapeLaw> law(Arm arm) {
    if (!(arm.settings().penalty() instanceof Penalty.L2 l2)
        || !(arm.settings().weights() instanceof Initialization.Uniform)) {
      return Optional.empty();
    }
    if (arm.settings().optimizer() instanceof Optimizer.Adam adam) {
      return Optional.of(new EscapeLaw.Adam(adam.learningRate(), l2.r(), 0, adam.beta2()));
    }
    return arm.settings().optimizer() instanceof Optimizer.Sgd sgd
        ? Optional.of(new EscapeLaw.Sgd(sgd.learningRate(), l2.r()))
        : Optional.empty();
  }

  private static double bound(Arm arm) {
    return ((Initialization.Uniform) arm.settings().weights()).bound();
  }

  /** Of each layer that has weights the largest tensor of them. */
  private static List<ParameterTensor> weights(Network network) {
    List<ParameterTensor> largest = new ArrayList<>();
    for (int layer = 0; layer < network.layers().size(); layer++) {
      network.parameters(layer).stream()
          .filter(tensor -> tensor.kind() == ParameterTensor.Kind.WEIGHTS)
          .max(Comparator.comparingInt(ParameterTensor::size))
          .ifPresent(largest::add);
    }
    return largest;
  }

  private static String number(double size) {
    return ShownNumber.of("%.2f", size);
  }
}
