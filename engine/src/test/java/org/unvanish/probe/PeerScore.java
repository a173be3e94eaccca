package org.unvanish.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unvanish.diagnosis.Cause;
import org.unvanish.train.CaseGenerator;

/** How often one tool found what, by injected cause. */
final class PeerScore {

  private final List<Cause> truths = new ArrayList<>();
  private final List<PeerSymptom> found = new ArrayList<>();

  void add(Cause truth, PeerSymptom symptom) {
    truths.add(truth);
    found.add(symptom);
  }

  /** Share of the networks with an injected cause in which anything was found. */
  double caught() {
    return shareFound(true);
  }

  /** Share of the healthy networks in which anything was found. */
  double falseAlarms() {
    return shareFound(false);
  }

  private double shareFound(boolean harmed) {
    int all = 0;
    int alarms = 0;
    for (int i = 0; i < truths.size(); i++) {
      if ((truths.get(i) != Cause.NONE) == harmed) {
        all++;
        alarms += found.get(i) != PeerSymptom.NONE ? 1 : 0;
      }
    }
    return (double) alarms / all;
  }

  /** With each symptom read as the cause nearest to it. */
  ConfusionMatrix matrix() {
    return matrix(
        Arrays.stream(PeerSymptom.values()).map(PeerSymptom::nearest).toArray(Cause[]::new));
  }

  /**
   * With the reading of symptoms that makes the most of the tool on these very networks: all
   * readings are tried, so this is more than the tool could know.
   */
  ConfusionMatrix best() {
    Cause[] causes = CaseGenerator.CAUSES.toArray(new Cause[0]);
    Cause[] reading = new Cause[PeerSymptom.values().length];
    ConfusionMatrix best = matrix();
    for (long code = 0; code < (long) Math.pow(causes.length, reading.length); code++) {
      long rest = code;
      for (int i = 0; i < reading.length; i++) {
        reading[i] = causes[(int) (rest % causes.length)];
        rest /= causes.length;
      }
      ConfusionMatrix matrix = matrix(reading);
      best = matrix.macroF1() > best.macroF1() ? matrix : best;
    }
    return best;
  }

  private ConfusionMatrix matrix(Cause[] reading) {
    ConfusionMatrix matrix = new ConfusionMatrix();
    for (int i = 0; i < truths.size(); i++) {
      matrix.add(truths.get(i), reading[found.get(i).ordinal()]);
    }
    return matrix;
  }
}
