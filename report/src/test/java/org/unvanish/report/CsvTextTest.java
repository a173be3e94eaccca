package org.unvanish.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CsvTextTest {

  @Test
  void aTextThatASpreadsheetWouldRunHasAnApostropheInFront() throws IOException {
    CsvText table = new CsvText("arm", "value");
    for (String arm : new String[] {"=1+1", "+x", "-x", "@SUM(1)", "\tx", "", "a=b"}) {
      table.row(arm, -1.5);
    }
    assertThat(table.text())
        .isEqualTo(
            "arm,value\n'=1+1,-1.5\n'+x,-1.5\n'-x,-1.5\n'@SUM(1),-1.5\n'\tx,-1.5\n"
                + "\"\",-1.5\na=b,-1.5\n");
  }
}
