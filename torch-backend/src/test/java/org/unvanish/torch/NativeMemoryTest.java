package org.unvanish.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.loss.Loss;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.data.Dataset;
import org.unvanish.djl.GradientMonitor;
import org.unvanish.djl.PenaltyLoss;
import org.unvanish.experiment.Arm;
import org.unvanish.penalty.Penalty;
import org.unvanish.spec.ExperimentSpec;

/** What lies outside of Java's memory must not grow: no collector ever frees it. */
class NativeMemoryTest {

  private static final int STEPS = 2_000;

  /** Of code that Java compiles, and what PyTorch keeps for later; a leak would be far above it. */
  private static final long MOST_GROWTH = 48L << 20;

  private static final String BACKEND = "backend";
  private static final String MONITOR = "monitor";

  @ParameterizedTest
  @ValueSource(strings = {BACKEND, MONITOR})
  @EnabledOnOs(OS.LINUX)
  void twoThousandStepsTakeNoMoreMemoryThanTwoHundred(String whose) throws Exception {
    // Java's own heap must not grow either: it is of one size, and all in memory from the start.
    // The second compiler takes tens of megabytes at a time that depends on how busy the machine
    // is.
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-DDJL_CACHE_DIR=" + System.getProperty("DJL_CACHE_DIR"),
                "-cp",
                System.getProperty("java.class.path"),
                NativeMemoryTest.class.getName(),
                whose)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    long[] answer = Arrays.stream(output.strip().split(" ")).mapToLong(Long::parseLong).toArray();
    assertThat(answer[0]).as("bytes more").isLessThan(MOST_GROWTH);
    assertThat(answer[1]).as("arrays more").isZero();
  }

  /** Prints by how much memory and arrays have grown. */
  public static void main(String[] args) throws Exception {
    if (args[0].equals(BACKEND)) {
      backend();
    } else {
      monitor();
    }
  }

  private static void backend() throws IOException {
    ExperimentSpec spec = Specs.small("activation: tanh, penalty: {l2: 0.01}");
    Dataset data = Specs.data(spec);
    Arm arm = Specs.arms(spec).get(0);
    int[] order = IntStream.range(0, data.train().count()).toArray();
    try (NDManager manager = PyTorch.load().newManager()) {
      TorchBackend torch = new TorchBackend(arm.network(), arm.settings(), data, manager);
      int kept = manager.getManagedArrays().size();
      torch.start(new float[arm.network().parameterCount()], 1);
      steps(torch, order, 200);
      long before = residentBytes();
      steps(torch, order, STEPS);
      System.out.println(
          (residentBytes() - before) + " " + (manager.getManagedArrays().size() - kept));
    }
  }

  /** One layer has 10,000 weights, so that a copy of their gradient left a step is 80 MB. */
  private static void monitor() throws Exception {
    PyTorch.load();
    try (Model model = Model.newInstance("net");
        NDManager near = model.getNDManager().newSubManager()) {
      Block block =
          new SequentialBlock()
              .add(Linear.builder().setUnits(100).build())
              .add(Activation.tanhBlock())
              .add(Linear.builder().setUnits(3).build());
      model.setBlock(block);
      Loss loss = new PenaltyLoss(Loss.softmaxCrossEntropyLoss(), block, Penalty.l2(0.01));
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(loss).addTrainingListeners(GradientMonitor.to(epoch -> {}));
      ArrayDataset batches =
          new ArrayDataset.Builder()
              .setData(near.randomNormal(new Shape(800, 100)))
              .optLabels(near.zeros(new Shape(800)))
              .setSampling(8, false)
              .build();
      try (Trainer trainer = model.newTrainer(config)) {
        EasyTrain.fit(trainer, 2, batches, null);
        int kept = arrays(trainer);
        long before = residentBytes();
        EasyTrain.fit(trainer, STEPS / 100, batches, null);
        System.out.println((residentBytes() - before) + " " + (arrays(trainer) - kept));
      }
    }
  }

  private static int arrays(Trainer trainer) {
    return trainer.getModel().getNDManager().getManagedArrays().size()
        + trainer.getManager().getManagedArrays().size();
  }

  private static void steps(TorchBackend torch, int[] order, int steps) {
    for (int step = 0; step < steps; step++) {
      torch.gradients(order, 0, 32);
      torch.update();
      if (step % 200 == 0) {
        torch.test();
        torch.checkpoint(1);
      }
    }
  }

  private static long residentBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
        .findFirst()
        .orElseThrow();
  }
}
