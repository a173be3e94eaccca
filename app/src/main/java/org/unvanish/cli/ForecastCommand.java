package org.unvanish.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.unvanish.cli.execution.MemoryPlan;
import org.unvanish.cli.option.ArmOption;
import org.unvanish.cli.option.Checked;
import org.unvanish.cli.option.DataOptions;
import org.unvanish.cli.option.LayerOptions;
import org.unvanish.cli.option.VerboseOption;
import org.unvanish.cli.terminal.ExitCode;
import org.unvanish.cli.terminal.LoadingProgress;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.cli.terminal.Screen;
import org.unvanish.cli.terminal.SeedsProgress;
import org.unvanish.cli.text.ArmForecastText;
import org.unvanish.cli.text.Json;
import org.unvanish.cli.text.RepeatedLayerText;
import org.unvanish.dashboard.ForecastPage;
import org.unvanish.data.Dataset;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.examination.ArmForecast;
import org.unvanish.examination.ForecastJson;
import org.unvanish.examination.RepeatedLayer;
import org.unvanish.examination.RepeatedLayerJson;
import org.unvanish.experiment.Experiment;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;
import org.unvanish.text.StyledText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what initial weights will do to the gradient, before one of them is drawn. */
@Command(
    name = "forecast",
    description = {
      "Forecasts the gradient of each layer, before any training.",
      "",
      "Uses mean-field theory: the layers, the initialization and the mean square of the data. "
          + "No weight is drawn. --measure probes initial weights for comparison.",
      "",
      "Without FILE, the forecast is for a repeated dense layer: give --activation and "
          + "--sigma-w. Optional: --sigma-b, --alpha, --depth and --width.",
      "",
    },
    footer = {
      "",
      "Examples:",
      "  unvanish forecast figure2",
      "  unvanish forecast own.yaml --arm \"tanh, α = 2\" --measure 40",
      "  unvanish forecast figure3 --page forecast.html",
      "  unvanish forecast --activation tanh --sigma-w 1.2 --sigma-b 0.3 --alpha 2 --depth 300",
      "",
      "Exit codes: 0 done (whatever the forecast), 1 failed, 2 wrong usage.",
    })
final class ForecastCommand implements Callable<Integer>, Checked {

  private static final int FEWEST_SEEDS = 2;
  private static final int MOST_SEEDS = 1_000;

  private final DataCatalog catalog;
  private final ProgressLine progress;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "A spec (see: unvanish check --help), or the name of one, such as figure1.")
  private @Nullable Path file;

  @Mixin private ArmOption named = new ArmOption();

  @Option(
      names = "--measure",
      paramLabel = "N",
      description = "Also probe the initial weights of seeds 1 to N. N is from 2 to 1000.")
  private @Nullable Integer seeds;

  @Option(names = "--json", description = "Print JSON. Its schema: unvanish show forecast-schema.")
  private boolean json;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description =
          "Write an HTML page with the phase diagram and a dot for each layer. It works offline.")
  private @Nullable Path page;

  @Mixin private VerboseOption verbose = new VerboseOption();

  @Mixin private DataOptions changes = new DataOptions();

  @Mixin private LayerOptions layer = new LayerOptions();

  ForecastCommand(DataCatalog catalog, ProgressLine progress) {
    this.catalog = catalog;
    this.progress = progress;
  }

  @Override
  public void check() {
    if (file == null) {
      checkLayer();
    } else if (layer.isGiven()) {
      throw wrong(
          "--activation, --sigma-w, --sigma-b, --alpha, --depth and --width describe a layer, "
              + "but a spec has its own layers. Leave out the spec or these options");
    }
    if (seeds != null && (seeds < FEWEST_SEEDS || seeds > MOST_SEEDS)) {
      throw wrong(
          "--measure must be from %d to %d, but is %d".formatted(FEWEST_SEEDS, MOST_SEEDS, seeds));
    }
  }

  private void checkLayer() {
    if (!layer.isGiven()) {
      throw wrong(
          "nothing to forecast. Name a spec, or describe a layer with --activation and --sigma-w");
    }
    if (hasOptionOfSpecs()) {
      throw wrong(
          "a repeated layer has no arm, data, seeds or page: of the other options it takes "
              + "--json only");
    }
    layer.layer();
  }

  private boolean hasOptionOfSpecs() {
    return seeds != null
        || page != null
        || named.isGiven()
        || !changes.overrides().equals(Overrides.NONE);
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (file == null) {
      RepeatedLayer repeated = layer.layer();
      if (json) {
        out.println(Json.text(RepeatedLayerJson.of(repeated)));
      } else {
        Screen screen = Screen.of(out);
        screen.print(RepeatedLayerText.of(repeated, screen.columns()));
      }
      out.flush();
      new NextCommand(spec).afterLayer();
    } else {
      forecast(file, out);
      new NextCommand(spec).afterSpec(file.toString());
    }
    return ExitCode.DONE;
  }

  private void forecast(Path name, PrintWriter out) {
    PrintWriter err = spec.commandLine().getErr();
    NamedSpec source = new NamedSpec(name, changes.overrides(), catalog);
    ExperimentSpec experiment = source.read(err).with(source.overrides());
    ArmSpec chosen = named.arm(experiment, name);
    PageFile target = page == null ? null : new PageFile(page, "--page");
    if (target != null) {
      target.requireReplaceable();
    }
    Dataset data = experiment.load(catalog, new LoadingProgress(progress));
    ArmForecast found = forecast(experiment, chosen, data);
    progress.clear();
    String forPrograms = Json.text(ForecastJson.of(found));
    if (json) {
      out.println(forPrograms);
    } else {
      Screen screen = Screen.of(out);
      screen.print(new ArmForecastText(found).text(screen.columns(), verbose.isAsked()));
      if (!verbose.isAsked()) {
        screen.println(VerboseOption.HINT);
      }
    }
    out.flush();
    experiment
        .inputScaling(data)
        .remark()
        .ifPresent(
            remark ->
                StyledText.wrapped(remark, StyledText.USUAL_WIDTH)
                    .lines()
                    .forEach(progress::println));
    if (target != null) {
      target.write(ForecastPage.page(forPrograms));
      progress.println("wrote " + page + ", to be opened in a browser");
    }
  }

  private ArmForecast forecast(ExperimentSpec spec, ArmSpec chosen, Dataset data) {
    Experiment experiment = spec.experiment(data);
    ArmForecast forecast =
        ArmForecast.of(experiment.name(), experiment.arms().get(spec.arms().indexOf(chosen)), data);
    if (seeds == null) {
      return forecast;
    }
    MemoryPlan.of(experiment, data).require(1);
    return forecast.measured(data, seeds, new SeedsProgress(seeds, progress));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
