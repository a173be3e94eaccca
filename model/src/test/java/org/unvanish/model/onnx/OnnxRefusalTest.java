package org.unvanish.model.onnx;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;

/** What cannot be read is refused by its place, with the way out. */
class OnnxRefusalTest {
  @TempDir Path folder;
  private ModelProto model;

  @BeforeEach
  void parse() throws IOException {
    model = ModelProto.parseFrom(Files.readAllBytes(Fixture.file("gemm_forms.onnx")));
  }

  @Test
  void anUnknownOperatorIsRefusedByNameAndNode() throws IOException {
    refused(node(2, "Einsum", ""), "changed.onnx, node \"t\" (Einsum): the operator Einsum");
    refused(node(2, "FusedTanh", "com.microsoft"), "com.microsoft.FusedTanh", "one runtime");
    refused(node(2, "QLinearConv", ""), "QLinearConv", "before it is quantised");
    refused(node(2, "Loop", ""), "(Loop)", "without the loop around them");
    refused(node(2, "Scaler", "ai.onnx.ml"), "ai.onnx.ml.Scaler", "without what prepares");
  }

  @Test
  void aCycleIsRefusedByItsNode() throws IOException {
    ModelProto.Builder cyclic = model.toBuilder();
    cyclic.getGraphBuilder().getNodeBuilder(2).setInput(0, "y");
    refused(cyclic, "node \"t\" (Tanh): it needs what is computed of it");
    cyclic.getGraphBuilder().getNodeBuilder(2).setInput(0, "nowhere");
    refused(cyclic, "node \"t\" (Tanh): it reads \"nowhere\"");
  }

  @Test
  void namesThatAreThereTwiceAreRefused() throws IOException {
    ModelProto.Builder twice = model.toBuilder();
    twice.getGraphBuilder().getNodeBuilder(1).setOutput(0, "t");
    refused(twice, "\"t\" is there twice");
    ModelProto.Builder weights = model.toBuilder();
    weights.getGraphBuilder().addInitializer(model.getGraph().getInitializer(0));
    refused(weights, "initializer \"a\" is there twice");
  }

  @Test
  void nodesInAnyOrderAreRead() throws IOException {
    ModelProto.Builder turned = model.toBuilder();
    GraphProto.Builder graph = turned.getGraphBuilder().clearNode();
    for (int i = model.getGraph().getNodeCount() - 1; i >= 0; i--) {
      graph.addNode(model.getGraph().getNode(i));
    }
    Path file = write(turned);
    assertThatCode(() -> OnnxReader.read(file)).doesNotThrowAnyException();
  }

  @Test
  void oldVersionsAreRefusedAndNewOnesWarnedOf() throws IOException {
    refused(version(6), "of version 6, before 7", "opset_version=17");
    refused(model.toBuilder().clearOpsetImport(), "does not say of which version");
    Path file = write(version(40));
    org.assertj.core.api.Assertions.assertThat(OnnxReader.read(file).warnings())
        .anyMatch(text -> text.contains("version 40"));
  }

  @Test
  void hostileSizesAreRefusedByName() throws IOException {
    ModelProto.Builder hostile = model.toBuilder();
    TensorProto.Builder tensor = hostile.getGraphBuilder().getInitializerBuilder(0);
    tensor.setDims(0, 1L << 40);
    refused(hostile, "initializer \"a\": the shape [1099511627776, 5] is too large");
    tensor.setDims(0, 1 << 20);
    refused(hostile, "initializer \"a\": 80 bytes do not fill the shape [1048576, 5]");
    tensor.setDims(0, -4);
    refused(hostile, "negative extent");
    tensor.setDims(0, 4).setDataType(99);
    refused(hostile, "unknown type 99");
    Limits small = new Limits(100, 1 << 20, 100, 10);
    assertThatThrownBy(() -> OnnxReader.read(Fixture.file("cnn.onnx"), small))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("longer than 100 bytes");
    Limits few = new Limits(1 << 20, 1 << 20, 3, 10);
    assertThatThrownBy(() -> OnnxReader.read(Fixture.file("cnn.onnx"), few))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("3 nodes");
  }

