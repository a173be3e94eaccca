/*
 * Random networks of infinite width: how large the pre-activations of each layer are, and what a layer
 * does to the energy (sum of squares) of the gradient that goes back through it.
 *
 * q is the variance of a pre-activation, σ_w² that of the weights times the fan-in, σ_b² that of the
 * biases. One layer makes q to V(q) = σ_w²·E f(√q·Z)² + σ_b² and multiplies the gradient's energy by
 * χ(q) = σ_w²·E f′(√q·Z)², Z standard normal. A scale α moves a network to (σ_w, σ_b/α), so all here
 * is said of α = 1. Nothing of it draws; a test holds the numbers against org.unvanish.meanfield's oracle.
 */
var Unvanish = window.Unvanish || {};

Unvanish.meanField = (() => {
  'use strict';

  const logistic = z => z >= 0 ? 1 / (1 + Math.exp(-z)) : 1 - 1 / (1 + Math.exp(z));

  function logisticSlope(z) {
    const e = Math.exp(-Math.abs(z));
    return e / ((1 + e) * (1 + e));
  }

  /**
   * The functions: f and f′, or E f² and E f′² of q where there is a closed form. What is not odd has a
   * mean, which acts as a bias does. A function that grows without end lets the signal do so.
   */
  const FUNCTIONS = {
    tanh: {value: Math.tanh, slope: z => 4 * logisticSlope(2 * z), steepest: 1, odd: true},
    arctan: {value: Math.atan, slope: z => 1 / (1 + z * z), steepest: 1, odd: true},
    softsign: {value: z => z / (1 + Math.abs(z)), slope: z => (1 + Math.abs(z)) ** -2, steepest: 1, odd: true},
    erf: {
      moments: q => ({square: 2 / Math.PI * Math.asin(2 * q / (1 + 2 * q)), slope: 4 / (Math.PI * Math.sqrt(1 + 4 * q))}),
      steepest: 2 / Math.sqrt(Math.PI), odd: true,
    },
    logistic: {value: logistic, slope: logisticSlope, steepest: 0.25, odd: false},
    relu: {moments: q => ({square: q / 2, slope: 0.5}), odd: false, unbounded: true, homogeneous: true},
    'log-sigmoid': {
      value: z => Math.min(z, 0) - Math.log1p(Math.exp(-Math.abs(z))), slope: z => logistic(-z), odd: false, unbounded: true,
    },
  };

  /** Where the means are known on the curves: more q than any picture shows. */
  const CURVE = Array.from({length: 281}, (_, i) => 10 ** (-6 + i / 20));

  const known = new Map();
  const curves = new Map();
  const RULE = gaussLegendre(12);

  /** The nodes and weights on [0, 1], by Newton's method. */
  function gaussLegendre(count) {
    return Array.from({length: count}, (_, i) => {
      let x = Math.cos(Math.PI * (i + 0.75) / (count + 0.5));
      let derivative = 1;
      for (let step = 0; step < 8; step++) {
        let before = 1;
        let now = x;
        for (let k = 2; k <= count; k++) [before, now] = [now, ((2 * k - 1) * x * now - (k - 1) * before) / k];
        derivative = count * (x * now - before) / (x * x - 1);
        x -= now / derivative;
      }
      return {at: (1 + x) / 2, weight: 1 / ((1 - x * x) * derivative * derivative)};
    });
  }

  /**
   * E f(√q·Z)² and E f′(√q·Z)². Panels in z are as narrow as f bends near 0 and double from there to 1;
   * a rule for polynomials (Gauss–Hermite) would be wrong by 100 % where √q is large.
   */
  function moments(name, q) {
    const f = FUNCTIONS[name];
    if (f.moments) return f.moments(q);
    const root = Math.sqrt(q);
    let square = 0;
    let slope = 0;
    // Beyond 9 the normal density is below 1e-18.
    for (let from = 0, width = Math.min(0.5 / root, 1); from < 9; from += width, width = Math.min(2 * width, 1)) {
      for (const {at, weight} of RULE) {
        const z = from + width * at;
        const share = width * weight * Math.exp(-z * z / 2);
        const u = root * z;
        const right = f.value(u);
        const rightSlope = f.slope(u);
        const left = f.odd ? right : f.value(-u);
        const leftSlope = f.odd ? rightSlope : f.slope(-u);
        square += share * (right * right + left * left);
        slope += share * (rightSlope * rightSlope + leftSlope * leftSlope);
      }
    }
    return {square: square / Math.sqrt(2 * Math.PI), slope: slope / Math.sqrt(2 * Math.PI)};
  }

  /** The means at all q of CURVE, once for each function. */
  function table(name) {
    if (!known.has(name)) known.set(name, CURVE.map(q => moments(name, q)));
    return known.get(name);
  }

  /** Where a function changes its sign from − to +, in ln q between two q. */
  function bisect(rises, low, high) {
    let from = Math.log(low);
    let to = Math.log(high);
    for (let i = 0; i < 64; i++) {
      const middle = (from + to) / 2;
      if (rises(Math.exp(middle)) > 0) to = middle;
      else from = middle;
    }
    return Math.exp((from + to) / 2);
  }

  /** One layer: what becomes of q, and of the gradient's energy. */
  function layer(name, sigmaW, sigmaB, q) {
    const {square, slope} = moments(name, q);
    return {variance: sigmaW * sigmaW * square + sigmaB * sigmaB, factor: sigmaW * sigmaW * slope};
  }

  /**
   * The variance that many layers lead to, the factor χ₁ there, and the depth scale −1/ln χ₁ in layers:
   * after so many a gradient's energy is e times smaller, or larger where it is negative.
   */
  function fixedPoint(name, sigmaW, sigmaB) {
    const f = FUNCTIONS[name];
    const grows = q => 1 - layer(name, sigmaW, sigmaB, q).variance / q;
    let q;
    if (sigmaB === 0 && (f.odd ? sigmaW * f.steepest <= 1 : f.homogeneous && sigmaW * sigmaW < 2)) q = 0;
    else if (f.unbounded && (sigmaW * sigmaW >= 2 || grows(1e12) < 0)) q = Infinity;
    else q = bisect(grows, 1e-30, 1e12);
    const factor = q === Infinity ? sigmaW * sigmaW / 2 : layer(name, sigmaW, sigmaB, q).factor;
    return {q, factor, depthScale: -1 / Math.log(factor)};
  }

  /** σ_b² of the network with the fixed point q whose factor there is χ: its σ_w² is χ/E f′². */
  const biasEnergy = (q, mean, factor) => q - factor * mean.square / mean.slope;

  /**
   * The networks whose factor χ₁ is this one, as [σ_w, σ_b] from the axis upwards. Each q is the fixed
   * point of one of them, so the curve needs no search. Each is calculated once.
   */
  function contour(name, factor) {
    const key = `${name} ${factor}`;
    if (!curves.has(key)) curves.set(key, curve(name, factor));
    return curves.get(key);
  }

  function curve(name, factor) {
    const f = FUNCTIONS[name];
    if (f.homogeneous || (f.unbounded && factor >= 1)) return [0, 1e3].map(sigmaB => [Math.sqrt(2 * factor), sigmaB]);
    const at = (q, mean) => [Math.sqrt(factor / mean.slope), Math.sqrt(Math.max(0, biasEnergy(q, mean, factor)))];
    const means = table(name);
    const grid = CURVE.map((q, i) => at(q, means[i]));
    if (f.odd && factor <= 1) return [[Math.sqrt(factor) / f.steepest, 0], ...grid];
    const energy = q => biasEnergy(q, moments(name, q), factor);
    const below = CURVE.findLastIndex((q, i) => biasEnergy(q, means[i], factor) < 0);
    const start = bisect(energy, CURVE[below], CURVE[below + 1]);
    // Near the axis σ_b grows like a root, so points are closer there.
    const near = Array.from({length: 24}, (_, i) => start + (CURVE[below + 4] - start) * (i / 24) ** 2);
    return [...near.map(q => at(q, moments(name, q))), ...grid.slice(below + 4)];
  }

  /** σ_w on the critical line, where χ₁ is 1; for functions that grow it is reached at infinite q only. */
  function criticalSigmaW(name, sigmaB) {
    const f = FUNCTIONS[name];
    if (f.unbounded) return Math.SQRT2;
    if (f.odd && sigmaB === 0) return 1 / f.steepest;
    const q = bisect(at => biasEnergy(at, moments(name, at), 1) - sigmaB * sigmaB, 1e-9, 1e9);
    return 1 / Math.sqrt(moments(name, q).slope);
  }

  /** σ_b on the critical line, or null where it has none for this σ_w. */
  function criticalSigmaB(name, sigmaW) {
    const f = FUNCTIONS[name];
    if (f.unbounded || sigmaW * f.steepest <= 1) return null;
    const q = bisect(at => 1 - sigmaW * sigmaW * moments(name, at).slope, 1e-9, 1e9);
    const energy = biasEnergy(q, moments(name, q), 1);
    return energy > 0 ? Math.sqrt(energy) : null;
  }

  /**
   * The layers of a stack of equal ones. A gradient comes from the last layer back to the first through
   * all but the last one's activation; the list has these layers from the first on, with the variance and
   * log₁₀ of the factor of the gradient's size (the root of its energy).
   */
  function stack({name, sigmaW, sigmaB, alpha, naive, depth, meanSquare}) {
    let q = (sigmaW * sigmaW * meanSquare + sigmaB * sigmaB) / (alpha * alpha);
    const layers = [];
    let next = layer(name, naive * sigmaW, sigmaB / alpha, q);
    while (layers.length < depth - 1) {
      layers.push({variance: alpha * alpha * q, log10: Math.log10(next.factor) / 2});
      // Once the variance stands still, all further layers are like this one.
      const moves = Math.abs(next.variance - q) > 1e-13 * q;
      q = next.variance;
      if (moves) next = layer(name, naive * sigmaW, sigmaB / alpha, q);
    }
    return layers;
  }

  /**
   * What a scale of at least 1 can make of the gradient's size at most, without biases, as log₁₀: α
   * itself, or what the slopes of f take if that is less. Null for functions of which this is not known.
   */
  function mostGain(name, alpha, sigmaW, layers) {
    const f = FUNCTIONS[name];
    if (f.homogeneous) return 0;
    if (f.unbounded) return null;
    const taken = layers.reduce((sum, {log10}) => sum + Math.log10(sigmaW * f.steepest) - log10, 0);
    return Math.min(Math.log10(alpha), Math.max(0, taken));
  }

  return Object.freeze({
    names: Object.freeze(Object.keys(FUNCTIONS)),
    grows: name => Boolean(FUNCTIONS[name].unbounded),
    isHomogeneous: name => Boolean(FUNCTIONS[name].homogeneous),
    steepest: name => FUNCTIONS[name].steepest,
    moments, layer, fixedPoint, contour, criticalSigmaW, criticalSigmaB, stack, mostGain,
  });
})();
