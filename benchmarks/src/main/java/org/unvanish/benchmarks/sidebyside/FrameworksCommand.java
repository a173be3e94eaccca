package org.unvanish.benchmarks.sidebyside;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.unvanish.data.Dataset;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.file.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains the same networks with Unvanish and with other frameworks, side by side. */
@Command(
    name = "frameworks",
    description = {
      "Trains the same networks with Unvanish, PyTorch, TensorFlow and DL4J, side by side.",
      "",
      "A pilot finds each framework's best setting: one thread a process and as many processes as"
          + " cores, or one process with as many threads; batches of 32, 64, 128 and 256. Unvanish"
          + " has as many runs as cores, batches of 32 or 256, and the statistics of all gradients; it"
          + " takes part on each Java. Then all take turns, round by round. Who does not come to the"
          + " same losses is not counted. DL4J takes no part where the network is recurrent.",
      "",
    },
    footer = {
      "",
      "All networks take about 40 minutes on two cores that do nothing else, one takes 4 to 8.",
      "",
      "What is measured is kept: a command that was stopped goes on where it stood when it is"
          + " started again with the same --out. So networks can be measured one by one, and the page"
          + " has all that the folder has. The folder gets measurements.jsonl (every measurement),"
          + " results.json, benchmarks.md and benchmarks.svg.",
      "",
      "Examples:",
      "  ./unvanish-bench frameworks",
      "  ./unvanish-bench frameworks --networks table2 --frameworks tensorflow --rounds 3",
      "  ./unvanish-bench frameworks --java /usr/lib/jvm/jdk-17,/usr/lib/jvm/jdk-25",
      "  ./unvanish-bench frameworks --docs",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    })
final class FrameworksCommand implements Callable<Integer> {

  /** Fewer are no result that should stand in the documentation. */
  private static final int ROUNDS_OF_DOCS = 5;

