package org.unvanish.cli.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/**
 * Takes the vector module of a Java out of its runtime image, for a start that does not name it.
 *
 * <p>A Java that is told {@code --add-modules jdk.incubator.vector} prints a warning, and no flag
 * turns that off. The same classes behind the boot class path are found without being asked for,
 * and are trusted as much. What the module system does for the module has to be said in flags then.
 */
public final class VectorClasses {

  private static final String MODULE = "jdk.incubator.vector";

  /** What the virtual machine turns on where it finds the module: HotSpot's {@code modules.cpp}. */
  private static final List<String> COMPILER =
      List.of(
          "-XX:+UnlockExperimentalVMOptions",
          "-XX:+EnableVectorSupport",
          "-XX:+EnableVectorReboxing",
          "-XX:+EnableVectorAggressiveReboxing");

  private static final LocalDateTime SOME_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private VectorClasses() {}

  /**
   * Writes the classes of the Java that runs this, and the flags that go with them.
   *
   * @param args a jar and an argument file of {@code java}; both are written
   */
  public static void main(String[] args) throws IOException {
    Path jar = Path.of(args[0]);
    ModuleFinder system = ModuleFinder.ofSystem();
    try (ModuleReader reader = module(system, MODULE).open();
        OutputStream file = Files.newOutputStream(jar);
        JarOutputStream classes = new JarOutputStream(file)) {
      // Stored as it is: it is opened at every start.
      classes.setLevel(0);
      for (String name : reader.list().filter(VectorClasses::isClass).sorted().toList()) {
        ZipEntry entry = new ZipEntry(name);
        // The same bytes whenever they are written: a distribution can be built twice.
        entry.setTimeLocal(SOME_TIME);
        classes.putNextEntry(entry);
        classes.write(reader.open(name).orElseThrow().readAllBytes());
      }
    }
    List<String> exported =
        module(system, "java.base").descriptor().exports().stream()
            .filter(exports -> exports.targets().contains(MODULE))
            .map(Exports::source)
            .sorted()
            .map("--add-exports=java.base/%s=ALL-UNNAMED"::formatted)
            .toList();
    Files.writeString(
        Path.of(args[1]), String.join("\n", exported) + "\n" + String.join("\n", COMPILER) + "\n");
  }

  private static boolean isClass(String name) {
    return name.endsWith(".class") && !name.equals("module-info.class");
  }

  private static ModuleReference module(ModuleFinder system, String name) {
    return system
        .find(name)
        .orElseThrow(() -> new IllegalStateException("this Java has no module " + name));
  }
}
