package org.unvanish.model.torch;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.unvanish.model.ModelRefusedException;

/**
 * Reads a pickle of the <a href="https://peps.python.org/pep-0307/">protocols 2 to 5</a> and
 * executes nothing.
 *
 * <p>Python's reader is a machine with a stack that calls whatever the file names. This one knows
 * the operations that make numbers, texts, lists and dictionaries. A call becomes a {@link
 * PickledObject} that says what would have been called, but for a few functions of PyTorch and
 * Python, which {@link KnownCalls} does itself. It does not recurse, and takes memory in proportion
 * to the bytes that it has read, up to a limit.
 *
 * <p>Values are {@code Long}, {@code BigInteger}, {@code Double}, {@code Boolean}, {@code String},
 * {@code byte[]}, {@link PickledNone}, {@link PickledList}, {@link PickledDict}, {@link
 * PickledName}, {@link PickledObject}, {@link TorchStorage} and {@link TorchTensor}.
 */
final class Pickle {

  private static final int NEWEST_PROTOCOL = 5;

  /** What may be made: 160,000 tensors with their names. */
  private static final int MOST_VALUES = 2_000_000;

  private final PickleInput in;
  private final PersistentValues outside;
  private final List<Object> stack = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private int made;

  /** What a pickle only has the names of. */
  @FunctionalInterface
  interface PersistentValues {
    /**
     * @return null if it is unknown
     */
    @Nullable Object value(Object id);
  }

  private Pickle(PickleInput in, PersistentValues outside) {
    this.in = in;
    this.outside = outside;
  }

  /**
   * Reads up to the end of one pickle.
   *
   * @throws ModelRefusedException if it is none, or has what is not read; names the byte
   */
  static Object read(PickleInput in, PersistentValues outside) throws IOException {
    Pickle pickle = new Pickle(in, outside);
    int operation = in.unsignedByte();
    if (operation != 0x80) {
      throw in.refused("a pickle was expected, which begins with the byte 0x80", "");
    }
    for (; operation != '.'; operation = in.unsignedByte()) {
      pickle.perform(operation);
    }
    return pickle.pop();
  }

  private void perform(int operation) throws IOException {
    switch (operation) {
      case 0x80 -> requireProtocol(in.unsignedByte());
      case 0x95 -> in.longInteger(); // a frame: only its length
      // Values
      case 'N' -> push(PickledNone.NONE);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'J' -> push((long) in.integer());
      case 'K' -> push((long) in.unsignedByte());
      case 'M' -> push((long) in.unsignedShort());
      case 0x8a -> push(wholeNumber(in.bytes(in.unsignedByte())));
      case 'G' -> push(in.floatingPoint());
      case 0x8c, 'U' -> push(in.text(in.unsignedByte()));
      case 'X', 'T' -> push(in.text(in.unsignedInteger()));
      case 0x8d -> push(in.text(in.longInteger()));
      case 'C' -> push(in.bytes(in.unsignedByte()));
      case 'B' -> push(in.bytes(in.unsignedInteger()));
      case 0x8e, 0x96 -> push(in.bytes(in.longInteger()));
      // Lists, tuples and sets
      case ']', ')', 0x8f -> push(new PickledList());
      case 0x85 -> pushLast(1);
      case 0x86 -> pushLast(2);
      case 0x87 -> pushLast(3);
      case 't', 0x91 -> push(new PickledList(popToMark()));
      case 'a' -> append(List.of(pop()));
      case 'e', 0x90 -> append(popToMark());
      // Dictionaries
      case '}' -> push(new PickledDict());
      case 's' -> set(popLast(2));
      case 'u' -> set(popToMark());
      // The stack and the memo
      case '(' -> mark();
      case '0' -> pop();
      case '1' -> popToMark();
      case 'q' -> memorize(in.unsignedByte());
      case 'r' -> memorize(in.unsignedInteger());
      case 0x94 -> memorize(memo.size());
      case 'h' -> recall(in.unsignedByte());
      case 'j' -> recall(in.unsignedInteger());
      // Names, calls and fields
      case 'c' -> push(new PickledName(in.line(), in.line()));
      case 0x93 -> name(popLast(2));
      case 'R', 0x81 -> call(popLast(2));
      case 0x92 -> call(popLast(3));
      case 'b' -> build(pop());
      case 'Q' -> persistent(pop());
      default ->
          throw in.refused(
              "the pickle has an operation 0x%02x that is not read".formatted(operation),
              "Save the model again with torch.save.");
    }
  }

