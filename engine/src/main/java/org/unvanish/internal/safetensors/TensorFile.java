package org.unvanish.internal.safetensors;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.SampleChecksums;

/**
 * A file in the <a href="https://github.com/huggingface/safetensors#format">safetensors format</a>:
 * the length of the header in eight bytes, the header in JSON, and the tensors' values without gaps
 * between them. All numbers have their lowest byte first.
 *
 * <p>A file that is written here has a seal among its metadata: {@value #SEAL}, the SHA-256 of the
 * whole file with zeros in place of these 64 digits. So damage is found, and a file that somebody
 * has changed is not taken for ours.
 *
 * <p>Nothing that a header says is believed before it is compared with the size of the file.
 */
public final class TensorFile implements Closeable {

  /** The name of the metadata that holds the seal. */
  public static final String SEAL = "sha256";

  private static final String METADATA = "__metadata__";
  private static final String NO_SEAL = "0".repeat(64);

  /** The format's own limit. */
  private static final long LONGEST_HEADER = 100_000_000;

  /** The values' place in the file is a multiple of it. */
  private static final int ALIGNMENT = 8;

  private static final int BUFFER = 1 << 16;

  /** An array has not more. */
  private static final int MOST_VALUES = Integer.MAX_VALUE - 8;

  private final Path file;
  private final FileChannel channel;
  private final byte[] header;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();

  /** Where the values of a tensor are, counted from the end of the header. */
  private record Place(StoredTensor.Type type, List<Long> shape, long from, long to) {
    Place {
      long size = type.bytes();
      for (long dimension : shape) {
        size = Math.multiplyExact(size, dimension);
      }
      if (from > to || to - from != size) {
        throw new IllegalArgumentException(
            "its place, bytes %d to %d, does not fit %s of shape %s"
                .formatted(from, to, type, shape));
      }
    }

    long count() {
      return (to - from) / type.bytes();
    }
  }

  private TensorFile(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.header = readHeader();
    try {
      parse(new JsonObject(StrictJson.read(text(header))));
    } catch (IllegalArgumentException | ArithmeticException | CharacterCodingException e) {
      throw bad("header: " + e.getMessage(), e);
    }
  }

