package org.unvanish.internal.safetensors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) of headers: strictly read, without extensions, and with no key twice.
 *
 * <p>Values are {@code Map<String, Object>} in the order of the text, {@code List<Object>}, {@code
 * String}, {@code Boolean}, {@code Long} for whole numbers of up to 18 digits, {@code Double} for
 * all other numbers. {@code null} is refused: nothing that we read may have it.
 */
public final class StrictJson {

  /** Headers need four levels. More may be an attack on the stack. */
  private static final int DEEPEST = 16;

  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)((?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)");

  private static final int MOST_DIGITS = 18;

  private final String text;
  private int at;

  private StrictJson(String text) {
    this.text = text;
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if it is not JSON; the message names the character
   */
  public static Object read(String text) {
    StrictJson json = new StrictJson(text);
    Object value = json.value(0);
    json.skipSpace();
    if (json.at < text.length()) {
      throw json.error("nothing more was expected");
    }
    return value;
  }

  /** Writes a value, as short as possible. */
  public static String write(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> quoted(entry.getKey().toString()) + ":" + write(entry.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(StrictJson::write).collect(Collectors.joining(",", "[", "]"));
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof String string) {
      return quoted(string);
    }
    throw new IllegalArgumentException("JSON has no " + value.getClass());
  }

  private static String quoted(String string) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private Object value(int depth) {
    if (depth > DEEPEST) {
      throw error("it is nested too deeply");
    }
    skipSpace();
    if (takes("{")) {
      return object(depth + 1);
    }
    if (takes("[")) {
      return list(depth + 1);
    }
    if (takes("true")) {
      return true;
    }
    if (takes("false")) {
      return false;
    }
    return at < text.length() && text.charAt(at) == '"' ? string() : number();
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> object = new LinkedHashMap<>();
    skipSpace();
    if (takes("}")) {
      return object;
    }
    do {
      skipSpace();
      String key = string();
      skipSpace();
      need(":");
      @Nullable Object before = object.put(key, value(depth));
      if (before != null) {
        throw error("\"" + key + "\" is there twice");
      }
      skipSpace();
    } while (takes(","));
    need("}");
    return object;
  }

  private List<Object> list(int depth) {
    List<Object> list = new ArrayList<>();
    skipSpace();
    if (takes("]")) {
      return list;
    }
    do {
      list.add(value(depth));
      skipSpace();
    } while (takes(","));
    need("]");
    return list;
  }

  private Object number() {
    Matcher matcher = NUMBER.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw error("a value was expected");
    }
    String number = matcher.group();
    at = matcher.end();
    boolean whole = matcher.group(1).isEmpty() && number.length() <= MOST_DIGITS;
    return whole ? (Object) Long.valueOf(number) : Double.valueOf(number);
  }

  private String string() {
    need("\"");
    StringBuilder string = new StringBuilder();
    while (!takes("\"")) {
      if (at == text.length() || text.charAt(at) < ' ') {
        throw error("a text is not closed");
      }
      char c = text.charAt(at++);
      string.append(c == '\\' ? escaped() : c);
    }
    return string.toString();
  }

  private char escaped() {
    char c = at < text.length() ? text.charAt(at++) : ' ';
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal();
      default -> throw error("after \\ there must be one of \"\\/bfnrtu");
    };
  }

  private char hexadecimal() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at++), 16) : -1;
      if (digit < 0) {
        throw error("after \\u there must be four hexadecimal digits");
      }
      code = 16 * code + digit;
    }
    return (char) code;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean takes(String token) {
    boolean there = text.startsWith(token, at);
    at += there ? token.length() : 0;
    return there;
  }

  private void need(String token) {
    if (!takes(token)) {
      throw error("'" + token + "' was expected");
    }
  }

  private IllegalArgumentException error(String what) {
    return new IllegalArgumentException("character " + (at + 1) + ": " + what);
  }
}
