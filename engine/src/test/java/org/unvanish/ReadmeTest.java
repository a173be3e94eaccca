package org.unvanish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unvanish.activation.ActivationFunction.TANH;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.network.Network;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.Model;
import org.unvanish.train.Training;

/** The lines of Java in the README: they do what they say, as a module of one's own, too. */
class ReadmeTest {

  private static final Path HERE = Path.of("src/test/java/org/unvanish/ReadmeTest.java");

  @TempDir private Path folder;

  @Test
  void theLinesDoWhatTheySay() throws IOException {
    Path path = folder.resolve("model.safetensors");
    // The README has all from here,
    var data = DataCatalog.standard().load("synthetic"); // or "cifar10", or a path of your own
    var network =
        Network.builder(data.shape()).dense(16).activation(TANH.scaled(2)).dense(10).build();
    var training = Training.of(network).epochs(3).penalty(Penalty.l2(0.01)).seed(1);
    var model = training.run(data);
    int[] classes = model.predict(data.test());
    double rms = model.history().gradient("dense1/weights").rms();
    model.save(path); // in the safetensors format, for PyTorch and Keras, too

    var diagnosis = Unvanish.diagnose(training, data);
    System.out.println(diagnosis.explain());
    var remedy = diagnosis.prescription();
    var better = remedy.applyTo(training).run(remedy.applyTo(data));
    // to here.
    assertThat(classes).hasSize(data.test().count());
    assertThat(rms).isPositive();
    assertThat(Model.load(path).predict(data.test())).isEqualTo(classes);
    assertThat(better.history().epochs()).hasSize(3);
  }

  @Test
  void theReadmeShowsThem() throws IOException {
    assertThat(Files.readString(Path.of("../README.md"))).contains("```java\n" + lines() + "```\n");
  }

  @Test
  void aModuleThatUsesThemCompiles() throws IOException {
    assertThat(errors("import org.unvanish.train.Training;", lines())).isEmpty();
  }

  @Test
  void aModuleDoesNotSeeWhatIsInternal() throws IOException {
    assertThat(errors("import org.unvanish.internal.kernel.Lanes;", "int count = Lanes.COUNT;\n"))
        .contains("package org.unvanish.internal.kernel is not visible");
  }

  private static String lines() throws IOException {
    return Files.readString(HERE)
        .lines()
        .dropWhile(line -> !line.endsWith("// The README has all from here,"))
        .skip(1)
        .takeWhile(line -> !line.endsWith("// to here."))
        .map(line -> line.replaceFirst("^ {4}", "") + "\n")
        .collect(Collectors.joining());
  }

  /** What the compiler says of a module that requires the engine only. */
  private String errors(String moreImport, String body) {
    String main =
        """
        package mine;
        import static org.unvanish.activation.ActivationFunction.TANH;
        import org.unvanish.Unvanish;
        import org.unvanish.data.catalog.DataCatalog;
        import org.unvanish.network.Network;
        import org.unvanish.penalty.Penalty;
        %s
        class Mine {
          void run(java.nio.file.Path path) throws java.io.IOException {
            %s
          }
        }
        """
            .formatted(moreImport, body);
    Map<String, String> sources =
        Map.of("module-info", "module mine { requires org.unvanish.engine; }", "mine/Mine", main);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options =
        List.of("-proc:none", "-d", folder.toString(), "--module-path", modulePath());
    boolean compiled =
        compiler
            .getTask(
                said,
                null,
                null,
                options,
                null,
                sources.entrySet().stream()
                    .map(source -> source(source.getKey(), source.getValue()))
                    .toList())
            .call();
    return compiled ? "" : said.toString();
  }

  private static JavaFileObject source(String name, String text) {
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  /** All that the tests run with, but for the tests themselves. */
  private static String modulePath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
