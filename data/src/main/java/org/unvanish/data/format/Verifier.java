package org.unvanish.data.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.unvanish.data.SampleChecksums;
import org.unvanish.data.format.Verification.FileCheck;
import org.unvanish.data.format.Verification.Status;

/** Compares the files of a folder with the published ones. */
public final class Verifier {
  private Verifier() {}

  /** Every file, with its checksum. */
  public static Verification verify(String name, Path folder, Cifar10Format format) {
    List<FileCheck> checks =
        IntStream.range(0, Cifar10Format.FILES.size())
            .parallel()
            .mapToObj(i -> check(folder, format, i))
            .toList();
    return new Verification(name, checks);
  }

  /** What the user should know first, as far as names and sizes tell. */
  public static Optional<String> firstProblem(Path folder, Cifar10Format format) {
    if (!Files.isDirectory(folder)) {
      return Optional.of(folder + " is not a folder.");
    }
    return Cifar10Format.FILES.stream()
        .map(folder::resolve)
        .flatMap(file -> problem(file, format).stream())
        .findFirst();
  }

  private static Optional<String> problem(Path file, Cifar10Format format) {
    return switch (sizeStatus(file, format)) {
      case OK, ALTERED -> Optional.empty();
      case MISSING -> Optional.of(file + " is missing.");
      case UNREADABLE -> Optional.of(file + " cannot be read.");
      case WRONG_SIZE ->
          Optional.of(
              file
                  + " has "
                  + file.toFile().length()
                  + " bytes instead of "
                  + format.fileBytes()
                  + ".");
    };
  }

  private static FileCheck check(Path folder, Cifar10Format format, int index) {
    Path file = folder.resolve(Cifar10Format.FILES.get(index));
    Status status = sizeStatus(file, format);
    if (status == Status.OK) {
      try {
        boolean published = sha256(file).equals(format.checksums().get(index));
        status = published ? Status.OK : Status.ALTERED;
      } catch (IOException e) {
        status = Status.UNREADABLE;
      }
    }
    return new FileCheck(file, status);
  }

  private static Status sizeStatus(Path file, Cifar10Format format) {
    if (!Files.exists(file)) {
      return Status.MISSING;
    }
    try {
      boolean right = Files.isRegularFile(file) && Files.size(file) == format.fileBytes();
      return right ? Status.OK : Status.WRONG_SIZE;
    } catch (IOException e) {
      return Status.UNREADABLE;
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digested = new DigestInputStream(in, SampleChecksums.sha256())) {
      byte[] buffer = new byte[1 << 16];
      while (digested.read(buffer) >= 0) {
        // The digest takes what passes.
      }
      return SampleChecksums.hex(digested.getMessageDigest());
    }
  }
}
