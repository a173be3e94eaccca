package org.unvanish.data.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.data.DataException;
import org.unvanish.data.Fixture;
import org.unvanish.data.catalog.CatalogEntry.State;
import org.unvanish.data.format.Cifar10Format;

class InstallerTest {
  @TempDir Path folder;

  private final Fixture fixture = new Fixture();
  private Path root;
  private DataCatalog catalog;

  @BeforeEach
  void open() {
    root = folder.resolve("cache/unvanish/data");
    catalog = new DataCatalog(root, fixture.format());
  }

  @ParameterizedTest
  @ValueSource(strings = {"archive.tar.gz", "archive.tar.xz"})
  void anArchiveIsInstalledFromAPathOrAFileUrl(String name) throws IOException {
    Path archive = fixture.writeArchive(folder.resolve(name));
    for (String source : new String[] {archive.toString(), archive.toUri().toString()}) {
      DataCatalog fresh =
          new DataCatalog(folder.resolve("at-" + source.length()), fixture.format());
      InstallOutcome outcome = fresh.install("cifar10", source, InstallProgress.SILENT);
      assertThat(outcome.alreadyInstalled()).isFalse();
      assertThat(fresh.verify("cifar10").intact()).isTrue();
      assertThat(fresh.load("cifar10").train().count()).isEqualTo(35);
      assertThat(list(outcome.folder())).containsExactlyInAnyOrderElementsOf(Cifar10Format.FILES);
    }
  }

  @Test
  void theKindOfArchiveIsToldByContentNotByName() throws IOException {
    Path xz = fixture.writeArchive(folder.resolve("archive.tar.xz"));
    install(Files.move(xz, folder.resolve("download")));
    assertInstalled();
  }

  @Test
  void whatIsInstalledAndIntactIsLeftAsItIs() throws IOException {
    Path archive = fixture.writeArchive(folder.resolve("archive.tar.gz"));
    install(archive);
    Files.delete(archive);
    assertThat(install(archive)).isEqualTo(new InstallOutcome(root.resolve("cifar10"), true));
  }

  @Test
  void whatIsDamagedIsReplaced() throws IOException {
    Path archive = fixture.writeArchive(folder.resolve("archive.tar.gz"));
    install(archive);
    Files.write(root.resolve("cifar10/test_batch.bin"), new byte[3]);
    assertThat(install(archive).alreadyInstalled()).isFalse();
    assertInstalled();
  }

  @Test
  void whatIsDamagedStaysWhereReplacingItFails() throws IOException {
    Files.createDirectories(root.resolve("cifar10"));
    Files.writeString(root.resolve("cifar10/mine"), "mine");
    assertRefused(Files.writeString(folder.resolve("bad"), "bad"));
    assertThat(root.resolve("cifar10/mine")).hasContent("mine");
  }

  @Test
  void progressGrowsToTheSizeOfTheArchive() throws IOException {
    Path archive = fixture.writeArchive(folder.resolve("archive.tar.gz"));
    List<Long> done = new ArrayList<>();
    catalog.install(
        "cifar10",
        archive.toString(),
        (source, bytesDone, bytesTotal) -> {
          assertThat(source).isEqualTo(archive.toString());
          assertThat(bytesTotal).isEqualTo(archive.toFile().length());
          done.add(bytesDone);
        });
    assertThat(done).isSorted().doesNotHaveDuplicates().endsWith(archive.toFile().length());
  }

  @Test
  void entriesThatClimbOrAreAbsoluteOrLinksAreNeverFollowed() throws IOException {
    Path victim = folder.resolve("victim");
    Path archive = folder.resolve("evil.tar.gz");
    byte[] bytes = fixture.bytes("data_batch_1.bin");
    try (TarArchiveOutputStream tar = Fixture.tar(archive)) {
      Fixture.addFile(tar, "../../../../victim", bytes);
      Fixture.addFile(tar, "../data_batch_1.bin", bytes);
      Fixture.addFile(tar, victim.toString(), bytes);
      Fixture.addFile(tar, folder + "/data_batch_1.bin", bytes);
      Fixture.addSymbolicLink(tar, "x/data_batch_1.bin", victim.toString());
      Fixture.addSymbolicLink(tar, "data_batch_2.bin", victim.toString());
      Fixture.addFile(tar, "data_batch_2.bin/../data_batch_1.bin", bytes);
    }
    assertRefused(archive)
        .hasMessageContaining("lacks data_batch_1.bin, data_batch_2.bin, data_batch_3.bin");
    assertThat(victim).doesNotExist();
    assertThat(list(folder)).containsExactlyInAnyOrder("cache", "evil.tar.gz");
  }

  @Test
  void anArchiveWithoutAFileIsRefusedByItsName() throws IOException {
    Path archive = folder.resolve("archive.tar.xz");
    try (TarArchiveOutputStream tar = Fixture.tar(archive)) {
      for (String file : Cifar10Format.FILES.subList(0, 5)) {
        Fixture.addFile(tar, file, fixture.bytes(file));
      }
    }
    assertRefused(archive).hasMessageContaining("it lacks test_batch.bin");
  }

