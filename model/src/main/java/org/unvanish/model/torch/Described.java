package org.unvanish.model.torch;

/** What messages say of a value of a pickle. */
final class Described {

  private static final int LONGEST = 60;

  private Described() {}

  static String of(Object value) {
    if (value instanceof PickledObject object) {
      return object.type().qualified();
    }
    if (value instanceof PickledList list) {
      return "a list of " + list.size();
    }
    if (value instanceof PickledDict dict) {
      return "a dictionary of " + dict.entries().size();
    }
    if (value instanceof TorchTensor tensor) {
      return "a tensor " + tensor.shape();
    }
    if (value instanceof byte[] bytes) {
      return bytes.length + " bytes";
    }
    if (value == PickledNone.NONE) {
      return "None";
    }
    String text = value.toString();
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
