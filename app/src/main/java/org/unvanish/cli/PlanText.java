package org.unvanish.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.unvanish.cli.execution.MemoryPlan;
import org.unvanish.cli.terminal.TimeLeft;
import org.unvanish.data.Dataset;
import org.unvanish.data.Pixels;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.DataDescription;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Plan;
import org.unvanish.spec.Plan.ArmPlan;
import org.unvanish.spec.Plan.LayerPlan;

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

  /** Several lines. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(spec.name()).append(": ").append(spec.title()).append("\n\n");
    text.append("data: ")
        .append(dataText())
        .append(", ")
        .append(
            spec.pixels()
                .description(
                    data.isPresent() && data.get().train().pixels() instanceof Pixels.Floats));
    remark().ifPresent(remark -> text.append('\n').append(remark));
    text.append("\n\nlayer");
    int width = plan.layers().stream().mapToInt(l -> l.description().length()).max().orElse(0);
    text.append(" ".repeat(width + 2)).append("output        parameters\n");
    int number = 0;
    for (LayerPlan layer : plan.layers()) {
      text.append(
          "%4d  %s%s  %-12s  %10s%n"
              .formatted(
                  ++number,
                  layer.description(),
                  " ".repeat(width - layer.description().length()),
                  layer.output().map(Object::toString).orElse(UNKNOWN),
                  shown(layer.parameters())));
    }
    text.append("\nall arms: ").append(settings(plan.shared())).append('\n');
    for (ArmPlan arm : plan.arms()) {
      String differs = settings(arm.differs());
      text.append("arm \"%s\" (%s parameters)".formatted(arm.name(), shown(arm.parameters())));
      text.append(differs.isEmpty() ? "" : ": " + differs).append('\n');
    }
    text.append("\nruns: ").append(plan.runs()).append('\n');
    memory.ifPresent(m -> text.append("memory: ").append(m.text()).append('\n'));
    text.append("estimated time: ").append(timeText()).append('\n');
    return text.toString();
  }

  private Optional<String> remark() {
    return data.flatMap(d -> spec.inputScaling(d).remark());
  }

  private String dataText() {
    return data.map(
            d ->
                "%s (%s): %d training and %d test samples of %s, %s"
                    .formatted(
                        d.name(),
                        d.title(),
                        d.train().count(),
                        d.test().count(),
                        d.train().shape(),
                        DataDescription.of(d).targetsText()))
        .orElse(spec.dataSource().source() + " (cannot be loaded)");
  }

  private String timeText() {
    if (seconds.isEmpty()) {
      if (data.isEmpty()) {
        return "unknown without the data";
      }
      return spec.arms().stream().allMatch(arm -> arm.backend() == Backend.ENGINE)
          ? "unknown: a network diverges at once"
          : "not made: only the engine's arms can be timed beforehand";
    }
    return "%s %s with %d %s at a time on this machine"
        .formatted(
            reckoned ? "very roughly, by its multiply-adds," : "about",
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
    root.put("name", spec.name()).put("title", spec.title());
    ObjectNode dataNode = root.putObject("data").put("source", spec.dataSource().source());
    dataNode.put("train_samples", data.map(d -> d.train().count()).orElse(null));
    dataNode.put("test_samples", data.map(d -> d.test().count()).orElse(null));
    dataNode.put("shape", data.map(d -> d.train().shape().toString()).orElse(null));
    Optional<Dataset> labelled = data.filter(d -> !d.classes().isEmpty());
    dataNode.put("classes", labelled.map(d -> d.classes().size()).orElse(null));
    dataNode.put("targets", data.map(d -> DataDescription.of(d).targetsText()).orElse(null));
    remark().ifPresent(remark -> dataNode.put("remark", remark));
    ArrayNode layers = root.putArray("layers");
    for (LayerPlan layer : plan.layers()) {
      layers
          .addObject()
          .put("layer", layer.description())
          .put("output", layer.output().map(Object::toString).orElse(null))
          .put("parameters", boxed(layer.parameters()));
    }
    root.set("shared", mapper.valueToTree(plan.shared()));
    ArrayNode arms = root.putArray("arms");
    for (ArmPlan arm : plan.arms()) {
      ObjectNode node = arms.addObject().put("name", arm.name());
      node.set("differs", mapper.valueToTree(arm.differs()));
      node.put("parameters", boxed(arm.parameters()));
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

  private static @Nullable Integer boxed(OptionalInt number) {
    return number.isPresent() ? (Integer) number.getAsInt() : null;
  }
}
