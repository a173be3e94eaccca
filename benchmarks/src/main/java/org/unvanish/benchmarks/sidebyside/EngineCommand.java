package org.unvanish.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import org.unvanish.benchmarks.Kernels;
import org.unvanish.benchmarks.sidebyside.Variants.Variant;
import org.unvanish.data.Dataset;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the engine in several ways, in turn. */
@Command(
    name = "engine",
    description = {
      "Trains with Unvanish alone: as usual with a run on every core, with one run only, with 256-bit"
          + " vectors where there are 512-bit ones, and on other versions of Java. Also says which share"
          + " of the cores' multiply-add peak its convolutions, dense and recurrent layers come to.",
      "",
    },
    footer = {
      "",
      "All take turns, round by round; a share is that of the usual speed in the same round.",
      "",
      "Examples:",
      "  ./unvanish-bench engine",
      "  ./unvanish-bench engine --network table1 --rounds 9",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    })
final class EngineCommand implements Callable<Integer> {

  private final DataCatalog catalog;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description =
          "table1, table2, table3, wide, mlp, resnet, recurrent or lstm; by default"
              + " ${DEFAULT-VALUE}.")
  private String network = "table2";

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each is measured; by default ${DEFAULT-VALUE}.")
  private int rounds = 5;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Length of a measurement; by default ${DEFAULT-VALUE}.")
  private double seconds = 4;

  @Option(
      names = "--java",
      split = ",",
      paramLabel = "FOLDER",
      description =
          "Folders of Java versions to compare with the one that runs this. By default: the oldest"
              + " that is installed, from 17 on, and the newest.")
  private List<Path> javas = List.of();

  /**
   * @param catalog CIFAR-10 is trained on where it is installed, else images drawn by code
   */
  EngineCommand(DataCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, RunnerException {
    BenchNetwork which = network();
    if (rounds < 1 || !(seconds > 0)) {
      throw new ParameterException(
          spec.commandLine(), "--rounds must be at least 1 and --seconds above 0");
    }
    List<Variant> variants = Variants.all(InstalledJava.running(), Bench.javas(javas, spec));
    Dataset data = catalog.load(catalog.defaultName());
    // Without patterns only the peak is measured.
    double peak = Kernels.peak(Kernels.run(List.of()));
    Map<Variant, List<Reading>> readings = new LinkedHashMap<>();
    variants.forEach(variant -> readings.put(variant, new ArrayList<>()));
    Path folder = Files.createTempDirectory("unvanish-bench");
    try (WorkFolder work = WorkFolder.in(folder)) {
      Measurer measurer = new Measurer(work.path(), data);
      for (int round = 0; round < rounds; round++) {
        for (Map.Entry<Variant, List<Reading>> entry : readings.entrySet()) {
          Variant variant = entry.getKey();
          entry
              .getValue()
              .add(measurer.measure(variant.entrant(), which, variant.setting(), 3, seconds));
        }
      }
    } catch (ContestFailure e) {
      throw new IOException(e.getMessage(), e);
    }
    spec.commandLine().getOut().print(table(readings));
    spec.commandLine().getOut().print(shareOfPeak(which, data, readings.values(), peak));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private BenchNetwork network() {
    try {
      return BenchNetwork.of(network);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--network must be any of " + String.join(", ", BenchNetwork.ids()),
          e);
    }
  }

  private static String shareOfPeak(
      BenchNetwork which, Dataset data, Collection<List<Reading>> readings, double peak) {
    long flops = Flops.ofSample(Tasks.ops(which.network(which.data(data))));
    int cores = Runtime.getRuntime().availableProcessors();
    List<Double> usual =
        readings.iterator().next().stream().map(Reading::samplesPerSecond).toList();
    double gigaflops = Middle.of(usual).median() * flops / 1e9 / cores;
    return number(
        "As usual: %.2f MFLOP a sample, %.1f GFLOP/s a core, %.0f %% of the peak of %.1f.%n",
        flops / 1e6, gigaflops, 100 * gigaflops / peak, peak);
  }

  private static String table(Map<Variant, List<Reading>> readings) {
    List<Double> usual =
        readings.values().iterator().next().stream().map(Reading::samplesPerSecond).toList();
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("variant", "samples a second", "share of the usual speed", "target", "others"));
    readings.forEach(
        (variant, own) -> {
          List<Double> rates = own.stream().map(Reading::samplesPerSecond).toList();
          Middle share = Middle.ofRatios(rates, usual);
          rows.add(
              List.of(
                  variant.entrant().id(),
                  number("%,.0f", Middle.of(rates).median()),
                  number("%.3f (%.3f to %.3f)", share.median(), share.lowest(), share.highest()),
                  variant.target(),
                  number(
                      "%.0f %%",
                      100 * own.stream().mapToDouble(Reading::otherShare).max().orElse(0))));
        });
    return TextTable.of(rows)
        + "others: the largest share of the processors' time that went to other programs.\n";
  }

  private static String number(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
