package org.unvanish.data.format.numpy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.data.DataException;

/**
 * The samples and targets of a NumPy file, whatever their shape.
 *
 * @param inputs samples along the first axis; at least one, all values finite
 * @param targets one for each sample; empty if the file has none
 */
public record NumpySamples(NumpyArray inputs, Optional<NumpyTargets> targets) {

  private static final List<String> INPUTS =
      List.of("x", "X", "x_train", "X_train", "inputs", "data", "arr_0");

  private static final List<String> TARGETS =
      List.of("y", "Y", "y_train", "Y_train", "targets", "labels", "arr_1");

  private static final List<String> TEST_INPUTS = List.of("x_test", "X_test");
  private static final List<String> TEST_TARGETS = List.of("y_test", "Y_test");

  /**
   * The samples to train on: those named x, or x_train, with targets named y, or y_train; or those
   * of a {@code .npy} file.
   *
   * @param file {@code .npz} or {@code .npy}
   * @param targets {@code .npy} with targets; empty to take those of an archive, if it has some
   * @throws DataException if a file cannot be read, or inputs and targets do not fit each other
   */
  public static NumpySamples read(Path file, Optional<Path> targets) {
    return train(file, NumpyFile.read(file), targets);
  }

  static NumpySamples train(Path file, Map<String, NumpyArray> arrays, Optional<Path> targets) {
    Named inputs =
        named(file, arrays, INPUTS)
            .orElseThrow(
                () ->
                    new DataException(
                        "%s has no array named x, but %s. Save it with numpy.savez(file, x=…, y=…)."
                            .formatted(file, String.join(", ", arrays.keySet()))));
    if (targets.isPresent()) {
      Path other = targets.get();
      NumpyArray read = NumpyFile.read(other).values().iterator().next();
      return of(inputs, Optional.of(new Named(other.toString(), read)));
    }
    return of(inputs, named(file, arrays, TARGETS));
  }

  /** The samples to test with, if the file has some. */
  static Optional<NumpySamples> test(Path file, Map<String, NumpyArray> arrays) {
    return named(file, arrays, TEST_INPUTS)
        .map(inputs -> of(inputs, named(file, arrays, TEST_TARGETS)));
  }

  /** An array with what messages call it. */
  private record Named(String what, NumpyArray array) {}

  /** The first array of one of these names; inputs may be the only array of a {@code .npy} file. */
  private static Optional<Named> named(
      Path file, Map<String, NumpyArray> arrays, List<String> names) {
    NumpyArray only = arrays.get("");
    if (only != null) {
      return names == INPUTS ? Optional.of(new Named(file.toString(), only)) : Optional.empty();
    }
    for (String name : names) {
      NumpyArray array = arrays.get(name);
      if (array != null) {
        return Optional.of(new Named(file + ", array \"" + name + "\",", array));
      }
    }
    return Optional.empty();
  }

  private static NumpySamples of(Named samples, Optional<Named> targets) {
    NumpyArray inputs = samples.array();
    if (inputs.shape().isEmpty() || inputs.values().length == 0) {
      throw new DataException(
          "%s of shape %s holds no samples. Save them with the samples along the first axis."
              .formatted(samples.what(), inputs.title()));
    }
    requireFinite(samples);
    targets.ifPresent(
        learnt -> {
          List<Integer> shape = learnt.array().shape();
          if (shape.isEmpty() || !shape.get(0).equals(inputs.shape().get(0))) {
            throw new DataException(
                "%s has %d samples (shape %s), but %s has the shape %s. Save one target for each sample."
                    .formatted(
                        samples.what(),
                        inputs.shape().get(0),
                        inputs.title(),
                        learnt.what(),
                        learnt.array().title()));
          }
          requireFinite(learnt);
        });
    return new NumpySamples(
        inputs, targets.map(learnt -> NumpyTargets.of(learnt.what(), learnt.array())));
  }

  /** In single precision, which networks are trained in. */
  private static void requireFinite(Named named) {
    NumpyArray array = named.array();
    for (int i = 0; i < array.values().length; i++) {
      if (!Float.isFinite((float) array.values()[i])) {
        throw new DataException(
            "%s has the value %s in sample %d (from 0). Fill it in, or leave the sample out."
                .formatted(named.what(), array.values()[i], i / array.sampleSize()));
      }
    }
  }
}
