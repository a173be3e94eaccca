package org.unvanish.codec;

import static org.unvanish.codec.yaml.Numbers.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.codec.yaml.Numbers;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.optimizer.Optimizer.Adagrad;
import org.unvanish.optimizer.Optimizer.Adam;
import org.unvanish.optimizer.Optimizer.AdamW;
import org.unvanish.optimizer.Optimizer.EpsilonForm;
import org.unvanish.optimizer.Optimizer.RmsProp;
import org.unvanish.optimizer.Optimizer.Sgd;

/** Optimizers as specs, definitions, captions and the schema have them. */
public final class OptimizerCodec {

  /** Where Adam's ε stands. */
  public static final Map<String, EpsilonForm> EPSILON_FORMS =
      Words.of(List.of(EpsilonForm.values()), OptimizerCodec::word);

  private static final Key<Double> RATE = Key.positive("learning-rate", "The learning rate η.");
  private static final Key<Double> BETA1 =
      Key.decay("beta1", "Decay of the first moment.").byDefault(Adam.DEFAULT.beta1());
  private static final Key<Double> BETA2 =
      Key.decay("beta2", "Decay of the second moment.").byDefault(Adam.DEFAULT.beta2());
  private static final Key<Double> EPSILON =
      Key.positive("epsilon", "The small constant ε in the denominator.");
  private static final Key<EpsilonForm> EPSILON_FORM =
      Key.choice(
              "epsilon-form",
              EPSILON_FORMS,
              "Where ε stands: as in Kingma & Ba's algorithm 1, or as Keras computes it (\"epsilon"
                  + " hat\").")
          .byDefault(word(Adam.DEFAULT.form()));
  private static final Key<Double> WEIGHT_DECAY =
      Key.number("weight-decay", 0, "λ: in each step all parameters lose their η·λ-th part.")
          .byDefault(AdamW.DEFAULT.weightDecay());
  private static final Key<Double> RHO =
      Key.decay("rho", "Decay of the mean square.").byDefault(RmsProp.DEFAULT.rho());
  private static final Key<Double> MOMENTUM =
      Key.decay("momentum", "Fraction of the previous step that is added to a step.").byDefault(0);
  private static final Key<Boolean> NESTEROV =
      Key.flag("nesterov", "Whether the momentum, above 0, is Nesterov's.").byDefault(false);

  private static final Key<Optimizer> ADAM =
      kind(
          "adam",
          OptimizerCodec::adam,
          rate(Adam.DEFAULT),
          BETA1,
          BETA2,
          EPSILON.byDefault(Adam.DEFAULT.epsilon()),
          EPSILON_FORM);
  private static final Key<Optimizer> ADAM_W =
      kind(
          "adamw",
          OptimizerCodec::adamW,
          rate(AdamW.DEFAULT),
          BETA1,
          BETA2,
          EPSILON.byDefault(AdamW.DEFAULT.epsilon()),
          WEIGHT_DECAY);
  private static final Key<Optimizer> RMS_PROP =
      kind(
          "rmsprop",
          OptimizerCodec::rmsProp,
          rate(RmsProp.DEFAULT),
          RHO,
          EPSILON.byDefault(RmsProp.DEFAULT.epsilon()),
          MOMENTUM);
  private static final Key<Optimizer> ADAGRAD =
      kind(
          "adagrad",
          OptimizerCodec::adagrad,
          rate(Adagrad.DEFAULT),
          EPSILON.byDefault(Adagrad.DEFAULT.epsilon()));
  private static final Key<Optimizer> SGD =
      new Key<>(
          "sgd",
          field -> sgd(field.fields(RATE.name(), MOMENTUM.name(), NESTEROV.name())),
          JsonSchema.of("Its numbers.").object(List.of(RATE, MOMENTUM, NESTEROV), RATE.name()));

  /** Those with a number for everything, by their words. */
  private static final Map<String, Optimizer> BY_DEFAULT = new LinkedHashMap<>();

  /** All, by their words. */
  private static final Map<String, Key<Optimizer>> BY_KEY = new LinkedHashMap<>();

  static {
    BY_DEFAULT.put(ADAM.name(), Adam.DEFAULT);
    BY_DEFAULT.put(ADAM_W.name(), AdamW.DEFAULT);
    BY_DEFAULT.put(RMS_PROP.name(), RmsProp.DEFAULT);
    BY_DEFAULT.put(ADAGRAD.name(), Adagrad.DEFAULT);
    for (Key<Optimizer> key : List.of(ADAM, ADAM_W, SGD, RMS_PROP, ADAGRAD)) {
      BY_KEY.put(key.name(), key);
    }
  }

