package org.unvanish.loss;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * For numbers: the distance of each output from its number of the target, averaged over the
 * outputs. Its mean over the samples is thus a mean over outputs and samples, as in PyTorch.
 *
 * @since 0.1
 */
public sealed interface NumberLoss extends Loss permits MeanSquaredError, MeanAbsoluteError, Huber {

  /**
   * The distance of an output from its target.
   *
   * @param difference of the output from the target
   */
  double distance(double difference);

  /** The derivative of the distance with respect to the difference. */
  double slope(double difference);

  /**
   * The answer with the least mean distance.
   *
   * @param targets ascending, at least one; not to be changed
   */
  double bestConstant(double[] targets);

  @Override
  default TargetKind targets() {
    return TargetKind.NUMBERS;
  }

  @Override
  default Loss on(TargetKind kind, int width, String data) {
    return kind == TargetKind.CLASSES ? new OneHot(this, width) : this;
  }

  @Override
  default List<Score> scores() {
    Score loss = new Score(Score.LOSS, "loss", name(), false, Score.Form.NUMBER);
    return List.of(loss, Score.RMSE, Score.MAE, Score.R2);
  }

  /** R², which says the same of data in any unit and is the same for all losses on numbers. */
  @Override
  default Score headline() {
    return Score.R2;
  }

  @Override
  default int sums(int outputs) {
    return NumberSums.length(outputs);
  }

  @Override
  default void add(double[] outputs, double[] target, double[] sums) {
    double loss = 0;
    for (int i = 0; i < outputs.length; i++) {
      double difference = outputs[i] - target[i];
      loss += distance(difference);
      sums[NumberSums.SQUARES] += difference * difference;
      sums[NumberSums.SIZES] += Math.abs(difference);
      NumberSums.addTargets(sums, i, 1, target[i], 0);
    }
    sums[0] += loss / outputs.length;
    sums[NumberSums.SAMPLES]++;
  }

  @Override
  default void merge(double[] sums, double[] others) {
    NumberSums.merge(sums, others);
  }

  @Override
  default Scores scores(double[] sums, long samples) {
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put(Score.LOSS, sums[0] / samples);
    scores.put(Score.RMSE.key(), NumberSums.rmse(sums, samples));
    scores.put(Score.MAE.key(), NumberSums.mae(sums, samples));
    scores.put(Score.R2.key(), NumberSums.r2(sums));
    return new Scores(scores);
  }

  @Override
  default double[] gradient(double[] outputs, double[] target) {
    double[] gradient = new double[outputs.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = slope(outputs[i] - target[i]) / gradient.length;
    }
    return gradient;
  }

  /**
   * Of each output the best constant, for the loss and for each of the other scores its own.
   *
   * <p>A score is clear of it from a gain on that stays a rare luck: of answers that have nothing
   * to do with the targets, scaled as is best after the fact, the squared error falls below that of
   * the mean by a part of r², with r their correlation; and in 19 of 20 data sets of n samples r²
   * is below 1.96²/n. A distance that is flat near the best constant where the targets lie densely
   * falls by no more: for the absolute error, where they are at least as dense there as if they
   * were spread evenly.
   */
  @Override
  default ConstantPredictor constant(TargetTable targets) {
    double loss = 0;
    double squares = 0;
    double sizes = 0;
    double[] column = new double[targets.count()];
    for (int i = 0; i < targets.width(); i++) {
      int index = i;
      Arrays.setAll(column, sample -> targets.value(sample, index));
      Arrays.sort(column);
      loss += meanDistance(this, column) / targets.width();
      squares += meanDistance(new MeanSquaredError(), column) / targets.width();
      sizes += meanDistance(new MeanAbsoluteError(), column) / targets.width();
    }
    double unexplained = Math.exp(-ConstantPredictor.NORMAL_95_SQUARED / targets.count());
    Map<String, ConstantPredictor.Bar> bars = new LinkedHashMap<>();
    bars.put(Score.LOSS, new ConstantPredictor.Bar(loss, loss * unexplained));
    double rmse = Math.sqrt(squares);
    bars.put(Score.RMSE.key(), new ConstantPredictor.Bar(rmse, rmse * Math.sqrt(unexplained)));
    bars.put(Score.MAE.key(), new ConstantPredictor.Bar(sizes, sizes * unexplained));
    bars.put(Score.R2.key(), new ConstantPredictor.Bar(0, 1 - unexplained));
    return new ConstantPredictor(bars);
  }

  private static double meanDistance(NumberLoss loss, double[] ascending) {
    double best = loss.bestConstant(ascending);
    double sum = 0;
    for (double target : ascending) {
      sum += loss.distance(best - target);
    }
    return sum / ascending.length;
  }
}
