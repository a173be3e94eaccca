package org.unvanish.probe;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.network.Activated;

/** The diagnosis beside the rules of other tools, on the same mini-batches of the same networks. */
final class PeerComparison {

  /** The functions that other tools have rules for. */
  private static final Set<ActivationFunction> KNOWN =
      EnumSet.of(ActivationFunction.TANH, ActivationFunction.LOGISTIC, ActivationFunction.RELU);

  private final Scores all = new Scores();
  private final Scores known = new Scores();

  void add(InjectedCase injected, List<int[]> window, SnapshotDiagnosis ours) {
    PeerProbe probe = new PeerProbe(injected);
    List<PeerEvidence> evidence = window.stream().map(probe::measure).toList();
    all.add(injected.truth(), evidence, ours);
    boolean knows =
        injected.network().layers().stream()
            .allMatch(
                layer ->
                    !(layer instanceof Activated activated)
                        || KNOWN.contains(activated.activation().function()));
    if (knows) {
      known.add(injected.truth(), evidence, ours);
    }
  }

  /** All that is printed. */
  List<Double> numbers() {
    List<Double> numbers = new ArrayList<>(all.numbers());
    numbers.addAll(known.numbers());
    return numbers;
  }

  @Override
  public String toString() {
    return "other tools, all networks\n"
        + all
        + "\nother tools, networks of tanh, logistic and relu\n"
        + known;
  }

  private static final class Scores {
    private final Map<PeerRules, PeerScore> peers = new EnumMap<>(PeerRules.class);
    private final ConfusionMatrix ours = new ConfusionMatrix();
    private int harmed;
    private int caught;
    private int alarms;

    void add(Cause truth, List<PeerEvidence> evidence, SnapshotDiagnosis diagnosis) {
      Cause found = diagnosis.verdict().cause();
      ours.add(truth, found);
      harmed += truth == Cause.NONE ? 0 : 1;
      caught += truth != Cause.NONE && found != Cause.NONE ? 1 : 0;
      alarms += truth == Cause.NONE && found != Cause.NONE ? 1 : 0;
      for (PeerRules rules : PeerRules.values()) {
        peers.computeIfAbsent(rules, r -> new PeerScore()).add(truth, rules.ask(evidence));
      }
    }

    private double falseAlarms() {
      return (double) alarms / (ours.total() - harmed);
    }

    List<Double> numbers() {
      List<Double> numbers = new ArrayList<>();
      numbers.add((double) caught / harmed);
      numbers.add(falseAlarms());
      for (PeerScore score : peers.values()) {
        numbers.add(score.caught());
        numbers.add(score.falseAlarms());
        numbers.add(score.matrix().macroF1());
        numbers.add(score.best().macroF1());
      }
      return numbers;
    }

    @Override
    public String toString() {
      StringBuilder text =
          new StringBuilder(
              String.format(
                  "%-20s caught %.3f of %d, false alarms %.3f of %d, macro-F1 %.3f%n",
                  "UNVANISH",
                  (double) caught / harmed,
                  harmed,
                  falseAlarms(),
                  ours.total() - harmed,
                  ours.macroF1()));
      peers.forEach(
          (rules, score) ->
              text.append(
                  String.format(
                      "%-20s caught %.3f, false alarms %.3f, macro-F1 %.3f, best reading %.3f%n%s%n",
                      rules,
                      score.caught(),
                      score.falseAlarms(),
                      score.matrix().macroF1(),
                      score.best().macroF1(),
                      score.matrix())));
      return text.toString();
    }
  }
}
