package org.unvanish.codec;

import static org.unvanish.codec.yaml.Numbers.exact;
import static org.unvanish.codec.yaml.Numbers.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.penalty.Penalty;
import org.unvanish.penalty.Penalty.Scope;

/** Penalties as specs, definitions, captions and the schema have them. */
public final class PenaltyCodec {

  private static final Map<String, Penalty> NONE = Map.of("none", Penalty.none());
  private static final Map<String, Scope> SCOPES =
      Words.of(List.of(Scope.values()), scope -> scope.name().toLowerCase(Locale.ROOT));

  private static final Key<Double> L2 =
      Key.number("l2", 0, "The regularization strength r (the paper: tuning parameter).");
  private static final Key<Double> L1 =
      Key.number("l1", 0, "The regularization strength r (the paper: tuning parameter).");
  private static final Key<Double> R1 = Key.number("l1", 0, "r₁.");
  private static final Key<Double> R2 = Key.number("l2", 0, "r₂.");
  private static final Key<Fields> ELASTIC_NET =
      new Key<>(
          "elastic-net",
          field -> field.fields(R1.name(), R2.name()),
          JsonSchema.of("Its regularization strengths.")
              .object(List.of(R1, R2), R1.name(), R2.name()));
  private static final Key<PenaltyForm> FORM =
      Key.choice(
              "form",
              PenaltyForm.WORDS,
              "paper covers weights and biases; keras is twice as large and covers the weights.")
          .byDefault(PenaltyForm.PAPER.word());
  private static final Key<Scope> SCOPE =
      new Key<>("scope", field -> field.choice(SCOPES), JsonSchema.ANY.ref("scope"));

  private static final Kinds<Penalty, Object> KINDS =
      new Kinds<Penalty, Object>("penalty")
          .with(Penalty.None.class, p -> "none", p -> "none", p -> "none")
          .with(
              Penalty.L2.class,
              p -> l2(PenaltyForm.PAPER, p.r(), p.scope()),
              p -> "L2, r = %s on %s".formatted(exact(p.r()), p.scope()),
              p -> "(r/2)·Σθ² over %s, r = %s".formatted(covered(p), text(p.r())))
          .with(
              Penalty.KerasL2.class,
              p -> l2(PenaltyForm.KERAS, p.r(), p.scope()),
              p -> "Keras's L2, r = %s on %s".formatted(exact(p.r()), p.scope()),
              p -> "Keras's r·Σθ² over %s, r = %s".formatted(covered(p), text(p.r())))
          .with(
              Penalty.L1.class,
              p -> scoped(L1, p.r(), p.scope()),
              p -> "L1, r = %s on %s".formatted(exact(p.r()), p.scope()),
              p -> "r·Σ|θ| over %s, r = %s".formatted(covered(p), text(p.r())))
          .with(
              Penalty.ElasticNet.class,
              p -> scoped(ELASTIC_NET, net(p), p.scope()),
              p ->
                  "elastic net, r1 = %s, r2 = %s on %s"
                      .formatted(exact(p.r1()), exact(p.r2()), p.scope()),
              p ->
                  "r₁·Σ|θ| + (r₂/2)·Σθ² over %s, r₁ = %s, r₂ = %s"
                      .formatted(covered(p), text(p.r1()), text(p.r2())));

  private PenaltyCodec() {}

  /** Reads a penalty. */
  public static Penalty read(Field field) {
    if (field.isText()) {
      return field.choice(NONE);
    }
    Fields fields =
        field.fields(L2.name(), L1.name(), ELASTIC_NET.name(), FORM.name(), SCOPE.name());
    String kind = fields.one(List.of(L2.name(), L1.name(), ELASTIC_NET.name()));
    PenaltyForm form = FORM.find(fields).orElse(PenaltyForm.PAPER);
    if (fields.has(FORM.name()) && !kind.equals(L2.name())) {
      fields
          .problems()
          .add(fields.keyPlace(FORM.name()).error("form stands beside l2 only, not %s", kind));
    }
    Scope scope = SCOPE.find(fields).orElse(form.usualScope());
    Field value = fields.need(kind);
    if (kind.equals(ELASTIC_NET.name())) {
      Fields parts = ELASTIC_NET.read().apply(value);
      return new Penalty.ElasticNet(R1.need(parts).orElse(0.0), R2.need(parts).orElse(0.0), scope);
    }
    return kind.equals(L1.name())
        ? new Penalty.L1(L1.read().apply(value), scope)
        : form.penalty(L2.read().apply(value), scope);
  }

  /** As specs write it. */
  public static Object yaml(Penalty penalty) {
    return KINDS.yaml(penalty);
  }

  /** As the text that identifies a run has it. */
  public static String definition(Penalty penalty) {
    return KINDS.definition(penalty);
  }

  /** As captions have it. */
  public static String caption(Penalty penalty) {
    return KINDS.caption(penalty);
  }

  /** The definitions {@code penalty} and {@code scope}. */
  public static Map<String, JsonSchema> schemas() {
    Map<String, JsonSchema> schemas = new LinkedHashMap<>();
    schemas.put(
        "penalty",
        JsonSchema.ANY.anyOf(
            List.of(
                JsonSchema.ANY.word("none"),
                JsonSchema.of("(r/2)·Σθ² in the paper's form, r·Σθ² in Keras's.")
                    .object(List.of(L2, FORM, SCOPE), L2.name()),
                JsonSchema.of("r·Σ|θ|.").object(List.of(L1, SCOPE), L1.name()),
                JsonSchema.of("r₁·Σ|θ| + (r₂/2)·Σθ².")
                    .object(List.of(ELASTIC_NET, SCOPE), ELASTIC_NET.name()))));
    schemas.put(
        "scope",
        JsonSchema.of(
                "Which parameters are covered: all is weights and biases. Default: all, but weights"
                    + " in Keras's form.")
            .words(SCOPES.keySet()));
    return schemas;
  }

  private static Map<String, Object> l2(PenaltyForm form, double r, Scope scope) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(L2.name(), r);
    if (form != PenaltyForm.PAPER) {
      map.put(FORM.name(), form.word());
    }
    return withScope(map, scope, form.usualScope());
  }

  private static Map<String, Object> scoped(Key<?> key, Object value, Scope scope) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(key.name(), value);
    return withScope(map, scope, Scope.ALL);
  }

  private static Map<String, Object> withScope(Map<String, Object> map, Scope scope, Scope usual) {
    if (scope != usual) {
      map.put(SCOPE.name(), Words.of(SCOPES, scope));
    }
    return map;
  }

  private static Map<String, Object> net(Penalty.ElasticNet net) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put(R1.name(), net.r1());
    parts.put(R2.name(), net.r2());
    return parts;
  }

  private static String covered(Penalty penalty) {
    return switch (penalty.scope()) {
      case ALL -> "all parameters";
      case WEIGHTS -> "weights";
    };
  }
}
