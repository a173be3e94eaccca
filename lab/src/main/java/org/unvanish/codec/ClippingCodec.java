package org.unvanish.codec;

import static org.unvanish.codec.yaml.Numbers.exact;

import java.util.List;
import java.util.Map;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.optimizer.Clipping;

/** Limits of the gradient as specs, definitions and the schema have them. */
public final class ClippingCodec {

  private static final Map<String, Clipping> NONE = Map.of("none", Clipping.none());

  private static final Key<Double> NORM =
      Key.positive("norm", "The largest norm of all gradients together.");
  private static final Key<Double> VALUE =
      Key.positive("value", "The largest absolute value of a coordinate.");

  private static final Kinds<Clipping, Object> KINDS =
      new Kinds<Clipping, Object>("clipping")
          .with(Clipping.None.class, c -> "none", c -> "none")
          .with(
              Clipping.Norm.class,
              c -> Map.of(NORM.name(), c.most()),
              c -> "global norm, at most " + exact(c.most()))
          .with(
              Clipping.Value.class,
              c -> Map.of(VALUE.name(), c.most()),
              c -> "value, at most " + exact(c.most()));

  private ClippingCodec() {}

  /** Reads a limit. */
  public static Clipping read(Field field) {
    if (field.isText()) {
      return field.choice(NONE);
    }
    Fields fields = field.fields(NORM.name(), VALUE.name());
    String kind = fields.one(List.of(NORM.name(), VALUE.name()));
    Field most = fields.need(kind);
    return kind.equals(NORM.name())
        ? new Clipping.Norm(NORM.read().apply(most))
        : new Clipping.Value(VALUE.read().apply(most));
  }

  /** As specs write it. */
  public static Object yaml(Clipping clipping) {
    return KINDS.yaml(clipping);
  }

  /** As the text that identifies a run has it. */
  public static String definition(Clipping clipping) {
    return KINDS.definition(clipping);
  }

  /** The definition {@code clipping}. */
  public static Map<String, JsonSchema> schemas() {
    return Map.of(
        "clipping",
        JsonSchema.ANY.anyOf(
            List.of(
                JsonSchema.ANY.word("none"),
                JsonSchema.of("The gradient as a whole, as PyTorch's clip_grad_norm_.")
                    .object(List.of(NORM), NORM.name()),
                JsonSchema.of("Each coordinate, as PyTorch's clip_grad_value_.")
                    .object(List.of(VALUE), VALUE.name()))));
  }
}
