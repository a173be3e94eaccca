package org.unvanish.dashboard;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every request must pass and every answer carries.
 *
 * <p>A page of the internet can have its own name resolve to this machine and then ask as if it
 * were ours (DNS rebinding). It cannot change the name in the request: so names are refused but for
 * those that this machine is known by. Addresses have no name to rebind.
 */
final class RequestFilter {

  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  /** A number's digits and dots, or an IPv6 address in brackets, and the port. */
  private static final Pattern ADDRESS =
      Pattern.compile("(\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+])(:\\d{1,5})?");

  private static final Pattern LOOPBACK =
      Pattern.compile("(127(\\.\\d{1,3}){3}|\\[::1]|localhost)(:\\d{1,5})?");

  private static final String NO_OTHERS =
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final boolean loopbackOnly;
  private final String ownName;

  /**
   * @param loopbackOnly whether only this machine can ask
   * @param host the name or address that the user gave
   */
  RequestFilter(boolean loopbackOnly, String host) {
    this.loopbackOnly = loopbackOnly;
    ownName = host.toLowerCase(Locale.ROOT);
  }

  /** Refuses a request, or lets it pass. */
  void check(Context request) {
    headers(request);
    if (!METHODS.contains(request.req().getMethod())) {
      request.header("Allow", "GET, HEAD");
      refuse(request, HttpStatus.METHOD_NOT_ALLOWED, "Only GET and HEAD are allowed.");
    } else if (!isOurs(request.header("Host"))) {
      refuse(
          request,
          HttpStatus.FORBIDDEN,
          "Unknown host name. Use the address that unvanish serve printed.");
    }
  }

  private boolean isOurs(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String asked = host.toLowerCase(Locale.ROOT);
    if (LOOPBACK.matcher(asked).matches()) {
      return true;
    }
    return !loopbackOnly
        && (ADDRESS.matcher(asked).matches()
            || asked.replaceFirst(":\\d{1,5}$", "").equals(ownName));
  }

  private static void headers(Context request) {
    request
        .header("Content-Security-Policy", pagePolicy())
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cache-Control", "no-store");
  }

  private static String pagePolicy() {
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        + " connect-src 'self'; "
        + NO_OTHERS;
  }

  /** For a page that has a policy of its own inside, which both must allow. */
  static String outerPolicy() {
    return NO_OTHERS;
  }

  private static void refuse(Context request, HttpStatus status, String why) {
    request.status(status).result(why + "\n").skipRemainingHandlers();
  }
}
