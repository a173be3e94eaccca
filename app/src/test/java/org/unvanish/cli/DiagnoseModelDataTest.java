package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphInput;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;
import org.unvanish.model.onnx.OnnxWriter;

/** Models with the data of their users, from file to text. */
class DiagnoseModelDataTest {

  private static final int SAMPLES = 40;
  private static final int CLASSES = 3;

  @TempDir private Path folder;
  private Terminal terminal;

  @BeforeEach
  void terminal() {
    terminal = new Terminal(folder.resolve("cache"));
  }

  private static Tensor weights(int seed, int... shape) {
    Random random = new Random(seed);
    double[] values = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.setAll(values, i -> (float) (0.3 * random.nextGaussian()));
    return Tensor.of(values, shape);
  }

  private static Node node(String operator, String output, Attributes attributes, String... in) {
    return new Node(output, operator, List.of(in), List.of(output), attributes);
  }

  private Path model(long[] shape, Map<String, Tensor> constants, Node... nodes)
      throws IOException {
    Graph graph =
        new Graph(
            List.of(new GraphInput("pixels", shape)),
            constants,
            List.of(nodes),
            List.of(nodes[nodes.length - 1].outputs().get(0)));
    return Files.write(folder.resolve("model.onnx"), OnnxWriter.bytes(graph));
  }

  /** Of so many features, with a hidden logistic layer. */
  private Path mlp(int features, int outputs) throws IOException {
    return model(
        new long[] {-1, features},
        new LinkedHashMap<>(Map.of("w1", weights(1, features, 8), "w2", weights(2, 8, outputs))),
        node("MatMul", "hidden", Attributes.NONE, "pixels", "w1"),
        node("Sigmoid", "active", Attributes.NONE, "hidden"),
        node("MatMul", "logits", Attributes.NONE, "active", "w2"));
  }

  /** Of colour images of 6×5, channels first or last. */
  private Path cnn(boolean last) throws IOException {
    Node convolution =
        node("Conv", "features", Attributes.NONE, last ? "turned" : "pixels", "kernel");
    Node[] rest = {
      convolution,
      node("Tanh", "active", Attributes.NONE, "features"),
      node("Flatten", "flat", Attributes.NONE, "active"),
      node("MatMul", "logits", Attributes.NONE, "flat", "w")
    };
    Node[] turned = new Node[rest.length + 1];
    turned[0] =
        node(
            "Transpose", "turned", Attributes.NONE.with("perm", List.of(0L, 3L, 1L, 2L)), "pixels");
    System.arraycopy(rest, 0, turned, 1, rest.length);
    return model(
        last ? new long[] {-1, 6, 5, 3} : new long[] {-1, 3, 6, 5},
        Map.of("kernel", weights(1, 4, 3, 3, 3), "w", weights(2, 4 * 4 * 3, CLASSES)),
        last ? turned : rest);
  }

  private static byte[] npy(String type, int[] shape, double... values) {
    StringBuilder extents = new StringBuilder();
    Arrays.stream(shape).forEach(extent -> extents.append(extent).append(", "));
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }\n".formatted(type, extents);
    boolean bytes = type.equals("|u1");
    ByteBuffer out =
        ByteBuffer.allocate(10 + header.length() + (bytes ? 1 : 4) * values.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
    for (double value : values) {
      if (bytes) {
        out.put((byte) (int) value);
      } else if (type.equals("<f4")) {
        out.putFloat((float) value);
      } else {
        out.putInt((int) value);
      }
    }
    return out.array();
  }

  private static byte[] inputs(String type, int... sample) {
    int[] shape = new int[sample.length + 1];
    shape[0] = SAMPLES;
    System.arraycopy(sample, 0, shape, 1, sample.length);
    Random random = new Random(7);
    double[] values = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.setAll(values, i -> type.equals("|u1") ? random.nextInt(256) : random.nextGaussian());
    return npy(type, shape, values);
  }

  private static byte[] labels() {
    double[] labels = new double[SAMPLES];
    Arrays.setAll(labels, i -> i % CLASSES);
    return npy("<i4", new int[] {SAMPLES}, labels);
  }

  private Path npz(byte[] x, byte[] y) throws IOException {
    Path file = folder.resolve("own.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write(x);
      zip.putNextEntry(new ZipEntry("y.npy"));
      zip.write(y);
    }
    return file;
  }

