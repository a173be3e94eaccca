package org.unvanish.export;

/** The message {@code Summary}: values under their tags. */
final class SummaryMessage {

  private final Protobuf message = new Protobuf();

  /** A number; event files keep it in single precision. */
  SummaryMessage scalar(String tag, double value) {
    message.message(1, new Protobuf().text(1, tag).number(2, (float) value));
    return this;
  }

  SummaryMessage histogram(String tag, Histogram histogram) {
    message.message(1, new Protobuf().text(1, tag).message(5, histogram.message()));
    return this;
  }

  Protobuf message() {
    return message;
  }
}
