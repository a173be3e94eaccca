package org.unvanish.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.codec.DataSourceCodec;
import org.unvanish.codec.LayerSpec;
import org.unvanish.codec.ScalingCodec;
import org.unvanish.codec.yaml.YamlText;

/** Writes a spec: what all arms share under {@code defaults}, and nothing left to a default. */
final class SpecWriter {

  private SpecWriter() {}

  static String write(ExperimentSpec spec) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("name", spec.name());
    root.put("title", spec.title());
    root.put("data", DataSourceCodec.yaml(spec.dataSource()));
    root.put(ScalingCodec.KEY.name(), ScalingCodec.yaml(spec.pixels()));
    root.put("network", spec.network().stream().map(LayerSpec::yaml).toList());
    List<Map<String, Object>> arms =
        new ArrayList<>(spec.arms().stream().map(ArmWriter::arm).toList());
    Map<String, Object> shared = shared(arms);
    arms.forEach(arm -> arm.keySet().removeAll(shared.keySet()));
    if (!shared.isEmpty()) {
      root.put("defaults", shared);
    }
    root.put("arms", arms);
    return YamlText.of(root);
  }

  /** The settings that all arms have in common, of arms as {@link ArmWriter} writes them. */
  static Map<String, Object> shared(List<Map<String, Object>> arms) {
    Map<String, Object> shared = new LinkedHashMap<>(arms.get(0));
    arms.forEach(arm -> shared.entrySet().removeIf(e -> !e.getValue().equals(arm.get(e.getKey()))));
    shared.remove("name");
    return shared;
  }
}
