package org.unvanish.spec.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.unvanish.activation.Activation;
import org.unvanish.codec.JsonSchema;
import org.unvanish.codec.Key;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.codec.yaml.Place;
import org.unvanish.codec.yaml.Problems;
import org.unvanish.codec.yaml.YamlText;
import org.unvanish.experiment.Racing;
import org.unvanish.penalty.Penalty;
import org.unvanish.spec.ArmSpec;

/** Sweeps as specs and the schema have them. */
public final class SweepCodec {

  private static final String GRID = "grid";
  private static final String RANDOM = "random";
  private static final String SOBOL = "sobol";
  private static final long DEFAULT_SEED = 1;
  private static final int MOST_ARMS = SweepDesign.MOST_ARMS;
  private static final String EXAMPLE = "{from: 0.5, to: 16, count: 6, scale: log}";

  private static final Key<String> DESIGN =
      Key.choice(
              "design",
              Map.of(GRID, GRID, RANDOM, RANDOM, SOBOL, SOBOL),
              "Every value with every other, or a sample: random points, or those of a Sobol"
                  + " sequence, which fill the space more evenly.")
          .byDefault(GRID);
  private static final Key<Integer> COUNT =
      Key.count("count", 1, MOST_ARMS, "Of random and sobol: how many points.");
  private static final Key<Long> SEED =
      new Key<>(
          "seed",
          field -> field.whole(0, ArmSpec.LARGEST_SEED),
          JsonSchema.of("Of random and sobol: which points.")
              .whole(0, ArmSpec.LARGEST_SEED)
              .with("default", DEFAULT_SEED));
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final Key<Integer> STEPS =
      Key.count("count", 2, MOST_ARMS, "Of a grid: how many values.");
  private static final Key<Boolean> SCALE =
      Key.choice(
              "scale",
              Map.of("linear", false, "log", true),
              "Whether equal differences or equal ratios are equal steps.")
          .byDefault("linear");

  private static final Key<Field> SETTINGS = new Key<>("settings", field -> field, settings());

  /** The key {@code sweep}; it is read by one who knows the defaults. */
  public static final Key<Field> KEY =
      new Key<>(
          "sweep",
          field -> field,
          JsonSchema.of("Settings that are varied, over the defaults; each point is an arm.")
              .object(List.of(DESIGN, COUNT, SEED, SETTINGS, RacingCodec.KEY), SETTINGS.name()));

  private SweepCodec() {}

  /** The arm that settings are put into. */
  @FunctionalInterface
  public interface Base {
    /**
     * Reads it.
     *
     * @param activated whether it needs an activation of its own
     */
    ArmSpec read(boolean activated);
  }

  /** Reads a sweep; {@link SweepSpec#points} tells whether its arms have a place for all values. */
  public static SweepSpec read(Field field, Base base) {
    Problems problems = field.problems();
    int before = problems.count();
    Fields fields =
        field.fields(
            DESIGN.name(), COUNT.name(), SEED.name(), SETTINGS.name(), RacingCodec.KEY.name());
    Optional<Racing> racing = RacingCodec.KEY.find(fields).orElse(Optional.of(Racing.DEFAULT));
    Optional<SweepDesign> design = problems.attempt(() -> design(fields));
    boolean sample = design.isPresent() && !(design.get() instanceof SweepDesign.Grid);
    List<SweptAxis<?>> axes =
        SETTINGS.need(fields).map(settings -> axes(settings, sample)).orElse(List.of());
    if (problems.count() > before || axes.isEmpty()) {
      throw new Problems.Told();
    }
    requireApart(axes);
    if (!sample) {
      requireFew(axes, fields.place());
    }
    boolean activated = axes.stream().noneMatch(a -> a.setting() == SweptSettings.ACTIVATION);
    SweepSpec sweep = new SweepSpec(design.orElseThrow(), axes, base.read(activated), racing);
    return sweep.varies(SweptSettings.R) ? withForm(sweep) : sweep;
  }