  private String diagnosed(Path model, Path data, String... more) {
    String[] command = {"diagnose", model.toString(), "--data", data.toString()};
    String[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    assertThat(terminal.execute(all)).as(terminal.err()).isZero();
    assertThat(terminal.out()).contains("model.onnx (ONNX", "The gradient at the file's weights");
    return terminal.out();
  }

  private void refused(Path model, Path data, String... parts) {
    assertThat(terminal.execute("diagnose", model.toString(), "--data", data.toString()))
        .isEqualTo(1);
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err()).contains(parts).contains(data.getFileName().toString());
  }

  @Test
  void aTableIsReadAsRowsOfNumbers() throws IOException {
    StringBuilder csv = new StringBuilder("a,b,label\n");
    Random random = new Random(3);
    for (int i = 0; i < SAMPLES; i++) {
      csv.append(
          String.format(
              Locale.ROOT, "%.3f,%.3f,c%d%n", random.nextGaussian(), random.nextDouble(), i % 3));
    }
    Path data = Files.writeString(folder.resolve("own.csv"), csv);
    assertThat(diagnosed(mlp(2, CLASSES), data)).contains("with own.csv (csv)");
    refused(
        mlp(4, CLASSES),
        data,
        "samples are of 2, but the model's input \"pixels\" reads 4 for each sample");
  }

  @Test
  void imagesReachModelsWithChannelsInFrontAndBehind() throws IOException {
    Random random = new Random(5);
    for (int i = 0; i < SAMPLES; i++) {
      Path file = folder.resolve("images").resolve("c" + i % CLASSES).resolve(i + ".png");
      Files.createDirectories(file.getParent());
      BufferedImage image = new BufferedImage(5, 6, BufferedImage.TYPE_INT_RGB);
      for (int k = 0; k < 30; k++) {
        image.setRGB(k % 5, k / 5, random.nextInt(1 << 24));
      }
      ImageIO.write(image, "png", file.toFile());
    }
    Path data = folder.resolve("images");
    String first = diagnosed(cnn(false), data);
    String last = diagnosed(cnn(true), data);
    assertThat(first).contains("with images (images)");
    assertThat(numbers(last)).isEqualTo(numbers(first));
    refused(mlp(91, CLASSES), data, "samples are of 3×6×5, but", "\"pixels\" reads 91");
  }

  /** What becomes of the gradient in each layer. */
  private static String numbers(String text) {
    return text.substring(text.indexOf("\nlayer "), text.indexOf("\n--verbose"));
  }

