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
import org.unvanish.codec.Key;
import org.unvanish.codec.LayerSpec;
import org.unvanish.codec.NetworkCodec;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.codec.yaml.Numbers;
import org.unvanish.codec.yaml.Place;
import org.unvanish.codec.yaml.Problems;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.data.ColumnRoles;
import org.unvanish.data.Nearest;
import org.unvanish.experiment.Backend;
import org.unvanish.initialization.Initialization;
import org.unvanish.loss.Loss;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.optimizer.Schedule;
import org.unvanish.penalty.Penalty;
import org.unvanish.spec.sweep.SweepCodec;
import org.unvanish.spec.sweep.SweepSpec;
import org.unvanish.train.RecordedSteps;

/** Reads arms, each over the defaults that all share. */
final class ArmReader {

  private static final int MOST_RUNS = 100_000;

  /** The name that errors have for what a sweep puts its settings into. */
  private static final String BASE = "sweep";

  private static final InitializationCodec.Start START =
      new InitializationCodec.Start(new Initialization.Glorot(), new Initialization.Zeros());

  private final Optional<ColumnRoles> columns;
  private final Problems problems;
  private final Trainings trainings = new Trainings();
  private final Set<String> names = new HashSet<>();
  private int runs;
  private boolean sawNetwork;

  /**
   * @param columns of the data; empty where they cannot be read
   */
  ArmReader(Optional<ColumnRoles> columns, Problems problems) {
    this.columns = columns;
    this.problems = problems;
  }

  /** Whether anything that was read so far names a network, readable or not. */
  boolean sawNetwork() {
    return sawNetwork;
  }

  /**
   * What a mapping says of an arm, which need not be all; what cannot be read is empty.
   *
   * @param namesNetwork whether the mapping, or one that it stands over, has a network, readable or
   *     not
   * @param network its own, or that of the one that it stands over
   * @param namesActivation whether the mapping has an activation, readable or not
   */
  record Settings(
      boolean namesNetwork,
      Optional<List<LayerSpec>> network,
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
      Optional<RecordedSteps> recorded,
      Optional<List<Long>> seeds) {
    private static final Settings NONE =
        new Settings(
            false,
            Optional.empty(),
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
            Optional.empty(),
            Optional.empty());
  }

  /** The network of a spec, if it has one for all arms that have none of their own. */
  Settings network(Fields spec) {
    return settings(spec, Settings.NONE);
  }

  /**
   * What all arms share.
   *
   * @param spec as {@link #network} reads it
   */
  Settings defaults(Settings spec, Field field) {
    Fields fields = field.fields(ArmKeys.names(ArmKeys.SETTINGS));
    if (spec.namesNetwork() && fields.has(ArmKeys.NETWORK.name())) {
      problems.add(
          fields
              .keyPlace(ArmKeys.NETWORK.name())
              .error(
                  "the spec has a network already, so no arm would use this one; leave one out"));
    }
    return settings(fields, spec);
  }

  /** The arms that can be read, in their order. */
  List<ArmSpec> arms(Settings shared, Field arms) {
    List<ArmSpec> read = new ArrayList<>();
    List<SpecException> lacking = new ArrayList<>();
    for (Field item : arms.items(ArmKeys.MOST_ARMS)) {
      Optional<ArmSpec> one = problems.attempt(() -> arm(item.named("an arm"), shared, lacking));
      if (one.isEmpty()) {
        continue;
      }
      ArmSpec arm = one.get();
      if (!names.add(arm.name())) {
        problems.add(item.place().error("two arms are named \"%s\"", arm.name()));
      }
      // Of arms that are not read as they were meant, nothing can be said.
      if (problems.count() == 0) {
        problems.attempt(() -> requireDifferent(arm, item.place()));
        problems.attempt(() -> requireOneStart(arm, item.place()));
      }
      if (runs <= MOST_RUNS) {
        problems.attempt(() -> count(arm, item.place()));
      }
      read.add(arm);
    }
    if (sawNetwork) {
      lacking.forEach(problems::add);
    }
    return read;
  }

  private ArmSpec count(ArmSpec arm, Place place) {
    runs += arm.seeds().size();
    if (runs > MOST_RUNS) {
      throw place.error("up to here the arms have %d runs, more than %d", runs, MOST_RUNS);
    }
    return arm;
  }

