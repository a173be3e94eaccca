package org.unvanish.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.unvanish.codec.ClippingCodec;
import org.unvanish.codec.InitializationCodec;
import org.unvanish.codec.JsonSchema;
import org.unvanish.codec.Key;
import org.unvanish.codec.LayerSpec;
import org.unvanish.codec.LossCodec;
import org.unvanish.codec.NetworkCodec;
import org.unvanish.codec.OptimizerCodec;
import org.unvanish.codec.PenaltyCodec;
import org.unvanish.codec.ScheduleCodec;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Problems;
import org.unvanish.experiment.Backend;
import org.unvanish.loss.Loss;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.optimizer.Schedule;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.RecordedSteps;

/** The keys of an arm. */
final class ArmKeys {

  static final int MOST_ARMS = 1_000;
  static final int DEFAULT_BATCH_SIZE = 32;
  static final int DEFAULT_EPOCHS = 50;
  static final int DEFAULT_SEEDS = 25;

  /** Of recorded steps: the rule decides. */
  static final String AUTOMATIC = "automatic";

  static final Key<String> NAME = Key.text("name", 100, "As legends and tables name it; unique.");

  static final Key<List<LayerSpec>> NETWORK =
      new Key<>(
          "network",
          NetworkCodec::read,
          JsonSchema.of(
                  "The layers, first to last. Shapes and the number of classes come from the data.")
              .ref("layers"));

  /** It is read by one who knows how many places the network has for it. */
  static final Key<Field> ACTIVATION =
      new Key<>(
          "activation",
          field -> field,
          JsonSchema.of(
                  "What goes where the network says activation: one for all places, or a list with"
                      + " one for each. Needed where the network has such a place.")
              .anyOf(
                  List.of(
                      JsonSchema.ANY.ref("activation"),
                      JsonSchema.ANY.items(
                          JsonSchema.ANY.ref("activation"), 1, NetworkCodec.MOST_LAYERS))));

  static final Key<Loss> LOSS =
      new Key<>(
          "loss",
          LossCodec::read,
          JsonSchema.of(
                  "The loss that training minimizes. Default: softmax-cross-entropy where classes are to be learnt,"
                      + " mean-squared-error where numbers are.")
              .ref("loss"));
  static final Key<Penalty> PENALTY =
      new Key<>(
          "penalty",
          PenaltyCodec::read,
          JsonSchema.of("What is added to the loss. Default: none.").ref("penalty"));
  static final Key<InitializationCodec.Start> INITIAL_VALUES =
      new Key<>(
          "initial-values",
          InitializationCodec::read,
          JsonSchema.of("Where parameters start. Default: glorot for weights, zeros for biases.")
              .ref("initial-values"));
  static final Key<Optimizer> OPTIMIZER =
      new Key<>(
          "optimizer",
          OptimizerCodec::read,
          JsonSchema.of("How parameters follow the gradient. Default: adam.").ref("optimizer"));
  static final Key<Schedule> SCHEDULE =
      new Key<>(
          "schedule",
          ScheduleCodec::read,
          JsonSchema.of("How the learning rate changes along the training. Default: none.")
              .ref("schedule"));
  static final Key<Clipping> CLIPPING =
      new Key<>(
          "clipping",
          ClippingCodec::read,
          JsonSchema.of("How large the gradient of a step may be. Default: none.").ref("clipping"));
  static final Key<Backend> BACKEND =
      Key.choice(
              "backend",
              SpecWords.BACKENDS,
              "The backend that computes: Unvanish's engine, or PyTorch.")
          .byDefault(Backend.ENGINE.label());
  static final Key<Integer> BATCH_SIZE =
      Key.count("batch-size", 1, ArmSpec.MOST_BATCH, "Samples a step.")
          .byDefault(DEFAULT_BATCH_SIZE);
  static final Key<Integer> EPOCHS =
      Key.count("epochs", 1, ArmSpec.MOST_EPOCHS, "Passes over the training data.")
          .byDefault(DEFAULT_EPOCHS);
  static final Key<RecordedSteps> RECORD_EVERY =
      new Key<>(
          "record-every",
          ArmKeys::recorded,
          JsonSchema.of(
                  "Gradients are recorded once in this many steps; 1 is every step. What is trained does not depend on it. Default: automatic, as many as take no more than"
                      + " 2 % of the time.")
              .with("default", AUTOMATIC)
              .anyOf(
                  List.of(
                      JsonSchema.ANY.word(AUTOMATIC),
                      JsonSchema.ANY.whole(1, RecordedSteps.MOST))));
  static final Key<List<Long>> SEEDS =
      new Key<>(
          "seeds",
          ArmKeys::seeds,
          JsonSchema.of(
                  "How many seeds, which are then 1, 2, …, or a list of different ones. One run"
                      + " each.")
              .with("default", DEFAULT_SEEDS)
              .anyOf(
                  List.of(
                      JsonSchema.ANY.whole(1, ArmSpec.MOST_SEEDS),
                      JsonSchema.ANY
                          .items(
                              JsonSchema.ANY.whole(0, ArmSpec.LARGEST_SEED), 1, ArmSpec.MOST_SEEDS)
                          .with("uniqueItems", true))));

  /** All but its name. */
  static final List<Key<?>> SETTINGS =
      List.of(
          NETWORK,
          ACTIVATION,
          LOSS,
          PENALTY,
          INITIAL_VALUES,
          OPTIMIZER,
          SCHEDULE,
          CLIPPING,
          BACKEND,
          BATCH_SIZE,
          EPOCHS,
          RECORD_EVERY,
          SEEDS);

  /** All, the name first. */
  static final List<Key<?>> ALL = all();

  private ArmKeys() {}

  private static List<Key<?>> all() {
    List<Key<?>> all = new ArrayList<>(List.of(NAME));
    all.addAll(SETTINGS);
    return List.copyOf(all);
  }

  /** What errors list. */
  static String[] names(List<Key<?>> keys) {
    return keys.stream().map(Key::name).toArray(String[]::new);
  }

  private static RecordedSteps recorded(Field field) {
    return field.isText()
        ? field.choice(Map.of(AUTOMATIC, RecordedSteps.AUTOMATIC))
        : new RecordedSteps(field.count(1, RecordedSteps.MOST));
  }

  private static List<Long> seeds(Field field) {
    if (!field.isList()) {
      return ArmSpec.seeds(field.count(1, ArmSpec.MOST_SEEDS));
    }
    int before = field.problems().count();
    List<Long> seeds = new ArrayList<>();
    Set<Long> distinct = new HashSet<>();
    for (Field item : field.items(ArmSpec.MOST_SEEDS)) {
      Field seed = item.named("a seed");
      seed.problems()
          .attempt(() -> seed.whole(0, ArmSpec.LARGEST_SEED))
          .ifPresent(
              value -> {
                seeds.add(value);
                if (!distinct.add(value)) {
                  seed.problems().add(seed.place().error("the seed %d stands here twice", value));
                }
              });
    }
    if (field.problems().count() > before) {
      throw new Problems.Told();
    }
    return seeds;
  }

  /** Of the key {@code defaults}. */
  static JsonSchema defaultsSchema() {
    return JsonSchema.of(
            "What all arms share unless they say otherwise: any key of an arm but its name.")
        .object(SETTINGS);
  }

  /** Of the key {@code arms}. */
  static JsonSchema armsSchema() {
    return JsonSchema.of("The arms that are compared.")
        .items(JsonSchema.of("One configuration.").object(ALL, NAME.name()), 1, MOST_ARMS);
  }
}
