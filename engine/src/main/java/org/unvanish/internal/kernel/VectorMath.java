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
 * allocate nothing. NaN gives NaN. The errors are in units in the last place of the exact result,
 * with double precision as the reference: no larger one is found over every 97th of all floats, by
 * {@code LargestErrors} beside the tests. {@code VectorMathTest} looks at every 997th. They hold
 * for all arguments unless a domain is stated.
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

  // e^(−104) rounds to 0.
  private static final int GAUSS_LIMIT = clampFor((float) 10.198039027185570);
  private static final int HALF_GAUSS_LIMIT = clampFor((float) 14.422205101855956);

  // erfc(v/√2)·e^(v²/2)/2 = t·P(t) with t = 1/(1 + 0.35·v)
  private static final float TAIL_SLOPE = 0.35f;
  private static final float TAIL_1 = (float) 0.13962130690301133;
  private static final float TAIL_2 = (float) 0.13986351401124277;
  private static final float TAIL_3 = (float) 0.11982130120734740;
  private static final float TAIL_4 = (float) 0.10555243416261948;
  private static final float TAIL_5 = (float) -0.023212152654268126;
  private static final float TAIL_6 = (float) 0.15931933827464187;
  private static final float TAIL_7 = (float) -0.25583862847139991;
  private static final float TAIL_8 = (float) 0.14403070536541510;
  private static final float TAIL_9 = (float) -0.029157834782629763;

  // erf x = x·P(x²) up to here.
  private static final float ERF_NEAR = 0.9f;
  private static final float ERF_0 = (float) 1.1283791667643725;
  private static final float ERF_1 = (float) -0.37612634979829307;
  private static final float ERF_2 = (float) 0.11283715032459459;
  private static final float ERF_3 = (float) -0.026860508441459469;
  private static final float ERF_4 = (float) 0.0052038591069715823;
  private static final float ERF_5 = (float) -0.00081756387041297176;
  private static final float ERF_6 = (float) 0.000085131016303525103;
  private static final float ONE_OVER_ROOT_TWO_PI = (float) 0.39894228040143267794;
  private static final float ROOT_TWO = (float) 1.4142135623730950488;

  // π/2 in three parts: n·HALF_PI_1 leaves x − n·HALF_PI_1 exact, the others what is lost by it.
  private static final float HALF_PI_1 = (float) 1.57079632679489661923;
  private static final float HALF_PI_2 = (float) (1.57079632679489661923 - HALF_PI_1);
  private static final float HALF_PI_3 =
      (float) (1.57079632679489661923 - HALF_PI_1 - HALF_PI_2 + 6.123233995736766e-17);
  private static final float TWO_OVER_PI = (float) 0.63661977236758134308;
  private static final float SIN_3 = (float) -0.16666653193271590;
  private static final float SIN_5 = (float) 0.0083320709334532254;
  private static final float SIN_7 = (float) -0.00019503074177255005;
  private static final float COS_4 = (float) 0.041666643180193738;
  private static final float COS_6 = (float) -0.0013887194126006279;
  private static final float COS_8 = (float) 0.000024419186985772021;

  /** The largest magnitude that {@link #sin} and {@link #cos} take. */
  static final float MOST_RADIANS = 0x1p17f;

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

  /**
   * e^(−x²), to 2.3 units in the last place. x² in two parts, for e to its power multiplies its
   * rounding by 2x².
   */
  static FloatVector gauss(FloatVector x) {
    FloatVector magnitude =
        clampedMagnitude(x.reinterpretAsInts(), GAUSS_LIMIT).reinterpretAsFloats();
    FloatVector square = magnitude.mul(magnitude);
    FloatVector rest = magnitude.fma(magnitude, square.neg());
    FloatVector e = expOfClamped(square.neg());
    return e.fma(rest.neg(), e);
  }

  /** e^(−x²/2), to 2.3 units in the last place; as {@link #gauss}. */
  static FloatVector halfGauss(FloatVector x) {
    FloatVector magnitude =
        clampedMagnitude(x.reinterpretAsInts(), HALF_GAUSS_LIMIT).reinterpretAsFloats();
    FloatVector square = magnitude.mul(magnitude);
    FloatVector rest = magnitude.fma(magnitude, square.neg());
    FloatVector e = expOfClamped(square.mul(-0.5f));
    return e.fma(rest.mul(-0.5f), e);
  }

  /**
   * (1 − Φ(v))·e^(v²/2) of the normal distribution Φ, to 4 units in the last place.
   *
   * @param v not negative, or NaN
   */
  private static FloatVector scaledTail(FloatVector v) {
    FloatVector one = constant(v, 1);
    FloatVector t = one.div(v.fma(constant(v, TAIL_SLOPE), one));
    return t.fma(constant(v, TAIL_9), constant(v, TAIL_8))
        .fma(t, constant(v, TAIL_7))
        .fma(t, constant(v, TAIL_6))
        .fma(t, constant(v, TAIL_5))
        .fma(t, constant(v, TAIL_4))
        .fma(t, constant(v, TAIL_3))
        .fma(t, constant(v, TAIL_2))
        .fma(t, constant(v, TAIL_1))
        .mul(t);
  }

  /**
   * erf x, to 2.6 units in the last place; odd, and never beyond ±1.
   *
   * @param gauss what {@link #gauss} gives for x
   */
  static FloatVector erf(FloatVector x, FloatVector gauss) {
    IntVector bits = x.reinterpretAsInts();
    FloatVector magnitude = bits.and(MAGNITUDE).reinterpretAsFloats();
    FloatVector u = x.mul(x);
    FloatVector near =
        u.fma(constant(x, ERF_6), constant(x, ERF_5))
            .fma(u, constant(x, ERF_4))
            .fma(u, constant(x, ERF_3))
            .fma(u, constant(x, ERF_2))
            .fma(u, constant(x, ERF_1))
            .fma(u, constant(x, ERF_0))
            .mul(magnitude);
    FloatVector tail = scaledTail(magnitude.mul(ROOT_TWO)).mul(-2);
    FloatVector far = tail.fma(gauss, constant(x, 1));
    return withSign(bits, near.blend(far, magnitude.compare(VectorOperators.GT, ERF_NEAR)));
  }

  /**
   * The normal distribution Φ(x), to 6 units in the last place, also for very negative x.
   *
   * @param halfGauss what {@link #halfGauss} gives for x
   */
  static FloatVector normal(FloatVector x, FloatVector halfGauss) {
    FloatVector tail = scaledTail(x.abs()).mul(halfGauss);
    return tail.blend(constant(x, 1).sub(tail), x.compare(VectorOperators.GT, 0));
  }

  /** eˣ − 1 for x ≤ 0, to 3.6 units in the last place, also for tiny x. */
  static FloatVector expm1OfNegative(FloatVector x) {
    // 2t/(1 − t) with t = tanh(x/2) below 0: nothing cancels.
    FloatVector t = tanh(x.mul(0.5f));
    return t.add(t).div(constant(x, 1).sub(t));
  }

  /** x/(1 + e⁻ˣ), to 4.6 units in the last place but where it is below 2⁻¹¹⁸. */
  static FloatVector silu(FloatVector x) {
    // From there on it is 0; at −∞ the product would not be a number.
    return x.max(constant(x, -128)).mul(logistic(x));
  }

  /** The derivative of {@link #silu}, to 2⁻²². */
  static FloatVector siluSlope(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector magnitude = clampedMagnitude(bits, EXP_LIMIT);
    FloatVector e = expOfClamped(magnitude.or(SIGN).reinterpretAsFloats());
    FloatVector u = magnitude.or(bits.and(SIGN)).reinterpretAsFloats();
    FloatVector one = constant(x, 1);
    FloatVector share = one.div(e.add(one));
    return u.mul(e).fma(share, one.blend(e, x.lt(0))).mul(share);
  }

  /**
   * x·Φ(x) with the normal distribution Φ, to 7 units in the last place but where it is below
   * 2⁻¹¹⁸.
   *
   * @param halfGauss what {@link #halfGauss} gives for x
   */
  static FloatVector gelu(FloatVector x, FloatVector halfGauss) {
    // From there on it is 0; at −∞ the product would not be a number.
    return x.max(constant(x, -128)).mul(normal(x, halfGauss));
  }

  /**
   * The derivative of {@link #gelu}, to 2⁻²².
   *
   * @param halfGauss what {@link #halfGauss} gives for x
   */
  static FloatVector geluSlope(FloatVector x, FloatVector halfGauss) {
    IntVector bits = x.reinterpretAsInts();
    IntVector u = clampedMagnitude(bits, HALF_GAUSS_LIMIT).or(bits.and(SIGN));
    return u.reinterpretAsFloats().mul(ONE_OVER_ROOT_TWO_PI).fma(halfGauss, normal(x, halfGauss));
  }

  /**
   * sin x, to 1.7 units in the last place; odd.
   *
   * @param x of a magnitude of at most {@link #MOST_RADIANS}, or NaN
   */
  static FloatVector sin(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    return sinOfQuarters(bits.and(MAGNITUDE).reinterpretAsFloats(), 0, bits.and(SIGN));
  }

  /** cos x, to 1.7 units in the last place; for the same x as {@link #sin}. */
  static FloatVector cos(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    return sinOfQuarters(bits.and(MAGNITUDE).reinterpretAsFloats(), 1, bits.and(0));
  }

  /**
   * sin(x + quarters·π/2) with another sign. With n the integer nearest to 2x/π and r = x − n·π/2
   * it is ±sin r or ±cos r. The first product leaves r exact; the others round it twice.
   *
   * @param x not negative
   * @param sign its bit
   */
  private static FloatVector sinOfQuarters(FloatVector x, int quarters, IntVector sign) {
    FloatVector rounded = x.fma(constant(x, TWO_OVER_PI), constant(x, ROUNDER));
    FloatVector n = rounded.sub(constant(x, ROUNDER));
    FloatVector r =
        n.fma(
            constant(x, -HALF_PI_3),
            n.fma(constant(x, -HALF_PI_2), n.fma(constant(x, -HALF_PI_1), x)));
    FloatVector u = r.mul(r);
    FloatVector sine =
        u.fma(constant(x, SIN_7), constant(x, SIN_5)).fma(u, constant(x, SIN_3)).fma(u.mul(r), r);
    FloatVector cosine =
        u.fma(constant(x, COS_8), constant(x, COS_6))
            .fma(u, constant(x, COS_4))
            .fma(u.mul(u), u.fma(constant(x, -0.5f), constant(x, 1)));
    IntVector quadrant = rounded.reinterpretAsInts().add(quarters);
    IntVector either =
        sine.reinterpretAsInts()
            .blend(cosine.reinterpretAsInts(), quadrant.and(1).compare(VectorOperators.NE, 0));
    IntVector turned = quadrant.and(2).lanewise(VectorOperators.LSHL, 30);
    return either
        .lanewise(VectorOperators.XOR, turned)
        .lanewise(VectorOperators.XOR, sign)
        .reinterpretAsFloats();
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