  @Test
  void anAlteredByteIsRefusedByItsFilesName() throws IOException {
    fixture.bytes("data_batch_3.bin")[1234]++;
    assertRefused(fixture.writeArchive(folder.resolve("archive.tar.gz")))
        .hasMessageContaining("the SHA-256 of data_batch_3.bin is not the published one");
  }

  @Test
  void aFileOfTheWrongSizeIsRefusedBeforeItIsWritten() throws IOException {
    Path archive = folder.resolve("archive.tar.gz");
    try (TarArchiveOutputStream tar = Fixture.tar(archive)) {
      Fixture.addFile(tar, "data_batch_1.bin", new byte[Fixture.BYTES + 1]);
    }
    assertRefused(archive)
        .hasMessageContaining("data_batch_1.bin has 21512 bytes instead of 21511");
  }

  @Test
  void anArchiveThatUnpacksToFarTooMuchIsRefused() throws IOException {
    Path archive = folder.resolve("bomb.tar.gz");
    try (TarArchiveOutputStream tar = Fixture.tar(archive)) {
      Fixture.addFile(tar, "zeros", new byte[25 * Fixture.BYTES]);
    }
    assertRefused(archive).hasMessageContaining("it contains more than a data set can");
  }

  @ParameterizedTest
  @ValueSource(strings = {"archive.tar.gz", "archive.tar.xz"})
  void aTruncatedArchiveIsRefusedWhereverItEnds(String name) throws IOException {
    byte[] whole = Files.readAllBytes(fixture.writeArchive(folder.resolve(name)));
    for (double share : new double[] {0.01, 0.3, 0.5, 0.9}) {
      Path cut = folder.resolve("cut");
      Files.write(cut, Arrays.copyOf(whole, (int) (whole.length * share)));
      assertRefused(cut).hasMessageContaining("it is truncated");
    }
  }

  @Test
  void whatIsNoArchiveIsRefused() throws IOException {
    for (String content : new String[] {"", "x", "<html>Not found</html>", "PK\3\4 and so on"}) {
      assertRefused(Files.writeString(folder.resolve("page"), content))
          .hasMessageContaining("is not a .tar.gz or .tar.xz archive");
    }
    Path text = folder.resolve("text.gz");
    try (OutputStream out = new GzipCompressorOutputStream(Files.newOutputStream(text))) {
      out.write("no tar archive, but quite a long text. ".repeat(100).getBytes(UTF_8));
    }
    assertRefused(text).hasMessageContaining("text.gz");
  }

