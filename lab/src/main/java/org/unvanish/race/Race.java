package org.unvanish.race;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DroppedArm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Racing;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.experiment.Sweep;
import org.unvanish.loss.Score;

/**
 * Which arms of a sweep are trained how far: alternately says what to train, and is told what that
 * came to. A value, decided by the scores alone: neither order, nor workers, nor time matter.
 *
 * <p>A run that failed tells nothing of its arm. Over the epochs the arm keeps a place that nobody
 * else is given: those who are dropped would be dropped whatever it comes to, those who go on would
 * go on, and who would have got its place waits, until the run is tried again. Over the seeds
 * nobody is dropped any more.
 */
public final class Race {

  private final Experiment experiment;
  private final List<Arm> unraced;
  private final int epochs;
  private final List<Long> seeds;
  private final RacePlan plan;

  /** How many stages are behind. */
  private final int done;

  private final List<Arm> arms;

  /** Places that are kept for arms whose runs failed. */
  private final int kept;

  private final List<DroppedArm> dropped;

  private Race(Experiment experiment, List<Arm> raced, List<Arm> unraced, RacePlan plan) {
    this.experiment = experiment;
    this.unraced = List.copyOf(unraced);
    this.epochs = raced.get(0).epochs();
    this.seeds = raced.get(0).seeds();
    this.plan = plan;
    this.done = 0;
    this.arms = List.copyOf(raced);
    this.kept = 0;
    this.dropped = List.of();
  }

  private Race(Race before, int done, List<Arm> arms, int kept, List<DroppedArm> dropped) {
    this.experiment = before.experiment;
    this.unraced = before.unraced;
    this.epochs = before.epochs;
    this.seeds = before.seeds;
    this.plan = before.plan;
    this.done = done;
    this.arms = List.copyOf(arms);
    this.kept = kept;
    this.dropped = List.copyOf(dropped);
  }

  /**
   * True for a sweep with racing that is long enough for an arm to be dropped. A shard is none, as
   * its arms differ in their seeds.
   */
  public static boolean mayDrop(Experiment experiment) {
    Optional<Sweep> sweep = experiment.sweep().filter(varied -> varied.racing().isPresent());
    List<Arm> raced =
        experiment.arms().stream()
            .filter(arm -> sweep.isPresent() && sweep.get().points().containsKey(arm.name()))
            .toList();
    return !raced.isEmpty()
        && raced.stream().allMatch(arm -> isAlike(arm, raced.get(0)))
        && of(experiment).plan.stages() > 1;
  }

  private static boolean isAlike(Arm one, Arm other) {
    return one.epochs() == other.epochs() && one.seeds().equals(other.seeds());
  }

  /**
   * A race that has not begun.
   *
   * @throws IllegalArgumentException if the experiment is no sweep with racing, or the points of
   *     the sweep differ in their epochs or seeds
   */
  public static Race of(Experiment experiment) {
    Sweep sweep =
        experiment.sweep().orElseThrow(() -> new IllegalArgumentException("there is no sweep"));
    Racing racing =
        sweep.racing().orElseThrow(() -> new IllegalArgumentException("there is no racing"));
    List<Arm> raced = new ArrayList<>();
    List<Arm> unraced = new ArrayList<>();
    for (Arm arm : experiment.arms()) {
      (sweep.points().containsKey(arm.name()) ? raced : unraced).add(arm);
    }
    if (raced.isEmpty()) {
      throw new IllegalArgumentException("no arm is a point of the sweep");
    }
    Arm first = raced.get(0);
    for (Arm arm : raced) {
      if (!isAlike(arm, first)) {
        throw new IllegalArgumentException(
            "arms “%s” and “%s” cannot race, as their epochs or seeds differ"
                .formatted(first.name(), arm.name()));
      }
    }
    return new Race(
        experiment,
        raced,
        unraced,
        RacePlan.of(racing, raced.size(), first.epochs(), first.seeds().size()));
  }

  /** True where nothing is left to be trained. */
  public boolean isOver() {
    return done == plan.stages();
  }

  /** The arms that were dropped so far, in that order. */
  public List<DroppedArm> dropped() {
    return dropped;
  }

  /**
   * What is to be trained now.
   *
   * @throws IllegalStateException if the race is over
   */
  public RaceStage stage() {
    if (isOver()) {
      throw new IllegalStateException("the race is over");
    }
    int stageEpochs = isRung() ? plan.rungs().get(done) : epochs;
    int stageSeeds = seeds.size();
    if (isRung()) {
      stageSeeds = plan.firstSeeds();
    } else if (!isLast()) {
      stageSeeds = plan.untested() + plan.looks().get(done - plan.rungs().size());
    }
    Set<String> racing = names(arms);
    Set<String> beside = isLast() ? names(unraced) : Set.of();
    List<Arm> trained = new ArrayList<>();
    for (Arm arm : experiment.arms()) {
      if (racing.contains(arm.name())) {
        trained.add(arm.with(stageEpochs, seeds.subList(0, stageSeeds)));
      } else if (beside.contains(arm.name())) {
        trained.add(arm);
      }
    }
    return new RaceStage(
        done + 1,
        plan.stages(),
        stageEpochs,
        stageSeeds,
        new Experiment(experiment.name(), experiment.title(), experiment.data(), trained));
  }

