package org.unvanish.model.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.unvanish.model.ImportedModel;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Graph;

/**
 * Reads ONNX files: what PyTorch's exporters, tf2onnx and skl2onnx write of networks, of opset 7
 * and newer. Nothing in a file is executed, and no file beside it is read that is not in its
 * folder.
 *
 * <p>Outputs that hold labels and not numbers are left out, with what only they need.
 *
 * @since 0.1
 */
public final class OnnxReader {
  /** What a file may have and still be one message: protobuf counts bytes by 32 bits. */
  private static final long LONGEST_MESSAGE = Integer.MAX_VALUE - 8L;

  private OnnxReader() {}

  /**
   * Reads a file.
   *
   * @throws ModelRefusedException if it is no ONNX model, is damaged, or has what Unvanish does not
   *     know; names the file and the node or byte
   * @throws IOException if it cannot be read
   */
  public static ImportedModel read(Path file) throws IOException {
    return read(file, Limits.DEFAULT);
  }

  /**
   * Reads a file within limits; otherwise as {@link #read(Path)}.
   *
   * @param limits how large the model may be
   */
  public static ImportedModel read(Path file, Limits limits) throws IOException {
    try {
      byte[] bytes = bytes(file, limits);
      WireCheck.check(bytes, ModelProto.getDescriptor(), limits);
      ModelProto model = parsed(bytes, limits);
      List<String> warnings = new ArrayList<>();
      OnnxTensors tensors = new OnnxTensors(new ExternalFiles(file, bytes.length, limits), limits);
      Graph graph = new OnnxGraphs(model, tensors, limits, warnings).graph();
      OnnxWarnings.add(model, graph, warnings);
      String producer = (model.getProducerName() + " " + model.getProducerVersion()).strip();
      return new ImportedModel(graph, "ONNX", producer, warnings);
    } catch (ModelRefusedException e) {
      throw e.in(String.valueOf(file.getFileName()));
    }
  }

  private static byte[] bytes(Path file, Limits limits) throws IOException {
    long longest = Math.min(limits.fileBytes(), LONGEST_MESSAGE);
    // The file may grow while it is read: what is taken is capped, and not only its size asked for.
    try (InputStream in = Files.newInputStream(file)) {
      if (Files.size(file) <= longest) {
        byte[] bytes = in.readNBytes((int) longest);
        if (in.read() < 0) {
          return bytes;
        }
      }
    }
    throw new ModelRefusedException(
        "",
        "the file is longer than " + longest + " bytes",
        "Save it with external data: onnx.save(model, path, save_as_external_data=True).");
  }

  private static ModelProto parsed(byte[] bytes, Limits limits) {
    ModelProto model;
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      in.enableAliasing(true);
      in.setRecursionLimit(limits.depth() + 2);
      model = ModelProto.parseFrom(in);
    } catch (IOException e) {
      throw new ModelRefusedException(
          "", "it is not an ONNX model: " + e.getMessage(), "Export or copy it again.");
    }
    if (!model.hasGraph() || model.getGraph().getOutputCount() == 0) {
      throw new ModelRefusedException(
          "",
          model.getGraph().getNodeCount() == 0
              ? "it is not an ONNX model: it has no graph"
              : "its graph has no outputs",
          "Export the model again.");
    }
    return model;
  }
}
