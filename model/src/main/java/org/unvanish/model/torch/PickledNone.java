package org.unvanish.model.torch;

/** Python's {@code None}. */
enum PickledNone {
  NONE
}