  /**
   * A sweep over the defaults, whose arms differ from those that were read before.
   *
   * @throws Problems.Told if it cannot be read
   */
  SweepSpec sweep(Settings shared, Field field) {
    SweepSpec sweep = SweepCodec.read(field, activated -> base(field, shared, activated));
    for (ArmSpec arm : sweep.arms()) {
      if (!names.add(arm.name())) {
        throw field.place().error("an arm and a point of the sweep are named \"%s\"", arm.name());
      }
      requireDifferent(arm, field.place());
      requireOneStart(arm, field.place());
      count(arm, field.place());
    }
    return sweep;
  }

  /** What a sweep puts its settings into. */
  private ArmSpec base(Field field, Settings shared, boolean activated) {
    if (!shared.namesNetwork()) {
      if (!sawNetwork) {
        throw new Problems.Told();
      }
      throw field.place().error("a sweep needs a network of the spec or its defaults");
    }
    List<LayerSpec> network = shared.network().orElseThrow(Problems.Told::new);
    List<Activation> activations =
        activated || shared.namesActivation()
            ? shared(BASE, network, shared, field.place())
            : List.of();
    return arm(BASE, network, activations, Settings.NONE, shared);
  }

  /** As a run belongs to what its arm trains, whatever its name, epochs and seeds. */
  private ArmSpec requireDifferent(ArmSpec arm, Place place) {
    trainings
        .add(arm)
        .ifPresent(
            other -> {
              boolean asLong = other.epochs() == arm.epochs() && other.seeds().equals(arm.seeds());
              if (!other.recorded().equals(arm.recorded())) {
                throw place.error(
                    "the arms \"%s\" and \"%s\" train the same, because record-every only "
                        + "changes what is recorded; leave one arm out",
                    other.name(), arm.name());
              }
              throw place.error(
                  "the arms \"%s\" and \"%s\" differ in nothing but their %s",
                  other.name(),
                  arm.name(),
                  asLong
                      ? "names"
                      : "names, epochs and seeds, so that they would train the same runs; give one"
                          + " arm the epochs and seeds of both");
            });
    return arm;
  }

  /** As activations that share a learned α have one. */
  private static ArmSpec requireOneStart(ArmSpec arm, Place place) {
    List<Double> starts = arm.sharedAlphas();
    if (starts.size() > 1) {
      throw place.error(
          "activations of the arm \"%s\" share a learned α and start it from %s and %s; give them"
              + " one initial value",
          arm.name(), Numbers.text(starts.get(0)), Numbers.text(starts.get(1)));
    }
    return arm;
  }

  /**
   * @param lacking what is wrong with arms without a network, unless no arm has one
   */
  private ArmSpec arm(Field field, Settings shared, List<SpecException> lacking) {
    Fields fields = field.fields(ArmKeys.names(ArmKeys.ALL));
    Optional<String> given = ArmKeys.NAME.need(fields);
    Settings own = settings(fields, shared);
    String name = given.orElseThrow(Problems.Told::new);
    if (!own.namesNetwork()) {
      lacking.add(
          fields
              .place()
              .error("the arm \"%s\" needs a network, as there is none for all arms", name));
    }
    List<LayerSpec> network = own.network().orElseThrow(Problems.Told::new);
    List<Activation> activations =
        own.namesActivation()
            ? own.activations().orElse(List.of())
            : shared(name, network, shared, fields.place());
    return arm(name, network, activations, own, shared);
  }

  private static ArmSpec arm(
      String name,
      List<LayerSpec> network,
      List<Activation> activations,
      Settings own,
      Settings shared) {
    InitializationCodec.Start start = first(own, shared, Settings::start, START);
    return new ArmSpec(
        name,
        network,
        activations,
        own.loss().or(shared::loss),
        first(own, shared, Settings::penalty, Penalty.none()),
        start.weights(),
        start.recurrent(),
        start.biases(),
        first(own, shared, Settings::optimizer, Optimizer.Adam.DEFAULT),
        first(own, shared, Settings::schedule, Schedule.CONSTANT),
        first(own, shared, Settings::clipping, Clipping.none()),
        first(own, shared, Settings::backend, Backend.ENGINE),
        first(own, shared, Settings::batchSize, ArmKeys.DEFAULT_BATCH_SIZE),
        first(own, shared, Settings::epochs, ArmKeys.DEFAULT_EPOCHS),
        first(own, shared, Settings::recorded, RecordedSteps.AUTOMATIC),
        first(own, shared, Settings::seeds, ArmSpec.seeds(ArmKeys.DEFAULT_SEEDS)));
  }

