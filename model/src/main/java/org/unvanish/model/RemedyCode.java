package org.unvanish.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;

/**
 * A prescription as lines to paste into the program that makes a model, with the names of its
 * layers.
 *
 * @since 0.1
 */
public final class RemedyCode {

  /** In which language the lines are. */
  public enum Target {
    PYTORCH,
    KERAS,
    DJL,
    SPEC;

    /** As it is written on a command line. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final GraphStack stack;
  private final Change change;
  private final RemedyWords words;
  private final List<String> lines = new ArrayList<>();

  private RemedyCode(GraphStack stack, Change change, RemedyWords words) {
    this.stack = stack;
    this.change = change;
    this.words = words;
  }

  /** The lines; none if nothing is prescribed. */
  public static List<String> of(GraphStack stack, Change change, Target target) {
    RemedyWords words =
        switch (target) {
          case PYTORCH -> new PytorchWords();
          case KERAS -> new KerasWords();
          case DJL -> new DjlWords();
          case SPEC -> new SpecLines();
        };
    return new RemedyCode(stack, change, words).lines();
  }

  private List<String> lines() {
    PrescribedInitialization initial = change.initial();
    if (initial != null) {
      lines.addAll(words.initialization(initial, weightedNames()));
    }
    Double alpha = change.alpha();
    if (alpha != null || change.other().contains(OtherRemedy.USE_TANH)) {
      addActivations(alpha == null ? 1 : alpha);
    }
    if (!change.factors().isEmpty()) {
      List<String> names = weightedNames();
      for (int i = 0; i < Math.min(names.size(), change.factors().size()); i++) {
        lines.addAll(words.factor(names.get(i), change.factors().get(i)));
      }
    }
    Double l2 = change.l2();
    if (l2 != null) {
      lines.addAll(words.penalty(l2, weightedNames()));
    }
    change.other().forEach(remedy -> lines.addAll(words.other(remedy)));
    return lines;
  }

  /** Those that become the same together. */
  private void addActivations(double factor) {
    Map<Activation, List<String>> places = new LinkedHashMap<>();
    for (GraphLayer layer : stack.all().toList()) {
      if (GraphEdit.isHidden(stack, layer)) {
        Activation before = layer.activation().orElseThrow();
        double present = before.scale() instanceof Scale.Fixed fixed ? fixed.alpha() : 1;
        ActivationFunction function =
            change.other().contains(OtherRemedy.USE_TANH)
                ? ActivationFunction.TANH
                : before.function();
        places
            .computeIfAbsent(function.scaled(present * factor), a -> new ArrayList<>())
            .add(readsFrom(layer));
      }
    }
    places.forEach(
        (activation, names) ->
            lines.addAll(
                words.activation(
                    String.join(", ", names), activation.function().label(), activation.outer())));
  }

  /** The layer with weights that an activation follows. */
  private String readsFrom(GraphLayer activation) {
    String name = "";
    for (GraphLayer layer : stack.all().toList()) {
      if (layer == activation) {
        return name;
      }
      name = layer.parameters().stream().anyMatch(GraphParameter::isWeights) ? layer.name() : name;
    }
    return name;
  }

  private List<String> weightedNames() {
    return stack
        .all()
        .filter(layer -> layer.parameters().stream().anyMatch(GraphParameter::isWeights))
        .map(GraphLayer::name)
        .toList();
  }

  /** What one language says of each remedy. */
  interface RemedyWords {
    List<String> initialization(PrescribedInitialization values, List<String> layers);

    List<String> activation(String behind, String function, double alpha);

    List<String> factor(String layer, double factor);

    List<String> penalty(double r, List<String> layers);

    List<String> other(OtherRemedy remedy);
  }

  /** A number as programs write it: to six digits. */
  static String number(double value) {
    return String.valueOf(new BigDecimal(value).round(new MathContext(6)).doubleValue());
  }

  static String quoted(List<String> names) {
    return names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
  }

  /** A remedy of training as a comment in languages that have no word of their own for it. */
  static String comment(String mark, OtherRemedy remedy) {
    return mark + " " + remedy.text();
  }
}
