package org.unvanish.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntConsumer;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunResult;
import org.unvanish.file.ResultFile;
import org.unvanish.gradient.GradientStatistics;
import org.unvanish.store.Session;
import org.unvanish.store.StoredRun;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.ParameterGradient;
import org.unvanish.train.UpdateRatio;
import org.unvanish.train.ValueSize;

/** An experiment's runs as TensorBoard's event files: one folder for each run. */
final class TensorBoardFiles {

  /** Fixed, so that an export replaces the one before it. */
  private static final String FILE = "events.out.tfevents.unvanish";

  private static final int LONGEST_NAME = 50;

  private TensorBoardFiles() {}

  /**
   * Writes {@code ARM/seed-N/events.out.tfevents.unvanish} for every run that has an epoch.
   *
   * @param stored the same runs, in the same order, with their sessions
   * @param folder created where it is missing
   * @param progress told how many runs are done
   */
  static void write(
      ExperimentResult result, List<StoredRun> stored, Path folder, IntConsumer progress)
      throws IOException {
    List<Arm> arms = result.experiment().arms();
    List<String> names = folderNames(arms.stream().map(Arm::name).toList());
    for (int i = 0; i < result.runs().size(); i++) {
      progress.accept(i);
      RunResult run = result.runs().get(i);
      if (!run.epochs().isEmpty()) {
        String arm = names.get(arms.indexOf(run.run().arm()));
        Path place = folder.resolve(arm).resolve("seed-" + run.run().seed());
        Files.createDirectories(place);
        ResultFile.write(place.resolve(FILE), events(run, stored.get(i).sessions()));
      }
    }
  }

  static byte[] events(RunResult run, List<Session> sessions) {
    EventFile file = new EventFile(endOf(0, run, sessions));
    for (EpochRecord epoch : run.epochs()) {
      file.add(endOf(epoch.epoch(), run, sessions), epoch.epoch(), summary(epoch));
    }
    return file.toByteArray();
  }

  /**
   * When an epoch ended, in seconds since 1970: the start of its session and the time of the
   * session's epochs up to it. Of a run without sessions, since it began.
   */
  private static double endOf(int epoch, RunResult run, List<Session> sessions) {
    Instant start = Instant.EPOCH;
    int first = 1;
    for (Session session : sessions) {
      if (session.firstEpoch() <= Math.max(1, epoch)) {
        start = session.start();
        first = session.firstEpoch();
      }
    }
    int from = first;
    double seconds =
        run.epochs().stream()
            .filter(e -> e.epoch() >= from && e.epoch() <= epoch)
            .mapToDouble(EpochRecord::seconds)
            .sum();
    return start.getEpochSecond() + start.getNano() / 1e9 + seconds;
  }

  private static EventFile.Summary summary(EpochRecord epoch) {
    EventFile.Summary summary = new EventFile.Summary();
    epoch
        .train()
        .values()
        .forEach(
            (score, train) ->
                summary
                    .scalar(score + "/train", train)
                    .scalar(
                        score + "/test", epoch.test().values().getOrDefault(score, Double.NaN)));
    summary.scalar("time/seconds", epoch.seconds());
    for (ParameterGradient gradient : epoch.gradients()) {
      String tag = "gradients/" + gradient.parameter() + "/" + gradient.source().label();
      GradientStatistics s = gradient.statistics();
      summary
          .scalar(tag + "/mean_abs", s.meanAbs())
          .scalar(tag + "/rms", s.rms())
          .scalar(tag + "/max_abs", s.maxAbs())
          .scalar(tag + "/vanished_share", s.vanishedShare());
      Histogram.of(s).ifPresent(histogram -> summary.histogram(tag + "/abs", histogram));
    }
    for (UpdateRatio update : epoch.updates()) {
      summary.scalar("updates/" + update.parameter() + "/update_to_weight", update.value());
    }
    for (ValueSize size : epoch.sizes()) {
      summary.scalar("sizes/" + size.kind().label() + "/" + size.name() + "/rms", size.rms());
    }
    return summary;
  }

  /**
   * For each text a name of a folder: its letters, digits and spaces and {@code . _ = , + -}; other
   * characters become hyphens, at most 50 characters. No two are the same, also where capitals do
   * not count.
   */
  static List<String> folderNames(List<String> texts) {
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (String text : texts) {
      String name = name(text);
      String free = name;
      for (int n = 2; !taken.add(free.toLowerCase(Locale.ROOT)); n++) {
        free = name + "-" + n;
      }
      names.add(free);
    }
    return names;
  }

  private static String name(String text) {
    String name = text.replaceAll("[^\\p{L}\\p{N} ._=,+-]+", "-").replaceAll("^[ .-]+|[ .-]+$", "");
    int length = Math.min(LONGEST_NAME, name.codePointCount(0, name.length()));
    return name.isEmpty() ? "arm" : name.substring(0, name.offsetByCodePoints(0, length)).strip();
  }
}
