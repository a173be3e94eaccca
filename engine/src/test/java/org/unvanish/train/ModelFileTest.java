package org.unvanish.train;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unvanish.activation.ActivationFunction.ARCTAN;
import static org.unvanish.activation.ActivationFunction.SOFTSIGN;
import static org.unvanish.activation.ActivationFunction.TANH;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.activation.Activation;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;

/** Models in files: byte by byte as the format says, and nothing that is damaged gets in. */
class ModelFileTest {

  private static final String SEAL =
      "4a806a58842f6482aaea310db87c078722dd19aefea421a0fae2f64fdab180eb";

  @TempDir private Path folder;

  /** One input, one unit with a learned α, two classes: every number is written by hand below. */
  private static Model small() {
    Network network =
        Network.builder(Shape.flat(1))
            .layer(new Dense(1, false))
            .activation(Activation.learned(TANH, 2))
            .dense(2)
            .build();
    return new Model(
        network,
        List.of(new ChannelScaling(3, 0.5)),
        List.of("no", "\"yes\""),
        0.5,
        new float[] {1.5f, 2, -1, 0.25f, 0, 8},
        new TrainingHistory(List.of()));
  }

  private static byte[] smallBytes(String seal) {
    String sealed = seal.isEmpty() ? "" : ",\"sha256\":\"" + seal + "\"";
    String header =
        "{\"__metadata__\":{\"unvanish-model\":\"1\",\"network\":\"{\\\"input\\\":[1,1,1],\\\"layers\\\":["
            + "{\\\"kind\\\":\\\"dense\\\",\\\"units\\\":1,\\\"bias\\\":false},"
            + "{\\\"kind\\\":\\\"activated\\\",\\\"function\\\":\\\"tanh\\\",\\\"learned-alpha\\\":2.0},"
            + "{\\\"kind\\\":\\\"dense\\\",\\\"units\\\":2,\\\"bias\\\":true}]}\","
            + "\"classes\":\"[\\\"no\\\",\\\"\\\\\\\"yes\\\\\\\"\\\"]\""
            + sealed
            + "},"
            + "\"input/mean\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + "\"input/deviation\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[8,16]},"
            + "\"dense1/weights\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[16,20]},"
            + "\"activation1/alpha\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[20,24]},"
            + "\"dense2/weights\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[24,32]},"
            + "\"dense2/bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[32,40]}}";
    return file(header, 3.0, 0.5, 1.5f, 2f, -1f, 0.25f, 0f, 8f);
  }

