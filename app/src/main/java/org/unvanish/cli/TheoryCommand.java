package org.unvanish.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.cli.execution.OutputFolder;
import org.unvanish.cli.option.Checked;
import org.unvanish.cli.terminal.AuditProgress;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.cli.text.FindingJson;
import org.unvanish.cli.text.FindingTable;
import org.unvanish.dashboard.Playground;
import org.unvanish.data.Nearest;
import org.unvanish.figure.TheoryFigures;
import org.unvanish.spec.SpecWords;
import org.unvanish.theory.Audit;
import org.unvanish.theory.AuditFinding;
import org.unvanish.theory.Topic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Audits the paper's theory, and what is said of scaling beyond it. */
@Command(
    name = "theory",
    description = {
      "Tests the theory: what holds, what has a gap, what is false.",
      "",
      "Covers the paper's theory, and what is known about scaling beyond it. Statements that "
          + "need a further condition or are false as stated come with a counterexample.",
      "",
      "theorem1: large parameters. theorem2: many layers. identity: the basis of scaling. "
          + "properties: the four that the theorems need. relu: its invariance under rescaling. "
          + "naive: the explosion under naive scaling.",
      "",
      "Beyond the paper: proposition1: α is inputs ÷ α, biases ÷ α and logits × α. "
          + "proposition2: the same in wide networks. proposition3: no vanishing without a vanishing "
          + "signal. proposition4: without biases, α gains at most a factor of α. proposition5: with "
          + "biases, one α is critical. proposition6: the logistic function is tanh with biases. "
          + "width: the widths for which the paper's chain is typical. paper: what remains true of "
          + "section 2.3 in wide networks. recurrent: what α and the penalty can do over time, "
          + "propositions 7 to 10.",
      "",
      "all: all of them.",
    },
    footer = {
      "",
      "Each statement is tested on a grid and on random cases. The same seed gives the same "
          + "findings on any number of processors.",
      "",
      "Examples:",
      "  unvanish theory",
      "  unvanish theory theorem1 --activation tanh --cases 1000000",
      "  unvanish theory proposition4 --activation tanh,softsign",
      "  unvanish theory recurrent --activation tanh",
      "  unvanish theory all --json --out results/theory",
      "  unvanish theory --playground playground.html",
      "",
      "Exit codes: 0 done (whatever the verdicts), 1 failed, 2 wrong usage.",
    })
final class TheoryCommand implements Callable<Integer>, Checked {

  private static final long CASES = 20_000;
  private static final long MOST_CASES = 1_000_000_000;
  static final String ALL = "all";

