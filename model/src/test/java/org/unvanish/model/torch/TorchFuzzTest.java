package org.unvanish.model.torch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;

/** Damaged and hostile files: each is refused, or is a model. Nothing else happens. */
class TorchFuzzTest {

  private static final int EACH = 200;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlp.pt",
        "mlp-legacy.pt",
        "mlp-protocol4.pt",
        "cnn.pt",
        "lstm.pt",
        "checkpoint.pt",
        "types.pt",
        "net.safetensors",
        "types.safetensors"
      })
  void anAlteredFileIsRefusedOrIsAModel(String name) throws IOException {
    byte[] whole = Files.readAllBytes(Fixture.file(name));
    Random random = new Random(name.hashCode());
    int refused = 0;
    for (int i = 0; i < EACH; i++) {
      byte[] altered = whole.clone();
      switch (i % 4) {
        case 0 -> altered = Arrays.copyOf(whole, random.nextInt(whole.length));
        case 1 -> altered[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
        case 2 -> {
          for (int k = 0; k < 8; k++) {
            altered[random.nextInt(whole.length)] = (byte) random.nextInt();
          }
        }
        default -> {
          // A number that may be a size becomes a huge one.
          int at = random.nextInt(whole.length - 4);
          ByteBuffer.wrap(altered)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(at, -1 >>> random.nextInt(3));
        }
      }
      refused += isRefused(altered) ? 1 : 0;
    }
    assertThat(refused).as("of " + EACH).isGreaterThan(EACH / 4);
  }

  /** Both readers must end well. */
  private boolean isRefused(byte[] content) throws IOException {
    Path file = folder.resolve("altered");
    Files.write(file, content);
    boolean refused = false;
    try {
      NamedWeights.read(file, Limits.DEFAULT);
    } catch (ModelRefusedException e) {
      assertThat(e.getMessage()).contains(file.toString());
      refused = true;
    }
    try {
      TorchReader.read(file, Limits.DEFAULT);
    } catch (ModelRefusedException e) {
      assertThat(e.getMessage()).contains(file.toString());
    }
    return refused;
  }

  private Path archive(byte[] pickle) throws IOException {
    Path file = folder.resolve("bomb.pt");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      ZipEntry entry = new ZipEntry("bomb/data.pkl");
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(pickle.length);
      CRC32 crc = new CRC32();
      crc.update(pickle);
      entry.setCrc(crc.getValue());
      zip.putNextEntry(entry);
      zip.write(pickle);
    }
    return file;
  }

  private void assertRefused(String pickle, String message) throws IOException {
    byte[] bytes = ("\u0080\u0002" + pickle).getBytes(ISO_8859_1);
    Path file = archive(bytes);
    assertThatThrownBy(() -> NamedWeights.read(file, Limits.DEFAULT))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("bomb.pt")
        .hasMessageContaining(message);
    assertThatThrownBy(() -> TorchReader.read(file, Limits.DEFAULT))
        .isInstanceOf(ModelRefusedException.class);
  }

  @Test
  void aCallThatDoesHarmIsRefused() throws IOException {
    String command = "U\u0004true";
    assertRefused("cos\nsystem\n" + command + "\u0085R.", "data.pkl, byte 21: it calls os.system");
    assertRefused("cnt\nsystem\n" + command + "\u0085R.", "it calls nt.system");
    assertRefused("cbuiltins\neval\n" + command + "\u0085R.", "it calls builtins.eval");
    assertRefused("csubprocess\nPopen\n" + command + "\u0085\u0081.", "it calls subprocess.Popen");
    // One call inside another, as of a tensor's subclass.
    assertRefused(
        "ctorch._tensor\n_rebuild_from_type_v2\n(cos\nsystem\nN" + command + "\u0085NtR.",
        "it calls os.system");
  }

  /** It is a name and stays one. */
  @Test
  void aNameAloneIsNoModel() throws IOException {
    assertRefused("cos\nsystem\n.", "it has no weights by their names, but os.system");
  }

  @Test
  void whatIsNestedDeeplyIsReadWithoutRecursion() throws IOException {
    assertRefused("]".repeat(500_000) + "a".repeat(499_999) + ".", "but a list of 1");
    assertRefused("(".repeat(3_000_000), "more than 2000000 values");
    assertRefused("N" + "\u0085".repeat(100_000) + ".", "but a list of 1");
  }

  @Test
  void aModuleInItselfIsRefused() throws IOException {
    String sequential = "ctorch.nn.modules.container\nSequential\n)\u0081q\u0000";
    // {"_modules": {"0": itself}}
    assertRefused(
        sequential + "}U\u0008_modules}U\u00010h\u0000ssb.", "more than 64 one in another");
  }

  /** Two references each: 2^40 modules of 40 objects. */
  @Test
  void modulesThatAreSharedOverAndOverAreCounted() throws IOException {
    StringBuilder pickle = new StringBuilder();
    String make = "ctorch.nn.modules.container\nSequential\n)\u0081";
    for (int i = 0; i <= 40; i++) {
      String inner =
          i == 0 ? "" : "U\u00010h" + (char) (i - 1) + "sU\u00011h" + (char) (i - 1) + "s";
      pickle.append(make).append('q').append((char) i);
      pickle.append("}U\u0008_modules}").append(inner).append("sb");
    }
    assertRefused(pickle + ".", "the model has too many modules");
  }

  @Test
  void memoryGrowsWithTheFileOnly() throws IOException {
    assertRefused("X\u00ff\u00ff\u00ff\u007f.", "2147483647 bytes are said to follow");
    assertRefused(
        "\u008d" + "\u00ff".repeat(8) + ".", "18446744073709551615 bytes are said to follow");
    assertRefused("X\u00ff\u00ff\u00ff\u0002.", "it ends too early");
    assertRefused("r\u00ff\u00ff\u00ff\u00ff.", "takes a value where there is none");
    assertRefused("N" + "\u0094".repeat(2_100_000) + ".", "more than 2000000 values");
    assertRefused("}".repeat(2_100_000) + ".", "more than 2000000 values");
    assertRefused("h\u0007.", "recalls value 7, which is not there");
  }

  /** Each copy of a large list would take a few bytes of the file. */
  @Test
  void whatCallsReadIsCounted() throws IOException {
    String list = "](" + "N".repeat(100_000) + "e" + "q\u0000";
    String copy = "cbuiltins\nset\nh\u0000\u0085R";
    assertRefused(list + copy.repeat(100) + ".", "more than 2000000 values");
  }

  @Test
  void aListInItselfIsNoTrouble() throws IOException {
    assertRefused("]q\u0000h\u0000a.", "but a list of 1");
    assertRefused("}q\u0000h\u0000Nsh\u0000h\u0000s.", "but a dictionary of");
  }

  @Test
  void operationsThatAreNotReadAreRefusedByTheirByte() throws IOException {
    for (char operation : "PiolpgdSVIFL\u0082\u0083\u0084\u0097\u0098\u008b2~".toCharArray()) {
      assertRefused(
          "N" + operation + "0\n1\n.",
          "data.pkl, byte 4: the pickle has an operation 0x%02x that is not read"
              .formatted((int) operation));
    }
    assertRefused("\u0080\u0006N.", "the pickle has protocol 6");
  }

  private static String tensor(String storage, String offset, String shape, String strides) {
    return "}U\u0001w"
        + "ctorch._utils\n_rebuild_tensor_v2\n((U\u0007storagectorch\n"
        + storage
        + "tQ"
        + offset
        + shape
        + strides
        + "tRs.";
  }

  @Test
  void aTensorThatIsNotInTheFileIsRefusedBeforeMemoryIsTaken() throws IOException {
    String four = "FloatStorage\nU\u00010U\u0003cpuK\u0004";
    String huge = "FloatStorage\nU\u00010U\u0003cpuJ\u0000\u0000\u0000\u0010";
    assertRefused(
        tensor(four, "K\u0000", "K\u0004\u0085", "K\u0001\u0085"), "data/0: it is missing");
    assertRefused(
        tensor(huge, "K\u0000", "J\u0000\u0000\u0000\u0010\u0085", "K\u0001\u0085"),
        "which a file of its size has not");
    assertRefused(
        tensor(four, "K\u0002", "K\u0004\u0085", "K\u0001\u0085"),
        "do not fit a storage of 4 numbers");
    assertRefused(
        tensor(four, "K\u0000", "K\u0005\u0085", "K\u0000\u0085"),
        "do not fit a storage of 4 numbers");
    assertRefused(
        tensor(
            four,
            "K\u0000",
            "K\u0002\u0085",
            "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f\u0085"),
        "do not fit a storage of 4 numbers");
    assertRefused(
        tensor(four, "J\u00ff\u00ff\u00ff\u00ff", "K\u0002\u0085", "K\u0001\u0085"),
        "do not fit a storage");
    assertRefused(
        tensor(
            "QInt8Storage\nU\u00010U\u0003cpuK\u0004", "K\u0000", "K\u0004\u0085", "K\u0001\u0085"),
        "its numbers are of the type QInt8Storage, which is not read");
  }

  @Test
  void aCompressedEntryIsRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("bomb/data.pkl"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 100; i++) {
        zip.write(zeros);
      }
    }
    Path file = folder.resolve("bomb.pt");
    Files.write(file, bytes.toByteArray());
    assertThatThrownBy(() -> TorchReader.read(file, Limits.DEFAULT))
        .hasMessageContaining("data.pkl: it is compressed");
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    for (byte[] other :
        new byte[][] {{}, {(byte) 0x80}, "hello".getBytes(US_ASCII), {'P', 'K', 3, 4}}) {
      assertThat(isRefused(other)).isTrue();
    }
  }
}
