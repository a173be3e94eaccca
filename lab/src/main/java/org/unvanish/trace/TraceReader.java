package org.unvanish.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.evidence.MeasuredBackward;

/** Reads a trace line by line. A last line without its end is being written and is passed over. */
final class TraceReader {

  /** A line of a model with thousands of layers is smaller. */
  private static final int LONGEST_LINE = 64 << 20;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private final Path file;
  private int number;
  private TraceLine.@Nullable Header header;
  private final List<MeasuredBackward> snapshots = new ArrayList<>();
  private int earlier;

  TraceReader(Path file) {
    this.file = file;
  }

  Trace read() {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          number++;
          add(line.toByteArray());
          line.reset();
        } else if (line.size() == LONGEST_LINE) {
          number++;
          throw wrong("the line is longer than 64 MiB", null);
        } else {
          line.write(next);
        }
      }
    } catch (IOException e) {
      throw new TraceException("cannot read %s (%s)".formatted(file, e.getMessage()), e);
    }
    if (header == null || snapshots.isEmpty()) {
      throw new TraceException(
          ("%s holds no measured snapshot yet. The hook writes the first one after a few steps, if"
                  + " recorder.step(loss, targets) is called after each")
              .formatted(file));
    }
    return new Trace(
        String.valueOf(file.getFileName()),
        header.framework(),
        header.model(),
        snapshots,
        earlier,
        header.layers());
  }

  private void add(byte[] line) {
    if (new String(line, UTF_8).isBlank()) {
      return;
    }
    try {
      JsonNode node = Objects.requireNonNull(JSON.readTree(line));
      if (!node.isObject()) {
        throw wrong("the line is no JSON object", null);
      }
      if (node.has("trace")) {
        begin(JSON.treeToValue(node, TraceLine.Header.class));
      } else {
        add(JSON.treeToValue(node, TraceLine.Snapshot.class));
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
      throw wrong(e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw wrong(String.valueOf(e.getMessage()), e);
    }
  }

  private void begin(TraceLine.Header next) {
    if (header != null && !header.layers().equals(next.layers())) {
      restart();
    }
    header = next;
  }

  /** Only the last training counts. */
  private void restart() {
    earlier += snapshots.isEmpty() ? 0 : 1;
    snapshots.clear();
  }

  private void add(TraceLine.Snapshot next) {
    if (header == null) {
      throw wrong("a snapshot stands before the line that names the layers", null);
    }
    if (!snapshots.isEmpty() && next.step() <= snapshots.get(snapshots.size() - 1).step()) {
      restart();
    }
    try {
      snapshots.add(new TraceMeasurement(header.layers(), next).result());
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()), e);
    }
  }

  private TraceException wrong(String what, @Nullable Throwable cause) {
    String message =
        ("%s:%d: %s. A trace is written by the hook of `unvanish show pytorch-hook`; its lines are as"
                + " `unvanish show trace-schema` says. Without line %d the rest can be read, if that is"
                + " well")
            .formatted(file, number, what, number);
    return cause == null ? new TraceException(message) : new TraceException(message, cause);
  }
}
