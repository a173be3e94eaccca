package org.unvanish.model.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.unvanish.model.Limits;

/** Walks through a module and those in it. A file may say that one is in itself. */
final class ModuleTree {

  /** A module has a few tensors. */
  private static final long ENTRIES_OF_NODE = 8;

  private final Limits limits;
  private final Predicate<TorchModule> opened;
  private final List<TorchModule> found = new ArrayList<>();
  private long entries;

  /**
   * @param opened which modules are left for those in them
   */
  private ModuleTree(Limits limits, Predicate<TorchModule> opened) {
    this.limits = limits;
    this.opened = opened;
  }

  /** The modules that compute, first to last: all that are no containers. */
  static List<TorchModule> leaves(TorchModule root, Limits limits) {
    ModuleTree tree = new ModuleTree(limits, module -> ModuleTable.isContainer(module.type()));
    tree.visit(root, 0);
    return tree.found.stream().filter(module -> !ModuleTable.isContainer(module.type())).toList();
  }

  /** All tensors with the names that {@code model.state_dict()} gives them. */
  static Map<String, TorchTensor> tensors(TorchModule root, Limits limits) {
    ModuleTree tree = new ModuleTree(limits, module -> true);
    tree.visit(root, 0);
    Map<String, TorchTensor> tensors = new LinkedHashMap<>();
    for (TorchModule module : tree.found) {
      module.tensors().forEach((name, tensor) -> tensors.put(module.name(name), tensor));
    }
    return tensors;
  }

  private void visit(TorchModule module, int depth) {
    entries += 1 + module.width();
    if (depth > limits.depth() || entries > ENTRIES_OF_NODE * limits.nodes()) {
      throw module.refused(
          "the model has too many modules, or more than %d one in another"
              .formatted(limits.depth()),
          "");
    }
    found.add(module);
    if (opened.test(module)) {
      module.children().forEach(child -> visit(child, depth + 1));
    }
  }
}
