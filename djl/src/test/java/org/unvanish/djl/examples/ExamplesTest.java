package org.unvanish.djl.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.store.RunState;
import org.unvanish.store.RunStore;

class ExamplesTest {

  private interface Example {
    void main(String... arguments) throws Exception;
  }

  @BeforeEach
  void sameNumbersEveryTime() {
    try (NDManager manager = NDManager.newBaseManager()) {
      manager.getEngine().setRandomSeed(1);
    }
  }

  @Test
  void theRemedyIsAdded() throws Exception {
    assertThat(output(AddTheRemedy::main)).contains("tanh, α = 2").doesNotContain("Tanh");
  }

  @Test
  void gradientsAreWatched(@TempDir Path folder) throws Exception {
    WatchGradients.main(new String[] {folder.toString()});
    try (RunStore store = RunStore.read(folder)) {
      assertThat(store.runs(store.experiments().get(0).watched()))
          .singleElement()
          .satisfies(
              run -> {
                assertThat(run.state()).isEqualTo(RunState.FINISHED);
                assertThat(run.epochsDone()).isEqualTo(3);
              });
    }
  }

  @Test
  void aModelIsDiagnosed() throws Exception {
    assertThat(output(DiagnoseAModel::main))
        .contains("At the initial weights the backpropagated gradient vanishes")
        .contains("(vanishing, many-layers, activation).")
        .contains("05Linear: ");
  }

  @Test
  void theProgramWithAPomOfItsOwnCompiles(@TempDir Path folder) {
    String source = "../examples/djl/src/main/java/mine/Diagnose.java";
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, errors, errors, "-proc:none", "-d", folder.toString(), source);
    assertThat(code).as(errors.toString(StandardCharsets.UTF_8)).isZero();
  }

  private static String output(Example example) throws Exception {
    PrintStream terminal = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      example.main();
    } finally {
      System.setOut(terminal);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