  private static final Kinds<Optimizer, Object> KINDS =
      new Kinds<Optimizer, Object>("optimizer")
          .with(
              Adam.class,
              OptimizerCodec::yamlOfAdam,
              adam ->
                  "Adam, learning rate %s, beta1 %s, beta2 %s, epsilon %s %s"
                      .formatted(
                          exact(adam.learningRate()),
                          exact(adam.beta1()),
                          exact(adam.beta2()),
                          exact(adam.epsilon()),
                          adam.form()),
              adam ->
                  "Adam with learning rate %s, β₁ = %s, β₂ = %s, ε = %s %s"
                      .formatted(
                          adam.learningRate(),
                          adam.beta1(),
                          adam.beta2(),
                          Numbers.text(adam.epsilon()),
                          switch (adam.form()) {
                            case KINGMA_BA -> "as in Kingma & Ba's algorithm 1";
                            case EPSILON_HAT -> "as Keras's \"epsilon hat\"";
                          }))
          .with(
              AdamW.class,
              OptimizerCodec::yamlOfAdamW,
              adam ->
                  "AdamW, learning rate %s, beta1 %s, beta2 %s, epsilon %s, weight decay %s"
                      .formatted(
                          exact(adam.learningRate()),
                          exact(adam.beta1()),
                          exact(adam.beta2()),
                          exact(adam.epsilon()),
                          exact(adam.weightDecay())),
              adam ->
                  "AdamW with learning rate %s, β₁ = %s, β₂ = %s, ε = %s and weight decay %s"
                      .formatted(
                          adam.learningRate(),
                          adam.beta1(),
                          adam.beta2(),
                          Numbers.text(adam.epsilon()),
                          adam.weightDecay()))
          .with(
              Sgd.class,
              OptimizerCodec::yamlOfSgd,
              sgd ->
                  "SGD, learning rate %s, momentum %s%s"
                      .formatted(
                          exact(sgd.learningRate()),
                          exact(sgd.momentum()),
                          sgd.nesterov() ? ", Nesterov's" : ""),
              sgd ->
                  "stochastic gradient descent with learning rate "
                      + sgd.learningRate()
                      + (sgd.nesterov() ? " and Nesterov's momentum " : " and momentum ")
                      + sgd.momentum())
          .with(
              RmsProp.class,
              OptimizerCodec::yamlOfRmsProp,
              rms ->
                  "RMSprop, learning rate %s, rho %s, epsilon %s, momentum %s"
                      .formatted(
                          exact(rms.learningRate()),
                          exact(rms.rho()),
                          exact(rms.epsilon()),
                          exact(rms.momentum())),
              rms ->
                  "RMSprop with learning rate %s, ρ = %s, ε = %s and momentum %s"
                      .formatted(
                          rms.learningRate(),
                          rms.rho(),
                          Numbers.text(rms.epsilon()),
                          rms.momentum()))
          .with(
              Adagrad.class,
              OptimizerCodec::yamlOfAdagrad,
              ada ->
                  "Adagrad, learning rate %s, epsilon %s"
                      .formatted(exact(ada.learningRate()), exact(ada.epsilon())),
              ada ->
                  "Adagrad with learning rate %s and ε = %s"
                      .formatted(ada.learningRate(), Numbers.text(ada.epsilon())));

  private OptimizerCodec() {}

  private static Key<Double> rate(Optimizer usual) {
    return RATE.byDefault(usual.learningRate());
  }

  private static Key<Optimizer> kind(
      String word, Function<Fields, Optimizer> read, Key<?>... numbers) {
    String[] names = Arrays.stream(numbers).map(Key::name).toArray(String[]::new);
    return new Key<>(
        word,
        field -> read.apply(field.fields(names)),
        JsonSchema.of("Its numbers.").object(List.of(numbers)));
  }

  private static String word(EpsilonForm form) {
    return switch (form) {
      case KINGMA_BA -> "kingma-ba";
      case EPSILON_HAT -> "keras";
    };
  }

  /** Reads an optimizer. */
  public static Optimizer read(Field field) {
    if (field.isText()) {
      return field.choice(BY_DEFAULT);
    }
    Fields fields = field.fields(BY_KEY.keySet().toArray(String[]::new));
    String kind = fields.one(List.copyOf(BY_KEY.keySet()));
    return known(kind).read().apply(fields.need(kind));
  }

  private static Key<Optimizer> known(String kind) {
    return Objects.requireNonNull(BY_KEY.get(kind));
  }

