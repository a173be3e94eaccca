package org.unvanish.codec;

import static org.unvanish.codec.yaml.Numbers.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.codec.yaml.Problems;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.ClassWeights;
import org.unvanish.loss.Huber;
import org.unvanish.loss.Loss;
import org.unvanish.loss.MeanAbsoluteError;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.loss.OneHot;
import org.unvanish.loss.SoftmaxCrossEntropy;

/** Losses as specs, captions and the schema have them; their definitions are their own. */
public final class LossCodec {

  private static final String SOFTMAX = "softmax-cross-entropy";
  private static final String HUBER = "huber";
  private static final String BALANCED = "balanced";

  /** A spec cannot have more classes. */
  private static final int MOST_CLASSES = 256;

  private static final Map<String, Loss> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put(SOFTMAX, new SoftmaxCrossEntropy());
    WORDS.put("binary-cross-entropy", new BinaryCrossEntropy());
    WORDS.put("mean-squared-error", new MeanSquaredError());
    WORDS.put("mean-absolute-error", new MeanAbsoluteError());
    WORDS.put(HUBER, new Huber());
  }

  private static final Key<ClassWeights> CLASS_WEIGHTS =
      new Key<>(
          "class-weights",
          LossCodec::weights,
          JsonSchema.of(
                  "By how much the losses of each class's samples are multiplied: balanced, so that"
                      + " all classes count as much, or a list with a number for each.")
              .anyOf(
                  List.of(
                      JsonSchema.ANY.word(BALANCED),
                      JsonSchema.ANY.items(
                          JsonSchema.ANY.number(Key.LEAST, Key.MOST), 2, MOST_CLASSES))));
  private static final Key<Double> DELTA =
      Key.positive("delta", "From this difference on the distance grows linearly.")
          .byDefault(Huber.DEFAULT_DELTA);

  private static final Key<Loss> WEIGHTED =
      new Key<>(
          SOFTMAX,
          LossCodec::weighted,
          JsonSchema.of("Its class weights.").object(List.of(CLASS_WEIGHTS), CLASS_WEIGHTS.name()));
  private static final Key<Loss> HUBERS =
      new Key<>(HUBER, LossCodec::hubers, JsonSchema.of("Its number.").object(List.of(DELTA)));

  private static final Kinds<Loss, Object> KINDS =
      new Kinds<Loss, Object>("loss")
          .with(
              SoftmaxCrossEntropy.class,
              LossCodec::yamlOfSoftmax,
              LossCodec::ownDefinition,
              LossCodec::captionOfSoftmax)
          .with(
              Huber.class,
              huber -> Map.of(HUBER, Map.of(DELTA.name(), huber.delta())),
              LossCodec::ownDefinition,
              huber -> "Huber's loss with δ = " + text(huber.delta()))
          .with(OneHot.class, loss -> yaml(loss.of()), LossCodec::ownDefinition, Loss::name)
          .with(BinaryCrossEntropy.class, LossCodec::word, LossCodec::ownDefinition, Loss::name)
          .with(MeanSquaredError.class, LossCodec::word, LossCodec::ownDefinition, Loss::name)
          .with(MeanAbsoluteError.class, LossCodec::word, LossCodec::ownDefinition, Loss::name);

  private LossCodec() {}

  private static String ownDefinition(Loss loss) {
    return loss.definition().orElse(loss.name());
  }

  private static Object word(Loss loss) {
    return WORDS.entrySet().stream()
        .filter(entry -> entry.getValue().equals(loss))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** Reads a loss. */
  public static Loss read(Field field) {
    if (field.isText()) {
      return field.choice(WORDS);
    }
    Fields fields = field.fields(WEIGHTED.name(), HUBERS.name());
    String kind = fields.one(List.of(WEIGHTED.name(), HUBERS.name()));
    return (kind.equals(SOFTMAX) ? WEIGHTED : HUBERS).read().apply(fields.need(kind));
  }

  private static Loss weighted(Field field) {
    Fields fields = field.fields(CLASS_WEIGHTS.name());
    return new SoftmaxCrossEntropy(CLASS_WEIGHTS.need(fields).orElse(ClassWeights.EQUAL));
  }

  private static ClassWeights weights(Field field) {
    if (!field.isList()) {
      return field.choice(Map.of(BALANCED, new ClassWeights.Balanced()));
    }
    int before = field.problems().count();
    List<Double> weights = new ArrayList<>();
    for (Field item : field.items(MOST_CLASSES)) {
      Field weight = item.named("a class weight");
      weight.problems().attempt(() -> weight.number(Key.LEAST, Key.MOST)).ifPresent(weights::add);
    }
    if (field.problems().count() > before) {
      throw new Problems.Told();
    }
    return new ClassWeights.Given(weights);
  }

  private static Loss hubers(Field field) {
    return new Huber(DELTA.find(field.fields(DELTA.name())).orElse(Huber.DEFAULT_DELTA));
  }

  /** As specs write it. */
  public static Object yaml(Loss loss) {
    return KINDS.yaml(loss);
  }

  private static Object yamlOfSoftmax(SoftmaxCrossEntropy loss) {
    if (!loss.isWeighted()) {
      return SOFTMAX;
    }
    Object weights =
        loss.weights() instanceof ClassWeights.Given given ? given.weights() : BALANCED;
    return Map.of(SOFTMAX, Map.of(CLASS_WEIGHTS.name(), weights));
  }

  private static String captionOfSoftmax(SoftmaxCrossEntropy loss) {
    if (!loss.isWeighted()) {
      return loss.name();
    }
    return loss.weights() instanceof ClassWeights.Given given
        ? loss.name()
            + " with class weights "
            + given.weights().stream().map(w -> text(w)).collect(Collectors.joining(", "))
        : loss.name() + " with balanced class weights";
  }

  /** As captions have it. */
  public static String caption(Loss loss) {
    return KINDS.caption(loss);
  }

  /** The definition {@code loss}. */
  public static Map<String, JsonSchema> schemas() {
    return Map.of(
        "loss",
        JsonSchema.ANY.anyOf(
            List.of(
                JsonSchema.ANY.words(WORDS.keySet()),
                JsonSchema.of("Softmax cross-entropy with class weights.")
                    .object(List.of(WEIGHTED), WEIGHTED.name()),
                JsonSchema.of("Huber's loss.").object(List.of(HUBERS), HUBERS.name()))));
  }
}
