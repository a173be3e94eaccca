package org.unvanish.data;

/**
 * How the files of a data set are laid out.
 *
 * @since 0.1
 */
public enum DataFormat {
  /** The six files of the binary version of CIFAR-10. */
  CIFAR10("cifar10"),
  /** The two files of the binary version of CIFAR-100; the classes are the 100 fine ones. */
  CIFAR100("cifar100"),
  /** The four files of MNIST and its like, compressed by gzip or not. */
  IDX("idx"),
  /** A folder of images, one subfolder for each class. */
  IMAGES("images"),
  /** Comma-separated numbers with a header line and a column of labels. */
  CSV("csv"),
  /** Arrays of NumPy in one file: x with the samples, y with what is to be learnt. */
  NPZ("npz");

  private final String label;

  DataFormat(String label) {
    this.label = label;
  }

  /** As specs write it. */
  public String label() {
    return label;
  }
}
