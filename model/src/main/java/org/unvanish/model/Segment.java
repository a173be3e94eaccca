package org.unvanish.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.unvanish.model.graph.Node;

/**
 * Nodes between two values that all ways from a graph's input to its output pass.
 *
 * @param input the first of these values
 * @param output the second
 * @param nodes all that lies between, in order
 */
record Segment(String input, String output, List<Node> nodes) {

  /** Of their input, these tell the shape, which no gradient passes through. */
  static final Set<String> SHAPES = Set.of("Shape", "Size", "ConstantOfShape");

  /** Copies the list. */
  Segment {
    nodes = List.copyOf(nodes);
  }

  /** Of two segments, one behind the other. */
  Segment with(Segment next) {
    List<Node> all = new ArrayList<>(nodes);
    all.addAll(next.nodes);
    return new Segment(input, next.output, all);
  }

  /**
   * All segments from one value to another: as many as there are.
   *
   * @param nodes in order; those that do not lie between are left out
   * @return first to last; none if the output does not depend on the input
   */
  static List<Segment> between(String input, String output, List<Node> nodes) {
    Set<String> carried = carried(input, nodes);
    List<Node> between = needed(output, nodes);
    Map<String, Integer> readers = readers(output, between, carried);
    List<Segment> segments = new ArrayList<>();
    List<Node> open = new ArrayList<>();
    Set<String> live = new HashSet<>(Set.of(input));
    String from = input;
    for (Node node : between) {
      open.add(node);
      boolean carries = isCarrier(node, carried);
      for (String read : node.inputs()) {
        if (carries && carried.contains(read) && readers.merge(read, -1, Integer::sum) == 0) {
          live.remove(read);
        }
      }
      for (String made : node.outputs()) {
        if (carries && readers.getOrDefault(made, 0) > 0) {
          live.add(made);
        }
      }
      if (carries && live.size() == 1 && node.outputs().containsAll(live)) {
        String to = live.iterator().next();
        segments.add(new Segment(from, to, open));
        open.clear();
        from = to;
      }
    }
    return from.equals(output) ? segments : List.of();
  }

  /** The values through which a gradient may pass to the input. */
  private static Set<String> carried(String input, List<Node> nodes) {
    Set<String> carried = new HashSet<>(Set.of(input));
    for (Node node : nodes) {
      if (isCarrier(node, carried)) {
        carried.addAll(node.outputs());
      }
    }
    carried.remove("");
    return carried;
  }

  private static boolean isCarrier(Node node, Set<String> carried) {
    return !SHAPES.contains(node.operator()) && node.inputs().stream().anyMatch(carried::contains);
  }

  /** What the output needs. */
  static List<Node> needed(String output, List<Node> nodes) {
    Set<String> wanted = new HashSet<>(Set.of(output));
    List<Node> needed = new ArrayList<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (node.outputs().stream().anyMatch(wanted::contains)) {
        wanted.addAll(node.inputs());
        needed.add(node);
      }
    }
    Collections.reverse(needed);
    return needed;
  }

  private static Map<String, Integer> readers(
      String output, List<Node> nodes, Set<String> carried) {
    Map<String, Integer> readers = new HashMap<>(Map.of(output, 1));
    for (Node node : nodes) {
      if (isCarrier(node, carried)) {
        node.inputs().stream()
            .filter(carried::contains)
            .forEach(read -> readers.merge(read, 1, Integer::sum));
      }
    }
    return readers;
  }
}
