package org.unvanish.spark;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;
import org.unvanish.train.TrainingDecision;

/**
 * The way from executors to the driver. Spark makes one of these in each process, by its class's
 * name, so that what the ends are connected to is static: a process has one context of Spark.
 */
public final class ReportPlugin implements SparkPlugin {

  private static volatile @Nullable RunBook book;
  private static volatile @Nullable Fleet fleet;
  private static volatile @Nullable PluginContext executor;

  /** For Spark. */
  public ReportPlugin() {}

  /** Connects the driver's end. */
  static void connect(@Nullable RunBook listener) {
    book = listener;
  }

  /** The machines that have come to the context that was opened last. */
  static Optional<Fleet> fleet() {
    return Optional.ofNullable(fleet);
  }

  /** Reports from an executor, and waits for the driver's answer. */
  static TrainingDecision ask(Report report) throws Exception {
    return (Boolean) here().ask(Wire.bytes(report))
        ? TrainingDecision.CONTINUE
        : TrainingDecision.STOP;
  }

  /** This executor, for people: {@code 10.0.0.7 (executor 3)}. */
  static String host() {
    return "%s (executor %s)"
        .formatted(SparkEnv.get().blockManager().blockManagerId().host(), here().executorID());
  }

  private static PluginContext here() {
    PluginContext context = executor;
    if (context == null) {
      throw new IllegalStateException(
          "this executor of Spark knows no %s: its setting spark.plugins was changed"
              .formatted(ReportPlugin.class.getName()));
    }
    return context;
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public Map<String, String> init(SparkContext context, PluginContext own) {
        // Before the first executor comes, so that none is missed.
        Fleet machines = new Fleet();
        context.addSparkListener(machines);
        fleet = machines;
        return Map.of();
      }

      @Override
      public Object receive(Object message) {
        RunBook listener = book;
        return listener != null
            && listener.accept(Wire.value((byte[]) message, Report.class))
                == TrainingDecision.CONTINUE;
      }
    };
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext own, Map<String, String> extra) {
        executor = own;
      }
    };
  }
}
