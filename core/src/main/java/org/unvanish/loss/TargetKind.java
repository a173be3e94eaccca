package org.unvanish.loss;

/**
 * The kind of a sample's target.
 *
 * @since 0.1
 */
public enum TargetKind {
  /** One of several classes. */
  CLASSES("class labels"),
  /** One or several numbers. */
  NUMBERS("numbers");

  private final String title;

  TargetKind(String title) {
    this.title = title;
  }

  /** As messages name it. */
  public String title() {
    return title;
  }
}
