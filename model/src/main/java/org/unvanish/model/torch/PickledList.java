package org.unvanish.model.torch;

import java.util.ArrayList;
import java.util.List;

/**
 * A list, a tuple or a set. Two are never equal: one that contains itself has no end to compare.
 */
final class PickledList {
  private final List<Object> items = new ArrayList<>();

  PickledList() {}

  PickledList(List<Object> items) {
    this.items.addAll(items);
  }

  List<Object> items() {
    return items;
  }

  int size() {
    return items.size();
  }

  Object get(int index) {
    return items.get(index);
  }
}
