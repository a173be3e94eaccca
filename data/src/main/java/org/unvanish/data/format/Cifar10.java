package org.unvanish.data.format;

import java.util.List;

/**
 * What is published about CIFAR-10 (A. Krizhevsky, <i>Learning Multiple Layers of Features from
 * Tiny Images</i>, 2009): 50,000 training and 10,000 test images of 32×32 pixels in ten classes.
 */
public final class Cifar10 {
  /** As a figure's caption names it. */
  public static final String TITLE = "CIFAR-10";

  /** The names of the classes, in the order of the class numbers. */
  public static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  /** The archive of the binary version at the data set's home page. */
  public static final String ARCHIVE_URL =
      "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz";

  /** The folder that the archive holds. */
  public static final String ARCHIVE_FOLDER = "cifar-10-batches-bin";

  /** The published files. */
  public static final Cifar10Format PUBLISHED =
      new Cifar10Format(
          10_000,
          List.of(
              "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
              "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
              "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
              "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
              "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
              "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"));

  private Cifar10() {}
}
