package org.unvanish.model.keras;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * What jHDF reads a file through. It allows so many bytes to be read as the file is long, some
 * times over. An HDF5 file whose tables point at each other in circles, or which shares them so
 * that they unfold without end, is thereby given up after a known number of steps.
 */
final class BoundedChannel extends FileChannel {
  /** Where the bytes come from. */
  interface Source {
    /** Fills the rest of the buffer from this place on; fewer bytes only at the end. */
    int read(ByteBuffer target, long position) throws IOException;
  }

  /** A read costs at least this many bytes, as an object of HDF5 has a header of about that. */
  private static final int LEAST = 16;

  private static final int TIMES = 16;
  private static final long START = 1 << 20;

  private final Source source;
  private final long size;
  private long left;
  private long position;

  private BoundedChannel(Source source, long size) {
    this.source = source;
    this.size = size;
    this.left = START + TIMES * size;
  }

  /** Over a file, which stays open with whoever opened it. */
  static BoundedChannel of(FileChannel file) throws IOException {
    return new BoundedChannel(
        (target, position) -> {
          int total = 0;
          int read = 0;
          while (target.hasRemaining() && read >= 0) {
            read = file.read(target, position + total);
            total += Math.max(read, 0);
          }
          return total;
        },
        file.size());
  }

  /** Over bytes in memory. */
  static BoundedChannel of(byte[] bytes) {
    return new BoundedChannel(
        (target, position) -> {
          int count = (int) Math.min(target.remaining(), bytes.length - position);
          target.put(bytes, (int) position, count);
          return count;
        },
        bytes.length);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    left -= Math.max(LEAST, target.remaining());
    if (left < 0) {
      throw new IOException("its tables lead in circles");
    }
    if (position < 0 || position >= size) {
      return -1;
    }
    return source.read(target, position);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int count = read(target, position);
    position += Math.max(count, 0);
    return count;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public FileChannel position(long position) {
    this.position = position;
    return this;
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException("jHDF then reads, which is counted");
  }

  @Override
  protected void implCloseChannel() {
    // Whoever opened the file closes it.
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) {
    throw readOnly();
  }

  @Override
  public int write(ByteBuffer source) {
    throw readOnly();
  }

  @Override
  public int write(ByteBuffer source, long position) {
    throw readOnly();
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) {
    throw readOnly();
  }

  @Override
  public FileChannel truncate(long size) {
    throw readOnly();
  }

  @Override
  public void force(boolean metaData) {
    throw readOnly();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw readOnly();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw readOnly();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw readOnly();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    throw readOnly();
  }

  private static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("only single reads");
  }
}
