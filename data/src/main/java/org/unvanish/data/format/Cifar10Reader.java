package org.unvanish.data.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.data.DataException;
import org.unvanish.data.ImageSet;
import org.unvanish.data.SampleChecksums;

/** Reads the six files of a folder straight into two image sets, hashing them on the way. */
public final class Cifar10Reader {
  /** Few enough to stay in the processor's cache between hashing and copying. */
  private static final int RECORDS_AT_ONCE = 64;

  private final Path folder;
  private final String wayOut;
  private final int records;
  private final Room train;
  private final Room test;

  /**
   * What a folder holds.
   *
   * @param checksums of the files, in their order
   */
  public record Content(ImageSet train, ImageSet test, List<String> checksums) {}

  /** Where images are read to. */
  private static final class Room {
    private final byte[] pixels;
    private final byte[] labels;

    Room(int count) {
      this.pixels = new byte[count * Cifar10Format.SHAPE.size()];
      this.labels = new byte[count];
    }

    ImageSet images() {
      return new ImageSet(Cifar10Format.SHAPE, pixels, labels);
    }
  }

  private Cifar10Reader(Path folder, Cifar10Format format, String wayOut) {
    this.folder = folder;
    this.wayOut = wayOut;
    this.records = Math.toIntExact(format.recordsPerFile());
    this.train = new Room(Cifar10Format.TRAIN_FILES * records);
    this.test = new Room(records);
  }

  /**
   * Reads the images and labels of the folder.
   *
   * @param wayOut what a user whose files are wrong can do
   * @throws DataException if a file is missing, has another size than the format says, cannot be
   *     read or holds a label above 9
   */
  public static Content read(Path folder, Cifar10Format format, String wayOut) {
    Verifier.firstProblem(folder, format)
        .ifPresent(
            problem -> {
              throw new DataException(problem + " " + wayOut);
            });
    return new Cifar10Reader(folder, format, wayOut).read();
  }

  private Content read() {
    List<String> checksums =
        IntStream.range(0, Cifar10Format.FILES.size()).parallel().mapToObj(this::readFile).toList();
    return new Content(train.images(), test.images(), checksums);
  }

  private String readFile(int index) {
    boolean isTest = index == Cifar10Format.TRAIN_FILES;
    Room images = isTest ? test : train;
    int first = isTest ? 0 : index * records;
    Path file = folder.resolve(Cifar10Format.FILES.get(index));
    MessageDigest digest = SampleChecksums.sha256();
    byte[] buffer = new byte[RECORDS_AT_ONCE * Cifar10Format.RECORD_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int done = 0; done < records; done += RECORDS_AT_ONCE) {
        int count = Math.min(RECORDS_AT_ONCE, records - done);
        int bytes = count * Cifar10Format.RECORD_BYTES;
        if (in.readNBytes(buffer, 0, bytes) < bytes) {
          throw new DataException(file + " became shorter while it was read. " + wayOut);
        }
        digest.update(buffer, 0, bytes);
        for (int i = 0; i < count; i++) {
          copyRecord(buffer, i, images, first + done + i, file, done + i);
        }
      }
    } catch (IOException e) {
      throw DataException.cannotRead(file, e);
    }
    return SampleChecksums.hex(digest);
  }

  private void copyRecord(byte[] buffer, int from, Room images, int to, Path file, int record) {
    int start = from * Cifar10Format.RECORD_BYTES;
    int label = Byte.toUnsignedInt(buffer[start]);
    if (label >= Cifar10.CLASSES.size()) {
      throw new DataException(
          file
              + " is altered: record "
              + record
              + " (from 0) has label "
              + label
              + ", but labels go from 0 to 9. "
              + wayOut);
    }
    images.labels[to] = (byte) label;
    int size = Cifar10Format.SHAPE.size();
    System.arraycopy(buffer, start + 1, images.pixels, to * size, size);
  }
}
