package org.unvanish.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.unvanish.cli.option.Checked;
import org.unvanish.cli.terminal.CommandName;
import org.unvanish.cli.text.FindingJson;
import org.unvanish.data.Nearest;
import org.unvanish.examination.DiagnosisJson;
import org.unvanish.examination.ForecastJson;
import org.unvanish.shipped.ShippedExperiments;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.trace.Trace;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the specs that the program brings along. */
@Command(
    name = "show",
    description = {
      "Prints specs, schemas, hooks, shell completion or the manual.",
      "",
      "Specs are those of the paper's experiments and of the experiments beyond it. Schemas "
          + "describe specs, diagnoses, forecasts, traces and theory findings. A hook records a "
          + "training in PyTorch or Keras. Completion is for bash and zsh, the manual for man.",
    },
    footer = {
      "",
      "Examples:",
      "  unvanish show figure3",
      "  unvanish show figure3 > own.yaml",
      "  unvanish show schema > experiment.schema.json",
      "  unvanish show pytorch-hook > unvanish_hook.py",
      "  unvanish show completion > ~/.local/share/bash-completion/completions/unvanish",
      "  unvanish show man > ~/.local/share/man/man1/unvanish.1",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    })
final class ShowCommand implements Callable<Integer>, Checked {

  private static final String SCHEMA = "schema";

  private static final String DIAGNOSIS_SCHEMA = "diagnosis-schema";

  private static final String FORECAST_SCHEMA = "forecast-schema";

  private static final String THEORY_SCHEMA = "theory-schema";

  private static final String TRACE_SCHEMA = "trace-schema";

  private static final String COMPLETION = "completion";

  private static final String MANUAL = "man";

  private static final String PYTORCH_HOOK = "pytorch-hook";

  private static final String KERAS_HOOK = "keras-hook";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      description =
          "What to print. Specs: figure1, figure2, figure3, figure4, table4, alpha, or an "
              + "experiment of `unvanish reproduce beyond --help`. Schemas: schema, "
              + "diagnosis-schema, forecast-schema, theory-schema, trace-schema. Hooks: "
              + "pytorch-hook, keras-hook. Shell and manual: completion, man.",
      completionCandidates = Candidates.Shown.class)
  private String name = "";

  ShowCommand() {
    this.spec = CommandSpec.create();
  }

  /** All that can be shown. */
  static List<String> names() {
    List<String> names = new ArrayList<>(ShippedExperiments.names());
    names.addAll(
        List.of(
            SCHEMA,
            DIAGNOSIS_SCHEMA,
            FORECAST_SCHEMA,
            THEORY_SCHEMA,
            TRACE_SCHEMA,
            PYTORCH_HOOK,
            KERAS_HOOK,
            COMPLETION,
            MANUAL));
    return names;
  }

  @Override
  public void check() {
    List<String> names = names();
    if (!names.contains(name)) {
      throw new ParameterException(
          spec.commandLine(),
          "there is nothing called '%s' to show%s"
              .formatted(
                  name,
                  Nearest.to(name, names)
                      .map(nearest -> "; the nearest name is " + nearest)
                      .orElse(", only " + String.join(", ", names))));
    }
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text());
    out.flush();
    if (name.endsWith("-hook")) {
      new NextCommand(spec).afterHook();
    } else if (ShippedExperiments.names().contains(name)) {
      new NextCommand(spec).afterSpec(name);
    }
    return 0;
  }

  private String text() {
    return switch (name) {
      case SCHEMA -> ExperimentSpec.schema();
      case DIAGNOSIS_SCHEMA -> DiagnosisJson.schema();
      case FORECAST_SCHEMA -> ForecastJson.schema();
      case THEORY_SCHEMA -> FindingJson.schema();
      case TRACE_SCHEMA -> Trace.schema();
      case PYTORCH_HOOK -> Trace.pytorchHook();
      case KERAS_HOOK -> Trace.kerasHook();
      case COMPLETION -> AutoComplete.bash(CommandName.DOCUMENTED, spec.root().commandLine());
      case MANUAL -> ManPage.of(spec.root().commandLine());
      default -> ShippedExperiments.series(name).orElseThrow().text(name);
    };
  }
}
