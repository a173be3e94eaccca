package org.unvanish.model.torch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The classes of modules that are read, by their names in PyTorch. */
final class ModuleTable {

  private static final String PACKAGE = "torch.nn.modules.";

  /** Modules whose forward pass is that of what they hold, one after the other. */
  private static final Set<String> CONTAINERS =
      Set.of(PACKAGE + "container.Sequential", "torch.nn.parallel.data_parallel.DataParallel");

  private static final Map<String, ModuleForm> FORMS = new HashMap<>();

  static {
    List.of(
            ActivationForms.table(),
            WeightForms.table(),
            NormalizationForms.table(),
            ShapeForms.table(),
            RecurrentForms.table())
        .forEach(table -> table.forEach((name, form) -> FORMS.put(PACKAGE + name, form)));
  }

  private ModuleTable() {}

  /** The form of a class; empty if it is not read. */
  static Optional<ModuleForm> of(String type) {
    return Optional.ofNullable(FORMS.get(type));
  }

  static boolean isContainer(String type) {
    return CONTAINERS.contains(type);
  }

  /** The names of all classes with a form, in order. */
  static Set<String> names() {
    return new TreeSet<>(FORMS.keySet());
  }
}