  private final ProgressLine progress;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "TARGET",
      description =
          "theorem1, theorem2, identity, properties, relu, naive, proposition1 to proposition6, width,"
              + " paper, recurrent or all. Default: ${DEFAULT-VALUE}.",
      defaultValue = ALL,
      completionCandidates = Candidates.Topics.class)
  private String target = ALL;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      split = ",",
      description =
          "Activation functions, separated by commas: tanh, logistic, log-sigmoid, arctan, "
              + "softsign, relu, identity, erf. Default: all.")
  private @Nullable List<String> activations;

  @Option(
      names = "--cases",
      paramLabel = "N",
      description =
          "Random cases for each statement; fewer where one takes long, such as a training. Default: "
              + CASES
              + ".")
  private long cases = CASES;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of the random cases. Default: 1.")
  private long seed = 1;

  @Option(names = "--json", description = "Print JSON. Its schema: unvanish show theory-schema.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Draw figures into this folder, as SVG and PNG: the gradient over depth, the "
              + "gradient over |θ|, and where theorem 1 is true. Created if missing.")
  private @Nullable Path out;

  @Option(
      names = "--playground",
      paramLabel = "FILE",
      description =
          "Write an HTML page instead, with sliders for depth, parameter, scale and penalty. "
              + "It draws the gradient of each layer, and works offline.")
  private @Nullable Path playground;

  TheoryCommand(ProgressLine progress) {
    this.progress = progress;
    this.spec = CommandSpec.create();
  }

  @Override
  public void check() {
    if (playground == null) {
      audit();
      return;
    }
    ParseResult given = spec.commandLine().getParseResult();
    if (given.matchedOptions().stream().anyMatch(this::saysWhatIsAudited)
        || !given.matchedPositionals().isEmpty()) {
      throw wrong("--playground only writes a page: leave out the target and the other options");
    }
  }

  private boolean saysWhatIsAudited(OptionSpec option) {
    return !option.inherited() && !option.longestName().equals("--playground");
  }

  private Audit audit() {
    if (cases < 1 || cases > MOST_CASES) {
      throw wrong("--cases must be from 1 to %d, but is %d".formatted(MOST_CASES, cases));
    }
    Audit audit = new Audit(topics(), functions(), cases, seed);
    if (audit.size() == 0) {
      throw wrong(
          "%s does not cover %s. Name other functions with --activation"
              .formatted(target, String.join(", ", activations == null ? List.of() : activations)));
    }
    return audit;
  }

  @Override
  public Integer call() {
    if (playground != null) {
      write(playground);
      return 0;
    }
    Audit audit = audit();
    if (out != null) {
      requireReplaceable(out);
      OutputFolder.prepare(out);
    }
    AuditProgress shown = new AuditProgress(audit.randomCases(), progress);
    List<AuditFinding> findings = audit.run(shown::done);
    progress.clear();
    // Findings go to standard output and figures to standard error, so that JSON stays JSON.
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.print(json ? FindingJson.of(findings, cases, seed) : FindingTable.of(findings));
    terminal.flush();
    if (out != null) {
      draw(out);
    }
    new NextCommand(spec).afterAudit();
    return 0;
  }

  private void write(Path page) {
    new PageFile(page, "--playground").write(Playground.page());
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.println("wrote " + page + ", to be opened in a browser");
    terminal.flush();
    new NextCommand(spec).afterData("");
  }

  private static void requireReplaceable(Path folder) {
    try {
      TheoryFigures.requireReplaceable(folder);
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot draw into %s: %s. Name another folder with --out"
              .formatted(folder, OutputFolder.reason(e)),
          e);
    }
  }

  private void draw(Path folder) {
    try {
      TheoryFigures.write(folder).forEach(file -> progress.println("wrote " + file));
    } catch (IOException e) {
      throw new CommandFailure(
          "the figures in %s are incomplete: %s".formatted(folder, OutputFolder.reason(e)), e);
    }
  }

  private Set<Topic> topics() {
    if (target.equals(ALL)) {
      return EnumSet.allOf(Topic.class);
    }
    List<String> known = Arrays.stream(Topic.values()).map(FindingTable::name).toList();
    int at = known.indexOf(target);
    if (at < 0) {
      throw ReproductionCommand.noTarget(spec, target, known);
    }
    return EnumSet.of(Topic.values()[at]);
  }

  private Set<ActivationFunction> functions() {
    if (activations == null) {
      return Audit.FUNCTIONS;
    }
    EnumSet<ActivationFunction> functions = EnumSet.noneOf(ActivationFunction.class);
    for (String label : activations) {
      functions.add(
          SpecWords.meaning(label, SpecWords.THEORY_FUNCTIONS)
              .orElseThrow(
                  () ->
                      wrong(
                          "%s Functions that it covers: %s"
                              .formatted(
                                  notCovered(label),
                                  String.join(", ", SpecWords.THEORY_FUNCTIONS.keySet())))));
    }
    return functions;
  }

  private static String notCovered(String label) {
    return SpecWords.meaning(label, SpecWords.FUNCTIONS).isPresent()
        ? "the theory does not cover the activation function '%s'.".formatted(label)
        : "there is no activation function '%s'%s"
            .formatted(
                label, Nearest.question(label, SpecWords.THEORY_FUNCTIONS.keySet()).orElse("."));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
