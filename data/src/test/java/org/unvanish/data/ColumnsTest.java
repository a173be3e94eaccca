package org.unvanish.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {

  private static final Columns COLUMNS =
      new Columns(
          List.of(
              new InputColumn.Numeric("size"),
              new InputColumn.Coded("city", List.of("Bonn", "Oslo", "Rome")),
              new InputColumn.OneHot("kind", "flat"),
              new InputColumn.OneHot("kind", "house")),
          List.of());

  @Test
  void aColumnOfCategoryNumbersIsFoundByName() {
    assertThat(COLUMNS.coded("city")).hasValue(1);
    assertThat(COLUMNS.categories(1)).isEqualTo(3);
    assertThat(COLUMNS.coded("kind")).as("one input for each category").isEmpty();
    assertThat(COLUMNS.coded("size")).isEmpty();
    assertThat(COLUMNS.coded("town")).isEmpty();
    assertThat(COLUMNS.categories(0)).isZero();
  }

  @Test
  void scalingIsForSizesOnly() {
    assertThat(COLUMNS.isNumeric(0)).isTrue();
    assertThat(COLUMNS.isNumeric(1)).isFalse();
    assertThat(COLUMNS.isNumeric(2)).isFalse();
    assertThat(Columns.NONE.isNumeric(7)).as("without names, as pixels are").isTrue();
  }

  @Test
  void columnsThatAreNotAsManyAsTheInputsAreRefused() {
    assertThatThrownBy(
            () ->
                new ImageSet(
                    Shape.flat(3),
                    new Pixels.Floats(new float[6]),
                    new Targets.Labels(new byte[2]),
                    COLUMNS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("4 columns cannot be the 3 inputs of a sample");
  }
}
