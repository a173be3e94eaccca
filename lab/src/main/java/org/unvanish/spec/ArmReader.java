package org.unvanish.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.unvanish.activation.Activation;
import org.unvanish.codec.ActivationCodec;
import org.unvanish.codec.InitializationCodec;
import org.unvanish.codec.NetworkCodec;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.codec.yaml.Place;
import org.unvanish.codec.yaml.Problems;
import org.unvanish.experiment.Backend;
import org.unvanish.initialization.Initialization;
import org.unvanish.loss.Loss;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.optimizer.Schedule;
import org.unvanish.penalty.Penalty;

/** Reads arms, each over the defaults that all share. */
final class ArmReader {

  private static final int MOST_RUNS = 100_000;
  private static final InitializationCodec.Start START =
      new InitializationCodec.Start(new Initialization.Glorot(), new Initialization.Zeros());

  private final OptionalInt activationLayers;
  private final Problems problems;

  /**
   * @param activationLayers how many the network has that an arm fills; empty where it cannot be
   *     read
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
      Optional<Loss> loss,
      Optional<Penalty> penalty,
      Optional<InitializationCodec.Start> start,
      Optional<Optimizer> optimizer,
      Optional<Schedule> schedule,
      Optional<Clipping> clipping,
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
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /** What all arms share. */
  Settings defaults(Field field) {
    return settings(field.fields(ArmKeys.names(ArmKeys.SETTINGS)));
  }

  /** The arms that can be read, in their order. */
  List<ArmSpec> arms(Settings shared, Field arms) {
    List<ArmSpec> read = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int runs = 0;
    for (Field item : arms.items(ArmKeys.MOST_ARMS)) {
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
    Fields fields = field.fields(ArmKeys.names(ArmKeys.ALL));
    Optional<String> given = ArmKeys.NAME.need(fields);
    Settings own = settings(fields);
    String name = given.orElseThrow(Problems.Told::new);
    List<Activation> activations = first(own, shared, Settings::activations, List.of());
    boolean named = own.namesActivation() || shared.namesActivation();
    if (!named && activationLayers.orElse(0) > 0) {
      throw fields.place().error("the arm \"%s\" needs an activation", name);
    }
    InitializationCodec.Start start = first(own, shared, Settings::start, START);
    return new ArmSpec(
        name,
        activations,
        own.loss().or(shared::loss),
        first(own, shared, Settings::penalty, Penalty.none()),
        start.weights(),
        start.biases(),
        first(own, shared, Settings::optimizer, Optimizer.Adam.DEFAULT),
        first(own, shared, Settings::schedule, Schedule.CONSTANT),
        first(own, shared, Settings::clipping, Clipping.none()),
        first(own, shared, Settings::backend, Backend.ENGINE),
        first(own, shared, Settings::batchSize, ArmKeys.DEFAULT_BATCH_SIZE),
        first(own, shared, Settings::epochs, ArmKeys.DEFAULT_EPOCHS),
        first(own, shared, Settings::seeds, ArmSpec.seeds(ArmKeys.DEFAULT_SEEDS)));
  }

  private static <T> T first(
      Settings own, Settings shared, Function<Settings, Optional<T>> of, T otherwise) {
    return of.apply(own).or(() -> of.apply(shared)).orElse(otherwise);
  }

  private Settings settings(Fields fields) {
    return new Settings(
        fields.has(ArmKeys.ACTIVATION.name()) || fields.misspells(ArmKeys.ACTIVATION.name()),
        fields.find(ArmKeys.ACTIVATION.name(), this::activations),
        ArmKeys.LOSS.find(fields),
        ArmKeys.PENALTY.find(fields),
        ArmKeys.INITIAL_VALUES.find(fields),
        ArmKeys.OPTIMIZER.find(fields),
        ArmKeys.SCHEDULE.find(fields),
        ArmKeys.CLIPPING.find(fields),
        ArmKeys.BACKEND.find(fields),
        ArmKeys.BATCH_SIZE.find(fields),
        ArmKeys.EPOCHS.find(fields),
        ArmKeys.SEEDS.find(fields));
  }

  private List<Activation> activations(Field field) {
    if (activationLayers.equals(OptionalInt.of(0))) {
      throw field.place().error("the network has no \"- activation\" that this could go to");
    }
    if (!field.isList()) {
      return List.of(ActivationCodec.read(field));
    }
    List<Field> items = field.items(activationLayers.orElse(NetworkCodec.MOST_LAYERS));
    if (items.size() != activationLayers.orElse(items.size())) {
      throw field
          .place()
          .error(
              "a list of activations needs one for each \"- activation\" of the network: %d, but"
                  + " has %d",
              activationLayers.getAsInt(), items.size());
    }
    return items.stream()
        .flatMap(item -> problems.attempt(() -> ActivationCodec.read(item)).stream())
        .toList();
  }
}
