package org.unvanish.codec.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.unvanish.codec.yaml.Node.Items;
import org.unvanish.codec.yaml.Node.Mapping;
import org.unvanish.codec.yaml.Node.Scalar;
import org.unvanish.data.Nearest;

/**
 * A named value of a spec that is yet to be read: every method reads it as one kind of thing, or
 * throws a {@link SpecException} that says what it should be.
 *
 * @param name as errors call it: its key
 * @param node what the key maps to
 * @param problems where those of its parts are collected
 * @param in what its key stands in, as errors call that; empty of a whole document
 */
public record Field(String name, Node node, Problems problems, String in) {

  /** A whole document. */
  public Field(String name, Node node, Problems problems) {
    this(name, node, problems, "");
  }

  /** The same value under another name. */
  public Field named(String other) {
    return new Field(other, node, problems, in);
  }

  /** Where it stands. */
  public Place place() {
    return node.place();
  }

  /** Whether it is text. */
  public boolean isText() {
    return node instanceof Scalar scalar && scalar.value() instanceof String;
  }

  /** Whether it is a number, whole or not. */
  public boolean isNumber() {
    return node instanceof Scalar scalar && scalar.value() instanceof Number;
  }

  /** Whether it is a list. */
  public boolean isList() {
    return node instanceof Items;
  }

  /** Whether it is a mapping. */
  public boolean isMapping() {
    return node instanceof Mapping;
  }

  /** The error that it is not what it must be. */
  public SpecException mustBe(String what) {
    return place().error("%s must be %s, but is %s%s", name, what, node.description(), example());
  }

  /** The end of a sentence that refuses the value: what could be written. */
  private String example() {
    return Examples.line(in, name).map(line -> "; write for example " + line).orElse("");
  }

  /** One line of text, at least one character that is not a space. */
  public String text(int mostCharacters) {
    if (isNumber()) {
      String number = ((Scalar) node).text();
      throw place()
          .error(
              "%s must be text; write it in quotes, but is %s: write %s",
              name,
              node.description(),
              Examples.quoted(
                  name.contains(" ") ? "'" + number + "'" : name + ": '" + number + "'"));
    }
    if (!isText()) {
      throw mustBe("text");
    }
    String text = ((Scalar) node).text();
    if (text.isBlank()
        || text.length() > mostCharacters
        || text.codePoints().anyMatch(Field::isUnwritable)) {
      throw mustBe("one line of 1 to " + mostCharacters + " printable characters");
    }
    return text;
  }

  /** Control characters and halves of characters, which only escapes can bring in. */
  private static boolean isUnwritable(int character) {
    return Character.isISOControl(character)
        || Character.getType(character) == Character.SURROGATE
        || Character.getType(character) == Character.LINE_SEPARATOR
        || Character.getType(character) == Character.PARAGRAPH_SEPARATOR;
  }

  /** A whole number, both limits included. */
  public long whole(long least, long most) {
    if (node instanceof Scalar scalar
        && scalar.value() instanceof Long value
        && value >= least
        && value <= most) {
      return value;
    }
    throw mustBe("a whole number from %d to %d".formatted(least, most));
  }

  /** A whole number that an {@code int} holds, both limits included. */
  public int count(int least, int most) {
    return (int) whole(least, most);
  }

  /** A number, both limits included. */
  public double number(double least, double most) {
    double value = number();
    if (value >= least && value <= most) {
      return value;
    }
    throw mustBe("a number from %s to %s".formatted(Numbers.text(least), Numbers.text(most)));
  }

  /** A number that an optimizer multiplies a moving average with: at least 0, below 1. */
  public double decay() {
    double value = number();
    if (value >= 0 && value < 1) {
      return value;
    }
    throw mustBe("a number of at least 0 and below 1");
  }

  /** NaN where it is none. */
  private double number() {
    return node instanceof Scalar scalar && scalar.value() instanceof Number value
        ? value.doubleValue() + 0.0 // No negative zero.
        : Double.NaN;
  }

  /** True or false. */
  public boolean flag() {
    if (node instanceof Scalar scalar && scalar.value() instanceof Boolean value) {
      return value;
    }
    throw mustBe("true or false");
  }

  /** One of some words. */
  public <T> T choice(Map<String, T> choices) {
    if (!isText()) {
      throw mustBe("one of " + String.join(", ", choices.keySet()));
    }
    String word = ((Scalar) node).text();
    return OtherWords.meaning(word, choices)
        .orElseThrow(
            () ->
                place()
                    .error(
                        "%s cannot be %s%s",
                        name, node.description(), hint(word, choices.keySet())));
  }

  private String hint(String word, Set<String> known) {
    return OtherWords.advice(name, word)
        .map(advice -> ": " + advice)
        .or(
            () ->
                Nearest.to(word, known)
                    .map(near -> ": did you mean %s? Write %s".formatted(near, line(near))))
        .orElseGet(() -> "; known here: " + String.join(", ", known) + example());
  }

  /** As it stands in a spec, with another value. */
  private String line(String value) {
    return Examples.quoted(name.contains(" ") ? "- " + value : name + ": " + value);
  }

  /** At least one item; each is called like the list. */
  public List<Field> items(int most) {
    if (!(node instanceof Items list)) {
      throw mustBe("a list");
    }
    if (list.items().isEmpty() || list.items().size() > most) {
      throw place()
          .error(
              "%s must have from 1 to %d items, but has %d%s",
              name, most, list.items().size(), example());
    }
    List<Field> fields = new ArrayList<>();
    list.items().forEach(item -> fields.add(new Field(name, item, problems, in)));
    return fields;
  }

  /** A mapping with no keys but these. */
  public Fields fields(String... keys) {
    if (!(node instanceof Mapping mapping)) {
      throw mustBe("a mapping with " + String.join(", ", keys));
    }
    return new Fields(name, mapping, List.of(keys), problems);
  }
}