  /** Header, padded, with its length before it, and numbers behind it. */
  private static byte[] file(String header, Number... values) {
    String padded = header + " ".repeat(Math.floorMod(-header.getBytes(UTF_8).length, 8));
    byte[] text = padded.getBytes(UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + 8 * values.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text);
    for (Number value : values) {
      if (value instanceof Double) {
        bytes.putDouble(value.doubleValue());
      } else {
        bytes.putFloat(value.floatValue());
      }
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private Path written(byte[] content) throws IOException {
    return Files.write(folder.resolve("made.safetensors"), content);
  }

  private static Network allKinds() {
    return Network.builder(new Shape(3, 32, 32))
        .layer(new Convolution(3, 4, true))
        .activation(TANH.scaled(1.7))
        .averagePooling(2)
        .layer(new SeparableConvolution(3, 5, true))
        .activation(Activation.naive(ARCTAN, 0.1))
        .maxPooling(4)
        .dense(6)
        .activation(Activation.learned(SOFTSIGN, 1.25))
        .dense(10)
        .build();
  }

  @Test
  void aModelIsWrittenByteByByteAsTheFormatSays() throws IOException {
    Path file = folder.resolve("small.safetensors");
    small().save(file);
    assertThat(Files.readString(file, ISO_8859_1))
        .isEqualTo(new String(smallBytes(SEAL), ISO_8859_1));
  }

  @Test
  void aFileThatSomebodyElseWroteInThisFormIsRead() throws IOException {
    Model model = Model.load(written(smallBytes("")));
    assertThat(model.network()).isEqualTo(small().network());
    assertThat(model.classes()).containsExactly("no", "\"yes\"");
    assertThat(model.parameters()).containsExactly(1.5f, 2, -1, 0.25f, 0, 8);
    assertThat(model.history().epochs()).isEmpty();
    assertThatThrownBy(() -> model.history().last()).hasMessageContaining("keeps no history");
  }

  @Test
  void aModelPredictsTheSameBitsAfterwards() throws IOException {
    Dataset data = SyntheticImages.draw(1, 60, 40);
    Model model = Training.of(allKinds()).epochs(1).scaling(PixelScaling.STANDARDISED).run(data);
    Path file = folder.resolve("all.safetensors");
    model.save(file);
    Model loaded = Model.load(file);
    assertThat(loaded.network()).isEqualTo(model.network());
    assertThat(loaded.classes()).isEqualTo(model.classes());
    assertThat(loaded.parameters()).isEqualTo(model.parameters());
    assertThat(loaded.outputs(data.test())).isDeepEqualTo(model.outputs(data.test()));
    Path again = folder.resolve("again.safetensors");
    loaded.save(again);
    assertThat(again).hasSameBinaryContentAs(file);
  }

  @Test
  void aNetworkOfAllKindsReadsBack() {
    assertThat(NetworkForm.read(NetworkForm.write(allKinds()))).isEqualTo(allKinds());
  }

  @Test
  void anyBitThatIsWrongAndAnyByteThatIsMissingIsFound() throws IOException {
    Path file = folder.resolve("small.safetensors");
    small().save(file);
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= (byte) (1 << i % 8);
      assertRefused(bad);
      assertRefused(Arrays.copyOf(good, i));
    }
    assertRefused(Arrays.copyOf(good, good.length + 1));
  }

  @Test
  void noHeaderWhateverItSaysDoesMoreThanBeRefused() throws IOException {
    byte[] good = smallBytes("");
    Random random = new Random(5);
    byte[] signs = "{}[]\",:\\0123456789-.eE truefalsn".getBytes(UTF_8);
    int refused = 0;
    for (int round = 0; round < 3000; round++) {
      byte[] bad = good.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        bad[8 + random.nextInt(good.length - 48)] = signs[random.nextInt(signs.length)];
      }
      try {
        Model.load(written(bad));
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("made.safetensors");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(2000);
  }

  private void assertRefused(byte[] content) throws IOException {
    Path file = written(content);
    assertThatThrownBy(() -> Model.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("made.safetensors");
  }

  @Test
  void aRefusalNamesPlaceAndReason() throws IOException {
    assertThatThrownBy(() -> Model.load(written(new byte[3])))
        .hasMessageEndingWith("made.safetensors, it has 3 bytes, too few for a header");
    byte[] endless = {-1, -1, -1, -1, -1, -1, -1, -1};
    assertThatThrownBy(() -> Model.load(written(endless)))
        .hasMessageEndingWith(
            "header: its length is said to be 18446744073709551615 bytes, which does not fit a file of 8 bytes");
    assertThatThrownBy(() -> Model.load(written(file("{\"a\":}"))))
        .hasMessageEndingWith("header: character 6: a value was expected");
    assertThatThrownBy(() -> Model.load(written(file("{\"a\":{},\"a\":{}}"))))
        .hasMessageEndingWith("header: character 15: \"a\" is there twice");
    assertThatThrownBy(() -> Model.load(written(file("[".repeat(100_000)))))
        .hasMessageEndingWith("it is nested too deeply");
    assertThatThrownBy(() -> Model.load(written(file(tensor("F8_E5M2", "[4]", "[0,4]"), 1f))))
        .hasMessageEndingWith(
            "header, tensor \"a\": its dtype is F8_E5M2, but only [F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL] are read");
    assertThatThrownBy(() -> Model.load(written(file(tensor("F32", "[2]", "[0,4]"), 1f))))
        .hasMessageEndingWith(
            "header, tensor \"a\": its place, bytes 0 to 4, does not fit F32 of shape [2]");
    assertThatThrownBy(
            () ->
                Model.load(written(file(tensor("F32", "[3037000500,3037000500,8]", "[0,4]"), 1f))))
        .hasMessageEndingWith("header, tensor \"a\": long overflow");
    assertThatThrownBy(() -> Model.load(written(file(tensor("F32", "[1]", "[4,8]"), 1f, 1f))))
        .hasMessageEndingWith("header: tensors overlap or leave a gap at byte 0 of the values");
    assertThatThrownBy(() -> Model.load(written(file(tensor("F32", "[1]", "[0,4]"), 1f, 1f))))
        .hasMessageContaining("the tensors have 4 bytes, but 8 follow the header");
    assertThatThrownBy(() -> Model.load(written(file(tensor("F32", "[1]", "[0,4]"), 1f))))
        .hasMessageContaining("has tensors, but no network");
  }

  private static String tensor(String type, String shape, String offsets) {
    return "{\"a\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}"
        .formatted(type, shape, offsets);
  }

  @Test
  void whatDoesNotFitTheNetworkIsRefusedByName() throws IOException {
    assertThatThrownBy(() -> Model.load(changed("\\\"units\\\":2", "\\\"units\\\":3")))
        .hasMessageEndingWith(
            "metadata, classes: there must be 3 names, or none where numbers are predicted");
    assertThatThrownBy(() -> Model.load(changed("\\\"units\\\":1,", "\\\"units\\\":200000000,")))
        .hasMessageEndingWith(
            "tensor \"dense1/weights\" must be F32 of shape [200000000, 1], but is F32 of shape [1, 1]");
    String dense =
        "[1,1,1],\\\"layers\\\":[{\\\"kind\\\":\\\"dense\\\",\\\"units\\\":1,\\\"bias\\\":false},";
    String gru =
        "[1,5,1],\\\"layers\\\":[{\\\"kind\\\":\\\"gru\\\",\\\"units\\\":1000000000,\\\"function\\\":\\\"tanh\\\",\\\"alpha\\\":1.0,"
            + "\\\"gates\\\":\\\"logistic\\\",\\\"output\\\":\\\"last\\\",\\\"direction\\\":\\\"forward\\\",\\\"bias\\\":true,\\\"truncate\\\":0},";
    assertThatThrownBy(() -> Model.load(changed(dense, gru)))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith(
            "metadata, network: layer 1, gru, has more values than an array holds");
    assertThatThrownBy(() -> Model.load(changed("\\\"tanh\\\"", "\\\"sinus\\\"")))
        .hasMessageEndingWith(
            "metadata, network: layer 2: there is no activation function \"sinus\"");
    assertThatThrownBy(() -> Model.load(changed("\\\"bias\\\":true", "\\\"bias\\\":1")))
        .hasMessageEndingWith("layer 3: \"bias\" must be true or false, but is 1");
    assertThatThrownBy(
            () -> Model.load(changed("\"unvanish-model\":\"1\"", "\"unvanish-model\":\"2\"")))
        .hasMessageContaining("has form 2, but this version of Unvanish reads form 1");
    assertThatThrownBy(() -> Model.load(changed("\"classes\":", "\"author\":\"I\",\"classes\":")))
        .hasMessageEndingWith("metadata: \"author\" is not known");
    assertThatThrownBy(() -> Model.load(changed("dense2/bias", "dense2/bia2")))
        .hasMessageEndingWith("tensor \"dense2/bias\" is missing");
  }

  private Path changed(String from, String to) throws IOException {
    String text = new String(smallBytes(""), ISO_8859_1);
    assertThat(text).contains(from);
    int length = (int) ByteBuffer.wrap(smallBytes("")).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return written(
        file(
            text.substring(8, 8 + length).replace(from, to),
            3.0,
            0.5,
            1.5f,
            2f,
            -1f,
            0.25f,
            0f,
            8f));
  }

  @Test
  void onlyWhatUnvanishWroteIsReplaced() throws IOException {
    Path file = folder.resolve("model.safetensors");
    small().save(file);
    small().save(file);
    byte[] others = smallBytes("");
    Files.write(file, others);
    assertThatThrownBy(() -> small().save(file)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasBinaryContent(others);
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("elsewhere"));
    assertThatThrownBy(() -> small().save(link)).isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> small().save(folder.resolve("none/model")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("there is no folder");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(file, link);
    }
  }
}
