package org.unvanish.data.synthetic;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a class of the synthetic images shows.
 *
 * <p>A texture covers the image and repeats with period 1; a shape lies around the origin and has
 * radius 1.
 */
enum Pattern {
  HORIZONTAL_STRIPES(true) {
    @Override
    double distance(double x, double y) {
      return wave(y);
    }
  },
  VERTICAL_STRIPES(true) {
    @Override
    double distance(double x, double y) {
      return wave(x);
    }
  },
  DIAGONAL_STRIPES(true) {
    @Override
    double distance(double x, double y) {
      return wave((x + y) * HALF_ROOT);
    }
  },
  CHECKERBOARD(true) {
    @Override
    double distance(double x, double y) {
      double a = wave(x);
      double b = wave(y);
      return (a < 0) == (b < 0) ? -nearer(a, b) : nearer(a, b);
    }
  },
  DOTS(true) {
    @Override
    double distance(double x, double y) {
      double dx = x - Math.floor(x) - 0.5;
      double dy = y - Math.floor(y) - 0.5;
      return Math.sqrt(dx * dx + dy * dy) - 0.3;
    }
  },
  DISC(false) {
    @Override
    double distance(double x, double y) {
      return Math.sqrt(x * x + y * y) - 0.9;
    }
  },
  RING(false) {
    @Override
    double distance(double x, double y) {
      return Math.abs(Math.sqrt(x * x + y * y) - 0.75) - 0.2;
    }
  },
  SQUARE(false) {
    @Override
    double distance(double x, double y) {
      return box(x, y, 0.8, 0.8);
    }
  },
  CROSS(false) {
    @Override
    double distance(double x, double y) {
      return Math.min(box(x, y, 1, 0.28), box(x, y, 0.28, 1));
    }
  },
  TRIANGLE(false) {
    @Override
    double distance(double x, double y) {
      double side = HALF_ROOT_3 * Math.abs(x) - 0.5 * y;
      return Math.max(y, side) - 0.5;
    }
  };

  private static final double HALF_ROOT = Math.sqrt(0.5);
  private static final double HALF_ROOT_3 = Math.sqrt(0.75);

  private final boolean texture;

  Pattern(boolean texture) {
    this.texture = texture;
  }

  /** Whether it covers the image, instead of lying in one place. */
  boolean isTexture() {
    return texture;
  }

  /**
   * About how far a point is from the edge between figure and ground.
   *
   * @return below 0 inside the figure
   */
  abstract double distance(double x, double y);

  /** In words, in the order of the class numbers. */
  static List<String> names() {
    return Arrays.stream(values())
        .map(pattern -> pattern.name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .toList();
  }

  /** The distance to the edges of stripes of width ½ that repeat with period 1. */
  private static double wave(double u) {
    return 0.25 - Math.abs(u - Math.floor(u) - 0.5);
  }

  private static double nearer(double a, double b) {
    return Math.min(Math.abs(a), Math.abs(b));
  }

  private static double box(double x, double y, double halfWidth, double halfHeight) {
    return Math.max(Math.abs(x) - halfWidth, Math.abs(y) - halfHeight);
  }
}