  private static Set<String> names(List<Arm> arms) {
    return arms.stream().map(Arm::name).collect(Collectors.toSet());
  }

  private boolean isRung() {
    return done < plan.rungs().size();
  }

  private boolean isLast() {
    return done == plan.stages() - 1;
  }

  /**
   * The race after its {@link #stage}.
   *
   * @param result what that came to, without a run that was interrupted
   * @throws IllegalStateException if the race is over
   */
  public Race after(ExperimentResult result) {
    if (isLast()) {
      return new Race(this, done + 1, arms, kept, dropped);
    }
    RaceStage stage = stage();
    Map<String, Standing> known = standings(stage, result);
    List<Standing> standings =
        arms.stream().map(Arm::name).filter(known::containsKey).map(known::get).toList();
    return isRung() ? afterRung(stage, standings) : afterLook(stage, standings);
  }

  private Race afterRung(RaceStage stage, List<Standing> standings) {
    List<Standing> ranked = Standing.ranked(standings, experiment.headline());
    int all = arms.size() + kept;
    int places = plan.places(all);
    int left = Math.max(0, places - (all - ranked.size()));
    List<DroppedArm> now = new ArrayList<>(dropped);
    for (int i = places; i < ranked.size(); i++) {
      Standing bar = ranked.get(places - 1);
      now.add(
          new DroppedArm(
              ranked.get(i).arm().name(),
              stage.number(),
              stage.epochs(),
              stage.seeds(),
              DroppedArm.Reason.HALVING,
              i + 1,
              all,
              places,
              ranked.get(i).mean(),
              bar.arm().name(),
              bar.mean(),
              Double.NaN));
    }
    return next(ranked.subList(0, left).stream().map(Standing::arm).toList(), places - left, now);
  }

  private Race afterLook(RaceStage stage, List<Standing> standings) {
    if (kept > 0 || standings.size() < arms.size()) {
      return next(arms, Math.max(1, kept), dropped);
    }
    Score score = experiment.headline();
    List<Standing> ranked =
        Standing.ranked(standings.stream().map(s -> s.from(plan.untested())).toList(), score);
    int before =
        (int) dropped.stream().filter(arm -> arm.reason() == DroppedArm.Reason.TEST).count();
    List<PairedTest.Settled> settled = PairedTest.of(ranked, score, plan, before);
    List<Standing> left = new ArrayList<>(ranked);
    List<DroppedArm> now = new ArrayList<>(dropped);
    for (PairedTest.Settled worse : settled) {
      left.remove(worse.arm());
      now.add(
          new DroppedArm(
              worse.arm().arm().name(),
              stage.number(),
              stage.epochs(),
              stage.seeds(),
              DroppedArm.Reason.TEST,
              ranked.indexOf(worse.arm()) + 1,
              ranked.size(),
              ranked.size() - settled.size(),
              worse.arm().mean(),
              ranked.get(0).arm().name(),
              ranked.get(0).mean(),
              worse.pValue()));
    }
    return next(left.stream().map(Standing::arm).toList(), 0, now);
  }

  /** Where nobody is left, as all wait for runs that failed, only the last stage may have work. */
  private Race next(List<Arm> left, int keptNow, List<DroppedArm> now) {
    Set<String> names = names(left);
    List<Arm> inOrder = arms.stream().filter(arm -> names.contains(arm.name())).toList();
    int next = done + 1;
    if (inOrder.isEmpty()) {
      next = unraced.isEmpty() ? plan.stages() : plan.stages() - 1;
    }
    return new Race(this, next, inOrder, keptNow, now);
  }

  /** By the arms' names, scores in the order of the seeds; without arms of which a run failed. */
  private Map<String, Standing> standings(RaceStage stage, ExperimentResult result) {
    Map<String, List<RunResult>> runs = new HashMap<>();
    for (RunResult run : result.runs()) {
      runs.computeIfAbsent(run.run().arm().name(), name -> new ArrayList<>()).add(run);
    }
    Score score = experiment.headline();
    Map<String, Standing> standings = new HashMap<>();
    for (Arm arm : arms) {
      List<RunResult> own =
          Objects.requireNonNull(runs.get(arm.name())).stream()
              .sorted(Comparator.comparingInt(run -> seeds.indexOf(run.run().seed())))
              .toList();
      if (own.stream().noneMatch(run -> run.outcome() instanceof RunOutcome.Failed)) {
        standings.put(
            arm.name(),
            new Standing(arm, own.stream().mapToDouble(run -> score(run, stage, score)).toArray()));
      }
    }
    return standings;
  }

  private static double score(RunResult run, RaceStage stage, Score score) {
    if (run.outcome() instanceof RunOutcome.Diverged) {
      return Double.NaN;
    }
    if (run.epochs().size() != stage.epochs()) {
      throw new IllegalArgumentException(
          run.run() + " has not the epochs of " + stage.title() + ": " + run.outcome().label());
    }
    return run.epochs().get(stage.epochs() - 1).test().of(score);
  }
}
