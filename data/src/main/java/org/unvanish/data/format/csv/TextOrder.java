package org.unvanish.data.format.csv;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.unvanish.data.InputFiles;

/** The order of classes and categories: by number if all are integers, else by text. */
final class TextOrder {
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

  private TextOrder() {}

  private static boolean isInteger(String text) {
    return text.length() <= InputFiles.MOST_NAME_CHARACTERS && INTEGER.matcher(text).matches();
  }

  static List<String> sorted(Collection<String> texts) {
    boolean integers = texts.stream().allMatch(TextOrder::isInteger);
    Comparator<String> byText = Comparator.naturalOrder();
    Comparator<String> byNumber = Comparator.comparing(text -> new BigInteger(text));
    return texts.stream().sorted(integers ? byNumber.thenComparing(byText) : byText).toList();
  }
}
