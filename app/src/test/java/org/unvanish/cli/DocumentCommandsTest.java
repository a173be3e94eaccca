package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.cli.option.Checked;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.shipped.ShippedExperiments;
import org.unvanish.spec.ArmSpec;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Every command of the documents and of {@code --help} can be typed. What a clone can run in
 * seconds, {@code .ci/follow} runs; each command of Unvanish is parsed here.
 */
class DocumentCommandsTest {

  private static final String TUTORIAL = "stands in the tutorial, which `.ci/follow` runs";

  /** The programs that cannot be parsed here, each with the reason. */
  private static final Map<String, String> OF_OTHERS =
      Map.ofEntries(
          Map.entry("cat", TUTORIAL),
          Map.entry("cp", "copies folders of results that only a long training writes"),
          Map.entry("diff", "compares folders of results that only a long training writes"),
          Map.entry("echo", "appends to files in the reader's home"),
          Map.entry("git", "clones, tags or pushes"),
          Map.entry("grep", TUTORIAL),
          Map.entry("head", TUTORIAL),
          Map.entry("jbang", "is JBang's own, and needs a release"),
          Map.entry("man", "is the system's, and shows what `show man` printed"),
          Map.entry("mkdir", "makes folders in the reader's home or for results"),
          Map.entry("sbatch", "is Slurm's, and needs a cluster"),
          Map.entry("tar", "unpacks a release"),
          Map.entry("tensorboard", "is TensorFlow's, and shows what `export` wrote"));

  /** Options in the text that are of other programs. */
  private static final Map<String, String> OPTIONS_OF_OTHERS =
      Map.ofEntries(
          Map.entry("--add-modules", "that of Java"),
          Map.entry("--add-opens", "that of Java"),
          Map.entry("--compress", "that of Java's jlink"),
          Map.entry("--docs", "that of unvanish-bench"),
          Map.entry("--java", "that of unvanish-bench"),
          Map.entry("--networks", "that of unvanish-bench"),
          Map.entry("--pixels", "an old name, which still works"),
          Map.entry("--requeue", "that of Slurm"));

  private static final Pattern OPTION = Pattern.compile("`(--[a-z][\\w-]*)[^`]*`");

  private static final Pattern PLUGIN = Pattern.compile("[\\w-]+:[\\w-]+@(\\w+)");

  /** By the name of their document. */
  private static final Map<String, List<TypedCommand>> COMMANDS = new TreeMap<>();

  @TempDir private Path folder;
  private final Path root = Documents.root();
  private CommandLine command = new CommandLine(CommandSpec.create());

  @BeforeAll
  static void read() throws IOException {
    List<Path> documents = new ArrayList<>(Documents.all());
    documents.addAll(Documents.in(".github", ".github/ISSUE_TEMPLATE", "site/pages"));
    for (Path document : documents) {
      String name = Documents.root().relativize(document).toString();
      COMMANDS.put(name, TypedCommand.of(Files.readString(document)));
    }
  }

  @BeforeEach
  void start() {
    PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
    command =
        UnvanishCommand.commandLine(
            new DataCatalog(folder), new ProgressLine(nowhere, 0, System::nanoTime));
  }

