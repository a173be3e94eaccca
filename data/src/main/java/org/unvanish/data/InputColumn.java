package org.unvanish.data;

import java.util.List;

/**
 * What one input of a table's samples is.
 *
 * @since 0.1
 */
public sealed interface InputColumn {

  /** The name of the table's column that it comes from. */
  String name();

  /** What its values are. */
  Form form();

  /**
   * The categories that it tells: all of its column, in the order of their numbers, or the one that
   * it stands for. None where it is a number.
   */
  List<String> categories();

  /** What the values of an input are. */
  enum Form {
    /** A size. */
    NUMBER("number"),
    /** 1 for one category, 0 for all others. */
    ONE_HOT("one-hot"),
    /** The number of a category. */
    CODED("coded");

    private final String label;

    Form(String label) {
      this.label = label;
    }

    /** As stores and checksums have it. */
    public String label() {
      return label;
    }
  }

  /**
   * A column of numbers.
   *
   * @param name of the column
   * @since 0.1
   */
  record Numeric(String name) implements InputColumn {
    @Override
    public Form form() {
      return Form.NUMBER;
    }

    @Override
    public List<String> categories() {
      return List.of();
    }
  }

  /**
   * One category of a column of categories: 1 where the row is of this category, else 0.
   *
   * @param name of the column, which has an input for each of its categories
   * @param category which this input stands for
   * @since 0.1
   */
  record OneHot(String name, String category) implements InputColumn {
    @Override
    public Form form() {
      return Form.ONE_HOT;
    }

    @Override
    public List<String> categories() {
      return List.of(category);
    }
  }

  /**
   * A column of categories as one input: the number of the row's category, counted from 0. It is a
   * name and not a size, so that only an embedding can read it.
   *
   * @param name of the column
   * @param categories in the order of their numbers
   * @since 0.1
   */
  record Coded(String name, List<String> categories) implements InputColumn {
    /** Copies the list. */
    public Coded {
      categories = List.copyOf(categories);
    }

    @Override
    public Form form() {
      return Form.CODED;
    }
  }
}
