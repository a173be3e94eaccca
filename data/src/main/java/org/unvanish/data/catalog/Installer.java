package org.unvanish.data.catalog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.DataException;
import org.unvanish.data.format.Cifar10Format;
import org.unvanish.data.format.Verifier;

/**
 * Puts CIFAR-10 into its folder. Files are unpacked and checked in a folder beside it, which is
 * then renamed: however an install ends, what looks installed is complete. Whoever holds the lock
 * may clear away what an earlier, killed install left.
 */
final class Installer {
  private static final long MEBIBYTE = 1 << 20;

  private final Path target;
  private final Path root;
  private final Path lock;
  private final Path unpacking;
  private final Path replaced;
  private final Cifar10Format format;

  /**
   * @param root made if it is not there
   * @param target the folder in root that will hold the files
   */
  Installer(Path root, Path target, Cifar10Format format) {
    this.root = root;
    this.target = target;
    this.format = format;
    String name = target.getFileName().toString();
    lock = root.resolve("." + name + ".lock");
    unpacking = root.resolve("." + name + ".unpacking");
    replaced = root.resolve("." + name + ".replaced");
  }

  InstallOutcome install(String source, InstallProgress progress) {
    if (Verifier.verify("", target, format).intact()) {
      return new InstallOutcome(target, true);
    }
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = tryLock(channel)) {
      if (held == null) {
        throw new DataException(
            "another install into " + root + " is running. Wait until it ends, or stop it.");
      }
      installAlone(source, progress);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    return new InstallOutcome(target, false);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private void installAlone(String source, InstallProgress progress) throws IOException {
    delete(unpacking);
    delete(replaced);
    requireSpace();
    try (ArchiveSource archive = ArchiveSource.open(source, progress)) {
      Files.createDirectory(unpacking);
      new Extractor(archive, unpacking, format).extract();
      // A folder cannot be renamed onto another.
      if (Files.exists(target)) {
        Files.move(target, replaced, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(unpacking, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(unpacking);
      delete(replaced);
    }
  }

  private void requireSpace() throws IOException {
    long needed = format.fileBytes() * Cifar10Format.FILES.size();
    long usable = Files.getFileStore(root).getUsableSpace();
    if (usable < needed) {
      throw new DataException(
          root
              + " has room for "
              + usable / MEBIBYTE
              + " MiB, but "
              + needed / MEBIBYTE
              + " MiB are needed. Free some space, or set XDG_CACHE_HOME to a folder on "
              + "another disk.");
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path inner, @Nullable IOException e)
              throws IOException {
            Files.delete(inner);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private DataException cannotWrite(IOException e) {
    return new DataException(
        "cannot write to "
            + root
            + ": "
            + DataException.reason(e)
            + ". Check the folder and its disk, or set XDG_CACHE_HOME to another folder.",
        e);
  }
}
