package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReproductionFolderTest {

  @ParameterizedTest
  @CsvSource({
    "cifar10, cifar10",
    "/home/ann/mnist, mnist",
    "/home/ann/mnist/, mnist",
    "mnist//, mnist",
    "C:\\data\\mnist\\, mnist",
    "my data/, my-data"
  })
  void resultsOnDataStandInAFolderWithItsName(String data, String name) {
    assertThat(ReproductionCommand.lastName(data)).isEqualTo(name);
  }
}
