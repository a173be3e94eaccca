package org.unvanish.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorMathTest {

  private static final int BLOCK = 4096;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  @ParameterizedTest
  @EnumSource
  void theErrorOverEvery997thFloatIsAsStated(Elementary function) {
    LargestErrors.Largest largest = LargestErrors.over(function, 997);
    // An error below half a unit would mean that nothing was compared.
    assertThat(largest.error())
        .as("error at %a", largest.at())
        .isBetween(0.5, function.statedError);
  }

  /** The bits of every function over a fixed set of arguments, whatever the JDK and the lanes. */
  @ParameterizedTest
  @CsvSource({
    "TANH, 1326287743",
    "EXP, -1988701895",
    "LOG1P, -819881767",
    "LOGISTIC, -99100958",
    "LOG_SIGMOID, -2127931027",
    "ARCTAN, -846584555",
    "GAUSS, 755876797",
    "HALF_GAUSS, -274590927",
    "ERF, 1446616989",
    "GELU, 733181140",
    "GELU_SLOPE, 1431648049",
    "SILU, -1674312952",
    "SILU_SLOPE, -2034252286",
    "EXPM1_OF_NEGATIVE, -617825771",
    "SIN, -813743343",
    "COS, 1118479821",
  })
  void theBitsAreTheSameForEveryVectorLength(Elementary function, int expected) {
    float[] in = argumentsOf(function);
    for (VectorSpecies<Float> species :
        Arrays.asList(FloatVector.SPECIES_128, FloatVector.SPECIES_256, FloatVector.SPECIES_512)) {
      float[] out = new float[in.length];
      function.apply(species, in, out);
      int hash = 1;
      for (float y : out) {
        // Every NaN alike: which one an operation returns is up to the processor.
        hash = 31 * hash + Float.floatToIntBits(y);
      }
      assertThat(hash).as("%s with %s", function, species).isEqualTo(expected);
    }
  }

  private static float[] argumentsOf(Elementary function) {
    float[] all = new float[1 << 17];
    int count = 0;
    for (long bits = 0; bits < 1L << 32; bits += 65_521) {
      float x = Float.intBitsToFloat((int) bits);
      if (x >= function.from && x <= function.to || Float.isNaN(x)) {
        all[count++] = x;
      }
    }
    return Arrays.copyOf(all, count / 16 * 16);
  }

  @ParameterizedTest
  @EnumSource
  void nanGivesNan(Elementary function) {
    for (int bits : new int[] {0x7fc00000, 0x7f800001, 0x7fffffff, 0xffc00000, 0xff800001, -1}) {
      assertThat(function.at(Float.intBitsToFloat(bits))).as("%x", bits).isNaN();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TANH", "ARCTAN", "ERF", "SIN"})
  void oddFunctionsAreOddToTheBit(Elementary function) {
    for (int bits = 0; bits <= Float.floatToRawIntBits(INFINITY) && bits >= 0; bits += 99_991) {
      float x = Float.intBitsToFloat(bits);
      if (x <= function.to) {
        assertThat(function.at(-x)).isEqualTo(-function.at(x));
      }
    }
    assertThat(Float.floatToRawIntBits(function.at(-0f))).isEqualTo(0x8000_0000);
    assertThat(Float.floatToRawIntBits(function.at(0f))).isEqualTo(0);
  }

  @ParameterizedTest
  @ValueSource(
      floats = {0, Float.MIN_VALUE, 3e-42f, Float.MIN_NORMAL, 1e-30f, 1e-9f, 0x1.fffffep-14f})
  void tanhAndArctanAndLog1pOfATinyNumberAreThatNumber(float x) {
    assertThat(Elementary.TANH.at(x)).isEqualTo(x);
    assertThat(Elementary.ARCTAN.at(x)).isEqualTo(x);
    if (x < 0x1p-25f) {
      assertThat(Elementary.LOG1P.at(x)).isEqualTo(x);
    }
  }

  @Test
  void tanhReachesOneAndNeverPassesIt() {
    for (float x :
        new float[] {9.02f, 9.03f, 10, 11.7f, 88, 1e4f, 1e30f, Float.MAX_VALUE, INFINITY}) {
      assertThat(Elementary.TANH.at(x)).isEqualTo(1);
    }
    float[] in = new float[BLOCK];
    float[] out = new float[BLOCK];
    int last = Float.floatToRawIntBits(10);
    for (int bits = Float.floatToRawIntBits(4); bits < last; bits += BLOCK) {
      for (int i = 0; i < BLOCK; i++) {
        in[i] = Float.intBitsToFloat(bits + i);
      }
      Elementary.TANH.apply(FloatVector.SPECIES_PREFERRED, in, out);
      for (int i = 0; i < BLOCK; i++) {
        if (!(out[i] <= 1)) {
          assertThat(out[i]).as("tanh(%a)", in[i]).isLessThanOrEqualTo(1);
        }
      }
    }
  }

  /**
   * The float that of all up to 2¹⁷ lies nearest to a multiple of π/2, and neighbours of others.
   */
  @Test
  void sinesNearTheirRootsKeepTheirDigits() {
    for (int n = 1; n < 80_000; n++) {
      float x = (float) (n * (Math.PI / 2));
      for (float near : new float[] {Math.nextDown(x), x, Math.nextUp(x)}) {
        Elementary small = n % 2 == 0 ? Elementary.SIN : Elementary.COS;
        double exact = small.reference.applyAsDouble(near);
        float found = n % 97 == 0 || Math.abs(exact) < 1e-6 ? small.at(near) : (float) exact;
        assertThat(LargestErrors.ulps(found, exact, 0)).as("%s(%a)", small, near).isLessThan(1.7);
      }
    }
  }

  @Test
  void theEndsOfTheRangesAreTheLimits() {
    assertThat(Elementary.EXP.at(INFINITY)).isEqualTo(INFINITY);
    assertThat(Elementary.EXP.at(-INFINITY)).isEqualTo(0);
    assertThat(Elementary.EXP.at(0)).isEqualTo(1);
    assertThat(Elementary.EXP.at(88.7228f)).isFinite();
    assertThat(Elementary.EXP.at(88.723f)).isEqualTo(INFINITY);
    assertThat(Elementary.EXP.at(-103.9f)).isEqualTo(Float.MIN_VALUE);
    assertThat(Elementary.EXP.at(-104)).isEqualTo(0);
    assertThat(Elementary.LOG1P.at(0)).isEqualTo(0);
    assertThat(Elementary.LOGISTIC.at(0)).isEqualTo(0.5f);
    assertThat(Elementary.LOGISTIC.at(INFINITY)).isEqualTo(1);
    assertThat(Elementary.LOGISTIC.at(-INFINITY)).isEqualTo(0);
    assertThat(Elementary.LOG_SIGMOID.at(INFINITY)).isEqualTo(0);
    assertThat(Elementary.LOG_SIGMOID.at(-INFINITY)).isEqualTo(-INFINITY);
    assertThat(Elementary.LOG_SIGMOID.at(-1e30f)).isEqualTo(-1e30f);
    assertThat(Elementary.ARCTAN.at(INFINITY)).isEqualTo((float) (Math.PI / 2));
    assertThat(Elementary.GAUSS.at(0)).isEqualTo(1);
    assertThat(Elementary.GAUSS.at(INFINITY)).isEqualTo(0);
    assertThat(Elementary.ERF.at(INFINITY)).isEqualTo(1);
    assertThat(Elementary.ERF.at(-INFINITY)).isEqualTo(-1);
    for (Elementary function : new Elementary[] {Elementary.GELU, Elementary.SILU}) {
      assertThat(function.at(INFINITY)).isEqualTo(INFINITY);
      assertThat(function.at(-INFINITY)).isEqualTo(-0f);
      assertThat(function.at(-1e30f)).isEqualTo(-0f);
      assertThat(function.at(1e30f)).isEqualTo(1e30f);
    }
    for (Elementary slope : new Elementary[] {Elementary.GELU_SLOPE, Elementary.SILU_SLOPE}) {
      assertThat(slope.at(0)).isEqualTo(0.5f);
      assertThat(slope.at(INFINITY)).isEqualTo(1);
      assertThat(slope.at(-INFINITY)).isEqualTo(-0f);
    }
    assertThat(Elementary.EXPM1_OF_NEGATIVE.at(-INFINITY)).isEqualTo(-1);
    assertThat(Elementary.EXPM1_OF_NEGATIVE.at(-1e-30f)).isEqualTo(-1e-30f);
    assertThat(Elementary.COS.at(0)).isEqualTo(1);
  }
}
