package org.unvanish.data.format.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.data.ColumnRoles;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Targets;
import org.unvanish.data.catalog.DataCatalog;

/** The table of the examples is Fisher's. */
class IrisTest {

  private static final DataSource IRIS = DataSource.of("../examples/iris.csv");

  private static Dataset load(DataSource source) {
    return new DataCatalog(Path.of("nowhere")).load(source);
  }

  @Test
  void itHasTheKnownRowsAndMeans() {
    Dataset data = load(IRIS.withColumns(ColumnRoles.label("species")));
    assertThat(data.classes()).containsExactly("setosa", "versicolor", "virginica");
    int[] counts = new int[3];
    double[] means = new double[4];
    for (ImageSet part : List.of(data.train(), data.test())) {
      for (int i = 0; i < part.count(); i++) {
        counts[part.label(i)]++;
        for (int k = 0; k < 4; k++) {
          means[k] += part.pixels().value(4 * i + k) / 150.0;
        }
      }
    }
    assertThat(counts).containsExactly(50, 50, 50);
    assertThat(means).containsExactly(new double[] {5.843, 3.057, 3.758, 1.199}, within(5e-4));
  }

  @Test
  void itIsARegressionWithACategory() {
    ColumnRoles roles = ColumnRoles.targets("petal-width").withCategorical("species");
    Dataset data = load(IRIS.withColumns(roles));
    assertThat(data.shape().size()).as("three measures and three species").isEqualTo(6);
    assertThat(((Targets.Numeric) data.train().targets()).range().most()).isEqualTo(2.5);
  }
}
