package org.unvanish.model.torch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.internal.safetensors.StoredTensor;

/**
 * Numbers in a row, of which tensors are views.
 *
 * @param type PyTorch's class of it, such as {@code FloatStorage}
 * @param key its name in the file
 * @param count how many numbers
 */
record TorchStorage(String type, String key, long count) {

  private static final Map<String, StoredTensor.Type> TYPES = new HashMap<>();

  static {
    TYPES.put("DoubleStorage", StoredTensor.Type.F64);
    TYPES.put("FloatStorage", StoredTensor.Type.F32);
    TYPES.put("HalfStorage", StoredTensor.Type.F16);
    TYPES.put("BFloat16Storage", StoredTensor.Type.BF16);
    TYPES.put("LongStorage", StoredTensor.Type.I64);
    TYPES.put("IntStorage", StoredTensor.Type.I32);
    TYPES.put("ShortStorage", StoredTensor.Type.I16);
    TYPES.put("CharStorage", StoredTensor.Type.I8);
    TYPES.put("ByteStorage", StoredTensor.Type.U8);
    TYPES.put("BoolStorage", StoredTensor.Type.BOOL);
  }

  /** How its numbers are stored; empty for a type that is not read. */
  Optional<StoredTensor.Type> numbers() {
    return Optional.ofNullable(TYPES.get(type));
  }

  /**
   * Of what PyTorch keeps outside the pickle.
   *
   * @param id ("storage", class, key, place, count), in files before PyTorch 1.6 with a view behind
   * @return empty if it is none
   */
  static Optional<TorchStorage> of(PickledList id) {
    List<Object> parts = id.items();
    boolean whole = parts.size() == 5 || parts.size() == 6 && parts.get(5) == PickledNone.NONE;
    if (whole
        && "storage".equals(parts.get(0))
        && parts.get(1) instanceof PickledName type
        && parts.get(2) instanceof String key
        && parts.get(4) instanceof Long count
        && count >= 0) {
      return Optional.of(new TorchStorage(type.name(), key, count));
    }
    return Optional.empty();
  }
}
