package org.unvanish.data.format.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.ColumnRoles;
import org.unvanish.data.DataException;
import org.unvanish.data.DataFormat;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.InputColumn;
import org.unvanish.data.InputFiles;
import org.unvanish.data.Shape;
import org.unvanish.data.TargetChoice;
import org.unvanish.data.TargetColumn;
import org.unvanish.data.Targets;
import org.unvanish.data.catalog.DataCatalog;

/** Target columns, columns of categories, and samples that are their own targets. */
class CsvColumnsTest {

  private static final String HOUSES =
      """
      size,city,price,floor,rent
      70,Rome,300,2,9
      55,Oslo,400,1,12
      90,Rome,350,10,8
      40,Bonn,150,2,7
      """;

  @TempDir Path folder;

  private Path file;
  private DataCatalog catalog;

  @BeforeEach
  void open() {
    catalog = new DataCatalog(folder.resolve("none"));
    file = folder.resolve("houses.csv");
  }

  private Dataset load(String text, ColumnRoles columns) throws IOException {
    return load(text, columns, TargetChoice.RAW);
  }

  private Dataset load(String text, ColumnRoles columns, TargetChoice targets) throws IOException {
    Files.writeString(file, text);
    return catalog.load(source(file, columns).withTargets(targets));
  }

  private static DataSource source(Path path, ColumnRoles columns) {
    return DataSource.of(path.toString()).withColumns(columns).withTestShare(0.25);
  }

  private static List<List<Double>> rows(ImageSet samples) {
    int size = samples.shape().size();
    return IntStream.range(0, samples.count())
        .mapToObj(
            i ->
                IntStream.range(i * size, (i + 1) * size)
                    .mapToObj(at -> (double) samples.pixels().value(at))
                    .toList())
        .toList();
  }

  private void refused(String text, ColumnRoles columns, String... messages) {
    assertThatThrownBy(() -> load(text, columns))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(messages)
        .hasMessageContaining(file.toString());
  }

  @Test
  void columnsThatAreIgnoredAreNotRead() throws IOException {
    String text = "size,note,price\n70,,300\n55,NA,400\n90,late,350\n40,x,150\n";
    Dataset data = load(text, ColumnRoles.targets("price").withIgnored("note"));
    assertThat(data.train().columns().inputs()).containsExactly(new InputColumn.Numeric("size"));
    refused(
        "x,label\n1,a\n2,b\n",
        ColumnRoles.DEFAULT.withIgnored("label"),
        "holds the labels. Remove it from ignored-columns");
    refused(
        "x,label\n1,a\n2,b\n",
        ColumnRoles.DEFAULT.withIgnored("x"),
        "has no column but the label column");
  }

  @Test
  void allColumnsThatAreNotThereAreTold() {
    refused(
        HOUSES,
        ColumnRoles.targets("prise", "rent").withCategorical("town"),
        "has no column \"town\", which categorical-columns names",
        "has no column \"prise\", which target-columns names",
        "Did you mean \"price\"?");
  }

  @Test
  void severalColumnsOfNumbersAreLearntInTheOrderInWhichTheyAreNamed() throws IOException {
    Dataset data =
        load(HOUSES, ColumnRoles.targets("rent", "price").withCategorical("city", "floor"));
    assertThat(data.classes()).isEmpty();
    assertThat(data.targetWidth()).isEqualTo(2);
    assertThat(data.train().columns().targets())
        .containsExactly(TargetColumn.raw("rent"), TargetColumn.raw("price"));
    assertThat(data.train().count()).isEqualTo(3);
    assertThat(data.title())
        .isEqualTo("houses.csv (csv), 25 % of the samples for testing (seed 1)");
    for (ImageSet part : List.of(data.train(), data.test())) {
      for (int i = 0; i < part.count(); i++) {
        double size = part.pixels().value(i * part.shape().size());
        assertThat(part.targets().of(i))
            .as("the numbers of the row with size %s", size)
            .containsExactly(
                size == 70
                    ? new double[] {9, 300}
                    : size == 55
                        ? new double[] {12, 400}
                        : size == 90 ? new double[] {8, 350} : new double[] {7, 150});
      }
    }
  }

