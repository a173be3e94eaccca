package org.unvanish.remedy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Targets;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.TrialScore;
import org.unvanish.loss.Scores;
import org.unvanish.loss.TargetKind;
import org.unvanish.network.Network;
import org.unvanish.probe.AppliedRemedies;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.LeastLoss;
import org.unvanish.probe.OutputRemedies;
import org.unvanish.random.RandomStream;
import org.unvanish.train.BatchGradients;
import org.unvanish.train.InitialValues;
import org.unvanish.train.LaneBackend;
import org.unvanish.train.TrainingSettings;

/** Trains a network with a change, from its start, for as many steps as are to be looked at. */
final class TrialTraining {

  private final GradientProbe probe;
  private final ImageSet images;
  private final int[] scored;
  private final double constantLoss;
  private final double leastLoss;

  /**
   * @param probe of the network, its settings, data and seed
   * @param scored the numbers of the samples on which all are scored
   */
  TrialTraining(GradientProbe probe, int[] scored) {
    this.probe = probe;
    this.images = probe.images();
    this.scored = scored;
    this.constantLoss = constantLoss(probe.settings(), images);
    this.leastLoss = leastLoss(probe.settings(), images);
  }

  /**
   * What comes out of a training after some steps.
   *
   * @param after how many, ascending
   */
  List<TrialScore> scores(Change change, long seed, long... after) {
    Network network = AppliedRemedies.network(probe.network(), change);
    TrainingSettings settings = AppliedRemedies.settings(probe.settings(), change);
    ImageSet samples = OutputRemedies.samples(images, change.other());
    LaneBackend arithmetic = new LaneBackend(network, settings, samples, samples);
    arithmetic.start(InitialValues.of(network, settings, samples, seed), seed);
    RandomStream shuffling = new RandomStream(seed, "shuffling");
    int[] order = IntStream.range(0, images.count()).toArray();
    List<TrialScore> scores = new ArrayList<>();
    int from = order.length;
    long done = 0;
    boolean finite = true;
    for (long goal : after) {
      while (done < goal && finite) {
        if (order.length - from < network.leastBatch()) {
          shuffling.shuffle(order);
          from = 0;
        }
        int batch = Math.min(settings.batchSize(), order.length - from);
        finite = Double.isFinite(arithmetic.gradients(order, from, batch).loss());
        arithmetic.update();
        from += batch;
        done++;
      }
      scores.add(finite ? score(arithmetic, settings, samples, change) : diverged());
    }
    return scores;
  }

  /**
   * The score of a training; a loss of another kind, or of other targets, as if a constant
   * prediction and perfect outputs had as much as they have untouched.
   */
  private TrialScore score(
      LaneBackend arithmetic, TrainingSettings settings, ImageSet samples, Change change) {
    BatchGradients all = arithmetic.gradients(scored, 0, scored.length);
    Scores scores = settings.loss().scores(all.sums(), scored.length);
    if (!Double.isFinite(scores.loss())) {
      return diverged();
    }
    if (change.other().stream().noneMatch(OtherRemedy::changesLoss)) {
      return new TrialScore(scores.loss(), scores.accuracy());
    }
    double least = leastLoss(settings, samples);
    double unit = (constantLoss - leastLoss) / (constantLoss(settings, samples) - least);
    return new TrialScore(leastLoss + unit * (scores.loss() - least), scores.accuracy());
  }

  private TrialScore diverged() {
    return probe.images().targets().kind() == TargetKind.CLASSES
        ? TrialScore.DIVERGED
        : new TrialScore(Double.POSITIVE_INFINITY, Double.NaN);
  }

  /** Of the untouched training. */
  double constantLoss() {
    return constantLoss;
  }

  /** Of perfect outputs. */
  double leastLoss() {
    return leastLoss;
  }

  private double leastLoss(TrainingSettings settings, ImageSet samples) {
    Targets targets = settings.targets(samples, samples);
    return LeastLoss.of(
        settings.loss().fitted(targets), targets, probe.network().outputs(), scored);
  }

  private double constantLoss(TrainingSettings settings, ImageSet samples) {
    Targets targets = settings.targets(samples, samples);
    return settings.loss().fitted(targets).constant(targets.of(scored)).scores().loss();
  }
}
