package org.unvanish.djl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript file as Python's {@code torch.jit.save} writes it, made without Python: 4 inputs, 5
 * units of tanh, 3 outputs. It is a ZIP archive of a pickle with the parameters and a script.
 */
final class TorchScriptFile {

  private static final String SCRIPT =
      """
      class Net(Module):
        __parameters__ = ["weight1", "bias1", "weight2", "bias2", ]
        __buffers__ = []
        weight1 : Tensor
        bias1 : Tensor
        weight2 : Tensor
        bias2 : Tensor
        training : bool
        def forward(self: __torch__.Net,
          x: Tensor) -> Tensor:
          y = torch.tanh(torch.linear(x, self.weight1, self.bias1))
          return torch.linear(y, self.weight2, self.bias2)
      """;

  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();

  private TorchScriptFile() {}

  static void write(Path file) throws IOException {
    Random random = new Random(1);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      entry(zip, "data.pkl", new TorchScriptFile().module());
      entry(zip, "data/0", floats(20, random));
      entry(zip, "data/1", floats(5, random));
      entry(zip, "data/2", floats(15, random));
      entry(zip, "data/3", floats(3, random));
      entry(zip, "code/__torch__.py", SCRIPT.getBytes(UTF_8));
      entry(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      entry(zip, "version", "3\n".getBytes(UTF_8));
    }
  }

  /** Stored, not compressed: PyTorch maps them into memory. */
  private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry("net/" + name);
    CRC32 sum = new CRC32();
    sum.update(bytes);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private static byte[] floats(int count, Random random) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putFloat((float) random.nextGaussian());
    }
    return bytes.array();
  }

  /** An object of the class above: its fields in a dictionary. */
  private byte[] module() {
    code(0x80, 2);
    global("__torch__", "Net");
    code(')', 0x81, '}', '(');
    text("training");
    code(0x88);
    tensor("weight1", "0", 5, 4);
    tensor("bias1", "1", 5);
    tensor("weight2", "2", 3, 5);
    tensor("bias2", "3", 3);
    code('u', 'b', '.');
    return pickle.toByteArray();
  }

  /** A field with a tensor of a file in the archive, row by row. */
  private void tensor(String name, String file, int... shape) {
    text(name);
    int size = 1;
    for (int length : shape) {
      size *= length;
    }
    global("torch._utils", "_rebuild_tensor_v2");
    code('(', '(');
    text("storage");
    global("torch", "FloatStorage");
    text(file);
    text("cpu");
    number(size);
    code('t', 'Q');
    number(0);
    code('(');
    for (int length : shape) {
      number(length);
    }
    code('t', '(');
    int stride = size;
    for (int length : shape) {
      stride /= length;
      number(stride);
    }
    code('t', 0x89);
    global("collections", "OrderedDict");
    code(')', 'R', 't', 'R');
  }

  private void code(int... codes) {
    for (int code : codes) {
      pickle.write(code);
    }
  }

  private void global(String module, String name) {
    code('c');
    pickle.writeBytes((module + "\n" + name + "\n").getBytes(UTF_8));
  }

  private void text(String text) {
    code('X');
    fourBytes(text.length());
    pickle.writeBytes(text.getBytes(UTF_8));
  }

  private void number(int number) {
    code('J');
    fourBytes(number);
  }

  private void fourBytes(int number) {
    code(number, number >> 8, number >> 16, number >> 24);
  }
}
