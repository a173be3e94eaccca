package org.unvanish.diagnosis;

/** What becomes of the backpropagated signal on its way towards the first layer. */
public enum Signal {
  /** It becomes much smaller. */
  VANISHING("vanishing"),
  /** It keeps its size, within the {@link Thresholds thresholds}. */
  STEADY("steady"),
  /** It becomes much larger. */
  EXPLODING("exploding");

  private final String label;

  Signal(String label) {
    this.label = label;
  }

  /** As it is written in JSON and reports. */
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label;
  }
}
