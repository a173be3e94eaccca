package org.unvanish.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The tables of {@code examples} that are drawn. Those of {@code published} have the shape that the
 * published programs' data are described to have; nothing of theirs is in them.
 */
final class ExampleTables {

  private static final int ROWS = 1_000;
  private static final int BITS = 8;
  private static final int WAVES = 200;
  private static final int STEPS = 24;

  private ExampleTables() {}

  /** Every file with its text, by its place in the folder. */
  static Map<String, String> all() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("waves.csv", waves(new Random(1)));
    files.put("sequences.csv", sequences(new Random(3)));
    files.put("published/circles.csv", circles(new Random(2)));
    files.put("published/sum.csv", sum(new Random(33969059)));
    files.put("published/threshold.csv", threshold(new Random(45442843)));
    // So few rows that the network is tested with those that it learns, as the programs do.
    String four = exclusiveOr(List.of("11", "10", "00", "01"));
    String six = exclusiveOr(List.of("11", "00", "10", "01", "11", "00"));
    String bits = bits(new Random(39217567));
    for (String use : List.of("train", "test")) {
      files.put("published/exclusive-or-4/" + use + ".csv", four);
      files.put("published/exclusive-or-6/" + use + ".csv", six);
      files.put("published/bits/" + use + ".csv", bits);
    }
    return files;
  }

  /** A sine with two or four periods in 24 steps, from anywhere in its period on. */
  private static String waves(Random random) {
    StringBuilder table = new StringBuilder(names("t", STEPS)).append(",label\n");
    for (int row = 0; row < WAVES; row++) {
      boolean slow = row % 2 == 0;
      double phase = 2 * Math.PI * random.nextDouble();
      for (int step = 0; step < STEPS; step++) {
        double angle = 2 * Math.PI * step / (slow ? 12 : 6) + phase;
        table.append(rounded(StrictMath.sin(angle) + 0.2 * random.nextGaussian(), 2)).append(',');
      }
      table.append(slow ? "slow" : "fast").append('\n');
    }
    return table.toString();
  }

  /** Waves as those, of 15 to 30 steps and with a row for each: 12 or 6 steps a period. */
  private static String sequences(Random random) {
    StringBuilder table = new StringBuilder("wave,second,height,label\n");
    for (int wave = 1; wave <= WAVES; wave++) {
      boolean slow = wave % 2 == 0;
      int steps = 15 + random.nextInt(16);
      double phase = 2 * Math.PI * random.nextDouble();
      for (int step = 0; step < steps; step++) {
        double angle = 2 * Math.PI * step / (slow ? 12 : 6) + phase;
        String height = rounded(StrictMath.sin(angle) + 0.2 * random.nextGaussian(), 2);
        table.append(wave).append(',').append(step).append(',').append(height);
        table.append(slow ? ",slow\n" : ",fast\n");
      }
    }
    return table.toString();
  }

  /** Two classes: points near a circle of radius 1, and near one of radius 0.8 inside it. */
  private static String circles(Random random) {
    StringBuilder table = new StringBuilder("a,b,label\n");
    for (int row = 0; row < ROWS; row++) {
      int label = row % 2;
      double radius = label == 0 ? 1 : 0.8;
      double angle = 2 * Math.PI * random.nextDouble();
      double a = radius * StrictMath.cos(angle) + 0.1 * random.nextGaussian();
      double b = radius * StrictMath.sin(angle) + 0.1 * random.nextGaussian();
      table.append(rounded(a, 4)).append(',').append(rounded(b, 4));
      table.append(',').append(label).append('\n');
    }
    return table.toString();
  }

  /** Three numbers up to 10,000, and 2a + b + c/2 + 2.2. */
  private static String sum(Random random) {
    StringBuilder table = new StringBuilder("a,b,c,y\n");
    for (int row = 0; row < ROWS; row++) {
      int a = random.nextInt(10_000);
      int b = random.nextInt(10_000);
      int c = random.nextInt(10_000);
      int tenths = 20 * a + 10 * b + 5 * c + 22;
      table.append(a).append(',').append(b).append(',').append(c).append(',');
      table.append(tenths / 10).append('.').append(tenths % 10).append('\n');
    }
    return table.toString();
  }

  /** One number from 15,000 to 25,000, and whether it is below 20,000. */
  private static String threshold(Random random) {
    StringBuilder table = new StringBuilder("x,y\n");
    for (int row = 0; row < ROWS; row++) {
      int x = 15_000 + random.nextInt(10_000);
      table.append(x).append(',').append(x < 20_000 ? 1 : 0).append('\n');
    }
    return table.toString();
  }

  private static String exclusiveOr(List<String> cases) {
    return cases.stream()
        .map(
            bits -> bits.charAt(0) + "," + bits.charAt(1) + "," + (bits.charAt(0) ^ bits.charAt(1)))
        .collect(Collectors.joining("\n", "a,b,y\n", "\n"));
  }

  /** All numbers of eight bits, and as targets the same numbers in another order. */
  private static String bits(Random random) {
    List<Integer> targets = new ArrayList<>(IntStream.range(0, 1 << BITS).boxed().toList());
    Collections.shuffle(targets, random);
    StringBuilder table =
        new StringBuilder(names("x", BITS)).append(',').append(names("y", BITS)).append('\n');
    for (int number = 0; number < targets.size(); number++) {
      table.append(digits(number)).append(',').append(digits(targets.get(number))).append('\n');
    }
    return table.toString();
  }

  private static String digits(int number) {
    return IntStream.range(0, BITS)
        .mapToObj(place -> String.valueOf(number >> (BITS - 1 - place) & 1))
        .collect(Collectors.joining(","));
  }

  private static String names(String letter, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(place -> letter + place)
        .collect(Collectors.joining(","));
  }

  private static String rounded(double number, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", number);
  }
}
