package org.unvanish.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The pages' own files and those of uPlot, which draws charts. */
final class PageAssets {

  private static final String UPLOT = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";

  private PageAssets() {}

  /**
   * A file by the name that the template has for it.
   *
   * @throws IllegalArgumentException if there is no such file
   */
  static String text(String name) {
    return name.startsWith("uPlot.") ? licensed("dist/" + name) : resource(name);
  }

  /** The licence asks to go where the file goes. */
  private static String licensed(String file) {
    return "/*!\n" + uPlot("LICENSE").strip() + "\n*/\n" + uPlot(file);
  }

  private static String uPlot(String file) {
    Properties properties = new Properties();
    try (@Nullable InputStream in = PageAssets.class.getResourceAsStream(UPLOT)) {
      if (in == null) {
        throw new IllegalStateException("uPlot's WebJar is not on the class path");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = properties.getProperty("version");
    return resource("/META-INF/resources/webjars/uplot/" + version + "/" + file);
  }

  /** What a content security policy calls the text of an element. */
  static String hash(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static String resource(String path) {
    try (@Nullable InputStream in = PageAssets.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("the page has no file " + path);
      }
      String text = new String(in.readAllBytes(), UTF_8);
      // As browsers read it, so that checksums agree.
      return text.replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
