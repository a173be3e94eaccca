package org.unvanish.internal.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.unvanish.internal.safetensors.StoredTensor.Type;

class TensorFileTest {

  @ParameterizedTest
  @EnumSource
  void smallNumbersOfEveryTypeComeBack(Type type, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.safetensors");
    double[] values = {0, 1, type == Type.BOOL ? 1 : 100, type.isWhole() ? 1 : 0.375};
    StoredTensor first = new StoredTensor("first", Type.F64, List.of(), i -> Math.PI);
    TensorFile.write(
        file,
        Map.of(),
        List.of(first, new StoredTensor("a", type, List.of(2, 2), i -> values[i])));
    try (TensorFile stored = TensorFile.open(file)) {
      assertThat(stored.type("a")).isEqualTo(type);
      assertThat(stored.shape("a")).containsExactly(2L, 2L);
      assertThat(stored.readDoubles("a")).containsExactly(values);
      assertThat(stored.shape("first")).isEmpty();
      assertThat(stored.readDoubles("first")).containsExactly(Math.PI);
    }
  }

  /** From IEEE 754-2019, table 3.5, and numpy's float16. */
  @ParameterizedTest
  @CsvSource({
    "HALF, 3c00, 1",
    "HALF, c000, -2",
    "HALF, 7bff, 65504",
    "HALF, 0001, 5.960464477539063e-8",
    "HALF, 03ff, 6.097555160522461e-5",
    "HALF, 0400, 6.103515625e-5",
    "HALF, 3555, 0.333251953125",
    "HALF, 7c00, Infinity",
    "HALF, fc00, -Infinity",
    "HALF, 7e00, NaN",
    "HALF, 8000, -0.0",
    "BRAIN, 3f80, 1",
    "BRAIN, 4049, 3.140625",
    "BRAIN, 7f7f, 3.3895313892515355e38",
    "BRAIN, 0001, 9.183549615799121e-41",
    "BRAIN, ff80, -Infinity",
    "BRAIN, 7fc0, NaN",
  })
  void aShortFloatIsWhatItsBitsSay(ShortFloat kind, String bits, double value) {
    short number = (short) Integer.parseInt(bits, 16);
    assertThat(kind.value(number)).isEqualTo(Double.valueOf(value));
    assertThat(kind.bits(value)).isEqualTo(number);
  }

  @ParameterizedTest
  @EnumSource
  void everyShortFloatComesBack(ShortFloat kind) {
    for (int bits = 0; bits < 1 << 16; bits++) {
      double value = kind.value((short) bits);
      if (!Double.isNaN(value)) {
        assertThat(kind.bits(value)).isEqualTo((short) bits);
      }
    }
  }

  /** The way of numpy's float16: 1 + 2⁻¹¹ lies between two numbers, and 65520 rounds to infinity. */
  @Test
  void aTieGoesToTheEvenNumber() {
    assertThat(ShortFloat.HALF.bits(1 + 0x1p-11)).isEqualTo((short) 0x3c00);
    assertThat(ShortFloat.HALF.bits(1 + 3 * 0x1p-11)).isEqualTo((short) 0x3c02);
    assertThat(ShortFloat.HALF.bits(65519)).isEqualTo((short) 0x7bff);
    assertThat(ShortFloat.HALF.bits(65520)).isEqualTo((short) 0x7c00);
    assertThat(ShortFloat.HALF.bits(0x1p-25)).isEqualTo((short) 0);
    assertThat(ShortFloat.HALF.bits(0x1.8p-24)).isEqualTo((short) 2);
    assertThat(ShortFloat.BRAIN.bits(1e300)).isEqualTo((short) 0x7f80);
  }

  @Test
  void aBufferOfTheOtherOrderIsRead() {
    ByteBuffer big = ByteBuffer.wrap(new byte[] {0x3f, (byte) 0x80, 0, 0});
    assertThat(Type.F32.get(big)).isEqualTo(1);
  }
}
