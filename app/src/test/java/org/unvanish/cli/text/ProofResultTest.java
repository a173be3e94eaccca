package org.unvanish.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.cli.StrictSchema;
import org.unvanish.data.Dataset;
import org.unvanish.data.LoadProgress;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.examination.DiagnosisJson;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.spec.ExperimentSpec;

class ProofResultTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path cache;

  @Test
  void aProofHasTheSameMembersForNumbersAsForClasses() throws IOException {
    ExperimentSpec spec =
        ExperimentSpec.parse(
            """
            name: own
            data: {source: regression, samples: 20}
            network: [{dense: targets}]
            defaults: {loss: mean-squared-error, epochs: 1, seeds: 2}
            arms: [{name: untouched}, {name: prescribed, initial-values: zeros}]
            """,
            "own.yaml");
    Dataset data = spec.load(new DataCatalog(cache), LoadProgress.SILENT);
    ExperimentResult trained = new ExperimentRunner(1).run(spec.experiment(data), data);
    ProofResult proof =
        new ProofResult(trained, new MeanSquaredError().constant(data.test().targets()));
    JsonNode json = JSON.readTree(Json.text(proof.json()));

    JsonNode verdict = json.at("/verdict");
    ObjectNode schema = (ObjectNode) JSON.readTree(DiagnosisJson.schema());
    schema.retain("$schema", "$defs").put("$ref", "#/$defs/proof_verdict");
    assertThat(StrictSchema.of(schema.toString()).errors(verdict.toString())).isEmpty();
    assertThat(verdict.at("/score").asText()).isEqualTo("r2");
    assertThat(verdict.at("/test_score/prescribed").isNumber()).isTrue();
    JsonNode compared = json.at("/comparison");
    assertThat(compared.at("/score").asText()).isEqualTo("r2");
    assertThat(compared.at("/gradient_epochs").asInt()).isEqualTo(1);
    assertThat(compared.at("/arms/0/runs/0").fieldNames())
        .toIterable()
        .containsExactly(
            "seed", "outcome", "final_score", "best_score", "mean_score", "gradient", "epochs_to");
  }
}
