package org.unvanish.codec.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads YAML as a located tree: one document of mappings, lists and scalars. Anchors, aliases and
 * tags have no use in a spec and are refused, so that no short text is a large tree.
 *
 * <p>Scalars without quotes follow YAML 1.2's core schema: {@code 1e-8} is a number, {@code no} is
 * text.
 */
public final class YamlReader {

  /** Of a text. */
  public static final int MOST_CHARACTERS = 1 << 20;

  private static final int MOST_LEVELS = 30;

  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,18}");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  private final String where;
  private final Iterator<Event> events;
  private final Problems problems;
  private Place reached;
  private int level;
  private boolean hasUseless;

  private YamlReader(String text, String where, Problems problems) {
    this.where = where;
    this.problems = problems;
    this.reached = new Place(where, 1, 1);
    this.events = new Yaml().parse(new StringReader(text)).iterator();
  }

  /**
   * Reads a text.
   *
   * @param where what the text is called in errors
   * @throws SpecException if it is not YAML, or YAML that a spec has no use for
   */
  public static Node read(String text, String where) {
    Problems problems = new Problems();
    Node node = read(text, where, problems);
    problems.requireNone();
    return node;
  }

  /**
   * Reads a text as far as it can be read.
   *
   * @param where what the text is called in errors
   * @param problems receives keys that stand twice; the first one counts
   * @throws SpecException with all problems so far, if it is not YAML, or YAML that a spec has no
   *     use for
   */
  public static Node read(String text, String where, Problems problems) {
    YamlReader reader = new YamlReader(text, where, problems);
    Optional<Node> node =
        problems.attempt(
            () -> {
              requireReadable(text, where);
              return reader.document();
            });
    if (node.isEmpty() || reader.hasUseless) {
      problems.requireNone();
    }
    return node.orElseThrow();
  }

  private static void requireReadable(String text, String where) {
    if (text.length() > MOST_CHARACTERS) {
      throw new Place(where, 1, 1).error("the file is too large for a spec");
    }
    int offset = 0;
    while (offset < text.length()) {
      int character = text.codePointAt(offset);
      if (!StreamReader.isPrintable(character)) {
        throw placeAfter(text.substring(0, offset), where)
            .error("the character U+%04X is not allowed in YAML", character);
      }
      offset += Character.charCount(character);
    }
  }

  /**
   * The place behind the start of a text that cannot be read any further, by the parser's count.
   *
   * @param where what the text is called in errors
   * @throws SpecException if the start has a character that cannot stand in YAML
   */
  public static Place placeAfter(String start, String where) {
    requireReadable(start, where);
    StreamReader reader = new StreamReader(start);
    reader.forward(start.codePointCount(0, start.length()));
    return place(reader.getMark(), where);
  }

  private Event next() {
    try {
      Event event = events.next();
      reached = place(event.getEndMark(), where);
      return event;
    } catch (MarkedYAMLException e) {
      String problem = e.getProblem() == null ? e.getContext() : e.getProblem();
      Mark mark = e.getProblemMark();
      Place place = mark == null ? reached : place(mark, where);
      String line = problem == null ? "" : ": " + problem.replaceAll("\\s+", " ");
      throw place.error("this is not YAML%s", line);
    } catch (IllegalArgumentException e) {
      // SnakeYAML 2.5 lets through what Java says about an escape such as "\UFFFFFFFF".
      throw reached.error("this is not YAML from here on; check escape sequences");
    }
  }

  private Node document() {
    next(); // The stream's start.
    Event first = next();
    if (first.is(Event.ID.StreamEnd)) {
      throw new Place(where, 1, 1).error("the file is empty");
    }
    Node root = node(next());
    next(); // The document's end.
    Event after = next();
    if (!after.is(Event.ID.StreamEnd)) {
      throw place(after).error("a second document begins here; a spec is a single document");
    }
    return root;
  }

  private Node node(Event event) {
    if (event instanceof AliasEvent alias) {
      useless(place(event).error("\"*%s\" repeats another part; write it out", alias.getAnchor()));
      return new Node.Scalar(null, "", place(event));
    }
    if (event instanceof ScalarEvent scalar) {
      requirePlain(event, scalar.getAnchor(), scalar.getTag());
      boolean quoted = scalar.getScalarStyle() != ScalarStyle.PLAIN;
      String text = scalar.getValue();
      return new Node.Scalar(quoted ? text : resolve(text), text, place(event));
    }
    level++;
    if (level > MOST_LEVELS) {
      throw place(event).error("this is nested more than %d levels deep", MOST_LEVELS);
    }
    Node node =
        event instanceof MappingStartEvent mapping
            ? mapping(mapping)
            : items((SequenceStartEvent) event);
    level--;
    return node;
  }

  private Node mapping(MappingStartEvent start) {
    requirePlain(start, start.getAnchor(), start.getTag());
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    for (Event next = next(); !next.is(Event.ID.MappingEnd); next = next()) {
      if (!(node(next) instanceof Node.Scalar key)) {
        throw place(next).error("a key must be a word");
      }
      Node.Entry entry = new Node.Entry(key.place(), node(next()));
      Node.Entry earlier = entries.putIfAbsent(key.text(), entry);
      if (earlier != null) {
        problems.add(
            key.place()
                .error(
                    "the key %s is given twice, first in line %d",
                    Node.shown(key.text()), earlier.key().line()));
      }
    }
    return new Node.Mapping(entries, place(start));
  }

  private Node items(SequenceStartEvent start) {
    requirePlain(start, start.getAnchor(), start.getTag());
    List<Node> items = new ArrayList<>();
    for (Event next = next(); !next.is(Event.ID.SequenceEnd); next = next()) {
      items.add(node(next));
    }
    return new Node.Items(items, place(start));
  }

  private void requirePlain(Event event, @Nullable String anchor, @Nullable String tag) {
    if (anchor != null) {
      useless(place(event).error("the anchor \"&%s\" has no use in a spec; leave it out", anchor));
    }
    if (tag != null) {
      useless(place(event).error("the tag \"%s\" has no use in a spec; leave it out", tag));
    }
  }

  /** What is there in its place cannot be told to be right or wrong. */
  private void useless(SpecException problem) {
    problems.add(problem);
    hasUseless = true;
  }

  private static @Nullable Object resolve(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> null;
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
      case "-.inf" -> Double.NEGATIVE_INFINITY;
      case ".nan" -> Double.NaN;
      default -> number(text);
    };
  }

  private static Object number(String text) {
    if (WHOLE.matcher(text).matches()) {
      return Long.valueOf(text);
    }
    return NUMBER.matcher(text).matches() ? (Object) Double.valueOf(text) : text;
  }

  private Place place(Event event) {
    return place(event.getStartMark(), where);
  }

  private static Place place(Mark mark, String where) {
    return new Place(where, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
