package org.unvanish.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.codec.DataSourceCodec;
import org.unvanish.codec.LayerSpec;
import org.unvanish.codec.ScalingCodec;
import org.unvanish.codec.yaml.YamlText;
import org.unvanish.experiment.Backend;
import org.unvanish.spec.sweep.SweepCodec;
import org.unvanish.spec.sweep.SweepSpec;

/**
 * Writes a spec: what all arms share under {@code defaults}, and nothing left to a default. The
 * network of the first arm is that of the spec; arms with another one have it themselves.
 */
final class SpecWriter {

  /** What {@link ArmWriter} leaves out. */
  private static final Map<String, String> USUAL =
      Map.of(
          ArmKeys.SCHEDULE.name(),
          "none",
          ArmKeys.CLIPPING.name(),
          "none",
          ArmKeys.BACKEND.name(),
          Backend.ENGINE.label(),
          ArmKeys.RECORD_EVERY.name(),
          ArmKeys.AUTOMATIC);

  private SpecWriter() {}

  static String write(ExperimentSpec spec) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("name", spec.name());
    root.put("title", spec.title());
    root.put("data", DataSourceCodec.yaml(spec.dataSource()));
    root.put(ScalingCodec.KEY.name(), ScalingCodec.yaml(spec.pixels()));
    List<ArmSpec> chosen = spec.chosenArms();
    Optional<ArmSpec> base = spec.sweep().map(SweepSpec::base);
    List<LayerSpec> network = base.orElseGet(() -> chosen.get(0)).network();
    root.put(ArmKeys.NETWORK.name(), yaml(network));
    List<Map<String, Object>> arms = chosen.stream().map(ArmWriter::arm).toList();
    Map<String, Object> shared = base.map(SpecWriter::defaults).orElseGet(() -> shared(arms));
    arms.forEach(arm -> leaveOut(shared, arm));
    for (int i = 0; i < arms.size(); i++) {
      List<LayerSpec> own = chosen.get(i).network();
      if (!own.equals(network)) {
        arms.get(i).put(ArmKeys.NETWORK.name(), yaml(own));
      }
    }
    if (!shared.isEmpty()) {
      root.put("defaults", shared);
    }
    if (!arms.isEmpty()) {
      root.put("arms", arms);
    }
    spec.sweep().ifPresent(sweep -> root.put(SweepCodec.KEY.name(), SweepCodec.yaml(sweep)));
    return YamlText.of(root);
  }

  private static Map<String, Object> defaults(ArmSpec base) {
    Map<String, Object> defaults = ArmWriter.arm(base);
    defaults.remove(ArmKeys.NAME.name());
    return defaults;
  }

  /** What an arm has as the defaults have it; what it alone leaves to the usual is said. */
  private static void leaveOut(Map<String, Object> defaults, Map<String, Object> arm) {
    USUAL.forEach(
        (key, value) -> {
          if (defaults.containsKey(key)) {
            arm.putIfAbsent(key, value);
          }
        });
    arm.entrySet().removeIf(entry -> entry.getValue().equals(defaults.get(entry.getKey())));
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
