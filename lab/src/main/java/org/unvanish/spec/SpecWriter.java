package org.unvanish.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.data.DataSource;
import org.unvanish.network.AveragePooling;
import org.unvanish.network.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.MaxPooling;
import org.unvanish.network.SeparableConvolution;

/** Writes a spec: what all arms share under {@code defaults}, and nothing left to a default. */
final class SpecWriter {

  private SpecWriter() {}

  static String write(ExperimentSpec spec) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("name", spec.name());
    root.put("title", spec.title());
    root.put("data", data(spec.dataSource()));
    root.put("pixels", SpecWords.of(SpecWords.PIXELS, spec.pixels()).orElseThrow());
    root.put("network", spec.network().stream().map(SpecWriter::layer).toList());
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

  private static Object data(DataSource data) {
    if (data.equals(DataSource.of(data.source()))) {
      return data.source();
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("source", data.source());
    data.format().ifPresent(format -> map.put("format", format.label()));
    data.labelColumn().ifPresent(column -> map.put("label-column", column));
    if (data.labelsAreClasses()) {
      map.put("labels-are", "classes");
    }
    map.put("test-share", data.testShare());
    data.trainSamples().ifPresent(count -> map.put("train-samples", count));
    map.put("seed", data.seed());
    return map;
  }

  static Object layer(LayerSpec spec) {
    if (spec instanceof LayerSpec.Repeat repeat) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("repeat", repeat.times());
      map.put("layers", repeat.layers().stream().map(SpecWriter::layer).toList());
      return map;
    }
    if (spec instanceof LayerSpec.Classes dense) {
      return dense("classes", dense.bias());
    }
    return spec instanceof LayerSpec.Fixed fixed ? layer(fixed.layer()) : "activation";
  }

  private static Object layer(Layer layer) {
    if (layer instanceof Convolution c) {
      return Map.of("conv", convolution(c.kernel(), c.filters(), c.bias()));
    } else if (layer instanceof SeparableConvolution c) {
      return Map.of("separable-conv", convolution(c.kernel(), c.filters(), c.bias()));
    } else if (layer instanceof MaxPooling p) {
      return Map.of("max-pooling", p.size());
    } else if (layer instanceof AveragePooling p) {
      return Map.of("average-pooling", p.size());
    }
    Dense dense = (Dense) layer;
    return dense(dense.units(), dense.bias());
  }

  private static Map<String, Object> convolution(int kernel, int filters, boolean bias) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kernel", kernel);
    map.put("filters", filters);
    if (bias) {
      map.put("bias", true);
    }
    return map;
  }

  private static Object dense(Object units, boolean bias) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("units", units);
    map.put("bias", true);
    return Map.of("dense", bias ? map : units);
  }
}