  private static SweepDesign design(Fields fields) {
    String word = DESIGN.find(fields).orElse(GRID);
    if (word.equals(GRID)) {
      for (Key<?> key : List.of(COUNT, SEED)) {
        if (fields.has(key.name())) {
          throw fields
              .keyPlace(key.name())
              .error(
                  "leave out %s, which is for a random or sobol design: a grid has all "
                      + "combinations",
                  key.name());
        }
      }
      return new SweepDesign.Grid();
    }
    int count = COUNT.need(fields).orElse(1);
    long seed = SEED.find(fields).orElse(DEFAULT_SEED);
    return word.equals(RANDOM)
        ? new SweepDesign.Random(count, seed)
        : new SweepDesign.Sobol(count, seed);
  }

  private static List<SweptAxis<?>> axes(Field settings, boolean sample) {
    Fields fields = settings.fields(SweptSettings.ALL.keySet().toArray(String[]::new));
    List<SweptAxis<?>> axes = new ArrayList<>();
    for (String name : fields.keys()) {
      SweptSetting<?> setting = Objects.requireNonNull(SweptSettings.ALL.get(name));
      fields
          .find(name, field -> axis(setting, field, fields.keyPlace(name), sample))
          .ifPresent(axes::add);
    }
    if (fields.isEmpty()) {
      throw settings
          .place()
          .error("settings needs a setting to vary, such as \"alpha: [1, 2, 4]\"");
    }
    return axes;
  }

  @SuppressWarnings("unchecked") // A setting with limits is a number.
  private static <T> SweptAxis<T> axis(
      SweptSetting<T> setting, Field field, Place place, boolean sample) {
    if (field.isList()) {
      return new SweptAxis<>(setting, listed(setting, field), place);
    }
    SweptSetting.Limits limits =
        setting.limits().orElseThrow(() -> field.mustBe("a list of the values that are compared"));
    if (!field.isMapping()) {
      throw field.mustBe("a list of numbers, or a range such as " + EXAMPLE);
    }
    return new SweptAxis<>(setting, (SweptValues<T>) range(limits, field, sample), place);
  }

  private static <T> SweptValues<T> listed(SweptSetting<T> setting, Field list) {
    Set<T> values = new LinkedHashSet<>();
    for (Field item : list.items(MOST_ARMS)) {
      list.problems()
          .attempt(() -> setting.read().apply(item))
          .filter(value -> !values.add(value))
          .ifPresent(
              value ->
                  list.problems()
                      .add(item.place().error("%s has this value already", list.name())));
    }
    if (values.isEmpty()) {
      throw new Problems.Told();
    }
    return new SweptValues.Listed<>(List.copyOf(values));
  }

  private static SweptValues.Range range(SweptSetting.Limits limits, Field field, boolean sample) {
    Fields fields = field.fields(FROM, TO, STEPS.name(), SCALE.name());
    Optional<Double> from = fields.need(FROM, limits::read);
    Optional<Double> to = fields.need(TO, limits::read);
    Optional<Integer> count = sample ? Optional.empty() : STEPS.need(fields);
    boolean logarithmic = SCALE.find(fields).orElse(false);
    if (sample && fields.has(STEPS.name())) {
      throw fields
          .keyPlace(STEPS.name())
          .error(
              "leave this out: a random or sobol design has no steps, and its count is the "
                  + "key next to design");
    }
    double start = from.orElseThrow(Problems.Told::new);
    double end = to.orElseThrow(Problems.Told::new);
    if (start >= end) {
      throw fields.keyPlace(FROM).error("from must be less than to");
    }
    if (logarithmic && start == 0) {
      throw fields
          .keyPlace(FROM)
          .error(
              "a log scale cannot start from 0; start above it, or write a list that has 0:"
                  + " [0, 0.001, 0.01, 0.1]");
    }
    return new SweptValues.Range(
        start,
        end,
        count.map(OptionalInt::of).orElse(OptionalInt.empty()),
        logarithmic,
        limits.whole());
  }

  /** Two settings must not say the same thing of an arm. */
  private static void requireApart(List<SweptAxis<?>> axes) {
    for (SweptAxis<?> axis : axes) {
      boolean alpha = has(axes, SweptSettings.ALPHA);
      if (axis.setting() == SweptSettings.PENALTY && has(axes, SweptSettings.R)) {
        throw axis.place().error("penalty sets r as well; vary one of them");
      }
      if (alpha
          && axis.setting() == SweptSettings.ACTIVATION
          && axis.values().grid().stream().anyMatch(SweepCodec::isScaled)) {
        throw axis.place()
            .error("an activation has an α of its own, and alpha is varied; write its function");
      }
    }
  }

