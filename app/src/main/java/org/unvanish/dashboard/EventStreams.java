package org.unvanish.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** All browsers that listen. */
final class EventStreams {

  /** With data, as browsers keep from the page what has none. */
  private static final byte[] BEAT = "event: beat\ndata: .\n\n".getBytes(UTF_8);

  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

  /**
   * Lets the browser of a request listen until it goes.
   *
   * @param first the message that it gets at once
   */
  void open(Context request, Supplier<String> first) {
    request.contentType("text/event-stream; charset=utf-8");
    request.future(
        () -> {
          EventStream stream = listen(request);
          // Asked for when it listens, so that no change falls in between.
          stream.send(("retry: 2000\n" + event(first.get())).getBytes(UTF_8));
          return stream.end();
        });
  }

  private EventStream listen(Context request) {
    try {
      ServletOutputStream out = request.res().getOutputStream();
      EventStream stream = new EventStream(out);
      streams.add(stream);
      CompletableFuture<?> unused = stream.end().thenRun(() -> streams.remove(stream));
      out.setWriteListener(stream);
      return stream;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String event(String data) {
    return "event: change\ndata: " + data + "\n\n";
  }

  /** Tells everybody; text without line breaks. */
  void send(String data) {
    byte[] message = event(data).getBytes(UTF_8);
    streams.forEach(stream -> stream.send(message));
  }

  /** Says nothing new: the server finds out who has gone, and browsers that it has not. */
  void beat() {
    streams.forEach(stream -> stream.beat(BEAT));
  }

  int size() {
    return streams.size();
  }

  void close() {
    streams.forEach(EventStream::close);
  }
}
