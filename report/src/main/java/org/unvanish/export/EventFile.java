package org.unvanish.export;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32C;

/**
 * TensorBoard's event file while it grows: TFRecords, each a message {@code Event} of TensorFlow's
 * {@code event.proto} and {@code summary.proto}.
 */
final class EventFile {

  private static final int CRC_MASK = 0xa282ead8;

  /** The message {@code Summary} of one step: values under their tags. */
  static final class Summary {

    private final Protobuf message = new Protobuf();

    /** A number; event files keep it in single precision. */
    Summary scalar(String tag, double value) {
      message.message(1, new Protobuf().text(1, tag).number(2, (float) value));
      return this;
    }

    Summary histogram(String tag, Histogram histogram) {
      message.message(1, new Protobuf().text(1, tag).message(5, histogram.message()));
      return this;
    }
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Begins with the version of the format. */
  EventFile(double wallTime) {
    record(new Protobuf().number(1, wallTime).text(3, "brain.Event:2"));
  }

  /** Adds numbers and histograms of one step. */
  void add(double wallTime, long step, Summary summary) {
    record(new Protobuf().number(1, wallTime).number(2, step).message(5, summary.message));
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }

  /** Length, its checksum, the message, its checksum. */
  private void record(Protobuf event) {
    byte[] data = event.toByteArray();
    byte[] length = Protobuf.little(Long.BYTES).putLong(data.length).array();
    out.writeBytes(length);
    out.writeBytes(Protobuf.little(Integer.BYTES).putInt(masked(length)).array());
    out.writeBytes(data);
    out.writeBytes(Protobuf.little(Integer.BYTES).putInt(masked(data)).array());
  }

  private static int masked(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    return Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK;
  }
}
