package org.unvanish.data;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.unvanish.data.InputColumn.Form;

/**
 * What the inputs and the targets of a table's samples are. Images and rows without names have
 * none.
 *
 * @param inputs one for each value of a sample, in their order; none where they have no names
 * @param targets one for each number that is to be learnt; none where classes are, or where the
 *     numbers have no names
 * @since 0.1
 */
public record Columns(List<InputColumn> inputs, List<TargetColumn> targets) {

  /** Of samples whose values have no names. */
  public static final Columns NONE = new Columns(List.of(), List.of());

  /** Copies the lists. */
  public Columns {
    inputs = List.copyOf(inputs);
    targets = List.copyOf(targets);
  }

  /**
   * The place among the inputs of a column that stands there as the numbers of its categories.
   *
   * @param name of the column
   * @return from 0; empty if there is no such column, or if it does not stand there in that form
   */
  public OptionalInt coded(String name) {
    return IntStream.range(0, inputs.size())
        .filter(i -> inputs.get(i).form() == Form.CODED && inputs.get(i).name().equals(name))
        .findFirst();
  }

  /**
   * How many categories an input tells apart: 0 where it is a number and no category's number.
   *
   * @param input its place, from 0
   */
  public int categories(int input) {
    return input < inputs.size() && inputs.get(input).form() == Form.CODED
        ? inputs.get(input).categories().size()
        : 0;
  }

  /**
   * Whether the input is a size that scaling may change, and no category.
   *
   * @param input its place, from 0
   */
  public boolean isNumeric(int input) {
    return inputs.isEmpty() || inputs.get(input).form() == Form.NUMBER;
  }

  /** The same with other targets. */
  public Columns withTargets(List<TargetColumn> others) {
    return new Columns(inputs, others);
  }
}
