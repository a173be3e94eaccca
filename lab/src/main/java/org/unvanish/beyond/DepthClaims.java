package org.unvanish.beyond;

import static org.unvanish.examination.AgreementText.signed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.unvanish.claim.Claim;
import org.unvanish.claim.Claim.Checked;
import org.unvanish.claim.ClaimVerdict;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.comparison.ShownNumber;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.examination.Agreement;
import org.unvanish.statistics.MeanDeviation;

/**
 * What mean-field theory expects of {@code depth}, held against what was measured: propositions 4
 * and 5 of docs/theory.md. Factors are those of typical samples, as log₁₀.
 *
 * <p>"At most" is confirmed if the mean and two standard errors more are at most that, and refuted
 * if even two standard errors less are above it.
 */
public final class DepthClaims {

  private static final String EXPERIMENT = "depth";

  private static final int FEWEST_SEEDS = 6;

  /** As many intervals of two standard errors hold what they should, and so many forecasts. */
  private static final double MOST = 0.95;

  /** How much of another change still is "little" or "the same". */
  private static final double LITTLE = 0.1;

  private static final double TWO = StrictMath.log10(2);

  private static final String ORDERED = "σ_w = 0.8";
  private static final String CRITICAL = "σ_w = 1";
  private static final String CHAOTIC = "σ_w = 1.5";
  private static final String BIASED = "σ_w = 1.2, σ_b = 0.3";
  private static final double ORDERED_LOG10 = StrictMath.log10(0.8);

  private static final String ALPHA_1 = "α = 1";
  private static final String ALPHA_2 = "α = 2";
  private static final String ALPHA_8 = "α = 8";
  private static final String ALPHA_CRITICAL = "α = 2.85";

  private final List<MeasuredArm> arms;
  private final Map<String, MeasuredArm> places = new LinkedHashMap<>();
  private final int[] depths;

  private DepthClaims(List<MeasuredArm> arms) {
    this.arms = arms;
    arms.forEach(arm -> places.put(place(arm.layers(), arm.setting(), arm.alpha()), arm));
    this.depths = arms.stream().mapToInt(MeasuredArm::layers).sorted().distinct().toArray();
  }

  /**
   * The findings.
   *
   * @param arms all of the experiment, with the same seeds
   */
  public static List<JudgedClaim> judge(List<MeasuredArm> arms) {
    return new DepthClaims(arms).judge();
  }

  private List<JudgedClaim> judge() {
    List<JudgedClaim> findings = new ArrayList<>();
    findings.add(
        finding(
            "forecast",
            "19 of 20 forecasts are no more than 0.1 and two standard errors from what is measured",
            forecasts()));
    for (String setting : List.of(ORDERED, CRITICAL, CHAOTIC)) {
      findings.add(
          finding(
              "gain." + setting.substring(setting.lastIndexOf(' ') + 1),
              setting
                  + " without biases: α = 2 gains at most log₁₀ 2 = 0.30, however many layers there are",
              gains(setting)));
    }
    int steps = farthest() - before();
    double ordered = steps * ORDERED_LOG10;
    String from = " from %d to %d layers ".formatted(before(), farthest());
    findings.add(
        finding(
            "ordered",
            ORDERED
                + ":%sthe gradient falls by log₁₀ 0.8 a layer, %s in all, whatever α is"
                    .formatted(from, signed(ordered)),
            changes(
                ORDERED,
                List.of(ALPHA_1, ALPHA_2, ALPHA_8),
                change -> atMost(change, ordered, LITTLE * Math.abs(ordered)))));
    findings.add(
        finding(
            "critical",
            CRITICAL
                + ":"
                + from
                + "the gradient changes by less than a tenth of that, whatever α is",
            changes(
                CRITICAL,
                List.of(ALPHA_1, ALPHA_2, ALPHA_8),
                change -> atMost(change, 0, LITTLE * Math.abs(ordered)))));
    findings.add(
        finding(
            "chaotic",
            CHAOTIC + ":" + from + "the gradient grows, and no α stops it",
            changes(CHAOTIC, List.of(ALPHA_1, ALPHA_2, ALPHA_8), DepthClaims::isAboveZero)));
    findings.add(
        finding(
            "biases.gain",
            BIASED + ": α acts at every layer;" + from + "α = 2 gains more than log₁₀ 2 once more",
            biasedGain()));
    double shrinking = change(BIASED, ALPHA_1).mean();
    findings.add(
        finding(
            "biases.critical",
            BIASED
                + ": α = 2.85 is critical;"
                + from
                + "the gradient changes by less than a tenth of what α = 1 takes",
            changes(
                BIASED,
                List.of(ALPHA_CRITICAL, ALPHA_1),
                List.of(ALPHA_CRITICAL),
                change -> atMost(change, 0, LITTLE * Math.abs(shrinking)))));
    findings.add(
        finding(
            "biases.chaotic",
            BIASED + ": α = 8 is too much;" + from + "the gradient grows",
            changes(BIASED, List.of(ALPHA_8), DepthClaims::isAboveZero)));
    return List.copyOf(findings);
  }

  private JudgedClaim finding(String name, String statement, Checked outcome) {
    boolean few = arms.get(0).seeds().size() < FEWEST_SEEDS;
    Checked checked = few ? new Checked(ClaimVerdict.UNDECIDED, outcome.evidence()) : outcome;
    // Nothing is trained, so that there is no result to look at once more.
    Claim claim =
        new Claim(
            EXPERIMENT,
            name,
            statement,
            arms.stream().map(MeasuredArm::name).toList(),
            (result, of) -> checked);
    return new JudgedClaim(
        claim,
        checked.verdict(),
        checked.evidence(),
        checked.comparison(),
        DataCatalog.CIFAR10,
        BeyondSpecs.SERIES.words());
  }

