package org.unvanish.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.unvanish.cli.execution.MemoryPlan;
import org.unvanish.cli.terminal.TimeLeft;
import org.unvanish.codec.yaml.Numbers;
import org.unvanish.data.Dataset;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.experiment.Backend;
import org.unvanish.optimizer.Schedule;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Plan;
import org.unvanish.spec.Plan.ArmPlan;
import org.unvanish.spec.Plan.LayerPlan;
import org.unvanish.spec.Plan.NetworkPlan;

/**
 * A plan for people and for programs.
 *
 * @param data empty where they are not there
 * @param workers runs at a time
 * @param memory what it needs; empty where the data are not there
 * @param seconds the estimated time, where known
 * @param reckoned whether a network is too costly to be timed, so that the time is a rough one
 */
record PlanText(
    ExperimentSpec spec,
    Plan plan,
    Optional<Dataset> data,
    int workers,
    Optional<MemoryPlan> memory,
    OptionalDouble seconds,
    boolean reckoned) {

  private static final String UNKNOWN = "?";

  /** Epochs whose learning rate is told. */
  private static final int MOST_RATES = 10;

  /** Several lines. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(spec.name()).append(": ").append(spec.title()).append("\n\n");
    text.append("data: ")
        .append(dataText())
        .append(", ")
        .append(spec.pixels().description(data.isPresent() && isTable(data.get())));
    remark().ifPresent(remark -> text.append('\n').append(remark));
    text.append('\n');
    for (NetworkPlan network : plan.networks()) {
      text.append('\n');
      if (plan.networks().size() > 1) {
        text.append("network of ").append(quoted(network.arms())).append('\n');
      }
      text.append(layers(network.layers()));
    }
    text.append("\nall arms: ").append(settings(plan.shared())).append('\n');
    if (!plan.sweep().isEmpty()) {
      text.append("sweep: ").append(String.join("\n  ", plan.sweep())).append('\n');
      text.append("arms (of the sweep, only the first and the last):\n");
    }
    for (ArmPlan arm : plan.arms()) {
      String differs = settings(arm.differs());
      text.append("arm \"%s\" (%s parameters)".formatted(arm.name(), shown(arm.parameters())));
      if (arm.recorded().every() > 1) {
        text.append(", gradients of one step in ").append(arm.recorded().every());
      }
      text.append(differs.isEmpty() ? "" : ": " + differs).append('\n');
    }
    for (ArmSpec arm : spec.chosenArms()) {
      rates(arm)
          .ifPresent(
              rates ->
                  text.append("learning rate of arm \"")
                      .append(arm.name())
                      .append("\" at the end of epochs: ")
                      .append(
                          rates.entrySet().stream()
                              .map(e -> e.getKey() + ": " + Numbers.text(e.getValue()))
                              .collect(Collectors.joining(", ")))
                      .append('\n'));
    }
    text.append("\nruns: ").append(plan.runs()).append('\n');
    memory.ifPresent(m -> text.append("memory: ").append(m.text()).append('\n'));
    text.append("estimated time: ").append(timeText()).append('\n');
    return text.toString();
  }

  private static String quoted(List<String> arms) {
    return arms.stream().map(arm -> '"' + arm + '"').collect(Collectors.joining(", "));
  }

  private static String layers(List<LayerPlan> layers) {
    int width = layers.stream().mapToInt(l -> l.description().length()).max().orElse(0);
    StringBuilder text = new StringBuilder("layer");
    text.append(" ".repeat(width + 2)).append("output        parameters\n");
    int number = 0;
    for (LayerPlan layer : layers) {
      text.append(
          "%4d  %s%s  %-12s  %10s%n"
              .formatted(
                  ++number,
                  layer.description(),
                  " ".repeat(width - layer.description().length()),
                  layer.output().map(Shape::title).orElse(UNKNOWN),
                  shown(layer.parameters())));
    }
    return text.toString();
  }

  /**
   * The learning rate at the end of some epochs, evenly spaced: where there is a schedule, and the
   * data are there to tell how many steps an epoch has.
   */
  private Optional<Map<Integer, Double>> rates(ArmSpec arm) {
    if (data.isEmpty() || arm.schedule().equals(Schedule.CONSTANT)) {
      return Optional.empty();
    }
    int steps = (data.get().train().count() - 1) / arm.batchSize() + 1;
    int shown = Math.min(arm.epochs(), MOST_RATES);
    Map<Integer, Double> rates = new LinkedHashMap<>();
    for (int i = 1; i <= shown; i++) {
      int epoch = (int) ((long) arm.epochs() * i / shown);
      int step = (int) Math.min((long) epoch * steps, Integer.MAX_VALUE);
      double factor = arm.schedule().factor(step, steps);
      rates.put(epoch, rounded(arm.optimizer().learningRate() * factor));
    }
    return Optional.of(rates);
  }

  private static double rounded(double rate) {
    return new BigDecimal(rate).round(new MathContext(3)).doubleValue();
  }

  private Optional<String> remark() {
    return data.flatMap(d -> spec.inputScaling(d).remark());
  }

  private static boolean isTable(Dataset data) {
    return data.train().pixels() instanceof Pixels.Floats;
  }

  private String dataText() {
    return data.map(
            d ->
                "%s (%s): %d training and %d test %s %s"
                    .formatted(
                        d.name(),
                        d.title(),
                        d.train().count(),
                        d.test().count(),
                        d.sampleText(),
                        d.learnt()))
        .orElse(spec.dataSource().source() + " (cannot be loaded)");
  }

  private String timeText() {
    if (seconds.isEmpty()) {
      if (data.isEmpty()) {
        return "unknown without the data";
      }
      return spec.arms().stream().allMatch(arm -> arm.backend() == Backend.ENGINE)
          ? "unknown, because a network diverges at once"
          : "unknown: only arms of the engine are timed beforehand";
    }
    return "%s %s with %d %s at a time on this machine"
        .formatted(
            reckoned ? "roughly (from its multiply-adds)" : "about",
            TimeLeft.inWords(seconds.getAsDouble()),
            workers,
            workers == 1 ? "run" : "runs");
  }

  private static String settings(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String shown(OptionalInt number) {
    return number.isPresent() ? Integer.toString(number.getAsInt()) : UNKNOWN;
  }

  /** One JSON object; what is not known is null. */
  String json() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("experiment", spec.name()).put("title", spec.title());
    root.put("data", data.map(Dataset::name).orElse(null));
    ObjectNode dataNode = root.putObject("dataset").put("source", spec.dataSource().source());
    dataNode.put("train_samples", data.map(d -> d.train().count()).orElse(null));
    dataNode.put("test_samples", data.map(d -> d.test().count()).orElse(null));
    dataNode.put("shape", data.map(d -> d.train().shape().toString()).orElse(null));
    Optional<Dataset> labelled = data.filter(d -> !d.classes().isEmpty());
    dataNode.put("classes", labelled.map(d -> d.classes().size()).orElse(null));
    ArrayNode targets = dataNode.putArray("targets");
    data.ifPresent(
        d -> d.train().columns().targets().forEach(column -> targets.add(column.name())));
    remark().ifPresent(remark -> dataNode.put("remark", remark));
    ArrayNode networks = root.putArray("networks");
    for (NetworkPlan network : plan.networks()) {
      ObjectNode node = networks.addObject();
      node.set("arms", mapper.valueToTree(network.arms()));
      putLayers(node, network.layers());
    }
    root.set("shared", mapper.valueToTree(plan.shared()));
    ArrayNode arms = root.putArray("arms");
    for (ArmPlan arm : plan.arms()) {
      ObjectNode node = arms.addObject().put("arm", arm.name());
      node.set("differs", mapper.valueToTree(arm.differs()));
      node.put("parameters", boxed(arm.parameters()));
      node.put("record_every", arm.recorded().isAutomatic() ? null : arm.recorded().every());
    }
    ObjectNode ratesNode = root.putObject("learning_rates");
    for (ArmSpec arm : spec.chosenArms()) {
      rates(arm).ifPresent(rates -> ratesNode.set(arm.name(), mapper.valueToTree(rates)));
    }
    if (!plan.sweep().isEmpty()) {
      root.set("sweep", mapper.valueToTree(plan.sweep()));
    }
    root.put("runs", plan.runs()).put("workers", workers);
    root.put("memory_bytes_per_run", memory.map(MemoryPlan::run).orElse(null));
    root.put("memory_bytes_of_data", memory.map(MemoryPlan::data).orElse(null));
    root.put("estimated_seconds", seconds.isPresent() ? (Double) seconds.getAsDouble() : null);
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private static void putLayers(ObjectNode node, List<LayerPlan> layers) {
    ArrayNode array = node.putArray("layers");
    for (LayerPlan layer : layers) {
      array
          .addObject()
          .put("layer", layer.description())
          .put("output", layer.output().map(Object::toString).orElse(null))
          .put("parameters", boxed(layer.parameters()));
    }
  }

  private static @Nullable Integer boxed(OptionalInt number) {
    return number.isPresent() ? (Integer) number.getAsInt() : null;
  }
}
