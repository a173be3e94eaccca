package org.unvanish.data.format.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.DataException;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.data.catalog.DataCatalog;

class ImageFolderReaderTest {
  private static final int WIDTH = 5;
  private static final int HEIGHT = 4;

  @TempDir Path folder;

  private final Random random = new Random(1);
  private DataCatalog catalog;

  @BeforeEach
  void open() {
    catalog = new DataCatalog(folder.resolve("none"));
  }

  /** An image of random samples of any type. */
  private BufferedImage image(int type, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, type);
    WritableRaster raster = image.getRaster();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int band = 0; band < raster.getNumBands(); band++) {
          int bits = raster.getSampleModel().getSampleSize(band);
          raster.setSample(x, y, band, random.nextInt(1 << bits));
        }
      }
    }
    return image;
  }

  private BufferedImage colour() {
    return image(BufferedImage.TYPE_INT_RGB, WIDTH, HEIGHT);
  }

  private BufferedImage grey() {
    return image(BufferedImage.TYPE_BYTE_GRAY, WIDTH, HEIGHT);
  }

  private Path write(String place, BufferedImage image) throws IOException {
    Path file = folder.resolve(place);
    Files.createDirectories(file.getParent());
    String format = place.substring(place.lastIndexOf('.') + 1);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    return file;
  }

  private static byte[] plane(BufferedImage image, int shift) {
    byte[] plane = new byte[WIDTH * HEIGHT];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = (byte) (image.getRGB(i % WIDTH, i / WIDTH) >>> shift);
    }
    return plane;
  }

  private static byte[] sample(ImageSet images, int i) {
    int size = images.shape().size();
    return Arrays.copyOfRange(images.bytes(), i * size, (i + 1) * size);
  }

  @Test
  void trainAndTestFoldersAreReadInTheOrderOfNamesAndHiddenFilesAreIgnored() throws IOException {
    BufferedImage[] images = {colour(), colour(), colour(), colour(), colour()};
    write("train/dog/b.png", images[0]);
    write("train/cat/z.bmp", images[1]);
    write("train/dog/a.png", images[2]);
    write("test/dog/x.png", images[3]);
    write("test/cat/y.png", images[4]);
    Files.writeString(folder.resolve("train/dog/.DS_Store"), "x");
    Files.createDirectory(folder.resolve("train/.hidden"));
    Files.writeString(folder.resolve("README.txt"), "x");
    Dataset data = catalog.load(folder.toString());
    assertThat(data.classes()).containsExactly("cat", "dog");
    assertThat(data.train().shape()).isEqualTo(new Shape(3, HEIGHT, WIDTH));
    assertThat(((Targets.Labels) data.train().targets()).labels()).containsExactly(0, 1, 1);
    assertThat(((Targets.Labels) data.test().targets()).labels()).containsExactly(0, 1);
    assertThat(data.title()).isEqualTo(folder.getFileName() + " (images)");
    int[] order = {1, 2, 0};
    for (int i = 0; i < 3; i++) {
      byte[] pixels = sample(data.train(), i);
      for (int channel = 0; channel < 3; channel++) {
        assertThat(Arrays.copyOfRange(pixels, channel * 20, channel * 20 + 20))
            .isEqualTo(plane(images[order[i]], 16 - 8 * channel));
      }
    }
  }

  @Test
  void classFoldersAreSplitByTheSeed() throws IOException {
    for (int i = 0; i < 10; i++) {
      write("a/" + i + ".png", grey());
      write("b/" + i + ".gif", grey());
    }
    Dataset data = catalog.load(folder.toString());
    assertThat(data.train().count()).isEqualTo(16);
    assertThat(((Targets.Labels) data.test().targets()).labels()).containsExactly(0, 0, 1, 1);
    assertThat(data.title())
        .isEqualTo(folder.getFileName() + " (images), 20 % of each class for testing (seed 1)");
  }

  @Test
  void greyImagesAreOneChannelWithTheNumbersOfTheFile() throws IOException {
    BufferedImage[] images = {grey(), grey(), grey(), grey()};
    for (int i = 0; i < 4; i++) {
      write((i < 2 ? "train" : "test") + "/" + (i % 2) + "/x.png", images[i]);
    }
    Dataset data = catalog.load(folder.toString());
    assertThat(data.train().shape()).isEqualTo(new Shape(1, HEIGHT, WIDTH));
    for (int i = 0; i < 4; i++) {
      int[] raw = images[i].getRaster().getSamples(0, 0, WIDTH, HEIGHT, 0, (int[]) null);
      byte[] pixels = sample(i < 2 ? data.train() : data.test(), i % 2);
      for (int p = 0; p < raw.length; p++) {
        assertThat(Byte.toUnsignedInt(pixels[p])).isEqualTo(raw[p]);
      }
    }
  }

  @Test
  void sixteenBitsLoseTheirLowerEight() throws IOException {
    BufferedImage image = image(BufferedImage.TYPE_USHORT_GRAY, WIDTH, HEIGHT);
    DecodedImage decoded = DecodedImage.read(write("a/x.png", image));
    int[] raw = image.getRaster().getSamples(0, 0, WIDTH, HEIGHT, 0, (int[]) null);
    for (int p = 0; p < raw.length; p++) {
      assertThat(Byte.toUnsignedInt(decoded.pixels()[p])).isEqualTo(raw[p] >> 8);
    }
  }

  @Test
  void palettesAreResolvedAndThoseOfGreysAreGrey() throws IOException {
    DecodedImage two =
        DecodedImage.read(write("a/x.png", image(BufferedImage.TYPE_BYTE_BINARY, WIDTH, HEIGHT)));
    assertThat(two.shape().channels()).isEqualTo(1);
    assertThat(two.pixels()).containsOnly(0, -1);
    byte[] ramp = {0, 50, 100, (byte) 200};
    byte[] other = {0, 51, 100, (byte) 200};
    BufferedImage palette =
        new BufferedImage(
            WIDTH,
            HEIGHT,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, 4, ramp, ramp, other));
    palette.getRaster().setSample(2, 1, 0, 1);
    DecodedImage colour = DecodedImage.read(write("a/y.png", palette));
    assertThat(colour.shape().channels()).isEqualTo(3);
    assertThat(colour.pixels()[WIDTH + 2]).isEqualTo((byte) 50);
    assertThat(colour.pixels()[2 * WIDTH * HEIGHT + WIDTH + 2]).isEqualTo((byte) 51);
  }

  @Test
  void opaqueImagesLoseTheirAlphaAndTranslucentOnesAreRefused() throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      image.setRGB(i % WIDTH, i / WIDTH, 0xff000000 | random.nextInt(1 << 24));
    }
    Path file = write("a/x.png", image);
    DecodedImage decoded = DecodedImage.read(file);
    assertThat(decoded.shape()).isEqualTo(new Shape(3, HEIGHT, WIDTH));
    assertThat(Arrays.copyOf(decoded.pixels(), 20)).isEqualTo(plane(image, 16));
    image.setRGB(3, 2, 0xfe123456);
    write("a/x.png", image);
    assertThatThrownBy(() -> DecodedImage.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file + " is translucent at column 3, row 2 (from 0). Save it without transparency.");
  }

  @Test
  void imagesOfAnotherSizeOrKindAreRefusedWithBothNames() throws IOException {
    Path first = write("a/1.png", colour());
    write("a/2.png", colour());
    write("b/1.png", colour());
    Path other = write("b/2.png", image(BufferedImage.TYPE_INT_RGB, WIDTH + 1, HEIGHT));
    refused(
        first
            + " is 5×4 pixels (width×height) and in colour, but "
            + other
            + " is 6×4 pixels (width×height) and in colour. Give all images the same size");
    write("b/2.png", grey());
    refused(other + " is 5×4 pixels (width×height) and grey");
  }

  @Test
  void aFileThatIsNoImageIsRefusedWithWhatIsReadable() throws IOException {
    write("a/1.png", grey());
    write("b/1.png", grey());
    Path text = Files.writeString(folder.resolve("a/notes.txt"), "hello");
    refused(text + " is not an image that can be read. Readable formats: bmp, gif, jpeg, jpg, png");
    Files.delete(text);
    Path empty = Files.write(folder.resolve("a/2.png"), new byte[0]);
    refused(empty + " is not an image that can be read.");
  }

  @Test
  void aFolderThatHoldsNoClassesOrEmptyOnesIsRefused() throws IOException {
    write("a/1.png", grey());
    Path empty = Files.createDirectory(folder.resolve("b"));
    refused(empty + " is the folder of a class, but holds no image.");
    Files.createDirectory(empty.resolve("c"));
    refused(empty + " is read as the images of one class, but holds a folder, c.");
    Files.delete(empty.resolve("c"));
    Files.delete(empty);
    refused("class \"a\" of " + folder + " has only one sample");
    write("a/2.png", grey());
    refused("are of one class, \"a\".");
  }

  @Test
  void aClassToTestOnMustBeTrained() throws IOException {
    write("train/a/1.png", grey());
    write("train/b/1.png", grey());
    write("test/c/1.png", grey());
    refused(
        folder.resolve("test/c")
            + " is a class to test on, but there is no "
            + folder.resolve("train/c")
            + " to train on.");
  }

  @Test
  void moreThan256ClassesAreRefused() throws IOException {
    write("0/1.png", grey());
    for (int i = 1; i < 257; i++) {
      Files.createDirectory(folder.resolve(String.valueOf(i)));
    }
    refused(folder + " holds 257 folders, but there may be at most 256 classes.");
  }

  @Test
  void imagesThatEndEarlyAreRefused() throws IOException {
    for (String ending : new String[] {"png", "jpg", "gif", "bmp"}) {
      Path file = write("a/x." + ending, image(BufferedImage.TYPE_INT_RGB, 30, 30));
      byte[] whole = Files.readAllBytes(file);
      for (int length = 1; length < whole.length - 20; length += 61) {
        Files.write(file, Arrays.copyOf(whole, length));
        assertThatThrownBy(() -> DecodedImage.read(file))
            .as("%s, %d of %d bytes", ending, length, whole.length)
            .isInstanceOf(DataException.class)
            .hasMessageContaining(file.toString());
      }
    }
  }

  @Test
  void damagedImagesAreReadOrRefusedInWords() throws IOException {
    for (String ending : new String[] {"png", "jpg", "gif", "bmp"}) {
      BufferedImage image = image(BufferedImage.TYPE_INT_RGB, 12, 12);
      Path file = write("a/x." + ending, image);
      byte[] whole = Files.readAllBytes(file);
      for (int trial = 0; trial < 100; trial++) {
        byte[] bytes = whole.clone();
        for (int i = 0; i < 3; i++) {
          bytes[random.nextInt(Math.min(100, bytes.length))] = (byte) random.nextInt(256);
        }
        Files.write(file, bytes);
        try {
          assertThat(DecodedImage.read(file).pixels()).isNotEmpty();
        } catch (DataException e) {
          assertThat(e.getMessage()).contains(file.toString());
        }
      }
    }
  }

  private void refused(String message) {
    assertThatThrownBy(() -> catalog.load(folder.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  /** Of one bit each: 110 kilobytes that are 900 million pixels. */
  @Test
  void anImageOfTooManyPixelsIsRefusedByItsHeader() throws IOException {
    Path image = Files.createDirectories(folder.resolve("huge/a")).resolve("huge.png");
    ByteBuffer png = ByteBuffer.allocate(33);
    png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    png.putInt(13).put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(30_000).putInt(30_000);
    png.put(new byte[] {1, 0, 0, 0, 0}).putInt(0);
    Files.write(image, png.array());
    assertThatThrownBy(() -> new DataCatalog(folder).load(folder.resolve("huge").toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            image + " has 30000×30000 pixels (width×height), but at most 16777216 are allowed");
  }
}
