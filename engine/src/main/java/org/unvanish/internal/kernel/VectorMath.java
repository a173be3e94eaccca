package org.unvanish.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Elementary functions, lane by lane, in single precision, with the same bits everywhere.
 *
 * <p>The vector module's own {@code TANH}, {@code EXP} and so on may differ between platforms, and
 * so may {@link Math}. These functions use only operations that IEEE 754 rounds in exactly one way
 * (+, −, ×, ÷, fma) and operations on bits, so a result depends on the argument alone: not on the
 * number of lanes, the processor or the JDK.
 *
 * <p>All of them are free of branches and small enough to be inlined into a loop, where they
 * allocate nothing. NaN gives NaN. The errors are in units in the last place of the exact result:
 * the largest ones found over all arguments whose magnitude lies between 2⁻¹³ and 2⁷ (512 for the
 * arctangent) and every 97th beyond, with {@link StrictMath} as the reference. They hold for all
 * arguments unless a domain is stated.
 *
 * <p>The coefficients are minimax fits (weighted for relative error, Remez exchange in 50 digits)
 * made for this class.
 */
// The coefficients are written out as they were fitted; the casts round them.
@SuppressWarnings("FloatingPointLiteralPrecision")
public final class VectorMath {

  private static final int SIGN = 0x8000_0000;
  private static final int MAGNITUDE = 0x7fff_ffff;
  private static final int MANTISSA_BITS = 23;
  private static final int EXPONENT_BIAS = 127;

  // Added to the bits of |x| it makes every NaN negative, so that a clamp from above spares NaN.
  private static final int NAN_WRAP = MAGNITUDE - 0x7f80_0000;

  // Adding 1.5·2²³ to a small float rounds it to an integer, which then stands in the low bits.
  private static final float ROUNDER = 0x1.8p23f;

  // Where tanh, as computed here, has reached 1.
  private static final int TANH_LIMIT = clampFor(9.02f);
  // As ROUNDER, and biased so that the low bits n are the exponent of 2ⁿ⁻¹.
  private static final float TANH_ROUNDER = ROUNDER + EXPONENT_BIAS - 1;
  private static final float TWO_OVER_LN2 = (float) 2.8853900817779268147;
  private static final float MINUS_HALF_LN2 = (float) -0.34657359027997265471;
  private static final float COTH_1 = (float) 0.33333251649100052296;
  private static final float COTH_2 = (float) -0.022134093722720404527;

  // e^±104 rounds to 0 and ∞.
  private static final int EXP_LIMIT = clampFor(104);
  // As ROUNDER, and biased so that the low bits n are the exponent of 2ⁿ.
  private static final float EXP_ROUNDER = ROUNDER + EXPONENT_BIAS;
  private static final float HALF_LOG2_E = (float) 0.7213475204444817036800;
  private static final float LN4_HIGH = (float) 1.3862943611198906188345;
  private static final float LN4_LOW = (float) (1.3862943611198906188345 - LN4_HIGH);
  private static final float EXP_2 = (float) 0.50000034637559576;
  private static final float EXP_3 = (float) 0.16666614149256559;
  private static final float EXP_4 = (float) 0.041661268422506143;
  private static final float EXP_5 = (float) 0.0083361031531669498;
  private static final float EXP_6 = (float) 0.0014104469985797001;
  private static final float EXP_7 = (float) 0.00019611600562265512;

  private static final float LOG_1 = (float) 0.083333020356422277;
  private static final float LOG_2 = (float) 0.012506727269766189;
  private static final float LOG_3 = (float) 0.0021876410104943098;
  private static final float LOG_4 = (float) 0.00054710914664666419;

  private static final float HALF_PI = (float) 1.57079632679489661923;
  private static final float ATAN_1 = (float) -0.33333152737838289;
  private static final float ATAN_2 = (float) 0.19993772881746471;
  private static final float ATAN_3 = (float) -0.14211055711017954;
  private static final float ATAN_4 = (float) 0.10666006275283024;
  private static final float ATAN_5 = (float) -0.075522178036466862;
  private static final float ATAN_6 = (float) 0.043211902354931649;
  private static final float ATAN_7 = (float) -0.016367953411906562;
  private static final float ATAN_8 = (float) 0.0029206985238487629;

  private VectorMath() {}

  /**
   * tanh x, to 2.7 units in the last place. It is odd, never beyond ±1, exactly ±1 from |x| = 9.02
   * on, and exactly x for tiny x, subnormal ones included.
   *
   * <p>With n the integer nearest to 2|x|/ln 2, r = |x| − n·(ln 2)/2 and D = r·coth r, the identity
   * e^(2r) = (D + r)/(D − r) gives tanh |x| = (h·(D + r) + r)/(h·(D + r) + D) with h = (2ⁿ − 1)/2.
   * Numerator and denominator share their first term, so near saturation the errors cancel.
   */
  public static FloatVector tanh(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    FloatVector magnitude = clampedMagnitude(bits, TANH_LIMIT).reinterpretAsFloats();
    FloatVector rounded = magnitude.fma(constant(x, TWO_OVER_LN2), constant(x, TANH_ROUNDER));
    FloatVector n = rounded.sub(constant(x, TANH_ROUNDER));
    FloatVector r = n.fma(constant(x, MINUS_HALF_LN2), magnitude);
    FloatVector h = powerOfTwoOf(rounded).sub(constant(x, 0.5f));
    FloatVector u = r.mul(r);
    FloatVector d = u.fma(constant(x, COTH_2), constant(x, COTH_1)).fma(u, constant(x, 1));
    FloatVector sum = d.add(r);
    return withSign(bits, h.fma(sum, r).div(h.fma(sum, d)));
  }

