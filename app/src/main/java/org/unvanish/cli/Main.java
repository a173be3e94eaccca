package org.unvanish.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.unvanish.cli.terminal.CommandName;
import org.unvanish.cli.terminal.ExitCode;
import org.unvanish.cli.terminal.Interruption;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.cli.terminal.Screen;
import org.unvanish.cli.terminal.StandardOutput;
import org.unvanish.cli.terminal.TerminalText;
import org.unvanish.data.catalog.DataCatalog;

/** Where the {@code unvanish} command starts. */
public final class Main {

  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final String VECTOR_CLASS = VECTOR_MODULE + ".FloatVector";

  private Main() {}

  /**
   * Runs the command and exits with its code: 0 done, 1 failed, 2 wrong usage, 130 stopped by
   * Ctrl-C, 141 by a closed pipe, 143 by SIGTERM.
   */
  public static void main(String[] args) {
    // What is written is English, and other programs read it: numbers look the same everywhere.
    Locale.setDefault(Locale.ROOT);
    PrintWriter terminal = utf8(new FileOutputStream(FileDescriptor.err));
    PrintWriter err = safe(terminal);
    // Before any class of the engine is loaded: it could only fail with a NoClassDefFoundError.
    if (!hasVectors()) {
      err.println(
          "unvanish: Java was started without its vector module. Start with ./unvanish, or add "
              + "--add-modules "
              + VECTOR_MODULE);
      System.exit(ExitCode.FAILED);
    }
    DataCatalog catalog = DataCatalog.standard();
    // The launcher says how wide the terminal is behind standard error, where progress is told in
    // plain lines without it, and that behind standard output, and whether it shows colours.
    int columns = Integer.getInteger("unvanish.columns", 0);
    ProgressLine progress = new ProgressLine(terminal, columns, System::nanoTime);
    StandardOutput standardOutput = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    Screen out =
        new Screen(
            utf8(standardOutput),
            Integer.getInteger("unvanish.width", 0),
            Boolean.getBoolean("unvanish.colour"));
    Thread notice = new Thread(() -> tellStop(args, progress, err), "stop notice");
    Runtime.getRuntime().addShutdownHook(notice);
    int code =
        UnvanishCommand.execute(
            UnvanishCommand.commandLine(catalog, progress).setOut(out).setErr(err), args);
    out.flush();
    int exitCode = standardOutput.exitCode(code, err);
    try {
      Runtime.getRuntime().removeShutdownHook(notice);
    } catch (IllegalStateException e) {
      // A signal is ending the process already, and decides its exit code.
    }
    System.exit(exitCode);
  }

  /** From the module, or from the classes that the launcher took out of it. */
  private static boolean hasVectors() {
    try {
      Class.forName(VECTOR_CLASS, false, Main.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static void tellStop(String[] args, ProgressLine progress, PrintWriter err) {
    if (!Interruption.isTold()) {
      progress.clear();
      err.println("unvanish: stopped: " + TerminalText.line(CommandName.line(args)));
    }
  }

  /** Java would write question marks for α where the locale is unset, as in containers. */
  private static PrintWriter utf8(OutputStream out) {
    return new PrintWriter(out, true, StandardCharsets.UTF_8);
  }

  /** Everything that commands print passes here; the progress line sees to itself. */
  private static PrintWriter safe(PrintWriter out) {
    return new PrintWriter(new TerminalText(out), true);
  }
}
