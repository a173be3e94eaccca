package org.unvanish.diagnosis.prescription;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisWordsTest {

  @ParameterizedTest
  @CsvSource({
    "140, 140",
    "140.2, 140",
    "200.47, 200",
    "99.97, 100",
    "5.02, 5.02",
    "5.501, 5.5",
    "5.001, 5",
    "0.02, 0.02",
    "0.7071067811865476, 0.707",
    "0.00000123, 1.23e-06",
    "0.0000012, 1.2e-06",
    "1234.5, 1.23e+03"
  })
  void numbersKeepTheZerosInFrontOfTheirPoint(double value, String text) {
    assertThat(DiagnosisWords.number(value)).isEqualTo(text);
  }
}