  private static boolean has(List<SweptAxis<?>> axes, SweptSetting<?> setting) {
    return axes.stream().anyMatch(axis -> axis.setting() == setting);
  }

  private static boolean isScaled(Object value) {
    Activation activation = (Activation) value;
    return !activation.equals(Activation.of(activation.function()));
  }

  private static void requireFew(List<SweptAxis<?>> axes, Place place) {
    long arms = 1;
    for (SweptAxis<?> axis : axes) {
      arms = Math.min(arms * axis.values().grid().size(), Integer.MAX_VALUE);
    }
    if (arms > MOST_ARMS) {
      throw place.error(
          "the grid has %s arms, more than %d; take fewer values, or \"design: sobol\" with a count",
          arms == Integer.MAX_VALUE ? "very many" : Long.toString(arms), MOST_ARMS);
    }
  }

  /** A penalty has a form and a scope, also where its r is yet to come. */
  private static SweepSpec withForm(SweepSpec sweep) {
    if (!sweep.base().penalty().isNone()) {
      return sweep;
    }
    ArmDraft base = new ArmDraft(sweep.base());
    base.penalty = new Penalty.L2(0, Penalty.Scope.ALL);
    return sweep.withBase(base.arm(sweep.base().name()));
  }

  /** As specs write it. */
  public static Map<String, Object> yaml(SweepSpec sweep) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (sweep.design() instanceof SweepDesign.Random random) {
      sample(map, RANDOM, random.count(), random.seed());
    } else if (sweep.design() instanceof SweepDesign.Sobol sobol) {
      sample(map, SOBOL, sobol.count(), sobol.seed());
    } else {
      map.put(DESIGN.name(), GRID);
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    sweep.axes().forEach(axis -> settings.put(axis.setting().name(), values(axis)));
    map.put(SETTINGS.name(), settings);
    map.put(RacingCodec.KEY.name(), RacingCodec.yaml(sweep.racing()));
    return map;
  }

  /** What a sweep comes to, for people: how many arms, then a line for each setting. */
  public static List<String> lines(SweepSpec sweep) {
    List<String> lines = new ArrayList<>();
    lines.add("%s of %d arms".formatted(yaml(sweep).get(DESIGN.name()), sweep.arms().size()));
    sweep
        .axes()
        .forEach(axis -> lines.add(axis.setting().name() + ": " + YamlText.inline(values(axis))));
    return List.copyOf(lines);
  }

  private static void sample(Map<String, Object> map, String design, int count, long seed) {
    map.put(DESIGN.name(), design);
    map.put(COUNT.name(), count);
    map.put(SEED.name(), seed);
  }

  private static <T> Object values(SweptAxis<T> axis) {
    if (axis.values() instanceof SweptValues.Listed<T> listed) {
      return listed.values().stream().map(axis.setting().yaml()).toList();
    }
    SweptValues.Range range = (SweptValues.Range) axis.values();
    SweptSetting.Limits limits = axis.setting().limits().orElseThrow();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(FROM, limits.yaml(range.from()));
    map.put(TO, limits.yaml(range.to()));
    range.count().ifPresent(count -> map.put(STEPS.name(), count));
    map.put(SCALE.name(), range.logarithmic() ? "log" : "linear");
    return map;
  }

  private static JsonSchema settings() {
    return JsonSchema.of("What is varied, and over which values.")
        .object(SweptSettings.ALL.values().stream().<Key<?>>map(SweepCodec::key).toList())
        .with("minProperties", 1);
  }

  private static <T> Key<T> key(SweptSetting<T> setting) {
    JsonSchema list = JsonSchema.ANY.items(setting.schema(), 1, MOST_ARMS);
    JsonSchema values =
        setting
            .limits()
            .map(limits -> JsonSchema.ANY.anyOf(List.of(list, schema(limits))))
            .orElse(list);
    return new Key<>(setting.name(), setting.read(), values);
  }

  private static JsonSchema schema(SweptSetting.Limits limits) {
    return JsonSchema.of("Numbers between two.")
        .object(
            List.of(
                new Key<>(FROM, limits::read, limits.schema()),
                new Key<>(TO, limits::read, limits.schema()),
                STEPS,
                SCALE),
            FROM,
            TO);
  }
}