  @Test
  void aCategoryBecomesAnInputForEachThatThereIs() throws IOException {
    Dataset data = load(HOUSES, ColumnRoles.targets("price").withCategorical("city", "floor"));
    assertThat(data.shape()).isEqualTo(Shape.flat(8));
    assertThat(data.train().columns().inputs())
        .as("categories sorted by text, or by number if all are whole numbers")
        .containsExactly(
            new InputColumn.Numeric("size"),
            new InputColumn.OneHot("city", "Bonn"),
            new InputColumn.OneHot("city", "Oslo"),
            new InputColumn.OneHot("city", "Rome"),
            new InputColumn.OneHot("floor", "1"),
            new InputColumn.OneHot("floor", "2"),
            new InputColumn.OneHot("floor", "10"),
            new InputColumn.Numeric("rent"));
    List<List<Double>> all = new ArrayList<>(rows(data.train()));
    all.addAll(rows(data.test()));
    assertThat(all)
        .containsExactlyInAnyOrder(
            List.of(70.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 9.0),
            List.of(55.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 12.0),
            List.of(90.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 8.0),
            List.of(40.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 7.0));
  }

  @Test
  void aCategoryThatAnEmbeddingReadsStaysOneNumber() throws IOException {
    ColumnRoles roles = ColumnRoles.targets("price").withCategorical("city", "floor");
    Dataset data = load(HOUSES, roles.withCoded(Set.of("city", "size")));
    assertThat(data.train().columns().coded("city")).hasValue(1);
    assertThat(data.train().columns().categories(1)).isEqualTo(3);
    assertThat(data.train().columns().coded("size")).as("is no category").isEmpty();
    assertThat(rows(data.train())).extracting(row -> row.get(1)).containsOnly(0.0, 1.0, 2.0);
    assertThat(data.sha256()).isNotEqualTo(load(HOUSES, roles).sha256());
  }

  @Test
  void categoriesAndNumbersOfTheSameValuesHaveOtherChecksums() throws IOException {
    String numbers = "a,b,y\n0,1,5\n1,0,6\n1,0,7\n0,1,8\n";
    String categories = "a,y\nq,5\np,6\np,7\nq,8\n";
    Dataset one = load(numbers, ColumnRoles.targets("y"));
    Dataset other = load(categories, ColumnRoles.targets("y").withCategorical("a"));
    assertThat(rows(other.train())).isEqualTo(rows(one.train()));
    assertThat(other.sha256()).as("scaling tells them apart").isNotEqualTo(one.sha256());
  }

