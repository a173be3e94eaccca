package org.unvanish.model;

import static org.unvanish.activation.ActivationFunction.IDENTITY;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
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

    /** That of the program that a model comes from, as far as its file tells. */
    public static Target of(ImportedModel model) {
      String made = (model.format() + " " + model.producer()).toLowerCase(Locale.ROOT);
      return made.contains("keras") || made.contains("tf2onnx") ? KERAS : PYTORCH;
    }

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
    boolean orthogonal = change.other().contains(OtherRemedy.ORTHOGONAL_RECURRENT);
    if (change.initial() != null || orthogonal) {
      lines.addAll(words.initialization(change.initial(), orthogonal, weightedNames()));
    }
    List<Place> places = places();
    if (!places.isEmpty()) {
      lines.addAll(words.activations(places));
    }
    List<String> names = weightedNames();
    for (int i = 0; i < Math.min(names.size(), change.factors().size()); i++) {
      lines.addAll(words.factor(names.get(i), change.factors().get(i)));
    }
    Double l2 = change.l2();
    if (l2 != null) {
      lines.addAll(words.penalty(l2));
    }
    Place last = place(stack.last(), Activation.of(IDENTITY));
    change.other().stream()
        .filter(remedy -> remedy != OtherRemedy.USE_TANH)
        .filter(remedy -> remedy != OtherRemedy.ORTHOGONAL_RECURRENT)
        .forEach(remedy -> lines.addAll(words.other(remedy, last)));
    return lines;
  }

  /**
   * A place where an activation changes. Its names can stand in a literal or a comment.
   *
   * @param behind the layer with weights that it follows
   * @param module the module that computes it, as far as the file tells; empty if a program calls
   *     it as a function
   * @param alone whether that module computes nothing else
   * @param activation what it becomes
   */
  record Place(String behind, Optional<String> module, boolean alone, Activation activation) {
    /** The module, if another can take its place. */
    Optional<String> replaceable() {
      return alone ? module : Optional.empty();
    }
  }

  private List<Place> places() {
    double factor = change.alpha() == null ? 1 : change.alpha();
    boolean tanh = change.other().contains(OtherRemedy.USE_TANH);
    List<Place> places = new ArrayList<>();
    for (GraphLayer layer : stack.all().toList()) {
      StackEdit.changed(stack, layer, factor, tanh)
          .ifPresent(changed -> places.add(place(layer, changed)));
    }
    return places;
  }

  private Place place(GraphLayer layer, Activation activation) {
    Optional<String> module = LayerNames.of(layer.nodes(), List.of());
    return new Place(
        harmless(readsFrom(layer)),
        module.map(RemedyCode::harmless),
        module.filter(name -> isAlone(name, layer)).isPresent(),
        activation);
  }

  /** Whether nothing but a layer has names that begin with its module's. */
  private boolean isAlone(String module, GraphLayer layer) {
    Set<String> others = new LinkedHashSet<>();
    stack.graph().nodes().stream()
        .filter(node -> !layer.nodes().contains(node))
        .forEach(node -> others.add(node.name()));
    stack.parameters().forEach(parameter -> others.add(parameter.constant()));
    return others.stream()
        .map(name -> name.replaceFirst("^/", "").replace('/', '.'))
        .noneMatch(name -> name.startsWith(module + "."));
  }

  /** The layer with weights that an activation follows. */
  private String readsFrom(GraphLayer activation) {
    String name = "";
    for (GraphLayer layer : stack.all().toList()) {
      if (layer == activation) {
        return name;
      }
      name = layer.hasWeights() ? layer.name() : name;
    }
    return name;
  }

  /** The modules with weights. */
  private List<String> weightedNames() {
    Set<String> names = new LinkedHashSet<>();
    for (GraphLayer layer : stack.all().filter(GraphLayer::hasWeights).toList()) {
      if (layer.isRecurrent()) {
        // One module has all of its layers: l0, l1, …
        names.add(layer.name().replaceFirst("(^|\\.)l\\d+$", ""));
        continue;
      }
      layer.parameters().stream()
          .filter(GraphParameter::isWeights)
          .forEach(
              weights ->
                  names.add(LayerNames.of(List.of(), List.of(weights)).orElse(layer.name())));
    }
    return names.stream().map(RemedyCode::harmless).toList();
  }

  /**
   * A name as string literals of Python and Java have it. A model's file may come from anyone: what
   * it calls a layer must end neither a literal nor a comment.
   */
  private static String harmless(String name) {
    return name.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
  }

  /** What one language says of each remedy. */
  interface RemedyWords {
    /**
     * How weights start.
     *
     * @param values of all weights, or null to leave them
     * @param orthogonal whether recurrent weights are orthogonal matrices
     */
    List<String> initialization(
        @Nullable PrescribedInitialization values, boolean orthogonal, List<String> layers);

    /** Other activations, in the order of the network. */
    List<String> activations(List<Place> places);

    List<String> factor(String layer, double factor);

    List<String> penalty(double r);

    /**
     * All else.
     *
     * @param last the place of the last activation
     */
    List<String> other(OtherRemedy remedy, Place last);
  }

  /** The places that get the same activation, together. */
  static Map<Activation, List<Place>> together(List<Place> places) {
    return places.stream()
        .collect(Collectors.groupingBy(Place::activation, LinkedHashMap::new, Collectors.toList()));
  }

  /**
   * The value of an activation at {@code z}.
   *
   * @param call a function of an expression, in the language
   */
  static String value(Activation activation, BiFunction<ActivationFunction, String, String> call) {
    String alpha = number(activation.outer());
    return activation.outer() == 1
        ? call.apply(activation.function(), "z")
        : alpha + " * " + call.apply(activation.function(), "z / " + alpha);
  }

  /** A number as programs write it: to six digits. */
  static String number(double value) {
    return String.valueOf(new BigDecimal(value).round(new MathContext(6)).doubleValue());
  }

  /** {@code 2.0·tanh(z/2.0)}. */
  static String formula(Activation activation) {
    String function = activation.function().label();
    return activation.outer() == 1
        ? function
        : "%1$s·%2$s(z/%1$s)".formatted(number(activation.outer()), function);
  }

  static String quoted(List<String> names) {
    return names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
  }

  static String behind(List<Place> places) {
    return places.stream().map(Place::behind).distinct().collect(Collectors.joining(", "));
  }

  /** A remedy as a comment in languages that have no word of their own for it. */
  static List<String> comment(String mark, OtherRemedy remedy) {
    return List.of(mark + " " + remedy.text());
  }
}
