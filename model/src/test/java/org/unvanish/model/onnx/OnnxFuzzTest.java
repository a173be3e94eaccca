package org.unvanish.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphInput;
import org.unvanish.model.graph.Interpreter;
import org.unvanish.model.graph.Tensor;

/** Altered files are refused in words, or read: nothing else is thrown, and memory stays small. */
class OnnxFuzzTest {
  private static final int FILES = 2000;
  private static final Limits LIMITS = new Limits(1 << 20, 4 << 20, 1000, 20);
  private static final long MEMORY = 64L << 20;

  @TempDir Path folder;
  private final SplittableRandom random = new SplittableRandom(17);

  @Test
  void alteredFilesAreRefusedInWordsOrRead() throws IOException {
    List<byte[]> models = new ArrayList<>();
    for (String name :
        List.of(
            "cnn",
            "residual",
            "lstm_unfolded",
            "opset9",
            "batchnorm_training",
            "tf2onnx_gru",
            "skl2onnx_two",
            "dequantised",
            "external")) {
      models.add(Files.readAllBytes(Fixture.file(name + ".onnx")));
    }
    Files.copy(Fixture.file("external.bin"), folder.resolve("external.bin"));
    int refused = 0;
    for (int i = 0; i < FILES; i++) {
      byte[] bytes = altered(models.get(i % models.size()), i % 10);
      Path file = Files.write(folder.resolve("altered.onnx"), bytes);
      long before = allocated();
      try {
        compute(OnnxReader.read(file, LIMITS).graph());
      } catch (ModelRefusedException e) {
        assertThat(e.reason()).isNotBlank();
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("file " + i + " throws " + e + " at " + e.getStackTrace()[0], e);
      }
      assertThat(allocated() - before).as("bytes taken by file %d", i).isLessThan(MEMORY);
    }
    assertThat(refused).isBetween(FILES / 2, FILES - 1);
  }

  private static void compute(Graph graph) {
    Map<String, Tensor> inputs = new HashMap<>();
    for (GraphInput input : graph.inputs()) {
      long[] shape = Arrays.stream(input.shape()).map(n -> n < 0 ? 2 : n).toArray();
      int size = LIMITS.elements("input", shape);
      int[] extents = Arrays.stream(shape).mapToInt(n -> (int) n).toArray();
      inputs.put(input.name(), Tensor.of(new double[size], extents));
    }
    new Interpreter(graph, LIMITS).run(inputs);
  }

  private byte[] altered(byte[] model, int way) throws IOException {
    byte[] bytes = model.clone();
    int at = random.nextInt(bytes.length);
    switch (way) {
      case 0:
        return Arrays.copyOf(bytes, at);
      case 1:
        return Arrays.copyOfRange(bytes, at, bytes.length);
      case 2:
        Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(12)), (byte) -1);
        return bytes;
      case 3:
        int length = random.nextInt(bytes.length - at);
        System.arraycopy(model, random.nextInt(bytes.length - length), bytes, at, length);
        return bytes;
      case 4, 5, 6:
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
      default:
        ModelProto.Builder message = ModelProto.parseFrom(bytes).toBuilder();
        reshaped(message.getGraphBuilder());
        return message.build().toByteArray();
    }
  }

  /** A well-formed file whose graph is not. */
  private void reshaped(GraphProto.Builder graph) {
    NodeProto.Builder node = graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
    NodeProto other = graph.getNode(random.nextInt(graph.getNodeCount()));
    boolean reads = node.getInputCount() > 0;
    int input = reads ? random.nextInt(node.getInputCount()) : 0;
    TensorProto.Builder tensor =
        graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount()));
    switch (random.nextInt(9)) {
      case 0:
        if (reads) {
          node.setInput(input, other.getOutput(0));
        }
        break;
      case 1:
        node.setOutput(0, other.getOutput(0));
        break;
      case 2:
        node.setOpType(other.getOpType());
        break;
      case 3:
        node.clearInput();
        break;
      case 4:
        tensor.addDims(1L << random.nextInt(63));
        break;
      case 5:
        if (tensor.getDimsCount() > 0) {
          tensor.setDims(0, random.nextLong(-3, 1L << 33));
        }
        break;
      case 6:
        tensor
            .clearRawData()
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder()
                    .setKey("location")
                    .setValue(random.nextBoolean() ? "/etc/passwd" : "../../etc/passwd"));
        break;
      case 7:
        if (node.getAttributeCount() > 0) {
          AttributeProto.Builder attribute =
              node.getAttributeBuilder(random.nextInt(node.getAttributeCount()));
          attribute.setType(AttributeType.INTS).addInts(random.nextLong());
        }
        break;
      default:
        GraphProto deep = GraphProto.getDefaultInstance();
        for (int i = 0; i < 30; i++) {
          AttributeProto inner =
              AttributeProto.newBuilder().setType(AttributeType.GRAPH).setG(deep).build();
          deep =
              GraphProto.newBuilder().addNode(NodeProto.newBuilder().addAttribute(inner)).build();
        }
        node.addAttribute(AttributeProto.newBuilder().setType(AttributeType.GRAPH).setG(deep));
    }
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