  @ParameterizedTest
  @ValueSource(strings = {"archive.tar.gz", "archive.tar.xz"})
  void anArchiveWithAnyByteChangedIsRefusedOrInstallsThePublishedFiles(String name)
      throws IOException {
    byte[] whole = Files.readAllBytes(fixture.writeArchive(folder.resolve(name)));
    Random random = new Random(7);
    for (int i = 0; i < 60; i++) {
      byte[] damaged = whole.clone();
      // Headers are where a parser can go astray, so half of the changes are there.
      int at = random.nextInt(i % 2 == 0 ? 600 : damaged.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      DataCatalog fresh = new DataCatalog(folder.resolve("at" + i), fixture.format());
      Path archive = Files.write(folder.resolve("damaged"), damaged);
      try {
        fresh.install("cifar10", archive.toString(), InstallProgress.SILENT);
        assertThat(fresh.verify("cifar10").intact()).isTrue();
      } catch (DataException e) {
        assertThat(e).hasMessageContaining(archive.toString());
        assertThat(fresh.entries().get(0).state()).isEqualTo(new State.NotInstalled());
      }
    }
  }

  @Test
  void aKilledInstallLooksNotInstalledAndIsClearedAwayByTheNext() throws IOException {
    Path leftover = root.resolve(".cifar10.unpacking");
    fixture.writeFolder(leftover);
    Path replaced = fixture.writeFolder(root.resolve(".cifar10.replaced"));
    assertThat(catalog.entries().get(0).state()).isEqualTo(new State.NotInstalled());
    install(fixture.writeArchive(folder.resolve("archive.tar.gz")));
    assertInstalled();
    assertThat(leftover).doesNotExist();
    assertThat(replaced).doesNotExist();
  }

  @Test
  void anInstallThatIsBrokenOffInTheMiddleLeavesNothing() throws IOException {
    Path archive = fixture.writeArchive(folder.resolve("archive.tar.gz"));
    Path unpacking = root.resolve(".cifar10.unpacking");
    assertThatThrownBy(
            () ->
                catalog.install(
                    "cifar10",
                    archive.toString(),
                    (source, done, total) -> {
                      if (Files.exists(unpacking.resolve("data_batch_2.bin"))) {
                        throw new IllegalStateException("broken off");
                      }
                    }))
        .hasMessage("broken off");
    assertThat(list(root)).containsExactly(".cifar10.lock");
  }

  @Test
  void aFolderThatCannotBeWrittenInTheMiddleIsToldApartFromABadArchive() throws IOException {
    Path archive = fixture.writeArchive(folder.resolve("archive.tar.gz"));
    Path unpacking = Files.createDirectory(folder.resolve("unpacking"));
    Files.createDirectory(unpacking.resolve("data_batch_4.bin"));
    try (ArchiveSource source = ArchiveSource.open(archive.toString(), InstallProgress.SILENT)) {
      assertThatThrownBy(() -> new Extractor(source, unpacking, fixture.format()).extract())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("data_batch_4.bin");
    }
  }

  @Test
  void aFileWhereTheFolderShouldBeIsRefused() throws IOException {
    Files.writeString(folder.resolve("cache"), "a file");
    assertThatThrownBy(() -> install(fixture.writeArchive(folder.resolve("archive.tar.gz"))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot write to " + root)
        .hasMessageContaining("XDG_CACHE_HOME");
  }

  @Test
  void aDiskThatIsTooSmallIsRefusedBeforeAnythingIsRead() {
    DataCatalog huge =
        new DataCatalog(root, new Cifar10Format(1L << 44, fixture.format().checksums()));
    assertThatThrownBy(() -> huge.install("cifar10", "/no/such/archive", InstallProgress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has room for")
        .hasMessageContaining("MiB are needed");
  }

  @Test
  void aSecondInstallAtTheSameTimeIsRefused() throws IOException {
    Files.createDirectories(root);
    Path archive = fixture.writeArchive(folder.resolve("archive.tar.gz"));
    try (FileChannel other =
        FileChannel.open(
            root.resolve(".cifar10.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      other.lock();
      assertThatThrownBy(() -> install(archive))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("another install");
    }
    install(archive);
    assertInstalled();
  }

  @Test
  void aSourceThatIsNotThereOrNoFileIsRefused() throws IOException {
    assertRefused(folder.resolve("none.tar.gz")).hasMessageContaining("the file does not exist");
    assertRefused(folder).hasMessageContaining("is a folder");
    for (String source :
        new String[] {"ftp://example.org/a.tar.gz", "http://not a url", "file:x"}) {
      assertThatThrownBy(() -> catalog.install("cifar10", source, InstallProgress.SILENT))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(source);
    }
  }

  @Test
  void onlyCifar10CanBeInstalled() {
    assertThatThrownBy(() -> catalog.install("synthetic", null, InstallProgress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("built in");
    assertThatThrownBy(() -> catalog.install("mnist", null, InstallProgress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("only cifar10");
  }

  private InstallOutcome install(Path archive) {
    return catalog.install("cifar10", archive.toString(), InstallProgress.SILENT);
  }

  private void assertInstalled() throws IOException {
    assertThat(catalog.verify("cifar10").intact()).isTrue();
    assertThat(list(root)).containsExactlyInAnyOrder("cifar10", ".cifar10.lock");
  }

  private AbstractThrowableAssert<?, ?> assertRefused(Path archive) throws IOException {
    List<String> before = Files.exists(root) ? list(root) : List.of();
    AbstractThrowableAssert<?, ?> refusal =
        assertThatThrownBy(() -> install(archive))
            .isInstanceOf(DataException.class)
            .hasMessageContaining(archive.toString());
    List<String> expected = new ArrayList<>(before);
    expected.remove(".cifar10.lock");
    expected.add(".cifar10.lock");
    assertThat(list(root)).containsExactlyInAnyOrderElementsOf(expected);
    return refusal;
  }

  private static List<String> list(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.map(path -> path.getFileName().toString()).toList();
    }
  }

  /** Eight kilobytes of gzip, of which the name alone would take megabytes; it may be gigabytes. */
  @Test
  void anEndlessNameIsRefusedBeforeItIsUnpacked() throws IOException {
    Path archive = folder.resolve("archive.tar.gz");
    try (TarArchiveOutputStream tar = Fixture.tar(archive)) {
      TarArchiveEntry entry =
          new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
      entry.setSize(8 << 20);
      tar.putArchiveEntry(entry);
      tar.write(new byte[8 << 20]);
      tar.closeArchiveEntry();
      Fixture.addFile(tar, "data_batch_1.bin", new byte[1]);
    }
    assertThat(Files.size(archive)).isLessThan(1 << 16);
    assertThatThrownBy(() -> install(archive))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the gaps between its files are too long");
    assertThat(root.resolve("cifar10")).doesNotExist();
  }

  @Test
  void aDeviceIsNoArchive() {
    Path device = Path.of("/dev/zero");
    assumeThat(device).exists();
    assertThatThrownBy(() -> install(device))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("/dev/zero is a pipe, a device or a socket");
  }
}