  @Test
  void theCategoriesOfTestRowsAreThoseOfTheTrainingRows() throws IOException {
    ColumnRoles roles = ColumnRoles.label("kind").withCategorical("city");
    Files.writeString(folder.resolve("train.csv"), "city,kind\nb,x\na,y\nc,x\n");
    Path test = Files.writeString(folder.resolve("test.csv"), "city,kind\nc,y\na,x\n");
    assertThat(rows(catalog.load(source(folder, roles)).test()))
        .containsExactly(List.of(0.0, 0.0, 1.0), List.of(1.0, 0.0, 0.0));
    Files.writeString(test, "city,kind\nc,y\nd,x\n");
    assertThatThrownBy(() -> catalog.load(source(folder, roles)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "%s has rows with \"d\" in the column \"city\", but train.csv has none to train on. Add some, or remove these.",
            test);
  }

  @Test
  void targetsThatCannotBeLearntAreRefused() {
    ColumnRoles price = ColumnRoles.targets("price");
    refused("x,y\n1,2\n", price, "has no column \"price\", which target-columns names", "x, y.");
    refused(
        "x,price\n1,2\n2,high\n",
        price,
        "line 3, column \"price\": \"high\" is not a number",
        "if these are classes, name it as label-column");
    refused("x,price\n1,2\n2,\n", price, "line 3, column \"price\": the value is missing.");
    refused("x,price\n1,2\n2,NA\n", price, "column \"price\": the value is missing (\"NA\").");
    refused(
        "x,price\n1,2\n2,2\n3,2.0\n",
        price,
        "the target column \"price\"",
        "is 2.0 in all training rows, so there is nothing to learn. Name another column.");
    refused("price\n1\n2\n", price, "has no column but the target columns.");
  }

  @Test
  void aConstantTargetOfATrainingFileIsRefusedWhateverTheTestFileHas() throws IOException {
    Files.writeString(folder.resolve("train.csv"), "x,y,z\n1,2,3\n4,5,3\n");
    Files.writeString(folder.resolve("test.csv"), "x,y,z\n1,2,4\n");
    assertThatThrownBy(() -> catalog.load(source(folder, ColumnRoles.targets("y", "z"))))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("the target column \"z\" of " + folder + " is 3.0");
  }

  @Test
  void inputsThatAreNoNumbersNameTheWayOut() {
    refused(
        HOUSES,
        ColumnRoles.targets("price"),
        "line 2, column \"city\": \"Rome\" is not a number",
        "If the column holds categories, name it in categorical-columns");
    ColumnRoles city = ColumnRoles.targets("price").withCategorical("city");
    refused(
        HOUSES.replace("Oslo", "?"),
        city,
        "line 3, column \"city\": the category is missing (\"?\")");
    refused(
        "price,town\n1,a\n2,b\n",
        city,
        "has no column \"city\", which categorical-columns names; the columns, separated by commas, are: price, town.");
  }

  @Test
  void aColumnOfNamesIsNoColumnOfCategories() {
    StringBuilder text = new StringBuilder("name,y\n");
    for (int i = 0; i <= InputFiles.MOST_CATEGORIES; i++) {
      text.append('n').append(i).append(',').append(i).append('\n');
    }
    refused(
        text.toString(),
        ColumnRoles.targets("y").withCategorical("name"),
        "line 10002: \"n10000\" is the 10001th category of the column \"name\"",
        "at most 10000");
  }

  @Test
  void rolesChangeOneByOne() {
    ColumnRoles roles = ColumnRoles.label("kind").withCategorical("city", "floor");
    ColumnRoles coded = roles.withCoded(Set.of("city", "floor"));
    assertThat(coded.withCategorical("city", "street").coded()).containsExactly("city");
    assertThat(coded.withCategorical("city", "floor")).isEqualTo(coded);
    assertThat(coded.withLabelsAreClasses())
        .isEqualTo(
            new ColumnRoles(
                Optional.of("kind"),
                true,
                List.of(),
                List.of("city", "floor"),
                Set.of("city", "floor")));
    assertThatThrownBy(() -> ColumnRoles.targets("y").withLabelsAreClasses())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("either a label column (for classes) or target columns");
  }

  @Test
  void aColumnHasOneRoleOnly() {
    assertThatThrownBy(() -> ColumnRoles.targets("a", "b", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the column \"a\" is named twice, but can have one role only");
    assertThatThrownBy(() -> ColumnRoles.targets("a").withCategorical("b", "a"))
        .hasMessageContaining("\"a\" is named twice");
    assertThatThrownBy(() -> ColumnRoles.label("a").withCategorical("a"))
        .hasMessageContaining("\"a\" is named twice");
    assertThatThrownBy(() -> ColumnRoles.targets(" ")).hasMessageContaining("is empty");
    refused(
        "label,x\na,1\nb,2\n",
        ColumnRoles.DEFAULT.withCategorical("label"),
        "the column \"label\"",
        "holds the labels, so it cannot be an input");
  }

  @Test
  void standardisedTargetsHaveTheMeanAndDeviationOfTheTrainingRows() throws IOException {
    String text = "x,y,z\n1,10,5\n2,20,5.5\n3,30,6\n4,60,6.5\n5,80,7\n";
    ColumnRoles roles = ColumnRoles.targets("y", "z");
    Dataset raw = load(text, roles);
    Dataset data = load(text, roles, TargetChoice.STANDARDISED);
    assertThat(data.title()).endsWith("(seed 1), targets standardised");
    assertThat(data.sha256()).isNotEqualTo(raw.sha256());
    Targets.Numeric numbers = (Targets.Numeric) data.train().targets();
    for (int column = 0; column < 2; column++) {
      double sum = 0;
      double squares = 0;
      TargetColumn scaling = data.train().columns().targets().get(column);
      for (int i = 0; i < numbers.count(); i++) {
        double number = numbers.number(i, column);
        sum += number;
        squares += number * number;
        assertThat(scaling.inUnits(number))
            .isCloseTo(raw.train().targets().of(i)[column], withinSingle());
      }
      assertThat(sum / numbers.count()).isCloseTo(0, withinSingle());
      assertThat(squares / numbers.count()).isCloseTo(1, withinSingle());
    }
    assertThat(data.test().columns()).isEqualTo(data.train().columns());
    assertThat(load(text, ColumnRoles.targets("y"), TargetChoice.STANDARDISED).title())
        .contains("y standardised (mean ", "standard deviation ");
  }

  private static Offset<Double> withinSingle() {
    return Offset.offset(1e-5);
  }

  @Test
  void classesCannotBeStandardised() {
    assertThatThrownBy(
            () ->
                load(
                    "x,label\n1,a\n2,b\n3,a\n4,b\n",
                    ColumnRoles.DEFAULT,
                    TargetChoice.STANDARDISED))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("are classes, which cannot be standardised")
        .hasMessageContaining("target-columns");
  }

  @Test
  void allColumnsAreLearntOfThemselves() throws IOException {
    Dataset data = load("x,label\n1,2\n3,4\n5,6\n7,8\n", ColumnRoles.DEFAULT, TargetChoice.INPUTS);
    assertThat(data.shape()).as("no column is taken for labels").isEqualTo(Shape.flat(2));
    assertThat(data.targetWidth()).isEqualTo(2);
    assertThat(data.title()).endsWith("the inputs are the targets");
    for (ImageSet part : List.of(data.train(), data.test())) {
      Targets.Inputs targets = (Targets.Inputs) part.targets();
      assertThat(targets.pixels()).as("one array").isSameAs(part.pixels());
      for (int i = 0; i < part.count(); i++) {
        assertThat(targets.of(i))
            .containsExactly(part.pixels().value(2 * i), part.pixels().value(2 * i + 1));
      }
    }
  }

  @Test
  void aLabelColumnThatIsNamedIsLeftOutOfWhatIsLearntOfItself() throws IOException {
    Dataset data =
        load("x,kind\n1,a\n3,b\n5,a\n7,b\n", ColumnRoles.label("kind"), TargetChoice.INPUTS);
    assertThat(data.shape()).isEqualTo(Shape.flat(1));
    assertThat(data.classes()).isEmpty();
  }

  @Test
  void columnsAreForTablesOnly() throws IOException {
    Path idx = Files.createDirectory(folder.resolve("idx"));
    DataSource source = DataSource.of(idx.toString()).withFormat(DataFormat.IDX);
    assertThatThrownBy(() -> catalog.load(source.withColumns(ColumnRoles.targets("y"))))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "the target columns cannot be given: %s is read as idx, which has none. Leave the target columns out.",
            idx);
    assertThatThrownBy(
            () -> catalog.load(source.withColumns(ColumnRoles.DEFAULT.withCategorical("y"))))
        .hasMessageContaining("Leave the categorical columns out.");
  }
}
