package org.unvanish.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.unvanish.comparison.Examples;
import org.unvanish.comparison.Summary;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;

class PaperFigureTest {

  private static final double POINTS = 72 / 25.4;

  @Test
  void theSameResultsGiveTheSameBytes() throws IOException {
    PaperFigure first = figure(85, "tanh", "tanh, α = 2");
    PaperFigure second = figure(85, "tanh", "tanh, α = 2");
    assertThat(first.svg()).isEqualTo(second.svg()).isEqualTo(first.svg());
    assertThat(first.png()).isEqualTo(second.png());
    assertThat(first.pdf()).isEqualTo(second.pdf()).isEqualTo(first.pdf());
  }

  @Test
  void thePdfIsAsWideAsAskedAndItsTextIsTextInAnEmbeddedFont() throws IOException {
    for (double width : new double[] {85, 170}) {
      try (PDDocument document = Loader.loadPDF(figure(width, "tanh", "tanh, α = 2").pdf())) {
        assertThat(document.getNumberOfPages()).isEqualTo(1);
        assertThat((double) document.getPage(0).getMediaBox().getWidth())
            .isEqualTo(width * POINTS, within(0.01));
        assertThat(new PDFTextStripper().getText(document))
            .contains("tanh, α = 2", "Epoch", "training");
        PDResources page = document.getPage(0).getResources();
        PDFormXObject drawing =
            (PDFormXObject) page.getXObject(page.getXObjectNames().iterator().next());
        PDResources form = drawing.getResources();
        for (COSName name : form.getFontNames()) {
          PDFont font = form.getFont(name);
          assertThat(font.isEmbedded()).isTrue();
          assertThat(font.getName()).endsWith("+LiberationSans");
        }
        assertThat(form.getFontNames()).isNotEmpty();
      }
    }
  }

  @Test
  void thePdfShowsWhatThePngShows() throws IOException {
    PaperFigure figure = figure(85, "tanh", "tanh, α = 2");
    BufferedImage png = ImageIO.read(new ByteArrayInputStream(figure.png()));
    try (PDDocument document = Loader.loadPDF(figure.pdf())) {
      BufferedImage pdf = new PDFRenderer(document).renderImageWithDPI(0, PaperFigure.DPI);
      assertThat(pdf.getWidth()).isCloseTo(png.getWidth(), within(1));
      assertThat(pdf.getHeight()).isCloseTo(png.getHeight(), within(1));
      assertThat(difference(pdf, png)).isLessThan(3);
    }
  }

  @Test
  void thePngStatesItsResolution() throws IOException {
    byte[] png = figure(85, "tanh").png();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(png))) {
      ImageReader reader = ImageIO.getImageReaders(in).next();
      reader.setInput(in);
      assertThat(reader.getWidth(0)).isEqualTo((int) Math.round(85 / 25.4 * 600));
      IIOMetadataNode metadata =
          (IIOMetadataNode) reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0");
      IIOMetadataNode physical = (IIOMetadataNode) metadata.getElementsByTagName("pHYs").item(0);
      assertThat(physical.getAttribute("pixelsPerUnitXAxis")).isEqualTo("23622");
      assertThat(physical.getAttribute("unitSpecifier")).isEqualTo("meter");
    }
  }

  @Test
  void theSvgIsMeasuredInMillimetresAndNeedsNoFont() throws IOException {
    assertThat(figure(85, "tanh").svg())
        .containsPattern("<svg [^>]*width='85.0mm' height='[0-9.]+mm' viewBox='0.0 0.0 240.945 ")
        .doesNotContain("<text", "crispEdges");
  }

  @Test
  void aWideFigureHasItsPanelsSideBySide() throws IOException {
    assertThat(figure(85, "tanh").isWide()).isFalse();
    assertThat(figure(170, "tanh").isWide()).isTrue();
    assertThat(figure(85, "tanh").caption().get(1)).contains("Top: accuracy", "Bottom: mean");
    assertThat(figure(170, "tanh").caption().get(1)).contains("Left: accuracy", "Right: mean");
  }

  @Test
  void namesThatDoNotFitAreShortened() throws IOException {
    try (PDDocument document = Loader.loadPDF(figure(85, "x".repeat(100)).pdf())) {
      assertThat(new PDFTextStripper().getText(document)).containsPattern("x{20,60}…");
    }
  }

  @Test
  void namesInOtherScriptsAreToldAndDrawnAsOutlines() throws IOException {
    PaperFigure figure = figure(85, "tanh", "中文");
    assertThat(figure.foreign()).containsExactly("中文");
    try (PDDocument document = Loader.loadPDF(figure.pdf())) {
      assertThat(new PDFTextStripper().getText(document)).contains("Epoch").doesNotContain("tanh");
    }
    assertThat(figure(85, "tanh, α = 2, “ℓ₂” × é").foreign()).isEmpty();
  }

  @Test
  void aSingleEpochAndADeadGradientAreDrawn() throws IOException {
    var experiment = Examples.experiment(List.of("tanh"), 1L);
    Run run = new Run(experiment.arms().get(0), 1);
    ExperimentResult one =
        new ExperimentResult(
            experiment, List.of(Examples.finished(run, Examples.epoch(1, 0.1, 0))));
    PaperFigure figure = new PaperFigure(one, Summary.of(one), 85);
    assertThat(figure.svg()).contains("</svg>");
    assertThat(figure.caption().get(1)).contains("Markers").contains("cut off");
  }

  @Test
  void hundredsOfArmsMakeACoarserImage() throws IOException {
    List<String> arms =
        IntStream.range(0, 300).mapToObj(i -> "an arm with a long name, " + i).toList();
    ExperimentResult result = Examples.curves(Examples.experiment(arms, 1L), 1);
    assertThat(new PaperFigure(result, Summary.of(result), 85).dpi()).isBetween(200.0, 599.0);
    assertThat(figure(400, "tanh").dpi()).isEqualTo(600);
  }

  @Test
  void withoutAnEpochThereIsNothingToDraw() {
    ExperimentResult empty =
        new ExperimentResult(Examples.experiment(List.of("tanh"), 1L), List.of());
    assertThatThrownBy(() -> new PaperFigure(empty, Summary.of(empty), 85))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no run has completed an epoch");
  }

  private static PaperFigure figure(double width, String... arms) throws IOException {
    ExperimentResult result = Examples.curves(Examples.experiment(List.of(arms), 1L, 2L, 3L), 12);
    return new PaperFigure(result, Summary.of(result), width);
  }

  /** Mean difference of the grey levels, 0 to 255. */
  private static double difference(BufferedImage a, BufferedImage b) {
    long sum = 0;
    int width = Math.min(a.getWidth(), b.getWidth());
    int height = Math.min(a.getHeight(), b.getHeight());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        sum += Math.abs((a.getRGB(x, y) >> 8 & 255) - (b.getRGB(x, y) >> 8 & 255));
      }
    }
    return (double) sum / width / height;
  }
}
