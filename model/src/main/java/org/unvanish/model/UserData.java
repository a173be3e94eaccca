package org.unvanish.model;

import java.nio.file.Path;
import java.util.Optional;
import org.unvanish.data.DataException;
import org.unvanish.data.Dataset;
import org.unvanish.data.format.numpy.NumpySamples;
import org.unvanish.data.scaling.PixelScaling;

/**
 * The data for a model's diagnosis: a user's own samples, or none.
 *
 * @since 0.1
 */
public final class UserData {

  private UserData() {}

  /**
   * Standard normal inputs and a random error signal.
   *
   * @param samples how many are drawn
   * @throws IllegalArgumentException if that is not positive
   */
  public static ModelData none(GraphStack stack, int samples, long seed) {
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be at least 1, but are " + samples);
    }
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
   * @param scaling empty to scale images of bytes to [0, 1] and leave all else as it is
   * @throws DataException if a file cannot be read, or inputs and targets do not fit each other
   * @throws ModelRefusedException if the arrays do not fit the model
   */
  public static ModelData ofArrays(
      GraphStack stack, Path file, Optional<Path> targets, Optional<PixelScaling> scaling) {
    return ArrayInputs.of(
        String.valueOf(file.getFileName()),
        NumpySamples.read(file, targets),
        InputLayout.of(stack),
        scaling);
  }
}
