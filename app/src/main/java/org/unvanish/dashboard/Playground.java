package org.unvanish.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * The theory's playground: sliders for the chain network of Ven &amp; Lederer (2021), section 2,
 * and the gradient that reaches each of its layers, drawn live by a script.
 *
 * <p>A page that mounts it contains {@link #style} and {@link #script} and calls {@code
 * Unvanish.playground(element)}.
 */
public final class Playground {

  private Playground() {}

  /** A page of its own, which works from a disk and fetches nothing. */
  public static String page() {
    String page =
        resource("playground.html")
            .replace("/*STYLE*/", style())
            .replace(
                "/*SCRIPT*/",
                script() + "Unvanish.playground(document.getElementById(\"playground\"));\n");
    return page.replace("STYLE-HASH", hash(page, "<style>", "</style>"))
        .replace("SCRIPT-HASH", hash(page, "<script>", "</script>"));
  }

  /** The style sheet; it speaks of the panel alone. */
  public static String style() {
    return resource("playground.css");
  }

  /** The script, which adds {@code Unvanish.playground} and {@code Unvanish.theory} to a page. */
  public static String script() {
    return resource("playground.js");
  }

  /** What a content security policy calls the text of an element. */
  private static String hash(String page, String start, String end) {
    int from = page.indexOf(start) + start.length();
    String text = page.substring(from, page.indexOf(end, from));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream stream =
        Objects.requireNonNull(Playground.class.getResourceAsStream(name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