  @Test
  void everyCommandOfUnvanishIsOne() {
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (String document : COMMANDS.keySet()) {
      for (TypedCommand typed : commands(document)) {
        count += typed.arguments().isPresent() ? 1 : 0;
        problem(typed).ifPresent(p -> wrong.add(document + ": " + p));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(count).isGreaterThan(150);
  }

  @Test
  void everyCommandOfAnotherProgramIsInTheRepositoryOrListedWithItsReason() {
    Set<String> others = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    for (String document : COMMANDS.keySet()) {
      for (TypedCommand typed : commands(document)) {
        if (typed.arguments().isPresent()) {
          continue;
        }
        String program = typed.program();
        if (program.contains("/")) {
          if (!Files.isExecutable(root.resolve(program))) {
            wrong.add(document + ": " + typed);
          }
        } else if (program.equals("mvn")) {
          wrongOfMaven(typed).ifPresent(p -> wrong.add(document + ": " + p));
        } else if (program.equals("java")) {
          wrongOfJava(typed).ifPresent(p -> wrong.add(document + ": " + p));
        } else {
          others.add(program);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(others).containsExactlyInAnyOrderElementsOf(OF_OTHERS.keySet());
  }

  @Test
  void everyOptionInTheTextIsOfACommand() throws IOException {
    Set<String> names = new TreeSet<>();
    options(command.getCommandSpec(), names);
    Set<String> others = new TreeSet<>();
    for (Path document : Documents.all()) {
      String text = Documents.withoutBlocks(Files.readString(document));
      OPTION.matcher(text).results().map(option -> option.group(1)).forEach(others::add);
    }
    assertThat(others).hasSizeGreaterThan(40);
    others.removeAll(names);
    assertThat(others).containsExactlyInAnyOrderElementsOf(OPTIONS_OF_OTHERS.keySet());
  }

  @Test
  void everyExampleOfTheHelpIsACommand() {
    List<String> wrong = new ArrayList<>();
    List<String> examples = new ArrayList<>();
    footers(command, examples);
    for (String example : examples) {
      TypedCommand.typed(example, true).forEach(one -> problem(one).ifPresent(wrong::add));
    }
    assertThat(wrong).isEmpty();
    assertThat(examples).hasSizeGreaterThan(20);
  }

  /** The others train, need what is the reader's, or write beside it. */
  @Test
  void whatOnlyPrintsDoes() {
    Set<List<String>> commands = new LinkedHashSet<>();
    for (String document : COMMANDS.keySet()) {
      for (TypedCommand typed : commands(document)) {
        List<String> given = typed.arguments().orElse(List.of());
        String first = given.isEmpty() ? "" : given.get(0);
        if (typed.whole() && Set.of("show", "help", "--version").contains(first)
            || given.contains("--help")
            || given.contains("--sigma-w") && typed.whole()) {
          commands.add(given);
        }
      }
    }
    Terminal terminal = new Terminal(folder);
    for (List<String> given : commands) {
      assertThat(terminal.execute(given.toArray(String[]::new))).as("%s", given).isZero();
      assertThat(terminal.out()).as("%s", given).isNotEmpty();
    }
    assertThat(commands).hasSizeGreaterThan(12);
  }

  @Test
  void aWrongOptionALostFileAndALostNameAreFound() {
    assertThat(TypedCommand.typed("FOO=1 ./unvanish run 'a b.yaml' --seed 1 # why", true))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.words())
                  .containsExactly("./unvanish", "run", "a b.yaml", "--seed", "1");
              assertThat(problem(one).orElse("")).contains("--seed");
            });
    assertThat(TypedCommand.typed("cd x && unvanish show figure2 > own.yaml | mvn \\\n -q", true))
        .extracting(TypedCommand::words)
        .containsExactly(
            List.of("cd", "x"), List.of("unvanish", "show", "figure2"), List.of("mvn", "-q"));
    assertThat(
            TypedCommand.of(
                "`docker run -p 1 unvanish check`\n```python\nunvanish(\"run\", \"a\")\n```\n"))
        .extracting(typed -> typed.arguments().orElse(List.of()))
        .containsExactly(List.of("run", "a"), List.of("check"));
    assertThat(problem("unvanish check examples/none.yaml", true))
        .contains("examples/none.yaml is missing");
    assertThat(problem("unvanish check figure9", true)).contains("no experiment is called figure9");
    assertThat(problem("unvanish diagnose figure1 --arm relu", true))
        .contains("figure1 has no arm relu");
    assertThat(problem("unvanish check", true)).isPresent();
    assertThat(problem("unvanish check", false)).isEmpty();
    assertThat(wrongOfMaven(TypedCommand.typed("mvn -pl nowhere", true).get(0)))
        .contains("there is no nowhere");
    assertThat(wrongOfJava(TypedCommand.typed("java org.unvanish.None", true).get(0))).isPresent();
  }

  private static List<TypedCommand> commands(String document) {
    return COMMANDS.getOrDefault(document, List.of());
  }

  private Optional<String> problem(String line, boolean whole) {
    return problem(TypedCommand.typed(line, whole).get(0));
  }

  /** What is wrong with a command, if anything is. */
  private Optional<String> problem(TypedCommand typed) {
    for (String word : typed.words()) {
      if (Documents.isOfRepository(word) && !Files.exists(root.resolve(word))) {
        return Optional.of(word + " is missing");
      }
    }
    List<String> words = typed.arguments().orElse(List.of());
    int left = words.indexOf("…");
    String[] given = (left < 0 ? words : words.subList(0, left)).toArray(String[]::new);
    try {
      ParseResult parsed = command.parseArgs(given);
      for (ParseResult part = parsed; part != null; part = part.subcommand()) {
        if (typed.whole()) {
          check(part.commandSpec());
        }
        Optional<String> wrong = wrongName(part);
        if (wrong.isPresent()) {
          return wrong;
        }
      }
      return Optional.empty();
    } catch (MissingParameterException e) {
      return typed.whole() && left < 0
          ? Optional.of(typed + ": " + e.getMessage())
          : Optional.empty();
    } catch (ParameterException e) {
      return Optional.of(typed + ": " + e.getMessage());
    }
  }

  /** As a command does before it begins. */
  private static void check(CommandSpec part) {
    Stream.concat(
            part.mixins().values().stream().map(CommandSpec::userObject),
            Stream.of(part.userObject()))
        .filter(Checked.class::isInstance)
        .forEach(checked -> ((Checked) checked).check());
  }

  /** An experiment or an arm that there is not. */
  private Optional<String> wrongName(ParseResult part) {
    for (PositionalParamSpec given : part.matchedPositionals()) {
      if (!Set.of("FILE", "SPEC").contains(given.paramLabel()) || given.type() != Path.class) {
        continue;
      }
      String name = given.originalStringValues().get(0);
      if (name.matches("[A-Z]+")) { // Stands for what the reader has.
        continue;
      }
      boolean isShipped = ShippedExperiments.names().contains(name);
      if (!isShipped && !name.matches(".*[./].*")) {
        return Optional.of("no experiment is called " + name);
      }
      OptionSpec arm = part.matchedOption("--arm");
      if (arm != null && (isShipped || Documents.isOfRepository(name))) {
        Path spec = isShipped ? Path.of(name) : root.resolve(name);
        String wanted = arm.originalStringValues().get(0);
        if (NamedSpec.read(spec).arms().stream().map(ArmSpec::name).noneMatch(wanted::equals)) {
          return Optional.of(name + " has no arm " + wanted);
        }
      }
    }
    return Optional.empty();
  }

  /** A module, profile or execution that the poms lack. */
  private Optional<String> wrongOfMaven(TypedCommand typed) {
    List<String> words = typed.words();
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (words.get(i - 1).equals("-pl")) {
        for (String module : word.replace("!", "").split(",")) {
          if (!Files.exists(root.resolve(module).resolve("pom.xml"))) {
            return Optional.of("there is no " + module);
          }
        }
      }
      Matcher plugin = PLUGIN.matcher(word);
      String id =
          plugin.matches() ? plugin.group(1) : word.startsWith("-P") ? word.substring(2) : "";
      if (!id.isEmpty() && poms().noneMatch(pom -> pom.contains("<id>" + id + "</id>"))) {
        return Optional.of("no pom has " + id);
      }
    }
    return Optional.empty();
  }

  private Stream<String> poms() {
    return Stream.of("pom.xml", "app/pom.xml", "spark/pom.xml", "benchmarks/pom.xml")
        .map(
            pom -> {
              try {
                return Files.readString(root.resolve(pom));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  /** A class of ours that has no source. */
  private Optional<String> wrongOfJava(TypedCommand typed) {
    return typed.words().stream()
        .filter(word -> word.startsWith("org.unvanish."))
        .filter(
            name ->
                Stream.of("app", "benchmarks")
                    .map(module -> module + "/src/main/java/" + name.replace('.', '/') + ".java")
                    .noneMatch(source -> Files.exists(root.resolve(source))))
        .findFirst();
  }

  private static void options(CommandSpec part, Set<String> names) {
    part.options().forEach(option -> names.addAll(List.of(option.names())));
    part.subcommands().values().forEach(sub -> options(sub.getCommandSpec(), names));
  }

  private static void footers(CommandLine command, List<String> examples) {
    Stream.of(command.getCommandSpec().usageMessage().footer())
        .filter(line -> line.startsWith("  unvanish "))
        .forEach(examples::add);
    command.getSubcommands().values().forEach(sub -> footers(sub, examples));
  }
}
