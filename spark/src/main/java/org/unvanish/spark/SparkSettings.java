package org.unvanish.spark;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.unvanish.data.Dataset;
import org.unvanish.experiment.cluster.ClusterException;
import org.unvanish.experiment.cluster.ClusterRequest;
import org.unvanish.experiment.execution.RunWorker;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.Trainer;

/**
 * What Spark is told, so that users need not: a user's own settings come first, then those of
 * {@code spark-submit}, then these.
 */
final class SparkSettings {

  static final String PLUGINS = "spark.plugins";

  private static final String MASTER = "spark.master";
  private static final String EXECUTOR_FLAGS = "spark.executor.extraJavaOptions";
  private static final String EXECUTOR_CORES = "spark.executor.cores";
  private static final String CLASS_PATH = "spark.executor.extraClassPath";
  private static final String JARS = "spark.jars";

  /** As the launcher passes them, with its reasons. */
  private static final String FLAGS =
      "--add-modules=jdk.incubator.vector -XX:+UseSerialGC -XX:ObjectAlignmentInBytes=64"
          + " -XX:CompileCommand=quiet"
          + " -XX:CompileCommand=dontinline,org.unvanish.internal.kernel.ActivationKernel::*";

  /** One class of each of our modules that an executor needs. */
  private static final List<Class<?>> OURS =
      List.of(SparkSettings.class, RunWorker.class, Trainer.class, Dataset.class, Penalty.class);

  /** What Spark and Java take themselves. */
  private static final long OWN_MEMORY = 1L << 30;

  /** The data as they came and as they are read, with the room that Spark leaves beside. */
  private static final int COPIES_OF_DATA = 4;

  /** Tasks of an executor, where the user does not say: Spark gives it a whole machine, or one. */
  private static final int USUAL_CORES = 8;

  private SparkSettings() {}

  /** All settings for what is asked. */
  static SparkConf of(ClusterRequest request) {
    SparkConf conf = new SparkConf();
    request.settings().forEach(conf::set);
    request.master().ifPresent(master -> conf.set(MASTER, master));
    conf.setIfMissing(
        MASTER,
        request.workers().isPresent() ? "local[" + request.workers().getAsInt() + "]" : "local[*]");
    conf.setIfMissing("spark.app.name", request.name());
    conf.setIfMissing("spark.ui.enabled", "false");
    request.workers().ifPresent(most -> conf.setIfMissing("spark.cores.max", "" + most));
    // One core a run: it has one thread. What failed is tried again by our driver, which knows
    // more.
    conf.set("spark.task.cpus", "1");
    conf.set("spark.task.maxFailures", "1");
    append(conf, PLUGINS, ",", ReportPlugin.class.getName());
    if (!isLocal(conf)) {
      append(conf, EXECUTOR_FLAGS, " ", FLAGS);
      conf.setIfMissing("spark.executor.memory", (memory(conf, request) >> 20) + "m");
      addOwnClasses(conf);
    }
    return conf;
  }

  /** True where this process is the cluster. */
  static boolean isLocal(SparkConf conf) {
    String master = conf.get(MASTER);
    return master.equals("local") || master.startsWith("local[");
  }

  private static long memory(SparkConf conf, ClusterRequest request) {
    int cores = conf.getInt(EXECUTOR_CORES, USUAL_CORES);
    return OWN_MEMORY + COPIES_OF_DATA * request.dataBytes() + 2 * request.runBytes() * cores;
  }

  private static void append(SparkConf conf, String key, String separator, String value) {
    String given = conf.get(key, "");
    if (!given.contains(value)) {
      conf.set(key, given.isEmpty() ? value : given + separator + value);
    }
  }

  /**
   * Jars are shipped. Folders of classes, as of a test, must be there, and the jars beside them as
   * well: what an executor has on its class path finds nothing that is shipped.
   */
  private static void addOwnClasses(SparkConf conf) {
    List<Path> places = OURS.stream().map(SparkSettings::place).distinct().toList();
    if (places.stream().anyMatch(Files::isDirectory)) {
      append(
          conf,
          CLASS_PATH,
          File.pathSeparator,
          places.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
      return;
    }
    conf.set(
        JARS,
        Stream.concat(
                Stream.of(conf.get(JARS, "").split(",")).filter(jar -> !jar.isEmpty()),
                places.stream().map(jar -> jar.toUri().toString()))
            .distinct()
            .collect(Collectors.joining(",")));
  }

  private static Path place(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new ClusterException("cannot ship " + source.getLocation() + " to the executors", e);
    }
  }
}
