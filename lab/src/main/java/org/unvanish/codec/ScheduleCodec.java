package org.unvanish.codec;

import static org.unvanish.codec.yaml.Numbers.exact;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.optimizer.Schedule;
import org.unvanish.optimizer.Schedule.Decay;
import org.unvanish.optimizer.Schedule.Unit;
import org.unvanish.optimizer.Schedule.WarmUp;

/** Schedules of the learning rate as specs, definitions and the schema have them. */
public final class ScheduleCodec {

  private static final int MOST_EPOCHS = 10_000;
  private static final int MOST_STEPS = 100_000_000;

  private static final Map<String, Schedule> NONE = Map.of("none", Schedule.CONSTANT);

  private static final Key<Integer> WARM_UP_STEPS =
      Key.count("steps", 1, MOST_STEPS, "Its length in steps.");
  private static final Key<Integer> WARM_UP_EPOCHS =
      Key.count("epochs", 1, MOST_EPOCHS, "Its length in epochs.");
  private static final Key<Integer> STEP_EPOCHS =
      Key.count("epochs", 1, MOST_EPOCHS, "Epochs between two changes.");
  private static final Key<Double> FACTOR =
      Key.number("factor", Key.LEAST, 1, "What each change multiplies the learning rate by.");
  private static final Key<Integer> COSINE_EPOCHS =
      Key.count("epochs", 1, MOST_EPOCHS, "Epochs from the start of the training to its end.");
  private static final Key<Double> END_FACTOR =
      Key.number("end-factor", 0, 1, "What the learning rate is multiplied by from there on.")
          .byDefault(0);

  private static final Key<WarmUp> WARM_UP =
      new Key<>(
          "warm-up",
          ScheduleCodec::warmUp,
          JsonSchema.of("The learning rate rises in a straight line.")
              .anyOf(
                  List.of(
                      JsonSchema.ANY.object(List.of(WARM_UP_STEPS), WARM_UP_STEPS.name()),
                      JsonSchema.ANY.object(List.of(WARM_UP_EPOCHS), WARM_UP_EPOCHS.name()))));
  private static final Key<Decay> STEP =
      new Key<>(
          "step",
          ScheduleCodec::step,
          JsonSchema.of("The learning rate falls by a factor every few epochs.")
              .object(List.of(STEP_EPOCHS, FACTOR), STEP_EPOCHS.name(), FACTOR.name()));
  private static final Key<Decay> COSINE =
      new Key<>(
          "cosine",
          ScheduleCodec::cosine,
          JsonSchema.of("The learning rate falls along half a cosine, step by step.")
              .object(List.of(COSINE_EPOCHS, END_FACTOR), COSINE_EPOCHS.name()));

  private static final List<Key<Decay>> DECAYS = List.of(STEP, COSINE);

  private static final Kinds<Decay, Map<String, Object>> KINDS =
      new Kinds<Decay, Map<String, Object>>("schedule")
          .with(Decay.None.class, d -> Map.of(), d -> "")
          .with(
              Decay.Step.class,
              d -> Map.of(STEP.name(), map(STEP_EPOCHS, d.epochs(), FACTOR, d.factor())),
              d -> "factor %s every %d epochs".formatted(exact(d.factor()), d.epochs()))
          .with(
              Decay.Cosine.class,
              d -> Map.of(COSINE.name(), map(COSINE_EPOCHS, d.epochs(), END_FACTOR, d.endFactor())),
              d -> "cosine to factor %s in %d epochs".formatted(exact(d.endFactor()), d.epochs()));

  private ScheduleCodec() {}

  /** Reads a schedule. */
  public static Schedule read(Field field) {
    if (field.isText()) {
      return field.choice(NONE);
    }
    Fields fields = field.fields(WARM_UP.name(), STEP.name(), COSINE.name());
    boolean warms = fields.has(WARM_UP.name());
    boolean falls = fields.has(STEP.name()) || fields.has(COSINE.name());
    if (!falls && !warms) {
      fields.one(List.of(WARM_UP.name(), STEP.name(), COSINE.name()));
    }
    Optional<WarmUp> warmUp = WARM_UP.find(fields);
    if (!falls) {
      return new Schedule(warmUp.orElse(WarmUp.NONE), new Decay.None());
    }
    String kind = fields.one(DECAYS.stream().map(Key::name).toList());
    Key<Decay> decay = kind.equals(STEP.name()) ? STEP : COSINE;
    return new Schedule(warmUp.orElse(WarmUp.NONE), decay.find(fields).orElse(new Decay.None()));
  }

  private static WarmUp warmUp(Field field) {
    Fields fields = field.fields(WARM_UP_STEPS.name(), WARM_UP_EPOCHS.name());
    String unit = fields.one(List.of(WARM_UP_STEPS.name(), WARM_UP_EPOCHS.name()));
    return unit.equals(WARM_UP_STEPS.name())
        ? new WarmUp(WARM_UP_STEPS.read().apply(fields.need(unit)), Unit.STEPS)
        : new WarmUp(WARM_UP_EPOCHS.read().apply(fields.need(unit)), Unit.EPOCHS);
  }

  private static Decay step(Field field) {
    Fields fields = field.fields(STEP_EPOCHS.name(), FACTOR.name());
    return new Decay.Step(STEP_EPOCHS.need(fields).orElse(1), FACTOR.need(fields).orElse(1.0));
  }

  private static Decay cosine(Field field) {
    Fields fields = field.fields(COSINE_EPOCHS.name(), END_FACTOR.name());
    return new Decay.Cosine(
        COSINE_EPOCHS.need(fields).orElse(1), END_FACTOR.find(fields).orElse(0.0));
  }

  /** As specs write it. */
  public static Object yaml(Schedule schedule) {
    if (schedule.equals(Schedule.CONSTANT)) {
      return "none";
    }
    Map<String, Object> map = new LinkedHashMap<>();
    WarmUp warmUp = schedule.warmUp();
    if (warmUp.length() > 0) {
      map.put(WARM_UP.name(), Map.of(unit(warmUp), warmUp.length()));
    }
    map.putAll(KINDS.yaml(schedule.decay()));
    return map;
  }

  private static String unit(WarmUp warmUp) {
    return warmUp.unit().name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> map(
      Key<?> first, Object firstValue, Key<?> second, Object secondValue) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(first.name(), firstValue);
    map.put(second.name(), secondValue);
    return map;
  }

  /** As the text that identifies a run has it. */
  public static String definition(Schedule schedule) {
    List<String> parts = new ArrayList<>();
    WarmUp warmUp = schedule.warmUp();
    if (warmUp.length() > 0) {
      parts.add("warm-up of %d %s".formatted(warmUp.length(), unit(warmUp)));
    }
    String decay = KINDS.definition(schedule.decay());
    if (!decay.isEmpty()) {
      parts.add(decay);
    }
    return parts.isEmpty() ? "none" : String.join(", ", parts);
  }

  /** The definition {@code schedule}. */
  public static Map<String, JsonSchema> schemas() {
    return Map.of(
        "schedule",
        JsonSchema.ANY.anyOf(
            List.of(
                JsonSchema.ANY.word("none"),
                JsonSchema.of("A warm-up only.").object(List.of(WARM_UP), WARM_UP.name()),
                JsonSchema.of("Step by step, with or without a warm-up.")
                    .object(List.of(WARM_UP, STEP), STEP.name()),
                JsonSchema.of("A cosine, with or without a warm-up.")
                    .object(List.of(WARM_UP, COSINE), COSINE.name()))));
  }
}
