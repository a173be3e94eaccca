package org.unvanish.data.catalog;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.DataException;
import org.unvanish.data.InputFiles;
import org.unvanish.data.SampleChecksums;
import org.unvanish.data.format.Cifar10Format;

/**
 * Takes the six files out of an archive and checks them. Only they are written, under their own
 * names, so no entry's path is ever followed; links and entries whose path climbs are passed over.
 */
final class Extractor {
  /** Far above what the archive's dictionary takes, far below what harms. */
  private static final int MEMORY_LIMIT_KIB = 256 * 1024;

  /** Of a tar archive: headers, and the blocks to which files are filled up. */
  private static final int HEADER_BYTES = 512;

  private static final int BUFFER_BYTES = 1 << 16;

  private static final String NO_ARCHIVE = " is not a .tar.gz or .tar.xz archive.";

  private static final String FRESH = ". Nothing was installed. Get a fresh copy.";

  private final ArchiveSource archive;
  private final Path folder;
  private final Cifar10Format format;
  private long unread;
  private final Set<String> missing = new LinkedHashSet<>(Cifar10Format.FILES);

  /**
   * @param folder empty
   */
  Extractor(ArchiveSource archive, Path folder, Cifar10Format format) {
    this.archive = archive;
    this.folder = folder;
    this.format = format;
  }

  /**
   * @throws DataException if the archive is no archive, is damaged, or does not hold the six files
   *     as published
   * @throws IOException if the folder cannot be written
   */
  void extract() throws IOException {
    long limit = InputFiles.MOST_ARCHIVE_EXCESS * Cifar10Format.FILES.size() * format.fileBytes();
    Allowance bytes = new Allowance(decompressed());
    TarArchiveInputStream tar = new TarArchiveInputStream(bytes);
    while (!missing.isEmpty()) {
      bytes.allow(unread + InputFiles.MOST_ARCHIVE_HEADER_BYTES);
      TarArchiveEntry entry = next(tar);
      if (entry == null) {
        throw refused("it lacks " + String.join(", ", missing));
      }
      // The header too: there may be millions of files without a byte.
      limit -= HEADER_BYTES + entry.getSize();
      if (limit < 0) {
        throw refused("it contains more than a data set can");
      }
      unread = entry.getSize() + HEADER_BYTES;
      bytes.allow(unread);
      String name = entry.getName().replaceFirst("(?s).*/", "");
      if (isTrusted(entry) && missing.remove(name)) {
        copy(tar, entry, name);
      }
    }
  }

  private InputStream decompressed() {
    BufferedInputStream in = new BufferedInputStream(archive, BUFFER_BYTES);
    try {
      String kind = CompressorStreamFactory.detect(in);
      if (kind.equals(CompressorStreamFactory.GZIP) || kind.equals(CompressorStreamFactory.XZ)) {
        return new CompressorStreamFactory(true, MEMORY_LIMIT_KIB)
            .createCompressorInputStream(kind, in);
      }
    } catch (CompressorException e) {
      throw new DataException(archive.location() + NO_ARCHIVE, e);
    }
    throw new DataException(archive.location() + NO_ARCHIVE);
  }

  private static boolean isTrusted(TarArchiveEntry entry) {
    return entry.isFile()
        && !entry.isLink()
        && !entry.isSymbolicLink()
        && !entry.isSparse()
        && !entry.getName().startsWith("/")
        && !Arrays.asList(entry.getName().split("/")).contains("..");
  }

  private void copy(TarArchiveInputStream tar, TarArchiveEntry entry, String name)
      throws IOException {
    if (entry.getSize() != format.fileBytes()) {
      throw refused(name + " has " + entry.getSize() + " bytes instead of " + format.fileBytes());
    }
    MessageDigest digest = SampleChecksums.sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
      for (int count = read(tar, buffer); count >= 0; count = read(tar, buffer)) {
        out.write(buffer, 0, count);
        digest.update(buffer, 0, count);
      }
    }
    int index = Cifar10Format.FILES.indexOf(name);
    if (!SampleChecksums.hex(digest).equals(format.checksums().get(index))) {
      throw refused("the SHA-256 of " + name + " is not the published one");
    }
  }

  private @Nullable TarArchiveEntry next(TarArchiveInputStream tar) {
    try {
      return tar.getNextEntry();
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private int read(TarArchiveInputStream tar, byte[] buffer) {
    try {
      return tar.read(buffer);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private DataException damaged(IOException e) {
    if (e instanceof Allowance.Exceeded) {
      return refused("the gaps between its files are too long");
    }
    String what = e instanceof EOFException ? "it is truncated" : "it is damaged";
    return new DataException(archive.location() + " cannot be unpacked: " + what + FRESH, e);
  }

  private DataException refused(String why) {
    return new DataException(
        archive.location() + " is not the binary version of CIFAR-10: " + why + FRESH);
  }
}
