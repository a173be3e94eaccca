package org.unvanish.codec;

import static org.unvanish.codec.yaml.Numbers.exact;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.codec.yaml.Numbers;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.optimizer.Optimizer.Adam;
import org.unvanish.optimizer.Optimizer.EpsilonForm;
import org.unvanish.optimizer.Optimizer.Sgd;

/** Optimizers as specs, definitions, captions and the schema have them. */
public final class OptimizerCodec {

  /** Where Adam's ε stands. */
  public static final Map<String, EpsilonForm> EPSILON_FORMS =
      Words.of(List.of(EpsilonForm.values()), OptimizerCodec::word);

  private static final Map<String, Optimizer> BY_DEFAULT = Map.of("adam", Adam.DEFAULT);

  private static final Key<Double> RATE = Key.positive("learning-rate", "η.");
  private static final Key<Double> ADAMS_RATE = RATE.byDefault(Adam.DEFAULT.learningRate());
  private static final Key<Double> BETA1 =
      Key.decay("beta1", "Decay of the first moment.").byDefault(Adam.DEFAULT.beta1());
  private static final Key<Double> BETA2 =
      Key.decay("beta2", "Decay of the second moment.").byDefault(Adam.DEFAULT.beta2());
  private static final Key<Double> EPSILON =
      Key.positive("epsilon", "ε.").byDefault(Adam.DEFAULT.epsilon());
  private static final Key<EpsilonForm> EPSILON_FORM =
      Key.choice(
              "epsilon-form",
              EPSILON_FORMS,
              "Where ε stands: as in Kingma & Ba's algorithm 1, or as Keras computes it (\"epsilon"
                  + " hat\").")
          .byDefault(word(Adam.DEFAULT.form()));
  private static final Key<Double> MOMENTUM =
      Key.decay("momentum", "Of the step before.").byDefault(0);

  private static final Key<Optimizer> ADAM =
      new Key<>(
          "adam",
          OptimizerCodec::adam,
          JsonSchema.of("Its numbers.")
              .object(List.of(ADAMS_RATE, BETA1, BETA2, EPSILON, EPSILON_FORM)));
  private static final Key<Optimizer> SGD =
      new Key<>(
          "sgd",
          OptimizerCodec::sgd,
          JsonSchema.of("Its numbers.").object(List.of(RATE, MOMENTUM), RATE.name()));

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
              Sgd.class,
              OptimizerCodec::yamlOfSgd,
              sgd ->
                  "SGD, learning rate %s, momentum %s"
                      .formatted(exact(sgd.learningRate()), exact(sgd.momentum())),
              sgd ->
                  "stochastic gradient descent with learning rate "
                      + sgd.learningRate()
                      + " and momentum "
                      + sgd.momentum());

  private OptimizerCodec() {}

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
    Fields fields = field.fields(ADAM.name(), SGD.name());
    String kind = fields.one(List.of(ADAM.name(), SGD.name()));
    return (kind.equals(ADAM.name()) ? ADAM : SGD).read().apply(fields.need(kind));
  }

  private static Optimizer adam(Field field) {
    Fields fields =
        field.fields(RATE.name(), BETA1.name(), BETA2.name(), EPSILON.name(), EPSILON_FORM.name());
    Adam usual = Adam.DEFAULT;
    return new Adam(
        ADAMS_RATE.find(fields).orElse(usual.learningRate()),
        BETA1.find(fields).orElse(usual.beta1()),
        BETA2.find(fields).orElse(usual.beta2()),
        EPSILON.find(fields).orElse(usual.epsilon()),
        EPSILON_FORM.find(fields).orElse(usual.form()));
  }

  private static Optimizer sgd(Field field) {
    Fields fields = field.fields(RATE.name(), MOMENTUM.name());
    return new Sgd(RATE.need(fields).orElse(Key.MOST), MOMENTUM.find(fields).orElse(0.0));
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

  private static Object yamlOfSgd(Sgd sgd) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(RATE.name(), sgd.learningRate());
    map.put(MOMENTUM.name(), sgd.momentum());
    return Map.of(SGD.name(), map);
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
    return Map.of(
        "optimizer",
        JsonSchema.ANY.anyOf(
            List.of(
                JsonSchema.ANY.word("adam"),
                JsonSchema.of("Adam.").object(List.of(ADAM), ADAM.name()),
                JsonSchema.of("Stochastic gradient descent.").object(List.of(SGD), SGD.name()))));
  }
}
