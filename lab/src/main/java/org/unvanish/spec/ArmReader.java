package org.unvanish.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.unvanish.activation.Activation;
import org.unvanish.experiment.Backend;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.InitialValues;
import org.unvanish.train.Optimizer;

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
      new SettingReader.Start(new InitialValues.Glorot(), new InitialValues.Zeros());

  private final int activationLayers;

  /**
   * @param activationLayers how many the network has
   */
  ArmReader(int activationLayers) {
    this.activationLayers = activationLayers;
  }

  /** What a mapping says of an arm, which need not be all. */
  private record Settings(
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
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /** The arms, in their order. */
  List<ArmSpec> read(Optional<Field> defaults, Field arms, int mostArms) {
    Settings shared =
        defaults
            .map(field -> settings(field.fields(KEYS.toArray(String[]::new))))
            .orElse(Settings.NONE);
    List<ArmSpec> read = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int runs = 0;
    for (Field item : arms.items(mostArms)) {
      ArmSpec arm = arm(new Field("an arm", item.node()), shared);
      if (!names.add(arm.name())) {
        throw item.place().error("two arms are named \"%s\"", arm.name());
      }
      requireDifferent(arm, read, item.place());
      runs += arm.seeds().size();
      if (runs > MOST_RUNS) {
        throw item.place().error("up to here the arms have %d runs, more than %d", runs, MOST_RUNS);
      }
      read.add(arm);
    }
    return read;
  }

  /** As a run belongs to what its arm trains, whatever its name, epochs and seeds. */
  private void requireDifferent(ArmSpec arm, List<ArmSpec> earlier, Place place) {
    for (ArmSpec other : earlier) {
      if (other.training(activationLayers).equals(arm.training(activationLayers))) {
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
  }

  private ArmSpec arm(Field field, Settings shared) {
    List<String> keys = new ArrayList<>(KEYS);
    keys.add(0, "name");
    Fields fields = field.fields(keys.toArray(String[]::new));
    String name = fields.need("name").text(100);
    Settings own = settings(fields);
    List<Activation> activations = first(own, shared, Settings::activations, List.of());
    if (activations.isEmpty() && activationLayers > 0) {
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
        fields.find("activation").map(this::activations),
        fields.find("penalty").map(SettingReader::penalty),
        fields.find("initial-values").map(SettingReader::start),
        fields.find("optimizer").map(SettingReader::optimizer),
        fields.find("backend").map(f -> f.choice(Words.BACKENDS)),
        fields.find("batch-size").map(f -> f.count(1, ArmSpec.MOST_BATCH)),
        fields.find("epochs").map(f -> f.count(1, ArmSpec.MOST_EPOCHS)),
        fields.find("seeds").map(ArmReader::seeds));
  }

  private List<Activation> activations(Field field) {
    if (activationLayers == 0) {
      throw field.place().error("the network has no activation layer that this could go to");
    }
    if (!field.isList()) {
      return List.of(SettingReader.activation(field));
    }
    List<Field> items = field.items(activationLayers);
    if (items.size() != activationLayers) {
      throw field
          .place()
          .error(
              "a list of activations needs one for each activation layer of the network: %d, but"
                  + " has %d",
              activationLayers, items.size());
    }
    return items.stream().map(SettingReader::activation).toList();
  }

  private static List<Long> seeds(Field field) {
    if (!field.isList()) {
      return ArmSpec.seeds(field.count(1, ArmSpec.MOST_SEEDS));
    }
    List<Long> seeds = new ArrayList<>();
    Set<Long> distinct = new HashSet<>();
    for (Field item : field.items(ArmSpec.MOST_SEEDS)) {
      Field seed = new Field("a seed", item.node());
      seeds.add(seed.whole(0, ArmSpec.LARGEST_SEED));
      if (!distinct.add(seeds.get(seeds.size() - 1))) {
        throw seed.place().error("the seed %s stands here twice", item.node().description());
      }
    }
    return seeds;
  }
}