  private static Optimizer adam(Fields fields) {
    Adam usual = Adam.DEFAULT;
    return new Adam(
        RATE.find(fields).orElse(usual.learningRate()),
        BETA1.find(fields).orElse(usual.beta1()),
        BETA2.find(fields).orElse(usual.beta2()),
        EPSILON.find(fields).orElse(usual.epsilon()),
        EPSILON_FORM.find(fields).orElse(usual.form()));
  }

  private static Optimizer adamW(Fields fields) {
    AdamW usual = AdamW.DEFAULT;
    return new AdamW(
        RATE.find(fields).orElse(usual.learningRate()),
        BETA1.find(fields).orElse(usual.beta1()),
        BETA2.find(fields).orElse(usual.beta2()),
        EPSILON.find(fields).orElse(usual.epsilon()),
        WEIGHT_DECAY.find(fields).orElse(usual.weightDecay()));
  }

  private static Optimizer rmsProp(Fields fields) {
    RmsProp usual = RmsProp.DEFAULT;
    return new RmsProp(
        RATE.find(fields).orElse(usual.learningRate()),
        RHO.find(fields).orElse(usual.rho()),
        EPSILON.find(fields).orElse(usual.epsilon()),
        MOMENTUM.find(fields).orElse(usual.momentum()));
  }

  private static Optimizer adagrad(Fields fields) {
    Adagrad usual = Adagrad.DEFAULT;
    return new Adagrad(
        RATE.find(fields).orElse(usual.learningRate()),
        EPSILON.find(fields).orElse(usual.epsilon()));
  }

  private static Optimizer sgd(Fields fields) {
    double rate = RATE.need(fields).orElse(Key.MOST);
    Optional<Double> momentum = MOMENTUM.find(fields);
    boolean nesterov = NESTEROV.find(fields).orElse(false);
    boolean given = momentum.orElse(0.0) > 0;
    // A momentum that cannot be read is a problem of its own.
    if (nesterov && !given && (momentum.isPresent() || !fields.has(MOMENTUM.name()))) {
      throw fields
          .keyPlace(NESTEROV.name())
          .error("nesterov needs a momentum above 0, such as \"momentum: 0.9\"");
    }
    return new Sgd(rate, momentum.orElse(0.0), nesterov && given);
  }

  /** As specs write it. */
  public static Object yaml(Optimizer optimizer) {
    return KINDS.yaml(optimizer);
  }

  private static Object yamlOfAdam(Adam adam) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(RATE.name(), adam.learningRate());
    map.put(BETA1.name(), adam.beta1());
    map.put(BETA2.name(), adam.beta2());
    map.put(EPSILON.name(), adam.epsilon());
    map.put(EPSILON_FORM.name(), word(adam.form()));
    return Map.of(ADAM.name(), map);
  }

  private static Object yamlOfAdamW(AdamW adam) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(RATE.name(), adam.learningRate());
    map.put(BETA1.name(), adam.beta1());
    map.put(BETA2.name(), adam.beta2());
    map.put(EPSILON.name(), adam.epsilon());
    map.put(WEIGHT_DECAY.name(), adam.weightDecay());
    return Map.of(ADAM_W.name(), map);
  }

  private static Object yamlOfSgd(Sgd sgd) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(RATE.name(), sgd.learningRate());
    map.put(MOMENTUM.name(), sgd.momentum());
    if (sgd.nesterov()) {
      map.put(NESTEROV.name(), true);
    }
    return Map.of(SGD.name(), map);
  }

  private static Object yamlOfRmsProp(RmsProp rms) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(RATE.name(), rms.learningRate());
    map.put(RHO.name(), rms.rho());
    map.put(EPSILON.name(), rms.epsilon());
    map.put(MOMENTUM.name(), rms.momentum());
    return Map.of(RMS_PROP.name(), map);
  }

  private static Object yamlOfAdagrad(Adagrad ada) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(RATE.name(), ada.learningRate());
    map.put(EPSILON.name(), ada.epsilon());
    return Map.of(ADAGRAD.name(), map);
  }

  /** As the text that identifies a run has it. */
  public static String definition(Optimizer optimizer) {
    return KINDS.definition(optimizer);
  }

  /** As captions have it. */
  public static String caption(Optimizer optimizer) {
    return KINDS.caption(optimizer);
  }

  /** The definition {@code optimizer}. */
  public static Map<String, JsonSchema> schemas() {
    List<JsonSchema> forms = new ArrayList<>();
    forms.add(JsonSchema.ANY.words(BY_DEFAULT.keySet()));
    BY_KEY.forEach((word, key) -> forms.add(JsonSchema.ANY.object(List.of(key), word)));
    return Map.of("optimizer", JsonSchema.ANY.anyOf(forms));
  }
}
