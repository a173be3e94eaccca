package org.unvanish.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.store.RunStore;

class ResultFileTest {

  private static final String HEADER =
      "arm,seed,epoch,train_loss,train_accuracy,test_loss,test_accuracy\n";

  @TempDir Path folder;

  private static byte[] content(String name) throws IOException {
    return switch (name.substring(name.lastIndexOf('.'))) {
      case ".html" -> "<!doctype html>\n<title>ä</title>\n".getBytes(UTF_8);
      case ".svg" -> "<?xml version=\"1.0\"?>\n<svg xmlns='x'/>\n".getBytes(UTF_8);
      case ".yaml", ".yml" -> "name: ä\n".getBytes(UTF_8);
      case ".tex" -> "\\begin{table}\n\\end{table}\n".getBytes(UTF_8);
      case ".png" -> png();
      case ".pdf" -> pdf();
      case ".onnx", ".ONNX" -> new byte[] {8, 8}; // ir_version = 8
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static byte[] png() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }

  private static byte[] pdf() throws IOException {
    try (PDDocument document = new PDDocument();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      document.setDocumentId(1L);
      document.addPage(new PDPage());
      document.save(bytes);
      return bytes.toByteArray();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.html", "a.svg", "a.yaml", "a.yml", "a.tex", "a.png", "a.pdf", "a.onnx", "a.ONNX"
      })
  void whatWasWrittenIsReplacedUntilSomebodyChangesIt(String name) throws IOException {
    Path file = folder.resolve(name);
    ResultFile.write(file, content(name));
    byte[] first = Files.readAllBytes(file);
    ResultFile.write(file, content(name));
    assertThat(file).hasBinaryContent(first);
    for (int position : new int[] {1, first.length / 2, first.length - 1}) {
      byte[] changed = first.clone();
      changed[position] ^= 1;
      Files.write(file, changed);
      requireKept(file, content(name));
    }
    Files.write(file, Arrays.copyOf(first, first.length + 1));
    requireKept(file, content(name));
    // As a version wrote it, or anybody else.
    Files.write(file, content(name));
    requireKept(file, content(name));
  }

  private static void requireKept(Path file, byte[] content) throws IOException {
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> ResultFile.write(file, content))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining(
            file.getFileName() + " exists already, and was changed or not written by Unvanish");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void pictureAndDocumentAreStillThat() throws IOException {
    ResultFile.write(folder.resolve("a.png"), png());
    BufferedImage image = ImageIO.read(folder.resolve("a.png").toFile());
    assertThat(image.getWidth()).isEqualTo(3);
    ResultFile.write(folder.resolve("a.pdf"), pdf());
    try (PDDocument document = Loader.loadPDF(folder.resolve("a.pdf").toFile())) {
      assertThat(document.getNumberOfPages()).isEqualTo(1);
    }
    assertThat(ImageIO.read(new ByteArrayInputStream(png())).getWidth()).isEqualTo(3);
  }

  @Test
  void aTableIsKnownByItsHeader() throws IOException {
    Path file = folder.resolve("epochs.csv");
    ResultFile.write(file, HEADER.getBytes(UTF_8));
    ResultFile.write(file, (HEADER + "tanh,1,1,1,1,1,1\n").getBytes(UTF_8));
    assertThat(file).content().endsWith("1,1\n");
    Files.writeString(file, "epoch,price\n1,2\n");
    requireKept(file, HEADER.getBytes(UTF_8));
  }

  @Test
  void whatEarlierVersionsWroteIsReplacedThoughItHasNoMark() throws IOException {
    String svg =
        "<?xml version=\"1.0\"?>\n<svg xmlns:jfreesvg='x'><defs><clipPath id='dclip-0'></svg>\n";
    Files.writeString(folder.resolve("a.svg"), svg);
    Files.write(folder.resolve("a.png"), png());
    Files.write(folder.resolve("a.pdf"), pdf());
    Files.writeString(folder.resolve("a.tex"), "% Needs \\usepackage{booktabs}\n");
    Files.writeString(folder.resolve("a.html"), "<!doctype html>\n<title>Unvanish</title>\n");
    for (String name : List.of("a.html", "a.tex", "a.pdf", "a.png", "a.svg")) {
      ResultFile.write(folder.resolve(name), content(name));
      ResultFile.write(folder.resolve(name), content(name));
    }
    // Its SVG has a mark now, and tells nothing of others any more.
    Files.write(folder.resolve("a.png"), png());
    requireKept(folder.resolve("a.png"), png());
  }

  @Test
  void storesLocksLinksAndFoldersAreNeverReplaced() throws IOException {
    RunStore.open(folder).close();
    byte[] page = "<!doctype html>\n".getBytes(UTF_8);
    requireKept(folder.resolve(RunStore.FILE), page);
    requireKept(folder.resolve("runs.lock"), page);
    for (String empty : List.of("runs.db-wal", "runs.db-shm", "runs.db-journal")) {
      Path file = folder.resolve(empty);
      Files.write(file, new byte[0]);
      requireKept(file, page);
    }
    Path other = Files.writeString(folder.resolve("other.db"), "SQLite format 3\0");
    requireKept(other, page);
    ResultFile.write(folder.resolve("page.html"), page);
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("page.html"));
    requireKept(link, page);
    assertThat(link).isSymbolicLink();
    Path dangling = Files.createSymbolicLink(folder.resolve("no"), folder.resolve("nowhere"));
    assertThatThrownBy(() -> ResultFile.write(dangling, page)).isInstanceOf(IOException.class);
    assertThat(folder.resolve("nowhere")).doesNotExist();
    Path inner = Files.createDirectory(folder.resolve("inner"));
    assertThatThrownBy(() -> ResultFile.write(inner, page)).isInstanceOf(IOException.class);
  }

  @Test
  void anEmptyFileIsFree() throws IOException {
    Path file = Files.createFile(folder.resolve("made-by-mktemp"));
    ResultFile.write(file, "<!doctype html>\n".getBytes(UTF_8));
    assertThat(file).isNotEmptyFile();
  }

  @Test
  void aLinkOfTheTemporaryNameThatVersionsUsedIsNotFollowed() throws IOException {
    Path own = Files.writeString(folder.resolve("own"), "mine");
    Files.createSymbolicLink(folder.resolve(".a.html.tmp"), own);
    ResultFile.write(folder.resolve("a.html"), content("a.html"));
    assertThat(own).hasContent("mine");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("own", ".a.html.tmp", "a.html");
    }
  }

  @Test
  void manyAtOnceDoNotDisturbEachOther() throws IOException {
    Path file = folder.resolve("a.html");
    List<String> pages =
        IntStream.range(0, 8).mapToObj(n -> "<!doctype html>\n" + ("" + n).repeat(9999)).toList();
    IntStream.range(0, 200)
        .parallel()
        .forEach(
            n -> {
              try {
                ResultFile.write(file, pages.get(n % 8).getBytes(UTF_8));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    String written = Files.readString(file, ISO_8859_1);
    assertThat(pages).contains(written.replaceFirst("<!-- .* -->\n", ""));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void othersMayReadItWhereTheyMayReadAnyNewFile() throws IOException {
    Path any = Files.writeString(folder.resolve("any"), "x");
    Path file = folder.resolve("a.html");
    ResultFile.write(file, content("a.html"));
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(any));
  }
}