  /** What the defaults put into the places of an arm's network. */
  private static List<Activation> shared(
      String name, List<LayerSpec> network, Settings shared, Place place) {
    int places = LayerSpec.places(network);
    if (!shared.namesActivation() && places > 0) {
      throw place.error("the arm \"%s\" needs an activation", name);
    }
    List<Activation> all = shared.activations().orElse(List.of());
    if (all.size() > 1 && all.size() != places) {
      throw place.error(
          "the arm \"%s\" needs %s: those of the defaults are %d, and its network has %d"
              + " \"- activation\"",
          name, places == 0 ? "no activations" : "activations of its own", all.size(), places);
    }
    return places == 0 ? List.of() : all;
  }

  private static <T> T first(
      Settings own, Settings shared, Function<Settings, Optional<T>> of, T otherwise) {
    return of.apply(own).or(() -> of.apply(shared)).orElse(otherwise);
  }

  private static boolean names(Key<?> key, Fields fields) {
    return fields.has(key.name()) || fields.misspells(key.name());
  }

  /**
   * @param shared gives the network where these have none
   */
  private Settings settings(Fields fields, Settings shared) {
    boolean ownNetwork = names(ArmKeys.NETWORK, fields);
    sawNetwork |= ownNetwork;
    Optional<List<LayerSpec>> network = ownNetwork ? ownNetwork(fields) : shared.network();
    OptionalInt places =
        network.isEmpty() ? OptionalInt.empty() : OptionalInt.of(LayerSpec.places(network.get()));
    return new Settings(
        ownNetwork || shared.namesNetwork(),
        network,
        names(ArmKeys.ACTIVATION, fields),
        fields.find(ArmKeys.ACTIVATION.name(), field -> activations(field, places)),
        ArmKeys.LOSS.find(fields),
        ArmKeys.PENALTY.find(fields),
        ArmKeys.INITIAL_VALUES.find(fields),
        ArmKeys.OPTIMIZER.find(fields),
        ArmKeys.SCHEDULE.find(fields),
        ArmKeys.CLIPPING.find(fields),
        ArmKeys.BACKEND.find(fields),
        ArmKeys.BATCH_SIZE.find(fields),
        ArmKeys.EPOCHS.find(fields),
        ArmKeys.RECORD_EVERY.find(fields),
        ArmKeys.SEEDS.find(fields));
  }

  private Optional<List<LayerSpec>> ownNetwork(Fields fields) {
    Optional<List<LayerSpec>> network = ArmKeys.NETWORK.find(fields);
    columns.ifPresent(roles -> network.ifPresent(layers -> requireColumns(layers, roles)));
    return network;
  }

  /** Embeddings read columns that the data source says are categorical. */
  private void requireColumns(List<LayerSpec> network, ColumnRoles roles) {
    for (LayerSpec.Single layer : LayerSpec.flat(network)) {
      layer
          .embeddedColumn()
          .filter(column -> !roles.categorical().contains(column))
          .ifPresent(column -> problems.add(layer.place().error("%s", unknown(column, roles))));
    }
  }

  private static String unknown(String column, ColumnRoles roles) {
    return "\"%s\" is none of the data's categorical-columns%s"
        .formatted(
            column,
            Nearest.to(column, roles.categorical())
                .map(near -> ": did you mean \"" + near + "\"?")
                .orElse(
                    "; name it there: {source: own.csv, categorical-columns: [" + column + "]}"));
  }

  /**
   * @param places of the network; empty where that is not known
   */
  private List<Activation> activations(Field field, OptionalInt places) {
    if (places.equals(OptionalInt.of(0))) {
      throw field.place().error("the network has no \"- activation\" that this could go to");
    }
    if (!field.isList()) {
      return List.of(ActivationCodec.read(field));
    }
    List<Field> items = field.items(places.orElse(NetworkCodec.MOST_LAYERS));
    if (items.size() != places.orElse(items.size())) {
      throw field
          .place()
          .error(
              "a list of activations needs one for each \"- activation\" of the network: %d, but"
                  + " has %d",
              places.getAsInt(), items.size());
    }
    return items.stream()
        .flatMap(item -> problems.attempt(() -> ActivationCodec.read(item)).stream())
        .toList();
  }
}
