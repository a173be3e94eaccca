package org.unvanish.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.data.DataException;
import org.unvanish.data.Dataset;
import org.unvanish.data.format.numpy.NumpyArray;
import org.unvanish.data.format.numpy.NumpyFile;
import org.unvanish.data.scaling.PixelScaling;

/**
 * What a model is diagnosed with: a user's own samples, or none.
 *
 * @since 0.1
 */
public final class UserData {

  private static final List<String> INPUTS =
      List.of("x", "X", "x_train", "X_train", "inputs", "data", "arr_0");

  private static final List<String> TARGETS =
      List.of("y", "Y", "y_train", "Y_train", "targets", "labels", "arr_1");

  private UserData() {}

  /**
   * Standard normal inputs and a random error signal.
   *
   * @param samples how many are drawn
   */
  public static ModelData none(GraphStack stack, int samples, long seed) {
    return new DrawnInputs(InputLayout.of(stack), samples, seed);
  }

  /**
   * The training samples of a data set of the data room.
   *
   * @param scaling of pixels or columns
   * @throws ModelRefusedException if they do not fit the model
   */
  public static ModelData of(GraphStack stack, Dataset data, PixelScaling scaling) {
    return new DatasetInputs(data, InputLayout.of(stack), scaling);
  }

  /**
   * Arrays of NumPy: inputs in the model's own shape; targets are class numbers, rows with a 1 for
   * the class, or numbers.
   *
   * @param file {@code .npy} with inputs, or {@code .npz} with inputs named x and targets named y
   * @param targets {@code .npy} with targets; empty to take those of an archive, if it has some
   * @throws DataException if a file cannot be read
   * @throws ModelRefusedException if the arrays do not fit the model or each other
   */
  public static ModelData ofArrays(GraphStack stack, Path file, Optional<Path> targets) {
    Map<String, NumpyArray> arrays = NumpyFile.read(file);
    NumpyArray inputs =
        named(arrays, INPUTS)
            .orElseThrow(
                () ->
                    new DataException(
                        "%s has no array named x, but %s. Save it with numpy.savez(file, x=…, y=…)."
                            .formatted(file, String.join(", ", arrays.keySet()))));
    Optional<NumpyArray> learnt =
        targets.isPresent()
            ? NumpyFile.read(targets.get()).values().stream().findFirst()
            : named(arrays, TARGETS);
    String name = String.valueOf(file.getFileName());
    return ArrayInputs.of(name, inputs, learnt, InputLayout.of(stack));
  }

  private static Optional<NumpyArray> named(Map<String, NumpyArray> arrays, List<String> names) {
    return arrays.containsKey("") && names == INPUTS
        ? Optional.of(arrays.get(""))
        : names.stream().filter(arrays::containsKey).findFirst().map(arrays::get);
  }
}
