package org.unvanish.model.torch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.unvanish.model.ImportedModel;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.safetensors.SafetensorsFile;

/**
 * Reads models that {@code torch.save(model, file)} wrote: an {@code nn.Sequential} of PyTorch's
 * own modules, or one of these alone. The forward pass of all other classes is a program that is
 * not in the file.
 *
 * <p>Modules keep what they were in: batch normalization takes the statistics of each batch if the
 * model was saved in training mode.
 *
 * @since 0.1
 */
public final class TorchReader {

  private final Limits limits;

  private TorchReader(Limits limits) {
    this.limits = limits;
  }

  /**
   * Reads a model.
   *
   * @param file of {@code torch.save}, of any version of PyTorch
   * @throws ModelRefusedException if it is no such model, or has something that is not read; names
   *     the file, the module or byte, and the way out
   * @throws IOException if it cannot be read
   */
  public static ImportedModel read(Path file, Limits limits) throws IOException {
    if (SafetensorsFile.isOne(file)) {
      throw weightsAlone().in(file.toString());
    }
    try (TorchFile opened = TorchFile.open(file, limits)) {
      return new TorchReader(limits).model(opened);
    } catch (ModelRefusedException e) {
      throw e.place().startsWith(file.toString()) ? e : e.in(file.toString());
    } catch (ArithmeticException e) {
      throw new ModelRefusedException(file.toString(), "a size is too large", "");
    }
  }

  private ImportedModel model(TorchFile file) throws IOException {
    TorchModule root = root(file.root());
    List<TorchModule> leaves = ModuleTree.leaves(root, limits);
    for (TorchModule module : leaves) {
      requireForm(module);
    }
    long[] shape = inputShape(leaves);
    GraphDraft draft = new GraphDraft(file);
    Flow flow = new Flow(GraphDraft.INPUT, shape.length);
    for (int i = 0; i < leaves.size(); i++) {
      TorchModule module = leaves.get(i);
      if (module.type().startsWith("torch.nn.modules.rnn.") && i < leaves.size() - 1) {
        throw module.refused(
            "it hands output and states to the next module, which PyTorch itself cannot run",
            WayOut.EXPORT);
      }
      flow = ModuleTable.of(module.type()).orElseThrow().append(module, flow, draft);
    }
    return new ImportedModel(draft.finish(shape, flow), "PyTorch", "", draft.warnings());
  }

  /** The model, which may stand among other things. */
  private static TorchModule root(Object content) {
    Optional<TorchModule> root = TorchModule.of("", content);
    if (root.isEmpty() && content instanceof PickledDict dict) {
      for (String key : StateDict.KEYS) {
        root = root.isPresent() ? root : dict.get(key).flatMap(value -> TorchModule.of("", value));
      }
    }
    if (root.isPresent()) {
      return root.get();
    }
    if (StateDict.isIn(content)) {
      throw weightsAlone();
    }
    throw new ModelRefusedException(
        "", "it has no model, but " + Described.of(content), WayOut.EXPORT);
  }

  private static ModelRefusedException weightsAlone() {
    return new ModelRefusedException(
        "",
        "it has weights by their names (a state_dict), but does not say what is computed with them",
        "Give the spec of the network beside it: --spec own.yaml. Or save the model itself with torch.save(model, file). "
            + WayOut.EXPORT);
  }

  private static void requireForm(TorchModule module) {
    if (ModuleTable.of(module.type()).isEmpty()) {
      throw module.refused(
          module.type().startsWith("torch.nn.")
              ? "this class of PyTorch is not one that Unvanish computes"
              : "the forward pass of this class is a program, which the file does not have",
          WayOut.EXPORT);
    }
    module.requirePlain();
  }

  /** That of the first module that does not read any shape. */
  private static long[] inputShape(List<TorchModule> leaves) {
    for (TorchModule module : leaves) {
      Optional<long[]> shape = ModuleTable.of(module.type()).orElseThrow().reads(module);
      if (shape.isPresent()) {
        return checked(module, shape.get());
      }
    }
    throw new ModelRefusedException("the model", "it has no module that has weights", "");
  }

  private static long[] checked(TorchModule module, long[] shape) {
    if (Arrays.stream(shape).anyMatch(extent -> extent == 0 || extent < -1)) {
      throw module.refused("it reads no usual shape, but " + Arrays.toString(shape), "");
    }
    return shape;
  }
}
