package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.codec.LayerSpec;
import org.unvanish.data.ColumnRoles;
import org.unvanish.data.TargetChoice;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Plan;

/** {@code unvanish init}: of every kind of data a spec that is right as it is. */
class InitCommandTest {

  @TempDir Path folder;
  private Terminal terminal;
  private Path spec;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder.resolve("cache"));
    spec = folder.resolve("own.yaml");
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  /** A header, and rows of a pattern with a number from 0 in place of each {@code #}. */
  private String table(String name, String header, String... rows) throws IOException {
    StringBuilder text = new StringBuilder(header).append('\n');
    for (int i = 0; i < 12; i++) {
      text.append(rows[i % rows.length].replace("#", Integer.toString(i))).append('\n');
    }
    return write(name, text.toString());
  }

  /** The spec that is written, which must be read and fit the data. */
  private ExperimentSpec init(String source, String... options) throws IOException {
    Files.deleteIfExists(spec);
    String[] args =
        Stream.concat(Stream.of("init", source, "--out", spec.toString()), Stream.of(options))
            .toArray(String[]::new);
    assertThat(terminal.execute(args)).as(terminal.err()).isZero();
    assertThat(terminal.next()).containsExactly("unvanish", "diagnose", spec.toString());
    assertThat(terminal.err().lines()).hasSize(1);
    assertThat(terminal.out()).startsWith("wrote " + spec + ", for ");
    assertThat(Files.readString(spec)).startsWith("# A first spec for " + source);
    return ExperimentSpec.read(spec);
  }

  private static ColumnRoles roles(ExperimentSpec spec) {
    return spec.dataSource().columns();
  }

  private void refuse(String message, String... args) {
    assertThat(terminal.execute(args)).isEqualTo(1);
    assertThat(terminal.err()).startsWith("unvanish: ").contains(message).doesNotContain("\tat ");
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void aTableOfClassesIsDiagnosedAndRunAsItIsWritten() throws IOException {
    String data =
        table("flowers.csv", "id,length,kind", "#,1.5,rose", "#,2.5,tulip", "#,3.5,\"red, wild\"");
    ExperimentSpec written = init(data);
    assertThat(written.name()).isEqualTo("flowers");
    assertThat(roles(written)).isEqualTo(ColumnRoles.label("kind").withIgnored("id"));
    assertThat(written.pixels()).isEqualTo(PixelScaling.STANDARDISED);
    assertThat(written.arms()).extracting("name").containsExactly("tanh", "relu");
    assertThat(Plan.of(written).runs()).isEqualTo(12);
    assertThat(written.arms().get(0).loss()).contains(new SoftmaxCrossEntropy());
    assertThat(terminal.out())
        .contains("target: kind (a guess; name another with --target)\n")
        .contains("left out: id: it only numbers the rows\n");
    assertThat(Files.readString(spec)).contains("# 3 classes: red, wild, rose, tulip\n");

    assertThat(terminal.execute("diagnose", spec.toString())).isZero();
    String out = folder.resolve("out").toString();
    assertThat(terminal.execute("run", spec.toString(), "--epochs=1", "--seeds=1", "--out", out))
        .isZero();
  }

  @Test
  void numbersAreLearntAsNumbersAndStandardisedWhereTheyAreLarge() throws IOException {
    String data = table("houses.csv", "size,city,price", "1#,Rome,30#", "2#,Oslo,40#.5");
    ExperimentSpec written = init(data);
    assertThat(roles(written)).isEqualTo(ColumnRoles.targets("price").withCategorical("city"));
    assertThat(written.dataSource().targets()).isEqualTo(TargetChoice.STANDARDISED);
    assertThat(written.arms().get(0).loss()).contains(new MeanSquaredError());

    written = init(data, "--target", "price,size");
    assertThat(roles(written))
        .isEqualTo(ColumnRoles.targets("price", "size").withCategorical("city"));
    assertThat(terminal.out()).contains("targets: price, size\n");
    assertThat(Files.readString(spec)).doesNotContain("guess");
  }

  @Test
  void severalColumnsOfZerosAndOnesAreLabels() throws IOException {
    String data = table("mail.csv", "words,spam,urgent", "1#,1,0", "2#,0,1", "3#,1,1");
    ExperimentSpec written = init(data, "--target=spam", "--target=urgent");
    assertThat(roles(written)).isEqualTo(ColumnRoles.targets("spam", "urgent"));
    assertThat(written.dataSource().targets()).isEqualTo(TargetChoice.RAW);
    assertThat(written.arms().get(0).loss()).contains(new BinaryCrossEntropy());
  }

  @Test
  void whatNamesRowsOrHasMissingCellsIsLeftOut() throws IOException {
    String data =
        table(
            "people.csv", "name,class,age,note", "Ann #,1,3#,", "Bob #,0,4#,late", "Eve #,1,5#,NA");
    ExperimentSpec written = init(data);
    assertThat(roles(written)).isEqualTo(ColumnRoles.label("class").withIgnored("name", "note"));
    assertThat(Files.readString(spec))
        .contains("  # Left out: note: cells are missing; fill them in to use it.\n")
        .contains("  # Left out: name: it only names the rows.\n");
  }

  @Test
  void manyCategoriesAreReadByAnEmbedding() throws IOException {
    StringBuilder text = new StringBuilder("street,x,label\n");
    for (int i = 0; i < 180; i++) {
      text.append("street %d,%d.5,%s\n".formatted(i % 60, i % 7, i % 2 == 0 ? "a" : "b"));
    }
    ExperimentSpec written = init(write("streets.csv", text.toString()));
    assertThat(roles(written).categorical()).containsExactly("street");
    assertThat(LayerSpec.flat(written.arms().get(0).network()).get(0).embeddedColumn())
        .contains("street");
  }

  @Test
  void rowsThatAreStepsOfSequencesAreReadByRecurrentLayers() throws IOException {
    String data =
        table(
            "walks.csv",
            "walk,second,speed,label",
            "a,0,1.#,foot",
            "a,1,1.#,foot",
            "b,0,9.#,bicycle",
            "b,1,8.#,bicycle",
            "c,0,2.#,foot",
            "c,2,2.#,foot",
            "d,0,7.#,bicycle",
            "d,1,7.#,bicycle",
            "e,3,1.#,foot",
            "e,5,1.#,foot",
            "f,0,8.#,bicycle",
            "f,1,8.#,bicycle");
    ExperimentSpec written = init(data);
    assertThat(roles(written))
        .isEqualTo(ColumnRoles.label("label").withSequence("walk").withTime("second"));
    assertThat(written.arms()).extracting("name").containsExactly("GRU", "LSTM");
  }

  @Test
  void imagesAreReadByConvolutions() throws IOException {
    for (String file : List.of("cat/1", "cat/2", "dog/1", "dog/2")) {
      Path image = folder.resolve("photos/" + file + ".png");
      Files.createDirectories(image.getParent());
      ImageIO.write(new BufferedImage(8, 9, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
    }
    ExperimentSpec written = init(folder.resolve("photos").toString());
    assertThat(written.name()).isEqualTo("photos");
    assertThat(Files.readString(spec)).contains("- conv: {kernel: 3, filters: 8, bias: true}");
  }

  @Test
  void tablesThatCodeDrawsHaveAFirstSpec() throws IOException {
    for (String name : List.of("circles", "blobs", "xor", "multi-label", "regression")) {
      assertThat(init(name).name()).isEqualTo(name);
    }
  }

  @Test
  void aFileThatIsThereStaysAsItIs() throws IOException {
    Files.writeString(spec, "mine");
    refuse(
        spec + " exists already and was not changed. Name another file with --out",
        "init",
        "circles",
        "--out",
        spec.toString());
    assertThat(spec).hasContent("mine");
  }

  @Test
  void whatIsNoDataIsAnsweredWithWhatToDo() throws IOException {
    String out = "--out=" + spec;
    String data = table("x.csv", "size,kind,all", "1#,a,1", "2#,b,1");
    refuse("there is no data set or folder \"none.csv\"", "init", "none.csv", out);
    refuse("has no column \"kid\": did you mean \"kind\"?", "init", data, "--target=kid", out);
    refuse(
        "\"all\" of " + data + " cannot be a target: all rows have",
        "init",
        data,
        "--target=all",
        out);
    refuse("it holds text, but several", "init", data, "--target=size,kind", out);
    refuse("circles is not a table", "init", "circles", "--target=x", out);
    refuse(
        "own.yml is a spec already. Check it with: unvanish check own.yml", "init", "own.yml", out);
    String model = write("net.onnx", "x");
    refuse("is a model, not data. Look at it with: unvanish diagnose " + model, "init", model, out);
    String semicolons = write("semicolons.csv", "a;b\n1;2\n");
    refuse("one column, \"a;b\". Separate cells by commas", "init", semicolons, out);
    String empty = write("empty.csv", "a,b\n");
    refuse("empty.csv has a header line, but no samples", "init", empty, out);
    assertThat(spec).doesNotExist();
  }
}