  @Test
  void aCutFileAndOneOfSomethingElseAreRefusedByTheByte() throws IOException {
    byte[] bytes = model.toByteArray();
    refused(Arrays.copyOf(bytes, bytes.length - 20), "byte ", "longer than what is left");
    refused(
        "PK\3\4 this is a zip".getBytes(StandardCharsets.UTF_8), "byte 2: no field begins here");
    refused(new byte[0], "it has no graph");
  }

  @Test
  void externalDataStayInTheFolderOfTheModel() throws IOException {
    Path secret = Files.write(folder.resolve("secret.bin"), new byte[4096]);
    Path inner = Files.createDirectory(folder.resolve("inner"));
    for (String location :
        new String[] {"../secret.bin", secret.toString(), "a/../../secret.bin", "", "..\\x"}) {
      refusedIn(inner, external(location, "0"), "are not in the model's folder");
    }
    Files.createSymbolicLink(inner.resolve("link.bin"), secret);
    refusedIn(inner, external("link.bin", "0"), "behind a link");
    Files.createSymbolicLink(inner.resolve("up"), folder);
    refusedIn(inner, external("up/secret.bin", "0"), "behind a link");
    refusedIn(inner, external("missing.bin", "0"), "are missing");
    refusedIn(inner, external(".", "0"), "are missing");
    refusedIn(inner, external("missing.bin", "-1"), "is no number of bytes", "are missing");
    Files.write(inner.resolve("short.bin"), new byte[50]);
    refusedIn(inner, external("short.bin", "0"), "end after byte 50");
    Files.write(inner.resolve("right.bin"), new byte[100]);
    Path file =
        Files.write(inner.resolve("right.onnx"), external("right.bin", "20").build().toByteArray());
    assertThatCode(() -> OnnxReader.read(file)).doesNotThrowAnyException();
  }

  @Test
  void externalDataAreFoundHoweverThePathToTheModelIsWritten() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/deep"));
    for (Path place : new Path[] {folder, elsewhere.getParent()}) {
      Files.write(place.resolve("own.bin"), new byte[100]);
      Files.write(place.resolve("own.onnx"), external("own.bin", "0").build().toByteArray());
    }
    Files.createSymbolicLink(inner.resolve("link"), elsewhere);
    for (String path : new String[] {"./own.onnx", "inner/../own.onnx", "inner/link/../own.onnx"}) {
      assertThatCode(() -> OnnxReader.read(folder.resolve(path))).doesNotThrowAnyException();
    }
    refusedIn(
        folder.resolve("inner/.."), external("../own.bin", "0"), "are not in the model's folder");
  }

  private ModelProto.Builder external(String location, String offset) {
    ModelProto.Builder changed = model.toBuilder();
    changed
        .getGraphBuilder()
        .getInitializerBuilder(0)
        .clearRawData()
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", location))
        .addExternalData(entry("offset", offset));
    return changed;
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private ModelProto.Builder node(int index, String operator, String domain) {
    ModelProto.Builder changed = model.toBuilder();
    NodeProto.Builder node = changed.getGraphBuilder().getNodeBuilder(index);
    node.setOpType(operator).setDomain(domain);
    return changed;
  }

  private ModelProto.Builder version(long version) {
    return model.toBuilder()
        .clearOpsetImport()
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(version));
  }

  private Path write(ModelProto.Builder changed) throws IOException {
    return Files.write(folder.resolve("changed.onnx"), changed.build().toByteArray());
  }

  private void refused(ModelProto.Builder changed, String... parts) throws IOException {
    refused(changed.build().toByteArray(), parts);
  }

  private void refused(byte[] bytes, String... parts) throws IOException {
    Path file = Files.write(folder.resolve("changed.onnx"), bytes);
    assertThatThrownBy(() -> OnnxReader.read(file))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageStartingWith("changed.onnx")
        .hasMessageContainingAll(parts);
  }

  /** Refused for one of the reasons. */
  private static void refusedIn(Path folder, ModelProto.Builder changed, String... reasons)
      throws IOException {
    Path file = Files.write(folder.resolve("changed.onnx"), changed.build().toByteArray());
    assertThatThrownBy(() -> OnnxReader.read(file))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("initializer \"a\"")
        .satisfies(
            e ->
                org.assertj.core.api.Assertions.assertThat(reasons)
                    .anyMatch(reason -> e.getMessage().contains(reason)));
  }
}
