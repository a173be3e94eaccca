package org.unvanish.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.unvanish.comparison.Examples;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.store.Provenance;
import org.unvanish.store.Session;
import org.unvanish.train.EpochRecord;

/** Event files, read by Google's own library for Protocol Buffers. */
class EventFileTest {

  private static final Provenance HERE = new Provenance("1", "jvm", "cpu");

  /** One value of a summary. */
  private record Value(double wallTime, long step, UnknownFieldSet message) {
    float scalar() {
      return Float.intBitsToFloat(message.getField(2).getFixed32List().get(0));
    }

    UnknownFieldSet histogram() throws IOException {
      return UnknownFieldSet.parseFrom(message.getField(5).getLengthDelimitedList().get(0));
    }
  }

  @Test
  void theFirstRecordNamesTheVersionOfTheFormat() throws IOException {
    List<byte[]> records = records(new EventFile(12.5).toByteArray());
    assertThat(records).hasSize(1);
    UnknownFieldSet event = UnknownFieldSet.parseFrom(records.get(0));
    assertThat(wallTime(event)).isEqualTo(12.5);
    assertThat(event.getField(3).getLengthDelimitedList().get(0).toStringUtf8())
        .isEqualTo("brain.Event:2");
  }

  @Test
  void everyEpochHasItsNumbersUnderTheirTags() throws IOException {
    Map<String, List<Value>> values =
        values(TensorBoardFiles.events(run(epoch(1, 0.25, 1e-7), epoch(2, 0.5, 3e-11)), List.of()));
    assertThat(values)
        .containsKeys(
            "loss/train",
            "loss/test",
            "accuracy/train",
            "accuracy/test",
            "time/seconds",
            "gradients/all/total/rms",
            "gradients/dense1/weights/data/vanished_share");
    assertThat(values.get("accuracy/test")).extracting(Value::step).containsExactly(1L, 2L);
    assertThat(values.get("accuracy/test")).extracting(Value::scalar).containsExactly(0.25f, 0.5f);
    assertThat(values.get("gradients/dense1/weights/total/mean_abs"))
        .extracting(Value::scalar)
        .containsExactly(1e-7f, 3e-11f);
  }

  @Test
  void aHistogramHasTheQuantilesAsTheLimitsOfItsBuckets() throws IOException {
    Map<String, List<Value>> values =
        values(TensorBoardFiles.events(run(epoch(1, 0.25, 1)), List.of()));
    UnknownFieldSet histogram = values.get("gradients/all/data/abs").get(0).histogram();
    assertThat(number(histogram, 1)).isZero();
    assertThat(number(histogram, 2)).isEqualTo(9);
    assertThat(number(histogram, 3)).isEqualTo(8);
    assertThat(number(histogram, 4)).isEqualTo(8);
    assertThat(number(histogram, 5)).isEqualTo(8 * 1.5 * 1.5);
    assertThat(numbers(histogram, 6)).containsExactly(0.1, 1.0 / 3, 0.5, 1.1, 4.0, 9.0);
    assertThat(numbers(histogram, 7)).containsExactly(0.4, 1.6, 2.0, 2.0, 1.6, 0.4);
  }

  @Test
  void timesCountFromTheStartOfTheSessionThatTrainedTheEpoch() throws IOException {
    List<Session> sessions =
        List.of(
            new Session(1, HERE, Instant.ofEpochSecond(1_000), Optional.empty()),
            new Session(2, HERE, Instant.ofEpochSecond(2_000), Optional.empty()),
            new Session(2, HERE, Instant.ofEpochMilli(5_000_500), Optional.empty()));
    byte[] file =
        TensorBoardFiles.events(
            run(epoch(1, 0.1, 1), epoch(2, 0.1, 1), epoch(3, 0.1, 1)), sessions);
    assertThat(values(file).get("loss/test"))
        .extracting(Value::wallTime)
        .containsExactly(1_001.25, 5_001.75, 5_003.0);
    assertThat(wallTime(UnknownFieldSet.parseFrom(records(file).get(0)))).isEqualTo(1_000);
  }

  @Test
  void numbersThatAreNotFiniteStayAndHistogramsOfThemAreLeftOut() throws IOException {
    EpochRecord infinite = epoch(1, Double.NaN, Double.POSITIVE_INFINITY);
    Map<String, List<Value>> values = values(TensorBoardFiles.events(run(infinite), List.of()));
    assertThat(values.get("accuracy/test").get(0).scalar()).isNaN();
    assertThat(values.get("gradients/all/total/rms").get(0).scalar()).isInfinite();
    assertThat(values).doesNotContainKey("gradients/all/total/abs");
    assertThat(values).containsKey("gradients/all/penalty/abs");
    assertThat(values.get("updates/dense1/weights/update_to_weight").get(0).scalar()).isInfinite();
  }

  private static EpochRecord epoch(int epoch, double accuracy, double gradient) {
    return Examples.epoch(epoch, accuracy, gradient);
  }

  private static RunResult run(EpochRecord... epochs) {
    Arm arm = Examples.arm("tanh", 1L);
    return new RunResult(new Run(arm, 1), new RunOutcome.Interrupted(), List.of(epochs));
  }

  private static Map<String, List<Value>> values(byte[] file) throws IOException {
    Map<String, List<Value>> values = new LinkedHashMap<>();
    List<byte[]> records = records(file);
    for (byte[] record : records.subList(1, records.size())) {
      UnknownFieldSet event = UnknownFieldSet.parseFrom(record);
      long step = event.getField(2).getVarintList().get(0);
      UnknownFieldSet summary =
          UnknownFieldSet.parseFrom(event.getField(5).getLengthDelimitedList().get(0));
      for (var bytes : summary.getField(1).getLengthDelimitedList()) {
        UnknownFieldSet value = UnknownFieldSet.parseFrom(bytes);
        String tag = value.getField(1).getLengthDelimitedList().get(0).toStringUtf8();
        values
            .computeIfAbsent(tag, t -> new ArrayList<>())
            .add(new Value(wallTime(event), step, value));
      }
    }
    return values;
  }

  private static double wallTime(UnknownFieldSet event) {
    return number(event, 1);
  }

  private static double number(UnknownFieldSet message, int field) {
    return Double.longBitsToDouble(message.getField(field).getFixed64List().get(0));
  }

  private static List<Double> numbers(UnknownFieldSet message, int field) {
    ByteBuffer packed =
        message
            .getField(field)
            .getLengthDelimitedList()
            .get(0)
            .asReadOnlyByteBuffer()
            .order(ByteOrder.LITTLE_ENDIAN);
    List<Double> numbers = new ArrayList<>();
    while (packed.hasRemaining()) {
      numbers.add(packed.getDouble());
    }
    return numbers;
  }

  /** TFRecords as TensorFlow's {@code record_writer.h} describes them, checksums checked. */
  static List<byte[]> records(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> records = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      assertThat(in.getInt()).isEqualTo(masked(length));
      byte[] data =
          new byte
              [Math.toIntExact(ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong())];
      in.get(data);
      assertThat(in.getInt()).isEqualTo(masked(data));
      records.add(data);
    }
    return records;
  }

  private static int masked(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    long value = crc.getValue();
    return (int) (((value >>> 15) | (value << 17)) + 0xa282ead8L);
  }
}
