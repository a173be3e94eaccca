package org.unvanish.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.paper.Reading;
import org.unvanish.paper.Sensitivity;

class SensitivityJsonTest {

  @Test
  void everyClaimHasItsVerdictUnderEachReading() throws IOException {
    Experiment figure = PaperSpecs.spec("figure2").experiment(SyntheticImages.draw(1, 20, 10));
    Map<Reading, List<JudgedClaim>> findings = new LinkedHashMap<>();
    findings.put(Reading.BASE, PaperSpecs.SERIES.judge(new ExperimentResult(figure, List.of())));
    findings.put(Reading.OTHERS.get(0), List.of());
    JsonNode json =
        new ObjectMapper().readTree(SensitivityJson.of(Sensitivity.of(figure, findings)));
    assertThat(json.at("/data").asText()).isEqualTo(figure.data().name());
    assertThat(json.at("/seeds").asInt()).isEqualTo(25);
    assertThat(json.at("/readings").findValuesAsText("reading"))
        .containsExactly("base", "batch-64");
    assertThat(json.at("/claims").findValuesAsText("claim"))
        .containsExactly(
            "figure2.gradients", "figure2.accuracy", "figure2.immediate", "figure2.no-explosion");
    JsonNode accuracy = json.at("/claims/1/verdicts");
    assertThat(accuracy.findValuesAsText("change")).containsExactly("kept", "same-runs");
    assertThat(accuracy.at("/1/verdict").asText()).isEqualTo("undecided");
    assertThat(accuracy.at("/0/comparison/measure").asText()).isEqualTo("mean_accuracy");
    assertThat(accuracy.at("/0/comparison/difference").isNull()).isTrue();
    assertThat(json.at("/claims/3/verdicts/0").has("comparison")).isFalse();
  }
}