  /**
   * Opens a file and checks that its header and its size agree.
   *
   * @throws IOException if it cannot be read or is no such file; the message names it, the place
   *     and the reason
   */
  public static TensorFile open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new TensorFile(file, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private byte[] readHeader() throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw bad("it has %d bytes, too few for a header".formatted(size), null);
    }
    ByteBuffer length = buffer(Long.BYTES);
    fill(length, 0);
    long bytes = length.getLong();
    if (bytes < 0 || bytes > Math.min(size - Long.BYTES, LONGEST_HEADER)) {
      throw bad(
          "header: its length is said to be %s bytes, which does not fit a file of %d bytes"
              .formatted(Long.toUnsignedString(bytes), size),
          null);
    }
    byte[] header = new byte[(int) bytes];
    fill(ByteBuffer.wrap(header), Long.BYTES);
    return header;
  }

  private static String text(byte[] header) throws CharacterCodingException {
    return UTF_8.newDecoder().decode(ByteBuffer.wrap(header)).toString();
  }

  private void parse(JsonObject entries) throws IOException {
    if (entries.has(METADATA)) {
      JsonObject object = entries.object(METADATA);
      object.names().forEach(name -> metadata.put(name, object.text(name)));
    }
    for (String name : entries.names()) {
      try {
        places.put(name, place(entries.object(name)));
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw bad("header, tensor \"" + name + "\": " + e.getMessage(), e);
      }
    }
    requireNoGaps();
  }

  private static Place place(JsonObject entry) {
    String name = entry.text("dtype");
    StoredTensor.Type type = null;
    for (StoredTensor.Type each : StoredTensor.Type.values()) {
      type = each.name().equals(name) ? each : type;
    }
    if (type == null) {
      throw new IllegalArgumentException(
          "its dtype is %s, but only %s are read"
              .formatted(name, Arrays.toString(StoredTensor.Type.values())));
    }
    List<Long> shape = entry.wholeNumbers("shape");
    List<Long> offsets = entry.wholeNumbers("data_offsets");
    entry.requireNoMore();
    if (offsets.size() != 2) {
      throw new IllegalArgumentException("\"data_offsets\" must be two numbers");
    }
    return new Place(type, shape, offsets.get(0), offsets.get(1));
  }

  /** The format asks for it: no byte belongs to no tensor or to two. */
  private void requireNoGaps() throws IOException {
    List<Place> inOrder =
        places.values().stream()
            .sorted(Comparator.comparingLong(Place::from).thenComparingLong(Place::to))
            .toList();
    long end = 0;
    for (Place place : inOrder) {
      if (place.from() != end) {
        throw bad("header: tensors overlap or leave a gap at byte " + end + " of the values", null);
      }
      end = place.to();
    }
    long there = channel.size() - start();
    if (end != there) {
      throw bad(
          "the tensors have %d bytes, but %d follow the header: the file is cut off, or more was appended"
              .formatted(end, there),
          null);
    }
  }

  /** The metadata, as texts. */
  public Map<String, String> metadata() {
    return Map.copyOf(metadata);
  }

  /** The names of all tensors. */
  public List<String> names() {
    return List.copyOf(places.keySet());
  }

  /**
   * How the values of a tensor are stored.
   *
   * @throws IOException if there is none of that name
   */
  public StoredTensor.Type type(String name) throws IOException {
    return place(name).type();
  }

  /**
   * The shape of a tensor, empty for a single value.
   *
   * @throws IOException if there is none of that name
   */
  public List<Long> shape(String name) throws IOException {
    return place(name).shape();
  }

  /**
   * Whether the file is as it was written.
   *
   * @return false if it has no seal, or another one than its bytes have
   */
  public boolean isIntact() throws IOException {
    String seal = metadata.get(SEAL);
    if (seal == null || seal.length() != NO_SEAL.length()) {
      return false;
    }
    MessageDigest digest = SampleChecksums.sha256();
    digest.update(prologue(text(header).replace(seal, NO_SEAL).getBytes(UTF_8)));
    ByteBuffer buffer = buffer(BUFFER);
    for (long at = start(); at < channel.size(); at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(BUFFER, channel.size() - at));
      fill(buffer, at);
      digest.update(buffer);
    }
    return HexFormat.of().formatHex(digest.digest()).equals(seal);
  }

  /**
   * The values of a tensor in single precision.
   *
   * @param shape that it must have
   * @param to receives the values
   * @param offset where in {@code to} the first one goes
   * @throws IOException if there is no such tensor, or the file cannot be read
   */
  public void read(String name, List<Integer> shape, float[] to, int offset) throws IOException {
    read(place(name, StoredTensor.Type.F32, shape), (i, value) -> to[offset + i] = (float) value);
  }

  /**
   * The values of a tensor in double precision.
   *
   * @param shape that it must have
   * @throws IOException if there is no such tensor, or the file cannot be read
   */
  public double[] readDoubles(String name, List<Integer> shape) throws IOException {
    return readAll(place(name, StoredTensor.Type.F64, shape));
  }

  /**
   * The values of a tensor of any type and shape, in row-major order.
   *
   * @throws IOException if there is no such tensor, it has more values than an array, or the file
   *     cannot be read
   */
  public double[] readDoubles(String name) throws IOException {
    Place place = place(name);
    if (place.count() > MOST_VALUES) {
      throw bad(
          "tensor \"%s\" has %d values, but at most %d are read at once"
              .formatted(name, place.count(), MOST_VALUES),
          null);
    }
    return readAll(place);
  }

  private double[] readAll(Place place) throws IOException {
    double[] values = new double[(int) place.count()];
    read(place, (i, value) -> values[i] = value);
    return values;
  }

  /**
   * Makes sure that a tensor is there.
   *
   * @throws IOException if it is not, or is of another type or shape
   */
  public void requireShape(String name, StoredTensor.Type type, List<Integer> shape)
      throws IOException {
    place(name, type, shape);
  }

  private Place place(String name, StoredTensor.Type type, List<Integer> shape) throws IOException {
    Place place = place(name);
    if (place.type() != type || !place.shape().equals(shape.stream().map(Long::valueOf).toList())) {
      throw bad(
          "tensor \"%s\" must be %s of shape %s, but is %s of shape %s"
              .formatted(name, type, shape, place.type(), place.shape()),
          null);
    }
    return place;
  }

  private Place place(String name) throws IOException {
    @Nullable Place place = places.get(name);
    if (place == null) {
      throw bad("tensor \"" + name + "\" is missing", null);
    }
    return place;
  }

  private interface Receiver {
    void take(int index, double value);
  }

  private void read(Place place, Receiver receiver) throws IOException {
    ByteBuffer buffer = buffer(BUFFER);
    int index = 0;
    for (long at = place.from(); at < place.to(); at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(BUFFER, place.to() - at));
      fill(buffer, start() + at);
      while (buffer.hasRemaining()) {
        receiver.take(index++, place.type().get(buffer));
      }
    }
  }

  private long start() {
    return (long) Long.BYTES + header.length;
  }

  private void fill(ByteBuffer buffer, long position) throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, at);
      if (count < 0) {
        throw new EOFException(file + " became shorter while it was read");
      }
      at += count;
    }
    buffer.flip();
  }

  private IOException bad(String what, @Nullable Throwable cause) {
    return new IOException(file + ", " + what, cause);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /**
   * Writes a file, sealed.
   *
   * @param file does not exist yet
   * @param metadata without a seal
   * @throws IOException if it cannot be written; what is there then is no whole file
   */
  public static void write(Path file, Map<String, String> metadata, List<StoredTensor> tensors)
      throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(metadata, tensors, block -> writeAll(channel, block));
    }
  }

  /** The bytes of a file, as {@link #write} makes it. */
  public static byte[] bytes(Map<String, String> metadata, List<StoredTensor> tensors) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(metadata, tensors, block -> bytes.write(block.array(), 0, block.limit()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(
      Map<String, String> metadata, List<StoredTensor> tensors, BlockWriter writer)
      throws IOException {
    MessageDigest digest = SampleChecksums.sha256();
    digest.update(prologue(header(metadata, NO_SEAL, tensors)));
    forEachBlock(tensors, digest::update);
    String seal = HexFormat.of().formatHex(digest.digest());
    writer.write(prologue(header(metadata, seal, tensors)));
    forEachBlock(tensors, writer);
  }

  private static byte[] header(
      Map<String, String> metadata, String seal, List<StoredTensor> tensors) {
    Map<String, Object> entries = new LinkedHashMap<>();
    Map<String, String> sealed = new LinkedHashMap<>(metadata);
    sealed.put(SEAL, seal);
    entries.put(METADATA, sealed);
    long from = 0;
    for (StoredTensor tensor : tensors) {
      long to = from + (long) tensor.count() * tensor.type().bytes();
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("dtype", tensor.type().name());
      entry.put("shape", tensor.shape());
      entry.put("data_offsets", List.of(from, to));
      entries.put(tensor.name(), entry);
      from = to;
    }
    byte[] text = StrictJson.write(entries).getBytes(UTF_8);
    int more = Math.floorMod(-text.length, ALIGNMENT);
    return ByteBuffer.allocate(text.length + more)
        .put(text)
        .put(" ".repeat(more).getBytes(US_ASCII))
        .array();
  }

  /** A header with its length before it. */
  private static ByteBuffer prologue(byte[] header) {
    return buffer(Long.BYTES + header.length).putLong(header.length).put(header).flip();
  }

  private interface BlockWriter {
    void write(ByteBuffer block) throws IOException;
  }

  private static void forEachBlock(List<StoredTensor> tensors, BlockWriter writer)
      throws IOException {
    ByteBuffer buffer = buffer(BUFFER);
    for (StoredTensor tensor : tensors) {
      int count = tensor.count();
      for (int i = 0; i < count; i++) {
        if (buffer.remaining() < tensor.type().bytes()) {
          writer.write(buffer.flip());
          buffer.clear();
        }
        tensor.type().put(tensor.values().applyAsDouble(i), buffer);
      }
    }
    writer.write(buffer.flip());
  }

  private static void writeAll(SeekableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
