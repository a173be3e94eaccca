package org.unvanish.contest;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs a contestant in this process. */
public final class Contest {

  private Contest() {}

  /** Makes a contestant of a task. */
  public interface Entry {
    /**
     * Lays out the network and the batches.
     *
     * @param threads how many it may use
     */
    Contestant enter(Task task, int threads);
  }

  /**
   * Trains until the driver says stop, then leaves the Java machine: some frameworks keep threads.
   *
   * @param arguments the task's file, the number of threads, the seconds of warming up
   * @throws IOException if the file cannot be read
   */
  public static void run(String[] arguments, Entry entry) throws IOException {
    // Whatever a library writes to System.out, as some do, must not come between the events.
    PrintStream events =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    Task task = TaskFile.read(Path.of(arguments[0]));
    try (Contestant contestant = entry.enter(task, Integer.parseInt(arguments[1]))) {
      double warmUp = Double.parseDouble(arguments[2]);
      Clock clock =
          new Clock(task.batch(), contestant.framework(), warmUp, System::nanoTime, events);
      Thread orders = new Thread(() -> clock.obey(System.in), "orders");
      orders.setDaemon(true);
      orders.start();
      contestant.train(clock);
    }
    System.exit(0);
  }

  /**
   * The version of the jar that a class comes from, by the file's name: {@code 1.1.0}; the name
   * itself where it has none.
   */
  public static String version(Class<?> library) {
    String file = library.getProtectionDomain().getCodeSource().getLocation().getPath();
    String name = file.substring(file.lastIndexOf('/') + 1);
    return name.replaceFirst("^.*?-(\\d.*)\\.jar$", "$1");
  }
}
