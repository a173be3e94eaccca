package org.unvanish.remedy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Targets;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.TrialScore;
import org.unvanish.initialization.RandomStream;
import org.unvanish.loss.Scores;
import org.unvanish.loss.TargetKind;
import org.unvanish.network.Network;
import org.unvanish.probe.GradientProbe;
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

  /**
   * @param probe of the network, its settings, data and seed
   * @param scored the numbers of the samples on which all are scored
   */
  TrialTraining(GradientProbe probe, int[] scored) {
    this.probe = probe;
    this.images = probe.images();
    this.scored = scored;
    this.constantLoss = constantLoss(probe.settings(), images);
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
   * prediction had as much as it has untouched.
   */
  private TrialScore score(
      LaneBackend arithmetic, TrainingSettings settings, ImageSet samples, Change change) {
    BatchGradients all = arithmetic.gradients(scored, 0, scored.length);
    Scores scores = settings.loss().scores(all.sums(), scored.length);
    double unit =
        change.other().stream().anyMatch(OtherRemedy::changesLoss)
            ? constantLoss / constantLoss(settings, samples)
            : 1;
    return Double.isFinite(scores.loss())
        ? new TrialScore(unit * scores.loss(), scores.accuracy())
        : diverged();
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

  private double constantLoss(TrainingSettings settings, ImageSet samples) {
    Targets targets = settings.targets(samples, samples);
    return settings.loss().fitted(targets).constant(targets.of(scored)).scores().loss();
  }
}
