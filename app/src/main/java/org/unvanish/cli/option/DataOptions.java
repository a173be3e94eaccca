package org.unvanish.cli.option;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.Overrides;
import org.unvanish.spec.SpecWords;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that change what any spec is on: its data, and how a network reads them. */
public class DataOptions implements Checked {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description =
          "Data to train on: a name that `unvanish data list` shows, or the path of a CSV or "
              + ".npz file or of a folder with images, IDX files, CIFAR-10 or CIFAR-100.")
  private @Nullable String data;

  @Option(
      names = "--train-samples",
      paramLabel = "N",
      description = "Train on N of the training samples only.")
  private @Nullable Integer trainSamples;

  @Option(names = "--batch-size", paramLabel = "N", description = "Samples per step.")
  private @Nullable Integer batchSize;

  @Option(
      names = "--input-scaling",
      paramLabel = "HOW",
      description =
          "Scaling of inputs. unit: to [0, 1]; standardised: mean 0 and variance 1 by channel "
              + "or column; raw: none.")
  private @Nullable String inputScaling;

  @Override
  public void check() {
    overrides();
  }

  /** What the user changes. */
  public Overrides overrides() {
    OptionReader reader = reader();
    Overrides none = Overrides.NONE;
    return new Overrides(
        data(reader),
        reader.word("--input-scaling", inputScaling, SpecWords.INPUT_SCALINGS),
        reader.number("--train-samples", trainSamples, Integer.MAX_VALUE),
        none.seeds(),
        none.epochs(),
        reader.number("--batch-size", batchSize, ArmSpec.MOST_BATCH),
        none.epsilon(),
        none.epsilonForm(),
        none.penaltyForm(),
        none.convolutions(),
        none.biases(),
        none.logistic(),
        none.initialization());
  }

  final OptionReader reader() {
    return new OptionReader(spec);
  }

  private Optional<String> data(OptionReader reader) {
    if (data != null && data.isBlank()) {
      throw reader.wrong("--data is empty");
    }
    return Optional.ofNullable(data);
  }
}
