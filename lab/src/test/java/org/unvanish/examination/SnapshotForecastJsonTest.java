package org.unvanish.examination;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class SnapshotForecastJsonTest {

  @Test
  void whatStoresCalledNetIsTheRootMeanSquare() throws JsonProcessingException {
    String stored =
        """
        {"net_log10": -3.5, "typical_log10": -4, "spread_log10": 0.1, "alpha_gain_log10": null,
         "critical_alpha": null, "layers": [
           {"name": "dense1", "activation_log10": -1, "weights_log10": -2.5, "net_log10": -3.5,
            "typical_log10": -4}]}
        """;
    SnapshotForecastJson read = new ObjectMapper().readValue(stored, SnapshotForecastJson.class);
    assertThat(read.rmsLog10()).isEqualTo(-3.5);
    assertThat(read.layers().get(0).rmsLog10()).isEqualTo(-3.5);
  }
}
