package org.unvanish.codec.yaml;

import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Writes mappings, lists, text, numbers and flags as YAML that {@link YamlReader} reads back. */
public final class YamlText {

  /** Text that no reader of YAML, of whatever version, takes for anything else. */
  private static final Pattern PLAIN =
      Pattern.compile("(?!(?i:null|true|false|yes|no|on|off|y|n)$)[A-Za-z][A-Za-z0-9_./-]*");

  private static final Resolver RESOLVER = new Resolver();

  private YamlText() {}

  /** A document, a key a line. */
  public static String of(Map<String, Object> root) {
    return dump(root, FlowStyle.AUTO);
  }

  /** One value on one line. */
  public static String inline(Object value) {
    return dump(value, FlowStyle.FLOW).strip();
  }

  private static String dump(Object value, FlowStyle style) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(style);
    options.setAllowUnicode(true);
    options.setWidth(120);
    options.setSplitLines(false);
    options.setDereferenceAliases(true);
    return new Yaml(new Writer(options), options).dump(value);
  }

  private static final class Writer extends Representer {
    Writer(DumperOptions options) {
      super(options);
      representers.put(String.class, value -> text((String) value));
      representers.put(Double.class, value -> number(Numbers.text((double) value)));
    }

    /** Under the tag that the emitter expects for the text, so that it writes none. */
    private org.yaml.snakeyaml.nodes.Node number(String text) {
      return representScalar(RESOLVER.resolve(NodeId.scalar, text, true), text, ScalarStyle.PLAIN);
    }

    private org.yaml.snakeyaml.nodes.Node text(String value) {
      ScalarStyle style =
          PLAIN.matcher(value).matches() ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED;
      return representScalar(Tag.STR, value, style);
    }
  }
}
