package org.unvanish.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import org.unvanish.benchmarks.Kernels;
import org.unvanish.benchmarks.Roofline;
import org.unvanish.benchmarks.RooflineChart;
import org.unvanish.file.AtomicFile;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.store.Provenance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how near the kernels come to what a core can do. */
@Command(
    name = "roofline",
    description = {
      "Measures how near the kernels come to what one core can do: its multiply-add peak, and the"
          + " bandwidth of its caches and of the main memory. About five minutes.",
      "",
    },
    footer = {
      "",
      "The folder gets roofline.svg and roofline.json.",
      "",
      "Examples:",
      "  ./unvanish-bench roofline",
      "  ./unvanish-bench roofline --docs",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    })
final class RooflineCommand implements Callable<Integer> {

  private final Path root;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where results go; by default ${DEFAULT-VALUE}.")
  private Path out = Path.of("results", "benchmarks");

  @Option(names = "--docs", description = "Also writes the project's docs/roofline.svg.")
  private boolean docs;

  /**
   * @param root the project's folder
   */
  RooflineCommand(Path root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException, RunnerException {
    Files.createDirectories(out);
    Roofline roofline =
        Roofline.of(
            Kernels.run(List.of("BandwidthBenchmark", "ConvolutionBenchmark", "DenseBenchmark")));
    Provenance here = Provenance.here("");
    String title = "One core of %s, %s, %s".formatted(here.cpu(), here.jvm(), Lanes.describe());
    write(out.resolve("roofline.json"), Journal.JSON.writeValueAsString(roofline) + "\n");
    String chart = new RooflineChart(roofline).svg(title);
    for (Path folder : docs ? List.of(out, root.resolve("docs")) : List.of(out)) {
      write(folder.resolve("roofline.svg"), chart);
      spec.commandLine().getOut().println("Written: " + folder.resolve("roofline.svg"));
    }
    return 0;
  }

  private static void write(Path file, String text) throws IOException {
    AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
