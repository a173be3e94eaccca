package org.unvanish.model.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Arrays;
import org.unvanish.model.ModelRefusedException;

/**
 * The settings of a layer or model, as Keras wrote them. A getter refuses a value of another type,
 * and names the layer and the setting. Keras writes all settings of a layer, but older versions
 * lack those that came later: so each getter has what Keras then assumes.
 */
final class Settings {
  private final String place;
  private final JsonNode node;

  /**
   * @param place the layer, as messages call it
   * @throws ModelRefusedException if the node is not an object of JSON
   */
  Settings(String place, JsonNode node) {
    this.place = place;
    this.node = node;
    if (!node.isObject()) {
      throw refused("config", "it is not a list of settings by name");
    }
  }

  /** The layer, as messages call it. */
  String place() {
    return place;
  }

  /** Whether the setting is there and not null. */
  boolean has(String name) {
    return node.hasNonNull(name);
  }

  /** Whether the setting is there as null. */
  boolean isNull(String name) {
    return node.path(name).isNull();
  }

  /** A setting as it is, a missing node for null. */
  JsonNode get(String name) {
    return has(name) ? node.get(name) : MissingNode.getInstance();
  }

  /** A word. */
  String text(String name, String absent) {
    JsonNode value = get(name);
    if (value.isMissingNode()) {
      return absent;
    }
    if (!value.isTextual()) {
      throw refused(name, "it is not a text");
    }
    return value.textValue();
  }

  /** True or false. */
  boolean flag(String name, boolean absent) {
    JsonNode value = get(name);
    if (value.isMissingNode()) {
      return absent;
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (value.isIntegralNumber()) {
      return value.intValue() != 0;
    }
    throw refused(name, "it is neither true nor false");
  }

  /** A number. */
  double number(String name, double absent) {
    JsonNode value = plain(get(name));
    if (value.isMissingNode()) {
      return absent;
    }
    if (!value.isNumber()) {
      throw refused(name, "it is not a number");
    }
    return value.doubleValue();
  }

  /** A whole number; one in a list of one counts. */
  int integer(String name, int absent) {
    JsonNode value = get(name);
    if (value.isArray() && value.size() == 1) {
      value = value.get(0);
    }
    if (value.isMissingNode()) {
      return absent;
    }
    if (!value.isNumber() || !value.canConvertToInt() || value.doubleValue() != value.intValue()) {
      throw refused(name, "it is not a whole number");
    }
    return value.intValue();
  }

  /** So many positive whole numbers; a single one stands for all. */
  long[] sizes(String name, int count, int absent) {
    JsonNode value = plain(get(name));
    long[] result = new long[count];
    Arrays.fill(result, absent);
    if (value.isMissingNode()) {
      return result;
    }
    if (value.isArray() && value.size() != count) {
      throw refused(name, "it has " + value.size() + " values and not " + count);
    }
    for (int i = 0; i < count; i++) {
      JsonNode one = value.isArray() ? value.get(i) : value;
      if (!one.isInt() || one.intValue() < 1) {
        throw refused(name, one + " is not a positive whole number");
      }
      result[i] = one.intValue();
    }
    return result;
  }

  /** A shape: −1 for an extent that is not fixed. */
  long[] shape(String name) {
    return shape(get(name), name);
  }

  private long[] shape(JsonNode node, String name) {
    JsonNode value = plain(node);
    if (!value.isArray() || value.size() > 16) {
      throw refused(name, "it is not a shape");
    }
    long[] shape = new long[value.size()];
    for (int i = 0; i < shape.length; i++) {
      JsonNode extent = value.get(i);
      boolean free = extent.isNull() || extent.isInt() && extent.intValue() == -1;
      if (!free && (!extent.isInt() || extent.intValue() < 1)) {
        throw refused(name, extent + " is not an extent");
      }
      shape[i] = free ? -1 : extent.intValue();
    }
    return shape;
  }

  /** The settings within a setting. */
  Settings inner(String name) {
    return new Settings(place, get(name));
  }

  /** How this layer refuses a setting. */
  ModelRefusedException refused(String name, String reason) {
    return new ModelRefusedException(place + ", setting " + name, reason, Hdf5.SAVE_AGAIN);
  }

  /** Some versions wrap tuples, numbers and shapes into objects that say what they were. */
  private static JsonNode plain(JsonNode value) {
    if (value.isObject() && value.has("items")) {
      return value.get("items");
    }
    if (value.isObject() && value.path("config").has("value")) {
      return value.get("config").get("value");
    }
    if (value.isObject() && value.has("value")) {
      return value.get("value");
    }
    return value;
  }

  @Override
  public String toString() {
    return node.toString();
  }
}
