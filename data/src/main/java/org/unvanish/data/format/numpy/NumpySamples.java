package org.unvanish.data.format.numpy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.data.DataException;

/**
 * The samples of a file of NumPy, and what is to be learnt of them, whatever their shape.
 *
 * @param inputs samples along the first axis; at least one, all values finite
 * @param targets one for each sample; empty if the file has none
 * @since 0.1
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
    Optional<String> inputs = arrays.containsKey("") ? Optional.of("") : named(arrays, INPUTS);
    if (inputs.isEmpty()) {
      throw new DataException(
          "%s has no array named x, but %s. Save it with numpy.savez(file, x=…, y=…)."
              .formatted(file, String.join(", ", arrays.keySet())));
    }
    NumpyArray samples = arrays.get(inputs.get());
    if (targets.isPresent()) {
      Path other = targets.get();
      NumpyArray read = NumpyFile.read(other).values().iterator().next();
      return of(what(file, inputs.get()), samples, other.toString(), Optional.of(read));
    }
    return of(file, arrays, inputs.get(), named(arrays, TARGETS));
  }

  /** The samples to test with, if the file has some. */
  static Optional<NumpySamples> test(Path file, Map<String, NumpyArray> arrays) {
    return named(arrays, TEST_INPUTS)
        .map(inputs -> of(file, arrays, inputs, named(arrays, TEST_TARGETS)));
  }

  private static NumpySamples of(
      Path file, Map<String, NumpyArray> arrays, String inputs, Optional<String> targets) {
    return of(
        what(file, inputs),
        arrays.get(inputs),
        what(file, targets.orElse("")),
        targets.map(arrays::get));
  }

  private static NumpySamples of(
      String what, NumpyArray inputs, String whatTargets, Optional<NumpyArray> targets) {
    if (inputs.shape().isEmpty() || inputs.values().length == 0) {
      throw new DataException(
          "%s of shape %s holds no samples. Save them with the samples along the first axis."
              .formatted(what, inputs.title()));
    }
    requireFinite(what, inputs);
    targets.ifPresent(
        learnt -> {
          if (learnt.shape().isEmpty() || !learnt.shape().get(0).equals(inputs.shape().get(0))) {
            throw new DataException(
                "%s has %d samples (shape %s), but %s has the shape %s. Save one target for each sample."
                    .formatted(
                        what, inputs.shape().get(0), inputs.title(), whatTargets, learnt.title()));
          }
          requireFinite(whatTargets, learnt);
        });
    return new NumpySamples(inputs, targets.map(learnt -> NumpyTargets.of(whatTargets, learnt)));
  }

  private static String what(Path file, String name) {
    return name.isEmpty() ? file.toString() : file + ", array \"" + name + "\",";
  }

  private static void requireFinite(String what, NumpyArray array) {
    for (int i = 0; i < array.values().length; i++) {
      if (!Double.isFinite(array.values()[i])) {
        throw new DataException(
            "%s has the value %s in sample %d (from 0). Fill it in, or leave the sample out."
                .formatted(what, array.values()[i], i / array.sampleSize()));
      }
    }
  }

  private static Optional<String> named(Map<String, NumpyArray> arrays, List<String> names) {
    return names.stream().filter(arrays::containsKey).findFirst();
  }
}
