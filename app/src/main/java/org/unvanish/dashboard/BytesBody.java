package org.unvanish.dashboard;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A large answer, sent as fast as the other side takes it, without a thread that waits for it. */
final class BytesBody implements WriteListener {

  private final ServletOutputStream out;
  private final byte[] bytes;
  private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
  private boolean written;

  private BytesBody(ServletOutputStream out, byte[] bytes) {
    this.out = out;
    this.bytes = bytes;
  }

  static void send(Context request, byte[] bytes) {
    request.res().setContentLength(bytes.length);
    request.future(
        () -> {
          try {
            ServletOutputStream out = request.res().getOutputStream();
            BytesBody body = new BytesBody(out, bytes);
            out.setWriteListener(body);
            return body.end;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Override
  public void onWritePossible() throws IOException {
    while (out.isReady()) {
      if (written) {
        end.complete(null);
        return;
      }
      written = true;
      out.write(bytes);
    }
  }

  @Override
  public void onError(Throwable gone) {
    end.complete(null);
  }
}
