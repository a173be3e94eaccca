package org.unvanish.data.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.unvanish.data.DataException;

/**
 * A download that has begun.
 *
 * @param body what is still to come; reading it fails if it stalls
 * @param bytes its length, or {@link InstallProgress#UNKNOWN}
 */
record Download(InputStream body, long bytes) {
  /** How long a server may say nothing. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String OTHER_WAY =
      " Check the connection, or download the archive elsewhere and name it with --from FILE.";

  static Download start(URI url) {
    return start(url, PATIENCE);
  }

  /**
   * @throws DataException if the server cannot be reached or does not have it
   */
  static Download start(URI url, Duration patience) {
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience)
            .build();
    HttpRequest request = HttpRequest.newBuilder(url).timeout(patience).build();
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        response.body().close();
        throw refused(url, response.statusCode());
      }
      long bytes =
          response.headers().firstValueAsLong("Content-Length").orElse(InstallProgress.UNKNOWN);
      return new Download(new StallGuard(response.body(), patience), bytes);
    } catch (IOException e) {
      throw new DataException("cannot download " + url + ": " + reason(url, e) + OTHER_WAY, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException("the download of " + url + " was interrupted.", e);
    }
  }

  private static DataException refused(URI url, int status) {
    String answer =
        status == 404 || status == 410
            ? "there is nothing at this address (HTTP " + status + ")."
            : "the server answered with HTTP status " + status + ".";
    return new DataException(
        "cannot download "
            + url
            + ": "
            + answer
            + " Check the URL, or download the archive elsewhere and name it with --from FILE.");
  }

  private static String reason(URI url, IOException e) {
    if (e instanceof HttpTimeoutException) {
      return url.getHost() + " does not answer.";
    }
    if (e instanceof ConnectException) {
      return causes(e).anyMatch(UnresolvedAddressException.class::isInstance)
          ? "no host " + url.getHost() + " is known."
          : "no connection to " + url.getHost() + ".";
    }
    return DataException.reason(e) + ".";
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause);
  }
}
