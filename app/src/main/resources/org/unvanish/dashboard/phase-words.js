/* Sentences about a random network of equal layers, {name, sigmaW, sigmaB, alpha, naive}, and numbers in them. */
var Unvanish = window.Unvanish || {};

Unvanish.phaseWords = (() => {
  'use strict';
  const theory = Unvanish.meanField;

  /** Longer depth scales are said to be critical: no network is so deep. */
  const ENDLESS = 1000;

  /** Three digits. */
  function number(value) {
    const size = Math.abs(value);
    const text = size > 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential(2).replace('e+', 'e') : String(Number(value.toPrecision(3)));
    return text.replaceAll('-', '−');
  }

  const raised = power => String(power).replace('-', '⁻').replace(/\d/g, digit => '⁰¹²³⁴⁵⁶⁷⁸⁹'[digit]);

  /** A factor of at least 1 by its logarithm: 1.4, 23, 3.2·10⁵. */
  function factor(log10) {
    if (log10 < 2.5) return number(Number((10 ** log10).toPrecision(2)));
    const power = Math.floor(log10);
    const digits = (10 ** (log10 - power)).toFixed(1);
    return digits === '10.0' ? `10${raised(power + 1)}` : digits === '1.0' ? `10${raised(power)}` : `${digits}·10${raised(power)}`;
  }

  function change(log10) {
    if (Math.abs(log10) < 0.02) return 'keeps its size';
    return `${log10 < 0 ? 'shrinks' : 'grows'} ${factor(Math.abs(log10))}‑fold`;
  }

  /** Where the dot is: the phase and the depth scale. */
  function phase({name, sigmaW, sigmaB, alpha, naive}) {
    const {q, depthScale} = theory.fixedPoint(name, naive * sigmaW, sigmaB / alpha);
    if (Math.abs(depthScale) > ENDLESS) return 'Critical: equal layers keep the gradient’s size.';
    if (q === Infinity) return `Unbounded: the pre-activations grow without end, and the gradient’s energy grows e‑fold every ${number(-depthScale)} layers.`;
    return depthScale > 0
      ? `Ordered: the gradient’s energy shrinks e‑fold every ξ = ${number(depthScale)} layers.`
      : `Chaotic: the gradient’s energy grows e‑fold every |ξ| = ${number(-depthScale)} layers.`;
  }

  /** What α does to the dot, and what it can gain at most. */
  function scale(network, plain) {
    return network.sigmaB === 0 ? withoutBiases(network, plain) : withBiases(network);
  }

  function withoutBiases({name, sigmaW, alpha, naive}, plain) {
    if (theory.isHomogeneous(name)) return 'α·f(z/α) is f(z) here: without biases, α changes nothing at all.';
    const still = 'Without biases the dot stays on the axis, whatever α is.';
    if (theory.grows(name)) return `${still} No bound on what α can gain is known for this function.`;
    if (alpha < 1) return `${still} Before training an α below 1 costs the gradient at most the factor 1/α = ${number(1 / alpha)}.`;
    if (alpha === 1) return `${still} Before training an α above 1 can gain at most the factor α, at any depth.`;
    const most = theory.mostGain(name, alpha, naive * sigmaW, plain);
    return most < Math.log10(alpha) - 1e-9
      ? `${still} Before training it can gain at most ${factor(most)}‑fold, which is all that the slopes f′ take.`
      : `${still} At any depth it can gain at most the factor α = ${number(alpha)} before training.`;
  }

  function withBiases({name, sigmaW, sigmaB, alpha, naive}) {
    const moved = alpha === 1 ? '' : `α moves the dot ${alpha > 1 ? 'down' : 'up'}, from ${number(sigmaB)} to ${number(sigmaB / alpha)}. `;
    const gain = naive * sigmaW;
    if (theory.isHomogeneous(name)) return `${moved}The lines are vertical, so no α changes the depth scale.`;
    if (theory.grows(name)) return `${moved}No α makes it critical: the line is reached at infinite variance only.`;
    if (gain * theory.steepest(name) <= 1) {
      return `${moved}No α makes it critical: f′(0) times the gain is ${number(gain * theory.steepest(name))}, which is not above 1.`;
    }
    const critical = theory.criticalSigmaB(name, gain);
    return critical === null
      ? `${moved}No α makes it critical: the mean of f acts as a bias that α cannot touch.`
      : `${moved}α = ${number(sigmaB / critical)} is critical: gradients vanish below it and explode above it.`;
  }

  /** The naive factor that leads to the critical line. */
  function naive({name, sigmaW, sigmaB, alpha, naive: now}) {
    const needed = theory.criticalSigmaW(name, sigmaB / alpha) / sigmaW;
    const moved = now === 1 ? '' : `The naive factor moves the dot to the right, to ${number(now * sigmaW)}. `;
    return `${moved}A naive factor of ${number(needed)} ${theory.grows(name) ? 'keeps the size of the forward signal as well' : 'makes the network critical'}.`;
  }

  return Object.freeze({number, factor, change, phase, scale, naive});
})();
