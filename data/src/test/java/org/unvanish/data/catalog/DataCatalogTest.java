package org.unvanish.data.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.DataException;
import org.unvanish.data.Dataset;
import org.unvanish.data.Fixture;
import org.unvanish.data.ImageSet;
import org.unvanish.data.SampleChecksums;
import org.unvanish.data.catalog.CatalogEntry.State;
import org.unvanish.data.format.Cifar10Format;
import org.unvanish.data.format.Verification;
import org.unvanish.data.format.Verification.Status;

class DataCatalogTest {
  @TempDir Path root;

  private final Fixture fixture = new Fixture();
  private DataCatalog catalog;
  private Path installed;

  @BeforeEach
  void open() {
    catalog = new DataCatalog(root, fixture.format());
    installed = root.resolve("cifar10");
  }

  @Test
  void theCacheFolderIsTheOneThatXdgNames() {
    Path home = Path.of("/home/ada");
    assertThat(DataCatalog.ofUser(Map.of("XDG_CACHE_HOME", "/fast"), home).root())
        .isEqualTo(Path.of("/fast/unvanish/data"));
    assertThat(DataCatalog.ofUser(Map.of(), home).root())
        .isEqualTo(Path.of("/home/ada/.cache/unvanish/data"));
  }

  @Test
  void aRelativeOrEmptyCacheFolderIsIgnored() {
    Path expected = Path.of("/home/ada/.cache/unvanish/data");
    for (String value : new String[] {"", "cache", "./cache"}) {
      assertThat(DataCatalog.ofUser(Map.of("XDG_CACHE_HOME", value), Path.of("/home/ada")).root())
          .isEqualTo(expected);
    }
  }

  @Test
  void nothingIsInstalledInAnEmptyOrMissingFolder() {
    assertThat(new DataCatalog(root.resolve("none")).entries())
        .extracting(CatalogEntry::name, CatalogEntry::state)
        .containsExactly(
            tuple("cifar10", new State.NotInstalled()),
            tuple("synthetic", new State.BuiltIn()),
            tuple("circles", new State.BuiltIn()),
            tuple("blobs", new State.BuiltIn()),
            tuple("xor", new State.BuiltIn()),
            tuple("multi-label", new State.BuiltIn()),
            tuple("regression", new State.BuiltIn()),
            tuple("adding", new State.BuiltIn()),
            tuple("copying", new State.BuiltIn()));
    assertThat(catalog.defaultName()).isEqualTo("synthetic");
  }

  @Test
  void cifar10IsTheDefaultOnceItIsInstalled() throws IOException {
    fixture.writeFolder(installed);
    assertThat(catalog.entries().get(0).state()).isEqualTo(new State.Installed(installed));
    assertThat(catalog.defaultName()).isEqualTo("cifar10");
  }

