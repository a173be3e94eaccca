package org.unvanish.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.codec.DataSourceCodec;
import org.unvanish.codec.LayerSpec;
import org.unvanish.codec.ScalingCodec;
import org.unvanish.codec.yaml.YamlText;

/**
 * Writes a spec: what all arms share under {@code defaults}, and nothing left to a default. The
 * network of the first arm is that of the spec; arms with another one have it themselves.
 */
final class SpecWriter {

  private SpecWriter() {}

  static String write(ExperimentSpec spec) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("name", spec.name());
    root.put("title", spec.title());
    root.put("data", DataSourceCodec.yaml(spec.dataSource()));
    root.put(ScalingCodec.KEY.name(), ScalingCodec.yaml(spec.pixels()));
    List<LayerSpec> network = spec.arms().get(0).network();
    root.put(ArmKeys.NETWORK.name(), yaml(network));
    List<Map<String, Object>> arms = spec.arms().stream().map(ArmWriter::arm).toList();
    Map<String, Object> shared = shared(arms);
    arms.forEach(arm -> arm.keySet().removeAll(shared.keySet()));
    for (int i = 0; i < arms.size(); i++) {
      List<LayerSpec> own = spec.arms().get(i).network();
      if (!own.equals(network)) {
        arms.get(i).put(ArmKeys.NETWORK.name(), yaml(own));
      }
    }
    if (!shared.isEmpty()) {
      root.put("defaults", shared);
    }
    root.put("arms", arms);
    return YamlText.of(root);
  }

  private static List<Object> yaml(List<LayerSpec> network) {
    return network.stream().map(LayerSpec::yaml).toList();
  }

  /** The settings that all arms have in common, of arms as {@link ArmWriter} writes them. */
  static Map<String, Object> shared(List<Map<String, Object>> arms) {
    Map<String, Object> shared = new LinkedHashMap<>(arms.get(0));
    arms.forEach(arm -> shared.entrySet().removeIf(e -> !e.getValue().equals(arm.get(e.getKey()))));
    shared.remove("name");
    return shared;
  }
}