  /** eˣ, to 1.7 units in the last place, from 0 over the subnormal numbers up to ∞. */
  public static FloatVector exp(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    return expOfClamped(clampedMagnitude(bits, EXP_LIMIT).or(bits.and(SIGN)).reinterpretAsFloats());
  }

  /** e^(−|x|), as exact as {@link #exp}. */
  static FloatVector expOfMinusMagnitude(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    return expOfClamped(clampedMagnitude(bits, EXP_LIMIT).or(SIGN).reinterpretAsFloats());
  }

  /**
   * eˣ for |x| ≤ 104.
   *
   * <p>With x = n·ln 4 + r it is eʳ·2ⁿ·2ⁿ: half the exponent fits a normal number where the whole
   * one does not.
   */
  private static FloatVector expOfClamped(FloatVector x) {
    FloatVector rounded = x.fma(constant(x, HALF_LOG2_E), constant(x, EXP_ROUNDER));
    FloatVector n = rounded.sub(constant(x, EXP_ROUNDER));
    FloatVector r = n.fma(constant(x, -LN4_LOW), n.fma(constant(x, -LN4_HIGH), x));
    FloatVector tail =
        r.fma(constant(x, EXP_7), constant(x, EXP_6))
            .fma(r, constant(x, EXP_5))
            .fma(r, constant(x, EXP_4))
            .fma(r, constant(x, EXP_3))
            .fma(r, constant(x, EXP_2));
    FloatVector power = r.mul(r).fma(tail, r).add(constant(x, 1));
    FloatVector root = powerOfTwoOf(rounded);
    return power.mul(root).mul(root);
  }

  /**
   * log(1 + x), to 2.0 units in the last place, also for tiny x.
   *
   * @param x in [0, 1] or NaN; outside the error grows
   */
  public static FloatVector log1p(FloatVector x) {
    FloatVector t = twiceAtanhArgument(x);
    return t.add(twiceAtanhTail(t));
  }

  /** 1/(1 + e⁻ˣ), to 3.5 units in the last place, also for very negative x. */
  public static FloatVector logistic(FloatVector x) {
    FloatVector e = expOfMinusMagnitude(x);
    FloatVector one = constant(x, 1);
    return one.blend(e, x.lt(0)).div(e.add(one));
  }

  /**
   * log(1/(1 + e⁻ˣ)) = min(x, 0) − log(1 + e^(−|x|)), to 3.8 units in the last place.
   *
   * <p>In two steps, for JDK 17 to 25 stop inlining when a compiled method holds about two times
   * both, and what is not inlined allocates.
   *
   * @param power what {@link #expOfMinusMagnitude} gives for x
   */
  static FloatVector logSigmoid(FloatVector x, FloatVector power) {
    return x.min(constant(x, 0)).sub(log1p(power));
  }

  /** arctan x, to 1.9 units in the last place. */
  public static FloatVector arctan(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    FloatVector magnitude = bits.and(MAGNITUDE).reinterpretAsFloats();
    FloatVector one = constant(x, 1);
    // arctan |x| = π/2 − arctan(1/|x|)
    VectorMask<Float> large = magnitude.compare(VectorOperators.GT, 1);
    FloatVector t = magnitude.blend(-1, large).div(one.blend(magnitude, large));
    FloatVector u = t.mul(t);
    FloatVector tail =
        u.fma(constant(x, ATAN_8), constant(x, ATAN_7))
            .fma(u, constant(x, ATAN_6))
            .fma(u, constant(x, ATAN_5))
            .fma(u, constant(x, ATAN_4))
            .fma(u, constant(x, ATAN_3))
            .fma(u, constant(x, ATAN_2))
            .fma(u, constant(x, ATAN_1));
    FloatVector near = u.mul(t).fma(tail, t);
    return withSign(bits, constant(x, 0).blend(HALF_PI, large).add(near));
  }

  /** For f = y − 1 the t with log y = 2·artanh(t/2). */
  private static FloatVector twiceAtanhArgument(FloatVector f) {
    return f.div(f.fma(constant(f, 0.5f), constant(f, 1)));
  }

  /** 2·artanh(t/2) − t for |t| ≤ 2/3. */
  private static FloatVector twiceAtanhTail(FloatVector t) {
    FloatVector u = t.mul(t);
    FloatVector tail =
        u.fma(constant(t, LOG_4), constant(t, LOG_3))
            .fma(u, constant(t, LOG_2))
            .fma(u, constant(t, LOG_1));
    return u.mul(t).mul(tail);
  }

  private static FloatVector constant(FloatVector like, float value) {
    return FloatVector.broadcast(like.species(), value);
  }

  /** 2ⁿ, where n plus the bias stands in the low bits of the argument. */
  private static FloatVector powerOfTwoOf(FloatVector rounded) {
    return rounded
        .reinterpretAsInts()
        .lanewise(VectorOperators.LSHL, MANTISSA_BITS)
        .reinterpretAsFloats();
  }

  private static FloatVector withSign(IntVector bits, FloatVector magnitude) {
    return magnitude.reinterpretAsInts().or(bits.and(SIGN)).reinterpretAsFloats();
  }

  private static int clampFor(float limit) {
    return Float.floatToRawIntBits(limit) + NAN_WRAP;
  }

  /**
   * The bits of min(|x|, limit), or of a NaN for NaN. Not by the vector module's {@code min} of
   * floats, which takes several instructions.
   */
  private static IntVector clampedMagnitude(IntVector bits, int limit) {
    return bits.and(MAGNITUDE).add(NAN_WRAP).lanewise(VectorOperators.MIN, limit).sub(NAN_WRAP);
  }
}
