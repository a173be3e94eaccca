package org.unvanish.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.unvanish.comparison.Table;
import org.unvanish.store.StoredArm;
import org.unvanish.store.StoredExperiment;

/** The {@link Setup} of another program's training, from what could be seen of it. */
final class WatchedSetup {

  private static final String LAYER = "layer ";

  private WatchedSetup() {}

  static Setup of(StoredExperiment stored) {
    Set<String> keys = new LinkedHashSet<>();
    stored.arms().forEach(arm -> keys.addAll(arm.definition().values().keySet()));
    List<List<String>> network = new ArrayList<>(List.of(List.of("layer", "block")));
    List<List<String>> shared = new ArrayList<>(List.of(List.of("setting", "value")));
    Map<String, List<String>> differing = new LinkedHashMap<>();
    for (String key : keys) {
      List<String> values = stored.arms().stream().map(arm -> value(arm, key)).toList();
      if (values.stream().distinct().count() > 1) {
        differing.put(key, values);
      } else {
        (key.startsWith(LAYER) ? network : shared)
            .add(List.of(key.replaceFirst("^" + LAYER, ""), values.get(0)));
      }
    }
    return new Setup(
        new Table(network, "As far as all arms share them."),
        new Table(shared, "What could be seen of the program that trained."),
        differing(stored.arms(), differing));
  }

  private static String value(StoredArm arm, String key) {
    return arm.definition().values().getOrDefault(key, "");
  }

  private static Table differing(List<StoredArm> arms, Map<String, List<String>> values) {
    List<String> header = new ArrayList<>(List.of("arm"));
    header.addAll(values.keySet());
    List<List<String>> rows = new ArrayList<>();
    rows.add(header);
    for (int i = 0; i < arms.size(); i++) {
      List<String> row = new ArrayList<>(List.of(arms.get(i).name()));
      for (List<String> ofAll : values.values()) {
        row.add(ofAll.get(i));
      }
      rows.add(row);
    }
    return new Table(rows, "");
  }
}
