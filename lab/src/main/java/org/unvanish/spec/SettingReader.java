package org.unvanish.spec;

import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.initialization.Initialization;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.spec.Overrides.PenaltyForm;

/** Reads single settings of an arm. */
final class SettingReader {

  /** Where single precision has normal numbers, for a number and its inverse. */
  private static final double LEAST = 1e-30;

  private static final double MOST = 1e30;

  private SettingReader() {}

  static Activation activation(Field field) {
    if (field.isText()) {
      return Activation.of(field.choice(SpecWords.FUNCTIONS));
    }
    Fields fields = field.fields("function", "alpha", "naive");
    ActivationFunction function = fields.need("function").choice(SpecWords.FUNCTIONS);
    if (!fields.has("alpha") && !fields.has("naive")) {
      return Activation.of(function);
    }
    return new Activation(function, scale(fields));
  }

  private static Scale scale(Fields fields) {
    String key = fields.one(List.of("alpha", "naive"));
    Field value = fields.need(key);
    if (key.equals("naive")) {
      return new Scale.Naive(value.number(LEAST, MOST));
    }
    if (value.isNumber()) {
      return new Scale.Fixed(value.number(LEAST, MOST));
    }
    return new Scale.Learned(value.fields("learned").need("learned").number(LEAST, MOST));
  }

  static Penalty penalty(Field field) {
    if (field.isText()) {
      return field.choice(SpecWords.NO_PENALTY);
    }
    Fields fields = field.fields("l2", "l1", "elastic-net", "form", "scope");
    String kind = fields.one(List.of("l2", "l1", "elastic-net"));
    Field value = fields.need(kind);
    PenaltyForm form =
        fields.find("form", f -> f.choice(SpecWords.PENALTY_FORMS)).orElse(PenaltyForm.PAPER);
    if (fields.has("form") && !kind.equals("l2")) {
      throw fields.keyPlace("form").error("form stands beside l2 only, not %s", kind);
    }
    Penalty.Scope usual = form == PenaltyForm.KERAS ? Penalty.Scope.WEIGHTS : Penalty.Scope.ALL;
    Penalty.Scope scope = fields.find("scope", f -> f.choice(SpecWords.SCOPES)).orElse(usual);
    if (kind.equals("elastic-net")) {
      Fields parts = value.fields("l1", "l2");
      return new Penalty.ElasticNet(
          parts.need("l1", SettingReader::strength).orElse(0.0),
          parts.need("l2", SettingReader::strength).orElse(0.0),
          scope);
    }
    double r = strength(value);
    if (kind.equals("l1")) {
      return new Penalty.L1(r, scope);
    }
    return form == PenaltyForm.KERAS ? new Penalty.KerasL2(r, scope) : new Penalty.L2(r, scope);
  }

  /** Where weights and biases start. */
  record Start(Initialization weights, Initialization biases) {}

  static Start start(Field field) {
    if (field.isText()) {
      Initialization values = field.choice(SpecWords.INITIAL_VALUES);
      // Glorot's and He's are about weights; their biases start at zero.
      return new Start(values, new Initialization.Zeros());
    }
    Fields fields = field.fields("uniform", "normal", "weights", "biases");
    if (!fields.has("weights") && !fields.has("biases")) {
      Initialization values = initialValues(field);
      return new Start(values, values);
    }
    for (String key : List.of("uniform", "normal")) {
      if (fields.has(key)) {
        throw fields.keyPlace(key).error("%s must stand under weights or biases here", key);
      }
    }
    return new Start(
        fields.need("weights", SettingReader::initialValues).orElse(new Initialization.Zeros()),
        fields.find("biases", SettingReader::initialValues).orElse(new Initialization.Zeros()));
  }

  private static Initialization initialValues(Field field) {
    if (field.isText()) {
      return field.choice(SpecWords.INITIAL_VALUES);
    }
    Fields fields = field.fields("uniform", "normal");
    String kind = fields.one(List.of("uniform", "normal"));
    double size = fields.need(kind).number(LEAST, MOST);
    return kind.equals("uniform")
        ? new Initialization.Uniform(size)
        : new Initialization.Normal(size);
  }

  static Optimizer optimizer(Field field) {
    if (field.isText()) {
      return field.choice(SpecWords.OPTIMIZERS);
    }
    Fields fields = field.fields("adam", "sgd");
    String kind = fields.one(List.of("adam", "sgd"));
    return kind.equals("adam") ? adam(fields.need(kind)) : sgd(fields.need(kind));
  }

  private static Optimizer adam(Field field) {
    Fields fields = field.fields("learning-rate", "beta1", "beta2", "epsilon", "epsilon-form");
    Optimizer.Adam usual = Optimizer.Adam.DEFAULT;
    return new Optimizer.Adam(
        fields.find("learning-rate", SettingReader::positive).orElse(usual.learningRate()),
        fields.find("beta1", Field::decay).orElse(usual.beta1()),
        fields.find("beta2", Field::decay).orElse(usual.beta2()),
        fields.find("epsilon", SettingReader::positive).orElse(usual.epsilon()),
        fields.find("epsilon-form", f -> f.choice(SpecWords.EPSILON_FORMS)).orElse(usual.form()));
  }

  private static Optimizer sgd(Field field) {
    Fields fields = field.fields("learning-rate", "momentum");
    return new Optimizer.Sgd(
        fields.need("learning-rate", SettingReader::positive).orElse(MOST),
        fields.find("momentum", Field::decay).orElse(0.0));
  }

  private static double strength(Field field) {
    return field.number(0, MOST);
  }

  private static double positive(Field field) {
    return field.number(LEAST, MOST);
  }
}
