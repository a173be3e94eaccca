package org.unvanish.model.torch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.unvanish.model.ModelRefusedException;

/** The calls of a pickle whose results are known without making them. */
final class KnownCalls {

  /** Of a tensor, as in PyTorch itself. */
  private static final int MOST_AXES = 64;

  private static final Map<String, Function<List<Object>, Object>> TABLE = new HashMap<>();

  static {
    for (String python : List.of("builtins", "__builtin__")) {
      for (String name : List.of("set", "frozenset", "list", "tuple")) {
        TABLE.put(python + "." + name, KnownCalls::list);
      }
      TABLE.put(python + ".dict", KnownCalls::dict);
    }
    TABLE.put("torch.Size", KnownCalls::list);
    TABLE.put("collections.OrderedDict", KnownCalls::dict);
    TABLE.put("collections.defaultdict", arguments -> new PickledDict());
    TABLE.put("torch._utils._rebuild_tensor", KnownCalls::tensor);
    TABLE.put("torch._utils._rebuild_tensor_v2", KnownCalls::tensor);
    TABLE.put("torch._utils._rebuild_parameter", KnownCalls::parameter);
    TABLE.put("torch._utils._rebuild_parameter_with_state", KnownCalls::parameter);
    TABLE.put("torch._tensor._rebuild_from_type_v2", KnownCalls::ofType);
  }

  /**
   * Modules whose functions no saved model needs. That they are not called does not hang on this
   * list, since nothing is: it is there to warn those who may open the file with PyTorch.
   */
  private static final Set<String> DANGEROUS_MODULES =
      Set.of(
          "os",
          "posix",
          "nt",
          "subprocess",
          "pty",
          "sys",
          "runpy",
          "shutil",
          "socket",
          "importlib",
          "ctypes",
          "webbrowser",
          "code",
          "pickle",
          "_pickle",
          "timeit",
          "pdb",
          "multiprocessing");

  private static final Set<String> DANGEROUS_FUNCTIONS =
      Set.of("eval", "exec", "execfile", "compile", "open", "__import__", "getattr", "setattr");

  private KnownCalls() {}

  /**
   * What a call would give.
   *
   * @throws ModelRefusedException if its arguments are not those that it has, or it would do harm
   */
  static Object result(PickledName callee, List<Object> arguments) {
    String package_ = callee.module().split("\\.", 2)[0];
    boolean python = package_.equals("builtins") || package_.equals("__builtin__");
    if (DANGEROUS_MODULES.contains(package_)
        || python && DANGEROUS_FUNCTIONS.contains(callee.name())) {
      throw new ModelRefusedException(
          "",
          "it calls " + callee + ", which no model needs: the file may be an attack",
          "Do not open it with torch.load. Ask those who gave it to you.");
    }
    Function<List<Object>, Object> known = TABLE.get(callee.qualified());
    return known == null ? new PickledObject(callee) : known.apply(arguments);
  }

  private static PickledList list(List<Object> arguments) {
    if (arguments.isEmpty()) {
      return new PickledList();
    }
    if (arguments.size() == 1 && arguments.get(0) instanceof PickledList items) {
      return items; // No copy: a file may ask for many.
    }
    throw wrong("a list");
  }

  /** Empty, or with pairs, as Python 2 wrote those that have an order. */
  private static PickledDict dict(List<Object> arguments) {
    PickledDict dict = new PickledDict();
    if (arguments.isEmpty()) {
      return dict;
    }
    if (arguments.size() == 1 && arguments.get(0) instanceof PickledList pairs) {
      for (Object item : pairs.items()) {
        if (!(item instanceof PickledList pair) || pair.size() != 2) {
          throw wrong("a dictionary");
        }
        dict.entries().put(pair.get(0), pair.get(1));
      }
      return dict;
    }
    if (arguments.size() == 1 && arguments.get(0) instanceof PickledDict entries) {
      return entries;
    }
    throw wrong("a dictionary");
  }

  /** (storage, offset, shape, strides, …); a seventh argument says what is done to the numbers. */
  private static TorchTensor tensor(List<Object> arguments) {
    boolean changed =
        arguments.size() > 6
            && arguments.get(6) instanceof PickledDict metadata
            && metadata.entries().containsValue(true);
    if (arguments.size() >= 4
        && !changed
        && arguments.get(0) instanceof TorchStorage storage
        && arguments.get(1) instanceof Long offset
        && arguments.get(2) instanceof PickledList shape
        && arguments.get(3) instanceof PickledList strides) {
      return new TorchTensor(storage, offset, wholeNumbers(shape), wholeNumbers(strides));
    }
    throw wrong("a tensor");
  }

  private static List<Long> wholeNumbers(PickledList list) {
    if (list.size() > MOST_AXES) {
      throw wrong("a tensor");
    }
    return list.items().stream()
        .map(
            item -> {
              if (item instanceof Long number) {
                return number;
              }
              throw wrong("a tensor");
            })
        .toList();
  }

  /** (tensor, whether it is trained, hooks, …). */
  private static Object parameter(List<Object> arguments) {
    if (!arguments.isEmpty() && isTensor(arguments.get(0))) {
      return arguments.get(0);
    }
    throw wrong("a parameter");
  }

  private static boolean isTensor(Object value) {
    return value instanceof TorchTensor || value instanceof PickledObject;
  }

  /** (function, class, its arguments, state): a tensor with fields of its own. */
  private static Object ofType(List<Object> arguments) {
    if (arguments.size() == 4
        && arguments.get(0) instanceof PickledName function
        && !function.name().equals("_rebuild_from_type_v2")
        && arguments.get(2) instanceof PickledList inner) {
      return result(function, inner.items());
    }
    throw wrong("a tensor");
  }

  private static ModelRefusedException wrong(String what) {
    return new ModelRefusedException(
        "", "a call that makes " + what + " has other arguments than it takes", "");
  }
}
