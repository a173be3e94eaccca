package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.data.Dataset;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.spec.Overrides;

class WarmUpTest {

  private static final Dataset DATA = SyntheticImages.draw(1, 64, 10);

  @Test
  void aStopDuringItIsLeftToBeSeen() {
    Thread.currentThread().interrupt();
    WarmUp.of(
        PaperSpecs.spec("table4").with(Overrides.runs(List.of(1L), 1)).experiment(DATA), DATA);
    assertThat(Thread.interrupted()).isTrue();
  }
}
