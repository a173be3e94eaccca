package org.unvanish.cli.option;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.experiment.cluster.ClusterProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say on which machines runs are executed. */
public final class ClusterOptions implements Checked {

  private static final String LOCAL = "local";
  private static final String SPARK = "spark";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--executor",
      paramLabel = "NAME",
      description =
          "Where to run: local, or spark for an Apache Spark cluster (docs/cluster.md). Does "
              + "not change results.")
  private String executor = LOCAL;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "With --executor spark: the cluster, such as spark://host:7077. Default: the one of "
              + "spark-submit, else this machine.")
  private @Nullable String master;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "With --executor spark: a Spark setting. Can be repeated.")
  private List<String> conf = List.of();

  @Override
  public void check() {
    if (!executor.equals(LOCAL) && !executor.equals(SPARK)) {
      throw wrong("--executor must be %s or %s, but is '%s'".formatted(LOCAL, SPARK, executor));
    }
    if (!isCluster() && (master != null || !conf.isEmpty())) {
      throw wrong("--master and --conf need --executor spark");
    }
    for (String setting : conf) {
      if (!setting.matches("spark\\.[^=\\s]+=.*")) {
        throw wrong("--conf must be spark.KEY=VALUE, but is '%s'".formatted(setting));
      }
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** True where other machines are asked for. */
  public boolean isCluster() {
    return !executor.equals(LOCAL);
  }

  /** Where the cluster is, if the user says. */
  public Optional<String> master() {
    return Optional.ofNullable(master);
  }

  /** The cluster's own settings. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String setting : conf) {
      int equals = setting.indexOf('=');
      settings.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return settings;
  }

  /** As words of a command line. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    if (isCluster()) {
      words.addAll(List.of("--executor", executor));
      master().ifPresent(url -> words.addAll(List.of("--master", url)));
      conf.forEach(setting -> words.addAll(List.of("--conf", setting)));
    }
    return words;
  }

  /**
   * What opens the cluster.
   *
   * @throws CommandFailure if it is not there
   */
  public ClusterProvider provider() {
    try {
      for (ClusterProvider provider : ServiceLoader.load(ClusterProvider.class)) {
        if (provider.name().equals(executor)) {
          return provider;
        }
      }
    } catch (ServiceConfigurationError | LinkageError incomplete) {
      throw missing(incomplete);
    }
    throw missing(null);
  }

  private static CommandFailure missing(@Nullable Throwable cause) {
    String message =
        "--executor spark: Apache Spark is not on the class path. Start with ./unvanish, which "
            + "fetches Spark, or with spark-submit (docs/cluster.md)";
    return cause == null ? new CommandFailure(message) : new CommandFailure(message, cause);
  }
}