  private final DataCatalog catalog;
  private final Path root;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--networks",
      split = ",",
      paramLabel = "NAME",
      description =
          "Any of table1, table2, table3 (the paper's), wide, mlp, resnet, recurrent and lstm; by"
              + " default all.")
  private List<String> networks = BenchNetwork.ids();

  @Option(
      names = "--frameworks",
      split = ",",
      paramLabel = "NAME",
      description = "Any of pytorch, tensorflow and dl4j; by default all.")
  private List<String> frameworks = Entrants.FRAMEWORKS;

  @Option(
      names = "--java",
      split = ",",
      paramLabel = "FOLDER",
      description =
          "Folders of the Java versions that Unvanish runs on. By default: the oldest that is"
              + " installed, from 17 on, and the newest. The others run on the oldest.")
  private List<Path> javas = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each is measured; by default ${DEFAULT-VALUE}.")
  private int rounds = ROUNDS_OF_DOCS;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Length of a measurement; by default ${DEFAULT-VALUE}.")
  private double seconds = 2;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      description = "Training before a measurement; by default ${DEFAULT-VALUE}.")
  private double warmUp = 1.5;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where results go; by default ${DEFAULT-VALUE}.")
  private Path out = Path.of("results", "benchmarks");

  @Option(
      names = "--docs",
      description =
          "Also writes the project's docs/benchmarks.md and docs/benchmarks.svg. Needs all frameworks,"
              + " at least 5 rounds and all networks, now or in --out from before.")
  private boolean docs;

  /**
   * @param catalog CIFAR-10 is trained on where it is installed, else images drawn by code
   * @param root the project's folder
   */
  FrameworksCommand(DataCatalog catalog, Path root) {
    this.catalog = catalog;
    this.root = root;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireOptions();
    List<InstalledJava> engines = Bench.javas(javas, spec);
    // Who was not built is told before anything is measured.
    List<Entrant> entrants = entrants(engines);
    Files.createDirectories(out);
    Dataset data = catalog.load(catalog.defaultName());
    Journal journal = Journal.open(out, Conditions.here(engines, data, warmUp, seconds));
    try (WorkFolder work = WorkFolder.in(out)) {
      Measurer measurer = new Measurer(work.path(), data);
      Schedule schedule =
          new Schedule(
              journal,
              (entrant, network, setting, share) ->
                  measurer.measure(entrant, network, setting, warmUp * share, seconds * share),
              this::tell);
      if (docs) {
        requireTheRest(schedule, entrants);
      }
      long left = 0;
      for (String network : networks) {
        BenchNetwork which = BenchNetwork.of(network);
        left += schedule.left(which, settings(which, entrants), rounds);
      }
      spec.commandLine().getOut().println("Measurements to make: " + left);
      for (String network : networks) {
        BenchNetwork which = BenchNetwork.of(network);
        schedule.run(which, settings(which, entrants), rounds);
      }
    }
    write(journal, data);
    return 0;
  }

  private void requireOptions() {
    require(
        BenchNetwork.ids().containsAll(networks), "--networks must be any of ", BenchNetwork.ids());
    require(
        Entrants.FRAMEWORKS.containsAll(frameworks),
        "--frameworks must be any of ",
        Entrants.FRAMEWORKS);
    require(rounds >= 1, "--rounds must be at least 1", List.of());
    require(seconds > 0 && seconds <= 600, "--seconds must be above 0 and at most 600", List.of());
    require(warmUp >= 0 && warmUp <= 600, "--warm-up must be between 0 and 600", List.of());
    require(!docs || rounds >= ROUNDS_OF_DOCS, "--docs needs at least 5 rounds", List.of());
    require(
        !docs || frameworks.containsAll(Entrants.FRAMEWORKS),
        "--docs needs all frameworks",
        List.of());
    require(
        !docs
            || networks.containsAll(BenchNetwork.ids())
            || Files.exists(out.resolve(Journal.FILE)),
        "--docs needs all networks, and there is nothing in " + out + " yet",
        List.of());
  }

  private void require(boolean met, String fault, List<String> names) {
    if (!met) {
      throw new ParameterException(spec.commandLine(), fault + String.join(", ", names));
    }
  }

  /** The networks that are not measured now must have been. */
  private void requireTheRest(Schedule schedule, List<Entrant> entrants) {
    List<String> missing = new ArrayList<>(BenchNetwork.ids());
    missing.removeAll(networks);
    missing.removeIf(
        network -> {
          BenchNetwork which = BenchNetwork.of(network);
          return schedule.left(which, settings(which, entrants), ROUNDS_OF_DOCS) == 0;
        });
    require(
        missing.isEmpty(),
        "--docs needs all networks. Measure these too, as %s does not have them: ".formatted(out),
        missing);
  }

  private List<Entrant> entrants(List<InstalledJava> engines) throws IOException {
    List<Entrant> entrants = new ArrayList<>();
    engines.forEach(java -> entrants.add(Entrants.engine(java)));
    for (String framework : frameworks) {
      entrants.add(Entrants.framework(framework, root, engines.get(0)));
    }
    return entrants;
  }

  private static Map<Entrant, List<Setting>> settings(BenchNetwork which, List<Entrant> entrants) {
    int cores = Runtime.getRuntime().availableProcessors();
    Map<Entrant, List<Setting>> settings = new LinkedHashMap<>();
    for (Entrant entrant : entrants) {
      if (Entrants.isEngine(entrant.id())) {
        settings.put(entrant, Setting.ofEngine(cores));
      } else if (which.frameworks().contains(entrant.id())) {
        settings.put(entrant, Setting.ofFrameworks(cores));
      }
    }
    return settings;
  }

  private void tell(Measurement measurement) {
    PrintWriter writer = spec.commandLine().getOut();
    String result =
        measurement.reading() == null
            ? String.valueOf(measurement.failure())
            : String.format(Locale.ROOT, "%,9.0f samples/s", measurement.rate());
    String when =
        measurement.round() == Measurement.PILOT ? "pilot  " : "round " + measurement.round();
    writer.printf(
        "%-9s  %s  %-19s  %-34s  %s%n",
        measurement.network(),
        when,
        Names.title(measurement.contestant()),
        measurement.setting().describe(),
        result);
    writer.flush();
  }

  /** Whatever the folder has, not only what was measured now. */
  private void write(Journal journal, Dataset data) throws IOException {
    List<Comparison> comparisons = new ArrayList<>();
    for (BenchNetwork network : BenchNetwork.values()) {
      if (journal.measurements().stream().anyMatch(m -> m.network().equals(network.id()))) {
        long flops = Flops.ofSample(Tasks.ops(network.network(network.data(data))));
        comparisons.add(Comparison.of(network, flops, journal.measurements()));
      }
    }
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("conditions", journal.conditions());
    results.put("networks", comparisons);
    write(out.resolve("results.json"), Journal.JSON.writeValueAsString(results) + "\n");
    List<Path> folders = docs ? List.of(out, root.resolve("docs")) : List.of(out);
    for (Path folder : folders) {
      ResultPage page = new ResultPage(journal.conditions(), comparisons);
      write(folder.resolve("benchmarks.svg"), BarChart.svg(comparisons));
      write(folder.resolve("benchmarks.md"), page.markdown("benchmarks.svg"));
      spec.commandLine().getOut().println("Written: " + folder.resolve("benchmarks.md"));
    }
  }

  private static void write(Path file, String text) throws IOException {
    AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
