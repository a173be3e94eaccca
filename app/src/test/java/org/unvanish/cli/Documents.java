package org.unvanish.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The documents of the repository, and what is code in them. */
final class Documents {

  /** The language of a block of code, and what is in it. */
  static final Pattern BLOCK =
      Pattern.compile("^ *```+([^`\\n]*)\\n(.*?)^ *```+ *$", Pattern.MULTILINE | Pattern.DOTALL);

  static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private Documents() {}

  /** The folder of the repository. */
  static Path root() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("README.md"))) {
      root = root.getParent();
    }
    return root;
  }

  /** What readers read. */
  static List<Path> all() throws IOException {
    return in("", "docs", "docs/recipes", "examples");
  }

  /** Those that lie in some folders. */
  static List<Path> in(String... folders) throws IOException {
    List<Path> documents = new ArrayList<>();
    for (String folder : folders) {
      try (Stream<Path> files = Files.list(root().resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
      }
    }
    return documents;
  }

  /**
   * Whether a word names a file of a folder that the repository has, but none that a build makes.
   */
  static boolean isOfRepository(String word) {
    return word.matches("(\\.ci|\\.github|[a-z-]+)(/[\\w.-]+)+")
        && !word.matches("(results/|(.*/)?target/).*")
        && Files.isDirectory(root().resolve(word.substring(0, word.indexOf('/'))));
  }

  static String withoutBlocks(String text) {
    return BLOCK.matcher(text).replaceAll("");
  }
}
