package org.unvanish.model.torch;

import java.util.Optional;

/**
 * An object of a class that is only known by its name: what PyTorch would make of a call, without
 * the call. Its fields are what the file says of them.
 */
final class PickledObject {
  private final PickledName type;
  private PickledDict fields = new PickledDict();

  PickledObject(PickledName type) {
    this.type = type;
  }

  /** The class, or the function that would make the object. */
  PickledName type() {
    return type;
  }

  /** No copy: many objects may have the same large dictionary. */
  void setFields(PickledDict fields) {
    this.fields = fields;
  }

  Optional<Object> field(String name) {
    return fields.get(name);
  }
}
