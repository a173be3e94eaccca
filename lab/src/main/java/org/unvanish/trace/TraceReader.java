package org.unvanish.trace;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.evidence.MeasuredBackward;

/**
 * Reads a trace line by line, and again whenever it may have grown: only what is new. A last line
 * without its end is being written and waits. A file that is no longer the one that was read is
 * read from its start.
 *
 * <p>Not thread-safe.
 */
public final class TraceReader {

  /** A line of a model with thousands of layers is smaller. */
  private static final int LONGEST_LINE = 16 << 20;

  /** Thousands of snapshots of a large model are less; what was read takes a part of that. */
  private static final long LARGEST_FILE = 512L << 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private final Path file;
  private long lastStart;
  private long end;
  private long lastChecksum;
  private int lines;
  private TraceLine.@Nullable Header header;
  private final List<MeasuredBackward> snapshots = new ArrayList<>();
  private int earlier;
  private int restarts;

  /** Of a file, which need not be there yet. */
  public TraceReader(Path file) {
    this.file = file;
  }

  /**
   * Reads on.
   *
   * @return the last training that the file has; empty as long as it has no whole snapshot
   * @throws TraceException if a line is none of a trace, or the file cannot be read
   */
  public Optional<Trace> read() {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      if (channel.size() > LARGEST_FILE) {
        throw new TraceException(
            "%s is larger than %d MiB. Record more rarely: Recorder(…, every=1000)"
                .formatted(file, LARGEST_FILE >> 20));
      }
      if (!isWhatWasRead(channel)) {
        forget();
      }
      channel.position(end);
      read(new BufferedInputStream(Channels.newInputStream(channel), 1 << 16));
    } catch (NoSuchFileException e) {
      throw new TraceException("there is no file " + file, e);
    } catch (IOException e) {
      throw new TraceException("cannot read %s (%s)".formatted(file, e.getMessage()), e);
    }
    TraceLine.@Nullable Header now = header;
    return now == null || snapshots.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Trace(
                String.valueOf(file.getFileName()),
                now.framework(),
                now.model(),
                snapshots,
                earlier,
                now.layers()));
  }

  /** How often a training, or the file, has begun anew since the first snapshot. */
  public int restarts() {
    return restarts;
  }

  /** Whether the last line that was read is still where it was. */
  private boolean isWhatWasRead(SeekableByteChannel channel) throws IOException {
    if (channel.size() < end) {
      return false;
    }
    channel.position(lastStart);
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    CRC32 checksum = new CRC32();
    for (long at = lastStart; at < end; at++) {
      checksum.update(in.read());
    }
    return checksum.getValue() == lastChecksum;
  }

  private void forget() {
    lastStart = 0;
    end = 0;
    lastChecksum = 0;
    lines = 0;
    header = null;
    earlier = 0;
    restart();
  }

  private void read(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (line.size() == LONGEST_LINE) {
        throw wrong("the line is longer than %d MiB".formatted(LONGEST_LINE >> 20), null);
      }
      line.write(next);
      if (next == '\n') {
        byte[] whole = line.toByteArray();
        add(whole);
        CRC32 checksum = new CRC32();
        checksum.update(whole);
        lastChecksum = checksum.getValue();
        lastStart = end;
        end += whole.length;
        lines++;
        line.reset();
      }
    }
  }

  private void add(byte[] line) {
    try {
      Optional<Long> version = version(line);
      if (version.isPresent()) {
        if (version.get() != TraceLine.VERSION) {
          throw new TraceException(
              ("%s:%d: \"trace\" is %d, but this Unvanish reads version %d. Record with this "
                      + "version's hook, `unvanish show pytorch-hook`, or use the Unvanish version of "
                      + "the hook")
                  .formatted(file, lines + 1, version.get(), TraceLine.VERSION));
        }
        begin(JSON.readValue(line, TraceLine.Header.class));
      } else if (!isBlank(line)) {
        add(JSON.readValue(line, TraceLine.Snapshot.class));
      }
    } catch (ValueInstantiationException e) {
      throw wrong(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
    } catch (JsonMappingException e) {
      String place =
          e.getPath().stream()
              .map(
                  step ->
                      step.getFieldName() == null
                          ? "[" + step.getIndex() + "]"
                          : "." + step.getFieldName())
              .collect(Collectors.joining())
              .replaceFirst("^[.]", "");
      throw wrong("%s is missing or wrong".formatted(place.isEmpty() ? "a key" : place), e);
    } catch (JsonProcessingException e) {
      throw wrong("the line is not JSON at column " + e.getLocation().getColumnNr(), e);
    } catch (IOException e) {
      throw wrong(String.valueOf(e.getMessage()), e);
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte one : line) {
      if (one > ' ') {
        return false;
      }
    }
    return true;
  }

  /** The version in a header, which it need not begin with; of other lines nothing. */
  private Optional<Long> version(byte[] line) throws IOException {
    try (JsonParser parser = JSON.createParser(line)) {
      JsonToken first = parser.nextToken();
      if (first != null && first != JsonToken.START_OBJECT) {
        throw wrong("the line is not a JSON object", null);
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals("trace");
        JsonToken value = parser.nextToken();
        if (found && value == JsonToken.VALUE_NUMBER_INT) {
          return Optional.of(parser.getLongValue());
        }
        parser.skipChildren();
      }
      return Optional.empty();
    }
  }

  private void begin(TraceLine.Header next) {
    if (header != null && !header.layers().equals(next.layers())) {
      earlier += snapshots.isEmpty() ? 0 : 1;
      restart();
    }
    header = next;
  }

  /** Only the last training counts. */
  private void restart() {
    restarts += snapshots.isEmpty() ? 0 : 1;
    snapshots.clear();
  }

  private void add(TraceLine.Snapshot next) {
    if (header == null) {
      throw wrong("a snapshot stands before the line that names the layers", null);
    }
    MeasuredBackward measured;
    try {
      measured = new TraceMeasurement(header.layers(), next).result();
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()), e);
    }
    if (!snapshots.isEmpty() && next.step() <= snapshots.get(snapshots.size() - 1).step()) {
      earlier++;
      restart();
    }
    snapshots.add(measured);
  }

  /** What is wrong with the line behind those that were read. */
  private TraceException wrong(String what, @Nullable Throwable cause) {
    String message =
        ("%s:%d: %s. The hook of `unvanish show pytorch-hook` writes traces, and `unvanish "
                + "show trace-schema` describes their lines. Remove line %d to read the rest")
            .formatted(file, lines + 1, what, lines + 1);
    return cause == null ? new TraceException(message) : new TraceException(message, cause);
  }
}