  private Checked forecasts() {
    long agree =
        arms.stream()
            .filter(
                arm ->
                    Agreement.of(arm.forecast().typicalLog10(), arm.measured().typical())
                        == Agreement.AGREES)
            .count();
    MeasuredArm farthest =
        arms.stream().max(Comparator.comparingDouble(DepthClaims::apart)).orElseThrow();
    return new Checked(
        agree >= MOST * arms.size() ? ClaimVerdict.HOLDS : ClaimVerdict.FAILS,
        "%d of %d; furthest apart in “%s”: forecast %s, measured %s"
            .formatted(
                agree,
                arms.size(),
                farthest.name(),
                signed(farthest.forecast().typicalLog10()),
                interval(farthest.measured().typical())));
  }

  private static double apart(MeasuredArm arm) {
    return Math.abs(arm.forecast().typicalLog10() - arm.measured().typical().mean());
  }

  private Checked gains(String setting) {
    List<ClaimVerdict> verdicts = new ArrayList<>();
    List<String> evidence = new ArrayList<>();
    for (int depth : depths) {
      MeanDeviation gain = gain(depth, setting);
      verdicts.add(below(gain, TWO));
      evidence.add("%d layers %s".formatted(depth, interval(gain)));
    }
    return new Checked(all(verdicts), String.join(", ", evidence));
  }

  /** What α = 2 gains on α = 1, seed by seed: both have the same weights. */
  private MeanDeviation gain(int depth, String setting) {
    List<SeedFactors> without = at(depth, setting, ALPHA_1).seeds();
    List<SeedFactors> with = at(depth, setting, ALPHA_2).seeds();
    return MeanDeviation.of(
        IntStream.range(0, without.size())
            .mapToDouble(i -> with.get(i).typicalLog10() - without.get(i).typicalLog10()));
  }

  private Checked biasedGain() {
    MeanDeviation deep = gain(farthest(), BIASED);
    MeanDeviation shallow = gain(before(), BIASED);
    MeanDeviation more = difference(deep, shallow);
    return new Checked(
        above(more, TWO),
        "%s at %d layers, %s at %d"
            .formatted(interval(shallow), before(), interval(deep), farthest()));
  }

  private Checked changes(
      String setting, List<String> alphas, Function<MeanDeviation, ClaimVerdict> verdict) {
    return changes(setting, alphas, alphas, verdict);
  }

  /**
   * @param shown in the evidence
   * @param judged of these
   */
  private Checked changes(
      String setting,
      List<String> shown,
      List<String> judged,
      Function<MeanDeviation, ClaimVerdict> verdict) {
    return new Checked(
        all(judged.stream().map(alpha -> verdict.apply(change(setting, alpha))).toList()),
        String.join(
            ", ", shown.stream().map(a -> a + ": " + interval(change(setting, a))).toList()));
  }

  /** From the second largest depth to the largest: other networks, so not seed by seed. */
  private MeanDeviation change(String setting, String alpha) {
    return difference(
        at(farthest(), setting, alpha).measured().typical(),
        at(before(), setting, alpha).measured().typical());
  }

  private static MeanDeviation difference(MeanDeviation one, MeanDeviation other) {
    return new MeanDeviation(
        one.mean() - other.mean(),
        Math.sqrt(one.deviation() * one.deviation() + other.deviation() * other.deviation()),
        Math.min(one.n(), other.n()));
  }

  private int farthest() {
    return depths[depths.length - 1];
  }

  private int before() {
    return depths[depths.length - 2];
  }

  private MeasuredArm at(int layers, String setting, String alpha) {
    return Objects.requireNonNull(places.get(place(layers, setting, alpha)));
  }

  private static String place(int layers, String setting, String alpha) {
    return layers + ", " + setting + ", " + alpha;
  }

  /** Of all at once. */
  private static ClaimVerdict all(List<ClaimVerdict> verdicts) {
    if (verdicts.contains(ClaimVerdict.FAILS)) {
      return ClaimVerdict.FAILS;
    }
    return verdicts.contains(ClaimVerdict.UNDECIDED) ? ClaimVerdict.UNDECIDED : ClaimVerdict.HOLDS;
  }

  private static ClaimVerdict atMost(MeanDeviation value, double centre, double range) {
    return all(List.of(below(value, centre + range), above(value, centre - range)));
  }

  private static ClaimVerdict isAboveZero(MeanDeviation value) {
    return above(value, 0);
  }

  private static ClaimVerdict below(MeanDeviation value, double bound) {
    return above(new MeanDeviation(-value.mean(), value.deviation(), value.n()), -bound);
  }

  private static ClaimVerdict above(MeanDeviation value, double bound) {
    if (value.mean() - 2 * value.error() >= bound) {
      return ClaimVerdict.HOLDS;
    }
    return value.mean() + 2 * value.error() < bound ? ClaimVerdict.FAILS : ClaimVerdict.UNDECIDED;
  }

  /** {@code −0.30 ± 0.02}: mean and two standard errors. */
  private static String interval(MeanDeviation value) {
    return signed(value.mean()) + ShownNumber.of(" ± %.2f", 2 * value.error());
  }
}
