package org.unvanish.cli.option;

import java.util.List;
import org.unvanish.data.Nearest;
import org.unvanish.diagnosis.Thresholds;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that sets the numbers which decide a diagnosis. */
public final class ThresholdOption implements Checked {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--threshold",
      paramLabel = "NAME=VALUE",
      description = {
        "Change a threshold of the verdict. Can be repeated. Defaults:",
        "network-log10=2, layer-log10=0.5, saturated-share=0.3,",
        "large-input=5, reach=1.5, dead-share=0.85, mechanism-share=0.75, large-target=10.",
        "docs/diagnosis.md explains them."
      })
  private List<String> changes = List.of();

  @Override
  public void check() {
    thresholds();
  }

  /** The thresholds with all changes. */
  public Thresholds thresholds() {
    Thresholds thresholds = Thresholds.DEFAULT;
    for (String change : changes) {
      thresholds = changed(thresholds, change);
    }
    return thresholds;
  }

  private Thresholds changed(Thresholds thresholds, String change) {
    int equals = change.indexOf('=');
    if (equals < 0) {
      throw wrong("must be NAME=VALUE, but is '%s'".formatted(change));
    }
    String name = change.substring(0, equals);
    if (!Thresholds.NAMES.contains(name)) {
      throw wrong(
          "knows no '%s'%s"
              .formatted(
                  name,
                  Nearest.to(name, Thresholds.NAMES)
                      .map(nearest -> ": did you mean %s?".formatted(nearest))
                      .orElse(", only " + String.join(", ", Thresholds.NAMES))));
    }
    try {
      return thresholds.with(name, Double.parseDouble(change.substring(equals + 1)));
    } catch (NumberFormatException e) {
      throw wrong("%s must be a number, but is '%s'".formatted(name, change.substring(equals + 1)));
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage());
      throw wrong(name + reason.substring(reason.indexOf(' ')));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), "--threshold " + message);
  }
}