  @Test
  void idxFilesAreReadAsImagesAndAsRows() throws IOException {
    for (String part : List.of("train", "t10k")) {
      ByteBuffer images = ByteBuffer.allocate(16 + SAMPLES * 30);
      images.putInt(0x803).putInt(SAMPLES).putInt(6).putInt(5);
      ByteBuffer labels = ByteBuffer.allocate(8 + SAMPLES).putInt(0x801).putInt(SAMPLES);
      Random random = new Random(9);
      for (int i = 0; i < SAMPLES; i++) {
        byte[] pixels = new byte[30];
        random.nextBytes(pixels);
        images.put(pixels);
        labels.put((byte) (i % CLASSES));
      }
      Path data = Files.createDirectories(folder.resolve("idx"));
      Files.write(data.resolve(part + "-images-idx3-ubyte"), images.array());
      Files.write(data.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }
    assertThat(diagnosed(mlp(30, CLASSES), folder.resolve("idx"))).contains("with idx (idx)");
  }

  @Test
  void arraysAreReadInTheModelsOwnShape() throws IOException {
    Path data = npz(inputs("<f4", 6, 5, 3), labels());
    assertThat(diagnosed(cnn(true), data)).contains("with own.npz");
    refused(
        cnn(false),
        data,
        "shape 40×6×5×3, samples first, but the model's input \"pixels\" reads 3×6×5 for each sample",
        "Save the samples in that shape");
  }

  @Test
  void pixelsOfBytesAreScaledAsThoseOfImagesAre() throws IOException {
    Path data = npz(inputs("|u1", 3, 6, 5), labels());
    String usual = numbers(diagnosed(cnn(false), data));
    assertThat(numbers(diagnosed(cnn(false), data, "--input-scaling", "unit"))).isEqualTo(usual);
    assertThat(numbers(diagnosed(cnn(false), data, "--input-scaling", "raw"))).isNotEqualTo(usual);
    assertThat(numbers(diagnosed(cnn(false), data, "--input-scaling", "standardised")))
        .isNotEqualTo(usual);
  }

  @Test
  void inputsAndTargetsMayBeTwoFiles() throws IOException {
    Path x = Files.write(folder.resolve("x.npy"), inputs("<f4", 4));
    Path y = Files.write(folder.resolve("y.npy"), labels());
    assertThat(diagnosed(mlp(4, CLASSES), x, "--targets", y.toString())).contains("with x.npy");
    assertThat(diagnosed(mlp(4, CLASSES), x)).contains("the error signal is random");
    assertThat(diagnosed(mlp(4, CLASSES), npz(inputs("<f4", 4), labels()))).contains("own.npz");
  }

  @Test
  void targetsMustFitTheOutputs() throws IOException {
    Path classes = npz(inputs("<f4", 4), labels());
    refused(
        mlp(4, 2),
        classes,
        "the data have 3 classes, but the model's output \"logits\" has 2 numbers for each sample");
    assertThat(diagnosed(mlp(4, CLASSES + 2), classes)).contains("own.npz");
    Path numbers = npz(inputs("<f4", 4), inputs("<f4", 2));
    refused(mlp(4, 3), numbers, "the data have 2 numeric targets", "\"logits\" has 3 numbers");
    assertThat(diagnosed(mlp(4, 2), numbers)).contains("own.npz");
    Path fewer = npz(inputs("<f4", 4), npy("<i4", new int[] {2}, 0, 1));
    refused(mlp(4, 2), fewer, "has 40 samples (shape 40×4), but", "has the shape 2");
    Path unknown = npz(inputs("<f4", 4), npy("<f4", new int[] {40}, filled(Double.NaN)));
    refused(mlp(4, 1), unknown, "array \"y\", has the value NaN in sample 0");
  }

  private static double[] filled(double value) {
    double[] values = new double[SAMPLES];
    Arrays.fill(values, value);
    return values;
  }

  @Test
  void noDataAreStandardNormalOnesAndSayIt() throws IOException {
    assertThat(terminal.execute("diagnose", mlp(4, 2).toString(), "--data", "none")).isZero();
    assertThat(terminal.out().replace('\n', ' '))
        .contains("with standard normal inputs and a random error signal", "about a loss");
  }

  /** A network of rows and columns that its file leaves open, up to the last layer. */
  private Path open() throws IOException {
    return model(
        new long[] {-1, 3, -1, -1},
        Map.of("kernel", weights(1, 4, 3, 3, 3), "w", weights(2, 4 * 4 * 3, CLASSES)),
        node("Conv", "features", Attributes.NONE, "pixels", "kernel"),
        node("Tanh", "active", Attributes.NONE, "features"),
        node("Flatten", "flat", Attributes.NONE, "active"),
        node("MatMul", "logits", Attributes.NONE, "flat", "w"));
  }

  @Test
  void anOpenShapeIsAskedForUnlessTheDataHaveIt() throws IOException {
    Path model = open();
    assertThat(terminal.execute("diagnose", model.toString())).isEqualTo(1);
    assertThat(terminal.err())
        .contains("\"logits\" (MatMul)", "samples of 3×16×16", "\"pixels\" reads (3×?×?")
        .contains("--input-shape 3x32x32")
        .doesNotContain("dynamic_axes");
    assertThat(terminal.execute("diagnose", model.toString(), "--input-shape", "3x6x5")).isZero();
    assertThat(diagnosed(model, npz(inputs("<f4", 3, 6, 5), labels()))).contains("own.npz");
    assertThat(terminal.execute("diagnose", model.toString(), "--input-shape", "3x8x8"))
        .isEqualTo(1);
    assertThat(terminal.err()).contains("samples of 3×8×8", "that the model was made for");
    assertThat(terminal.execute("diagnose", model.toString(), "--input-shape", "1x6x5"))
        .isEqualTo(1);
    assertThat(terminal.err()).contains("the given shape: it says 1×6×5, but", "reads 3×?×?");
    assertThat(terminal.execute("diagnose", model.toString(), "--input-shape", "3x9999999x9999999"))
        .isEqualTo(1);
    assertThat(terminal.err()).contains("[3, 9999999, 9999999] is too large");
    assertThat(terminal.execute("diagnose", model.toString(), "--input-shape", "three"))
        .isEqualTo(2);
    assertThat(terminal.err()).contains("such as 3x32x32, but is 'three'");
  }

  @Test
  void aSpecTakesTheSameArrays() throws IOException {
    Path data = npz(inputs("<f4", 4), labels());
    Path spec =
        Files.writeString(
            folder.resolve("own.yaml"),
            """
            name: own
            data: %s
            network:
              - dense: 8
              - activation
              - dense: classes
            defaults: {activation: tanh, epochs: 1, seeds: 1, batch-size: 8}
            arms: [{name: tanh}]
            """
                .formatted(data));
    assertThat(terminal.execute("diagnose", spec.toString())).as(terminal.err()).isZero();
    assertThat(terminal.out()).contains("own.npz");
  }
}
