package org.unvanish.model.torch;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.unvanish.model.ModelRefusedException;

/** What a class of module is as ONNX's operators. */
@FunctionalInterface
interface ModuleForm {

  /**
   * Adds its nodes and constants to a graph.
   *
   * @return what the module puts out
   * @throws ModelRefusedException if it has settings that are not read; names it
   */
  Flow append(TorchModule module, Flow input, GraphDraft draft) throws IOException;

  /** The shape of what it reads, −1 for extents that it does not settle; empty if it reads any. */
  default Optional<long[]> reads(TorchModule module) {
    return Optional.empty();
  }

  /** With the shape of what it reads. */
  static ModuleForm reading(Function<TorchModule, long[]> shape, ModuleForm form) {
    return new ModuleForm() {
      @Override
      public Flow append(TorchModule module, Flow input, GraphDraft draft) throws IOException {
        return form.append(module, input, draft);
      }

      @Override
      public Optional<long[]> reads(TorchModule module) {
        return Optional.of(shape.apply(module));
      }
    };
  }
}
