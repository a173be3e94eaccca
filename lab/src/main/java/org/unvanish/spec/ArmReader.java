package org.unvanish.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.unvanish.activation.Activation;
import org.unvanish.experiment.Backend;
import org.unvanish.initialization.Initialization;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;

/** Reads arms, each over the defaults that all share. */
final class ArmReader {

  /** The keys of an arm, but its name. */
  static final List<String> KEYS =
      List.of(
          "activation",
          "penalty",
          "initial-values",
          "optimizer",
          "backend",
          "batch-size",
          "epochs",
          "seeds");

  private static final int MOST_RUNS = 100_000;
  private static final int BATCH_SIZE = 32;
  private static final int EPOCHS = 50;
  private static final int SEEDS = 25;
  private static final SettingReader.Start START =
      new SettingReader.Start(new Initialization.Glorot(), new Initialization.Zeros());

  private final OptionalInt activationLayers;
  private final Problems problems;

  /**
   * @param activationLayers how many the network has; empty where it cannot be read
   */
  ArmReader(OptionalInt activationLayers, Problems problems) {
    this.activationLayers = activationLayers;
    this.problems = problems;
  }

  /**
   * What a mapping says of an arm, which need not be all; what cannot be read is empty.
   *
   * @param namesActivation whether the mapping has an activation, readable or not
   */
  record Settings(
      boolean namesActivation,
      Optional<List<Activation>> activations,
      Optional<Penalty> penalty,
      Optional<SettingReader.Start> start,
      Optional<Optimizer> optimizer,
      Optional<Backend> backend,
      Optional<Integer> batchSize,
      Optional<Integer> epochs,
      Optional<List<Long>> seeds) {
    static final Settings NONE =
        new Settings(
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /** What all arms share. */
  Settings defaults(Field field) {
    return settings(field.fields(KEYS.toArray(String[]::new)));
  }

  /** The arms that can be read, in their order. */
  List<ArmSpec> arms(Settings shared, Field arms, int mostArms) {
    List<ArmSpec> read = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int runs = 0;
    for (Field item : arms.items(mostArms)) {
      Optional<ArmSpec> one = problems.attempt(() -> arm(item.named("an arm"), shared));
      if (one.isEmpty()) {
        continue;
      }
      ArmSpec arm = one.get();
      if (!names.add(arm.name())) {
        problems.add(item.place().error("two arms are named \"%s\"", arm.name()));
      }
      // Of arms that are not read as they were meant, nothing can be said.
      if (problems.count() == 0) {
        problems.attempt(() -> requireDifferent(arm, read, item.place()));
      }
      runs += arm.seeds().size();
      if (runs > MOST_RUNS) {
        throw item.place().error("up to here the arms have %d runs, more than %d", runs, MOST_RUNS);
      }
      read.add(arm);
    }
    return read;
  }

  /** As a run belongs to what its arm trains, whatever its name, epochs and seeds. */
  private ArmSpec requireDifferent(ArmSpec arm, List<ArmSpec> earlier, Place place) {
    int layers = activationLayers.orElseThrow();
    for (ArmSpec other : earlier) {
      if (other.training(layers).equals(arm.training(layers))) {
        boolean asLong = other.epochs() == arm.epochs() && other.seeds().equals(arm.seeds());
        throw place.error(
            "the arms \"%s\" and \"%s\" differ in nothing but their %s",
            other.name(),
            arm.name(),
            asLong
                ? "names"
                : "names, epochs and seeds, so that they would train the same runs; give one arm"
                    + " the epochs and seeds of both");
      }
    }
    return arm;
  }

  private ArmSpec arm(Field field, Settings shared) {
    List<String> keys = new ArrayList<>(KEYS);
    keys.add(0, "name");
    Fields fields = field.fields(keys.toArray(String[]::new));
    Optional<String> given = fields.need("name", f -> f.text(100));
    Settings own = settings(fields);
    String name = given.orElseThrow(Problems.Told::new);
    List<Activation> activations = first(own, shared, Settings::activations, List.of());
    boolean named = own.namesActivation() || shared.namesActivation();
    if (!named && activationLayers.orElse(0) > 0) {
      throw fields.place().error("the arm \"%s\" needs an activation", name);
    }
    SettingReader.Start start = first(own, shared, Settings::start, START);
    return new ArmSpec(
        name,
        activations,
        first(own, shared, Settings::penalty, Penalty.none()),
        start.weights(),
        start.biases(),
        first(own, shared, Settings::optimizer, Optimizer.Adam.DEFAULT),
        first(own, shared, Settings::backend, Backend.ENGINE),
        first(own, shared, Settings::batchSize, BATCH_SIZE),
        first(own, shared, Settings::epochs, EPOCHS),
        first(own, shared, Settings::seeds, ArmSpec.seeds(SEEDS)));
  }

  private static <T> T first(
      Settings own, Settings shared, Function<Settings, Optional<T>> of, T otherwise) {
    return of.apply(own).or(() -> of.apply(shared)).orElse(otherwise);
  }

  private Settings settings(Fields fields) {
    return new Settings(
        fields.has("activation") || fields.misspells("activation"),
        fields.find("activation", this::activations),
        fields.find("penalty", SettingReader::penalty),
        fields.find("initial-values", SettingReader::start),
        fields.find("optimizer", SettingReader::optimizer),
        fields.find("backend", f -> f.choice(SpecWords.BACKENDS)),
        fields.find("batch-size", f -> f.count(1, ArmSpec.MOST_BATCH)),
        fields.find("epochs", f -> f.count(1, ArmSpec.MOST_EPOCHS)),
        fields.find("seeds", ArmReader::seeds));
  }

  private List<Activation> activations(Field field) {
    if (activationLayers.equals(OptionalInt.of(0))) {
      throw field.place().error("the network has no activation layer that this could go to");
    }
    if (!field.isList()) {
      return List.of(SettingReader.activation(field));
    }
    List<Field> items = field.items(activationLayers.orElse(LayerReader.MOST_LAYERS));
    if (items.size() != activationLayers.orElse(items.size())) {
      throw field
          .place()
          .error(
              "a list of activations needs one for each activation layer of the network: %d, but"
                  + " has %d",
              activationLayers.getAsInt(), items.size());
    }
    return items.stream()
        .flatMap(item -> problems.attempt(() -> SettingReader.activation(item)).stream())
        .toList();
  }

  private static List<Long> seeds(Field field) {
    if (!field.isList()) {
      return ArmSpec.seeds(field.count(1, ArmSpec.MOST_SEEDS));
    }
    List<Long> seeds = new ArrayList<>();
    Set<Long> distinct = new HashSet<>();
    for (Field item : field.items(ArmSpec.MOST_SEEDS)) {
      Field seed = item.named("a seed");
      seeds.add(seed.whole(0, ArmSpec.LARGEST_SEED));
      if (!distinct.add(seeds.get(seeds.size() - 1))) {
        throw seed.place().error("the seed %s stands here twice", item.node().description());
      }
    }
    return seeds;
  }
}
