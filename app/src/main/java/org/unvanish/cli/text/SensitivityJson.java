package org.unvanish.cli.text;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.paper.Sensitivity;
import org.unvanish.paper.Sensitivity.Judged;
import org.unvanish.paper.SensitivityText;

/** The paper's claims under other readings, for other programs. */
public final class SensitivityJson {

  private SensitivityJson() {}

  /** The conclusion, then all claims with their verdicts under each reading, the base first. */
  public static String of(Sensitivity result) {
    List<JudgedClaim> claims = result.base().findings();
    return Json.text(
        Json.object(
            "conclusion", new SensitivityText(result).conclusion(),
            "data", result.data().name(),
            "seeds", result.seeds(),
            "epochs", result.epochs(),
            "readings", result.readings().stream().map(SensitivityJson::reading).toList(),
            "claims", IntStream.range(0, claims.size()).mapToObj(i -> claim(result, i)).toList()));
  }

  private static Object reading(Judged judged) {
    return Json.object(
        "reading", judged.reading().name(),
        "title", judged.reading().title(),
        "open", judged.reading().open());
  }

  private static Object claim(Sensitivity result, int claim) {
    JudgedClaim base = result.base().findings().get(claim);
    return Json.object(
        "claim", base.claim().id(),
        "statement", base.claim().statement(),
        "verdicts", result.readings().stream().map(judged -> verdict(judged, claim)).toList());
  }

  private static Object verdict(Judged judged, int claim) {
    JudgedClaim finding = judged.findings().get(claim);
    Map<String, @Nullable Object> object =
        Json.object(
            "reading", judged.reading().name(),
            "verdict", finding.label(),
            "change", judged.changes().get(claim).label(),
            "evidence", finding.evidence());
    finding.comparison().ifPresent(c -> object.put("comparison", ComparisonJson.json(c)));
    return object;
  }
}
