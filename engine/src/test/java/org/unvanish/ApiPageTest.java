package org.unvanish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of Java in docs/api.md compile, each block with what the page has named before. */
class ApiPageTest {

  private static final Pattern BLOCK =
      Pattern.compile("^```java\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /** What a program has that uses them. */
  private static final String BEFORE =
      """
      import static org.unvanish.activation.ActivationFunction.TANH;
      import org.unvanish.*;
      import org.unvanish.activation.*;
      import org.unvanish.data.*;
      import org.unvanish.data.catalog.*;
      import org.unvanish.diagnosis.*;
      import org.unvanish.forecast.*;
      import org.unvanish.gradient.*;
      import org.unvanish.meanfield.*;
      import org.unvanish.network.*;
      import org.unvanish.train.*;

      abstract class Page {
        Training training;
        Dataset data;
        Model model;
        int[] labels;
        float y;
      """;

  @TempDir private Path folder;

  @Test
  void everyBlockCompiles() throws IOException {
    List<MatchResult> blocks =
        BLOCK.matcher(Files.readString(Path.of("../docs/api.md"))).results().toList();
    assertThat(blocks).hasSizeGreaterThan(5);
    StringBuilder program = new StringBuilder(BEFORE);
    for (int i = 0; i < blocks.size(); i++) {
      String lines = blocks.get(i).group(1).replace("…", "null");
      program.append("void block%d() throws java.io.IOException {\n%s}\n".formatted(i, lines));
    }
    assertThat(errors(program + "}\n")).isEmpty();
  }

  @Test
  void aMethodThatThereIsNotIsAnError() {
    assertThat(errors(BEFORE + "void none() { data.none(); } }")).contains("none()");
  }

  private String errors(String program) {
    StringWriter said = new StringWriter();
    JavaFileObject source =
        new SimpleJavaFileObject(URI.create("string:///Page.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return program;
          }
        };
    String classes = System.getProperty("java.class.path");
    List<String> options =
        List.of("-proc:none", "-nowarn", "-cp", classes, "-d", folder.toString());
    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(said, null, null, options, null, List.of(source))
            .call();
    return compiled ? "" : said.toString();
  }
}
