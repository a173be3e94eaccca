package org.unvanish.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.unvanish.data.format.Cifar10Format;

/** Six small files in the format of CIFAR-10, "published" with their own checksums. */
public final class Fixture {
  public static final int RECORDS = 7;
  public static final int BYTES = RECORDS * Cifar10Format.RECORD_BYTES;

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  public Fixture() {
    Random random = new Random(1);
    for (String file : Cifar10Format.FILES) {
      byte[] bytes = new byte[BYTES];
      random.nextBytes(bytes);
      for (int record = 0; record < RECORDS; record++) {
        bytes[record * Cifar10Format.RECORD_BYTES] = (byte) random.nextInt(10);
      }
      files.put(file, bytes);
    }
  }

  public byte[] bytes(String file) {
    return files.get(file);
  }

  public Cifar10Format format() {
    List<String> checksums = new ArrayList<>();
    for (byte[] bytes : files.values()) {
      var digest = SampleChecksums.sha256();
      digest.update(bytes);
      checksums.add(SampleChecksums.hex(digest));
    }
    return new Cifar10Format(RECORDS, checksums);
  }

  public Path writeFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (var file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    return folder;
  }

  /** An archive as it is published. */
  public Path writeArchive(Path archive) throws IOException {
    try (TarArchiveOutputStream tar = tar(archive)) {
      addFile(tar, "cifar-10-batches-bin/batches.meta.txt", "airplane\n".getBytes());
      for (var file : files.entrySet()) {
        addFile(tar, "cifar-10-batches-bin/" + file.getKey(), file.getValue());
      }
      addFile(tar, "cifar-10-batches-bin/readme.html", "<html>".getBytes());
    }
    return archive;
  }

  /** An archive to be filled, compressed as its name says. */
  public static TarArchiveOutputStream tar(Path archive) throws IOException {
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive));
    return new TarArchiveOutputStream(
        archive.toString().endsWith(".xz")
            ? new XZCompressorOutputStream(out)
            : new GzipCompressorOutputStream(out));
  }

  public static void addFile(TarArchiveOutputStream tar, String name, byte[] bytes)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  public static void addSymbolicLink(TarArchiveOutputStream tar, String name, String target)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarArchiveEntry.LF_SYMLINK);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }
}