  private void requireProtocol(int protocol) {
    if (protocol < 2 || protocol > NEWEST_PROTOCOL) {
      throw in.refused(
          "the pickle has protocol " + protocol + ", but 2 to " + NEWEST_PROTOCOL + " are read",
          "Save the model again with torch.save.");
    }
  }

  private static Object wholeNumber(byte[] littleEndian) {
    byte[] bigEndian = new byte[littleEndian.length];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
    }
    BigInteger number = bigEndian.length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian);
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  /** Counts what takes memory or time, however few bytes of the file ask for it. */
  private void count(int values) {
    made = Math.addExact(made, values);
    if (made > MOST_VALUES) {
      throw in.refused(
          "the pickle has more than " + MOST_VALUES + " values",
          "Save the model alone, without what else the file has.");
    }
  }

  private void push(Object value) {
    count(1);
    stack.add(value);
  }

  private void pushLast(int size) {
    push(new PickledList(popLast(size)));
  }

  private Object top() {
    if (stack.size() <= (marks.isEmpty() ? 0 : marks.peek())) {
      throw in.refused("the pickle takes a value where there is none", "");
    }
    return stack.get(stack.size() - 1);
  }

  private Object pop() {
    Object top = top();
    stack.remove(stack.size() - 1);
    return top;
  }

  private List<Object> popLast(int size) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      values.add(0, pop());
    }
    return values;
  }

  private void mark() {
    count(1);
    marks.push(stack.size());
  }

  private List<Object> popToMark() {
    if (marks.isEmpty()) {
      throw in.refused("the pickle takes a mark where there is none", "");
    }
    List<Object> above = stack.subList(marks.pop(), stack.size());
    List<Object> values = new ArrayList<>(above);
    above.clear();
    return values;
  }

  private void memorize(long index) {
    count(1);
    memo.put(index, top());
  }

  private void recall(long index) {
    Object value = memo.get(index);
    if (value == null) {
      throw in.refused("the pickle recalls value " + index + ", which is not there", "");
    }
    stack.add(value);
  }

  private void append(List<Object> values) {
    Object target = top();
    if (target instanceof PickledList list) {
      list.items().addAll(values);
    } else if (!(target instanceof PickledObject)) { // of whose class we know nothing
      throw in.refused("the pickle appends to what is no list", "");
    }
  }

  private void set(List<Object> keysAndValues) {
    Object target = top();
    if (keysAndValues.size() % 2 != 0) {
      throw in.refused("the pickle has a key without a value", "");
    }
    if (target instanceof PickledDict dict) {
      for (int i = 0; i < keysAndValues.size(); i += 2) {
        dict.entries().put(keysAndValues.get(i), keysAndValues.get(i + 1));
      }
    } else if (!(target instanceof PickledObject)) {
      throw in.refused("the pickle sets entries of what is no dictionary", "");
    }
  }

  private void name(List<Object> moduleAndName) {
    if (moduleAndName.get(0) instanceof String module
        && moduleAndName.get(1) instanceof String name) {
      push(new PickledName(module, name));
    } else {
      throw in.refused("the pickle names a class by what is no text", "");
    }
  }

  private void call(List<Object> calleeAndArguments) {
    if (!(calleeAndArguments.get(1) instanceof PickledList arguments)) {
      throw in.refused("the pickle makes a call without a list of arguments", "");
    }
    for (Object argument : arguments.items()) {
      count(argument instanceof PickledList list ? list.size() : 0);
      count(argument instanceof PickledDict dict ? dict.entries().size() : 0);
    }
    Object callee = calleeAndArguments.get(0);
    if (callee instanceof PickledName name) {
      try {
        push(KnownCalls.result(name, arguments.items()));
      } catch (ModelRefusedException e) {
        throw e.in(in.place());
      }
    } else if (callee instanceof PickledObject object) {
      push(new PickledObject(object.type()));
    } else {
      throw in.refused("the pickle calls what is no function", "");
    }
  }

  /** Gives an object its fields: a dictionary, or that and another one for slots. */
  private void build(Object state) {
    Object target = top();
    Object fields = state instanceof PickledList list && list.size() == 2 ? list.get(0) : state;
    if (target instanceof PickledObject object) {
      if (fields instanceof PickledDict dict) {
        object.setFields(dict);
      }
    } else if (!(target instanceof PickledDict)) { // whose fields say nothing of its entries
      throw in.refused("the pickle gives fields to what has none", "");
    }
  }

  private void persistent(Object id) {
    Object value = outside.value(id);
    if (value == null) {
      throw in.refused(
          "the pickle refers to something outside that is no storage of numbers",
          "Save the model again with torch.save.");
    }
    push(value);
  }
}
