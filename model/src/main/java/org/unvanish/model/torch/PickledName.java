package org.unvanish.model.torch;

/** What a pickle calls by name: a class or a function. Nothing is looked up or loaded for it. */
record PickledName(String module, String name) {

  /** As Python writes it: {@code torch.nn.modules.linear.Linear}. */
  String qualified() {
    return module + "." + name;
  }

  @Override
  public String toString() {
    return qualified();
  }
}
