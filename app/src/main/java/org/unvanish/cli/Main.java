package org.unvanish.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.unvanish.data.DataCatalog;

/** Where the {@code unvanish} command starts. */
public final class Main {

  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private Main() {}

  /** Runs the command and exits with its code: 0 done, 1 failed, 2 wrong usage. */
  public static void main(String[] args) {
    // What is written is English, and other programs read it: numbers look the same everywhere.
    Locale.setDefault(Locale.ROOT);
    PrintWriter err = utf8(FileDescriptor.err);
    // Before any class of the engine is loaded: it could only fail with a NoClassDefFoundError.
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      err.println(
          "unvanish: Java runs without its vector module. Start with ./unvanish, or add the flag"
              + " --add-modules "
              + VECTOR_MODULE);
      System.exit(Unvanish.FAILED);
    }
    DataCatalog catalog =
        DataCatalog.ofUser(System.getenv(), Path.of(System.getProperty("user.home")));
    // The launcher says how wide the terminal is; without it, progress is told in plain lines.
    int columns = Integer.getInteger("unvanish.columns", 0);
    ProgressLine progress = new ProgressLine(err, columns, System::nanoTime);
    System.exit(
        Unvanish.commandLine(catalog, progress)
            .setOut(utf8(FileDescriptor.out))
            .setErr(err)
            .execute(args));
  }

  /** Java would write question marks for α where the locale is unset, as in containers. */
  private static PrintWriter utf8(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