  @Test
  void aDamagedInstallIsListedAsSuchAndStaysTheDefaultSoThatItIsNotOverlooked() throws IOException {
    fixture.writeFolder(installed);
    Files.delete(installed.resolve("test_batch.bin"));
    assertThat(catalog.entries().get(0).state())
        .isEqualTo(
            new State.Damaged(installed, installed.resolve("test_batch.bin") + " is missing."));
    assertThat(catalog.defaultName()).isEqualTo("cifar10");
    assertThatThrownBy(() -> catalog.load("cifar10"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            installed.resolve("test_batch.bin")
                + " is missing. Install it again with: unvanish data install cifar10");
  }

  @Test
  void everyRecordBecomesALabelAndItsPixels() throws IOException {
    fixture.writeFolder(installed);
    Dataset data = catalog.load("cifar10");
    assertThat(data.name()).isEqualTo("cifar10");
    assertThat(data.title()).isEqualTo("CIFAR-10");
    assertThat(data.classes()).hasSize(10).startsWith("airplane").endsWith("truck");
    assertThat(data.train().count()).isEqualTo(5 * Fixture.RECORDS);
    assertThat(data.test().count()).isEqualTo(Fixture.RECORDS);
    for (int file = 0; file < 6; file++) {
      ImageSet images = file < 5 ? data.train() : data.test();
      byte[] bytes = fixture.bytes(Cifar10Format.FILES.get(file));
      for (int record = 0; record < Fixture.RECORDS; record++) {
        int image = file < 5 ? file * Fixture.RECORDS + record : record;
        int start = record * 3073;
        assertThat(images.label(image)).isEqualTo(bytes[start]);
        assertThat(Arrays.copyOfRange(images.bytes(), image * 3072, (image + 1) * 3072))
            .isEqualTo(Arrays.copyOfRange(bytes, start + 1, start + 3073));
      }
    }
  }

  @Test
  void moreRecordsThanAreReadAtOnceArriveInOrder() throws IOException {
    int records = 150;
    for (String file : Cifar10Format.FILES) {
      byte[] bytes = new byte[records * 3073];
      for (int record = 0; record < records; record++) {
        bytes[record * 3073] = (byte) (record % 10);
        bytes[record * 3073 + 3072] = (byte) record;
      }
      Files.write(root.resolve(file), bytes);
    }
    ImageSet train =
        new DataCatalog(root, new Cifar10Format(records, fixture.format().checksums()))
            .load(root.toString())
            .train();
    for (int image = 0; image < 5 * records; image++) {
      assertThat(train.label(image)).isEqualTo(image % records % 10);
      assertThat(train.bytes()[image * 3072 + 3071]).isEqualTo((byte) (image % records));
    }
  }

  @Test
  void theChecksumCanBeComputedByHand() throws IOException {
    fixture.writeFolder(installed);
    String lines = String.join("\n", fixture.format().checksums()) + "\n";
    var digest = SampleChecksums.sha256();
    digest.update(lines.getBytes());
    assertThat(catalog.load("cifar10").sha256()).isEqualTo(SampleChecksums.hex(digest)).hasSize(64);
  }

  @Test
  void aFolderOfTheUserMayHoldTheFilesOrThePublishedFolder() throws IOException {
    Path own = root.resolve("own");
    fixture.writeFolder(own.resolve("cifar-10-batches-bin"));
    Dataset outer = catalog.load(own.toString());
    Dataset inner = catalog.load(own.resolve("cifar-10-batches-bin").toString());
    assertThat(outer.name()).isEqualTo("cifar10");
    assertThat(outer.title()).isEqualTo("CIFAR-10");
    assertThat(inner.sha256()).isEqualTo(outer.sha256());
  }

  @Test
  void alteredPixelsInAFolderOfTheUserShowInTheTitle() throws IOException {
    Path own = fixture.writeFolder(root.resolve("own"));
    alter(
        own.resolve("data_batch_4.bin"),
        5000,
        (byte) (fixture.bytes("data_batch_4.bin")[5000] + 1));
    Dataset data = catalog.load(own.toString());
    assertThat(data.title()).isEqualTo("CIFAR-10 format, altered");
    assertThat(data.name()).isEqualTo(own.toString());
  }

  @Test
  void alteredPixelsInTheInstalledFilesAreRefused() throws IOException {
    fixture.writeFolder(installed);
    alter(
        installed.resolve("data_batch_4.bin"),
        5000,
        (byte) (fixture.bytes("data_batch_4.bin")[5000] + 1));
    assertThatThrownBy(() -> catalog.load("cifar10"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data_batch_4.bin is altered")
        .hasMessageContaining("unvanish data install cifar10");
  }

  @Test
  void aTruncatedFileIsRefusedByName() throws IOException {
    Path own = fixture.writeFolder(root.resolve("own"));
    Path file = own.resolve("data_batch_2.bin");
    Files.write(file, Arrays.copyOf(fixture.bytes("data_batch_2.bin"), Fixture.BYTES - 1));
    assertThatThrownBy(() -> catalog.load(own.toString()))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + " has 21510 bytes instead of 21511."
                + " Get a fresh copy of the binary version of CIFAR-10.");
  }

  @Test
  void aWrongLabelIsRefusedByFileAndRecord() throws IOException {
    Path own = fixture.writeFolder(root.resolve("own"));
    alter(own.resolve("data_batch_3.bin"), 4 * 3073, (byte) 10);
    assertThatThrownBy(() -> catalog.load(own.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            own.resolve("data_batch_3.bin") + " is altered: record 4 (from 0) has label 10");
  }

  @Test
  void aMissingFileIsRefusedByName() throws IOException {
    Path own = fixture.writeFolder(root.resolve("own"));
    Files.delete(own.resolve("data_batch_5.bin"));
    assertThatThrownBy(() -> catalog.load(own.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(own.resolve("data_batch_5.bin") + " is missing.");
  }

  @Test
  void aNameThatIsNeitherDataSetNorFolderIsRefusedWithWhatThereIs() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "");
    for (String argument : new String[] {"cifar", file.toString()}) {
      assertThatThrownBy(() -> catalog.load(argument))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(argument)
          .hasMessageContaining(" a name that \"unvanish data list\" shows");
    }
  }

  @Test
  void cifar10ThatIsNotInstalledIsRefusedWithHowToInstallIt() {
    assertThatThrownBy(() -> catalog.load("cifar10"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("not installed")
        .hasMessageContaining("unvanish data install cifar10");
  }

  @Test
  void verifyingTellsEachFilesState() throws IOException {
    fixture.writeFolder(installed);
    assertThat(catalog.verify("cifar10").intact()).isTrue();

    Files.delete(installed.resolve("data_batch_1.bin"));
    Files.write(installed.resolve("data_batch_2.bin"), new byte[10]);
    alter(installed.resolve("test_batch.bin"), 0, (byte) (fixture.bytes("test_batch.bin")[0] + 1));
    Verification verification = catalog.verify("cifar10");
    assertThat(verification.intact()).isFalse();
    assertThat(verification.files())
        .extracting(Verification.FileCheck::status)
        .containsExactly(
            Status.MISSING, Status.WRONG_SIZE, Status.OK, Status.OK, Status.OK, Status.ALTERED);
    assertThat(verification.files())
        .extracting(check -> check.file().getFileName().toString())
        .isEqualTo(Cifar10Format.FILES);
  }

  @Test
  void whatIsNotInstalledIsVerifiedAsMissingAndWhatIsBuiltInAsIntact() {
    assertThat(catalog.verify("cifar10").files())
        .hasSize(6)
        .allMatch(check -> check.status() == Status.MISSING);
    assertThat(catalog.verify("cifar10").intact()).isFalse();
    assertThat(catalog.verify("synthetic").intact()).isTrue();
  }

  private static void alter(Path file, int at, byte value) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] = value;
    Files.write(file, bytes);
  }
}
