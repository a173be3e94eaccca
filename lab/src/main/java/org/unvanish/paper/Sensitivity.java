package org.unvanish.paper;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.unvanish.claim.ClaimVerdict;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Experiment;

/**
 * The paper's claims on its figures under each {@link Reading}: which assumptions decide what.
 *
 * @param data what all is trained on
 * @param seeds of each arm
 * @param epochs of each arm
 * @param readings the base first
 */
public record Sensitivity(DataDescription data, int seeds, int epochs, List<Judged> readings) {

  /** The figures on whose claims readings are compared: all but the timed table. */
  public static final List<String> FIGURES =
      PaperSpecs.NAMES.stream().filter(name -> !name.equals(RuntimeTable.EXPERIMENT)).toList();

  /** How a verdict under a reading differs from that of the base. */
  public enum Change {
    /** The reading does not change the figure: its runs are those of the base. */
    SAME_RUNS,
    /** Other runs with the same verdict. */
    KEPT,
    /** Reproduced in one of the two and not reproduced in the other. */
    REVERSED,
    /** Decided in the base and undecided here. */
    UNDECIDED,
    /** Undecided in the base and decided here. */
    DECIDED;

    /** As CSV and JSON name it: {@code same-runs}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the verdict is another one. */
    public boolean isOther() {
      return this != SAME_RUNS && this != KEPT;
    }
  }

  /**
   * All claims under a reading.
   *
   * @param findings in the same order for each reading; of figures that it does not change they are
   *     those of the base
   * @param changes how each finding's verdict differs from the base's
   */
  public record Judged(Reading reading, List<JudgedClaim> findings, List<Change> changes) {
    /** Copies the lists. */
    public Judged {
      findings = List.copyOf(findings);
      changes = List.copyOf(changes);
    }

    /** The names of the claims whose verdict differs so. */
    List<String> claims(Change change) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < findings.size(); i++) {
        if (changes.get(i) == change) {
          names.add(findings.get(i).claim().id());
        }
      }
      return names;
    }
  }

  /** Copies the list. */
  public Sensitivity {
    readings = List.copyOf(readings);
  }

  /**
   * Compares readings with the base.
   *
   * @param trained one of the figures: all have the same data, seeds and epochs
   * @param findings what the runs of each reading say of the claims, those of the base among them;
   *     of figures that a reading does not change, nothing
   */
  public static Sensitivity of(Experiment trained, Map<Reading, List<JudgedClaim>> findings) {
    List<JudgedClaim> base = Objects.requireNonNull(findings.get(Reading.BASE));
    List<Judged> readings = new ArrayList<>();
    readings.add(new Judged(Reading.BASE, base, Collections.nCopies(base.size(), Change.KEPT)));
    findings.forEach(
        (reading, own) -> {
          if (!reading.equals(Reading.BASE)) {
            readings.add(judged(reading, base, own));
          }
        });
    return new Sensitivity(
        trained.data(),
        trained.arms().get(0).seeds().size(),
        trained.arms().get(0).epochs(),
        readings);
  }

  private static Judged judged(Reading reading, List<JudgedClaim> base, List<JudgedClaim> own) {
    List<JudgedClaim> findings = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    for (JudgedClaim before : base) {
      Optional<JudgedClaim> here =
          own.stream().filter(one -> one.claim().id().equals(before.claim().id())).findFirst();
      findings.add(here.orElse(before));
      changes.add(
          here.map(one -> change(before.verdict(), one.verdict())).orElse(Change.SAME_RUNS));
    }
    return new Judged(reading, findings, changes);
  }

  private static Change change(ClaimVerdict base, ClaimVerdict here) {
    if (base == here) {
      return Change.KEPT;
    }
    if (here == ClaimVerdict.UNDECIDED) {
      return Change.UNDECIDED;
    }
    return base == ClaimVerdict.UNDECIDED ? Change.DECIDED : Change.REVERSED;
  }

  /** The base, with which the others are compared. */
  public Judged base() {
    return readings.get(0);
  }

  /** All readings but the base. */
  public List<Judged> others() {
    return readings.subList(1, readings.size());
  }

  /** How many claims have the same verdict under every reading. */
  int robust() {
    int count = 0;
    for (int i = 0; i < base().findings().size(); i++) {
      int claim = i;
      count += others().stream().anyMatch(o -> o.changes().get(claim).isOther()) ? 0 : 1;
    }
    return count;
  }
}
