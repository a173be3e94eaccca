/*
 * The playground: the gradient that reaches each layer of the paper's chain network, drawn live.
 *
 * Unvanish.theory holds the formulas, as in org.unvanish.theory, against which they are tested.
 * Unvanish.playground(element) draws the panel. Nothing is asked from the network, and nothing
 * from the address becomes markup.
 */
var Unvanish = window.Unvanish || {};

Unvanish.theory = (function () {
  "use strict";

  // Wide numbers: significand · 2^exponent, with the digits of a double and a range that no product
  // here leaves (WideNumber).

  var ZERO = Object.freeze({ significand: 0, exponent: 0 });
  var ONE = Object.freeze({ significand: 1, exponent: 0 });
  var LN2_HIGH = 6.93147180369123816490e-1;
  var LN2_LOW = 1.90821492927058770002e-10;
  var bits = new DataView(new ArrayBuffer(8));

  function wide(value, exponent) {
    var power = exponent || 0;
    if (!Number.isFinite(value)) {
      throw new RangeError("the value must be finite, but is " + value);
    }
    if (value === 0) {
      return ZERO;
    }
    bits.setFloat64(0, value);
    var high = bits.getUint32(0);
    var biased = (high >>> 20) & 0x7ff;
    if (biased === 0) {
      return wide(value * 0x1000000000000000, power - 60);
    }
    bits.setUint32(0, (high & 0x800fffff) | 0x3ff00000);
    return { significand: bits.getFloat64(0), exponent: power + biased - 1023 };
  }

  function times(a, b) {
    return wide(a.significand * b.significand, a.exponent + b.exponent);
  }

  function dividedBy(a, b) {
    return wide(a.significand / b.significand, a.exponent - b.exponent);
  }

  function plus(a, b) {
    if (b.significand === 0) {
      return a;
    }
    if (a.significand === 0 || b.exponent > a.exponent) {
      return plus(b, a);
    }
    var shifted = toDouble({ significand: b.significand, exponent: b.exponent - a.exponent });
    return wide(a.significand + shifted, a.exponent);
  }

  function negated(a) {
    return { significand: -a.significand || 0, exponent: a.exponent };
  }

  /** The nearest double: 0 or infinite where doubles end. */
  function toDouble(a) {
    if (a.exponent > 1023) {
      return a.significand * Infinity;
    }
    // In two steps, since 2^-1074 is all that is left below 2^-1022; only the last one rounds.
    return a.exponent < -1022
      ? a.significand * Math.pow(2, -1022) * Math.pow(2, Math.max(a.exponent, -2000) + 1022)
      : a.significand * Math.pow(2, a.exponent);
  }

  /** The decimal logarithm of the magnitude. */
  function log10(a) {
    return a.significand === 0
      ? -Infinity
      : Math.log10(Math.abs(a.significand)) + a.exponent * Math.log10(2);
  }

  /** e^z, with a relative error of about |z|·2⁻⁵³, which is what rounding z costs; 0 below −10¹⁵. */
  function exp(z) {
    if (z < -1e15) {
      return ZERO;
    }
    var n = Math.round(z / Math.LN2);
    // n · LN2_HIGH is exact for |n| < 2²¹: the constant has 32 bits.
    return wide(Math.exp(z - n * LN2_HIGH - n * LN2_LOW), n);
  }

  // Activation functions (ActivationFunction, WideActivation).

  function logistic(z) {
    var e = Math.exp(-Math.abs(z));
    return z >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  function odd(value) {
    return function (z) {
      return z.exponent < -200 ? z : wide(value(toDouble(z)));
    };
  }

  function falling(derivative) {
    return function (z) {
      return z.exponent > 500 ? dividedBy(ONE, times(z, z)) : wide(derivative(toDouble(z)));
    };
  }

  /** The functions f and f′ of wide numbers, also where doubles underflow. */
  var functions = Object.freeze({
    tanh: {
      value: odd(Math.tanh),
      derivative: function (z) {
        var m = Math.abs(toDouble(z));
        var e = Math.exp(-2 * m);
        return m > 300 ? times(exp(-2 * m), wide(4)) : wide((4 * e) / ((1 + e) * (1 + e)));
      },
    },
    logistic: {
      value: function (z) {
        var d = toDouble(z);
        return d < -700 ? exp(d) : wide(logistic(d));
      },
      derivative: function (z) {
        var m = Math.abs(toDouble(z));
        var e = Math.exp(-m);
        return m > 700 ? exp(-m) : wide(e / ((1 + e) * (1 + e)));
      },
    },
    "log-sigmoid": {
      value: function (z) {
        var d = toDouble(z);
        if (d > 700) {
          return negated(exp(-d));
        }
        return d < -700 ? z : wide(Math.min(d, 0) - Math.log1p(Math.exp(-Math.abs(d))));
      },
      derivative: function (z) {
        var d = toDouble(z);
        return d > 700 ? exp(-d) : wide(logistic(-d));
      },
    },
    arctan: {
      value: odd(Math.atan),
      derivative: falling(function (d) {
        return 1 / (1 + d * d);
      }),
    },
    softsign: {
      value: odd(function (d) {
        return Number.isFinite(d) ? d / (1 + Math.abs(d)) : Math.sign(d);
      }),
      derivative: falling(function (d) {
        return 1 / ((1 + Math.abs(d)) * (1 + Math.abs(d)));
      }),
    },
    relu: {
      value: function (z) {
        return z.significand > 0 ? z : ZERO;
      },
      derivative: function (z) {
        return z.significand > 0 ? ONE : ZERO;
      },
    },
    identity: {
      value: function (z) {
        return z;
      },
      derivative: function () {
        return ONE;
      },
    },
  });

  // The chain network (ChainNetwork, ChainPass): a⁰ = x, zⁱ = θⁱ·aⁱ⁻¹, aⁱ = α·f(zⁱ/α).

  /**
   * The chain at x: signals[i] = aⁱ, slopes[i] = f_α′(zⁱ), derivatives[k] = ∂g/∂θᵏ, from 1 on.
   * theta has θ¹ at index 0.
   */
  function chain(name, alpha, x, theta) {
    var f = functions[name];
    var scale = wide(alpha);
    var signals = [wide(x)];
    var slopes = [ONE];
    for (var i = 1; i <= theta.length; i++) {
      var z = dividedBy(times(signals[i - 1], wide(theta[i - 1])), scale);
      signals.push(times(scale, f.value(z)));
      slopes.push(f.derivative(z));
    }
    var derivatives = [];
    // What comes back to neuron k: f′(zᵏ) · ∏ θⁱ·f′(zⁱ) with i from k + 1 to l.
    var back = ONE;
    for (var k = theta.length; k >= 1; k--) {
      back = times(back, slopes[k]);
      derivatives[k] = times(signals[k - 1], back);
      back = times(back, wide(theta[k - 1]));
    }
    return { signals: signals, slopes: slopes, derivatives: derivatives };
  }

  /**
   * The loss (y − g)² + (r/2)·Σ(θⁱ)² (ChainLoss): d = h′(y − g), and from index 1 on the data
   * gradients −d·∂g/∂θᵏ and the total gradients, which are those plus r·θᵏ.
   */
  function loss(pass, theta, y, r) {
    var d = times(plus(wide(y), negated(pass.signals[theta.length])), wide(2));
    var data = [];
    var total = [];
    for (var k = 1; k <= theta.length; k++) {
      data[k] = negated(times(d, pass.derivatives[k]));
      total[k] = plus(data[k], wide(r * theta[k - 1]));
    }
    return { d: d, data: data, total: total };
  }

  // The theorems (TheoremBounds). M is the maximum of w·tanh′(w).

  var PEAK = 0.447743204694301;
  var CLAIM1 = 0.738489936809815;

  function reach(x) {
    return Math.min(Math.abs(x), 0.5);
  }

  return Object.freeze({
    functions: functions,
    wide: wide,
    toDouble: toDouble,
    log10: log10,
    chain: chain,
    loss: loss,

    /** The smallest t for which theorem 1 speaks of this |θ| and x: |θ| = log(1/t)/min{|x|, ½}. */
    smallestT: function (x, theta) {
      return Math.exp(-Math.abs(theta) * reach(x));
    },

    /** The smallest |θ| that theorem 1 allows. */
    smallestParameter: function (x, t) {
      return -Math.log(t) / reach(x);
    },

    /** True where claim 1 of theorem 1 is true for all l, k, θ and y. */
    isClaim1True: function (x, t) {
      return t <= CLAIM1 || reach(x) <= (t * -Math.log(t)) / PEAK;
    },

    /** True where claim 2 of theorem 1 is true for all l, k, θ, y and r. */
    isClaim2True: function (x, t) {
      return -Math.log(t) >= reach(x) * Math.sqrt(PEAK / (1 - reach(x)));
    },

    /** Theorem 2's bound without the factor |d|: 1/2^(l−k+1). */
    manyLayers: function (length, k) {
      return { significand: 1, exponent: k - length - 1 };
    },
  });
})();

Unvanish.playground = (function (theory, controls) {
  "use strict";

  var make = controls.make;
  var draw = controls.draw;
  var fill = controls.fill;
  var read = controls.read;

  /** Where "vanished" and "saturated" begin: a hundredth of |d|, a slope of a hundredth. */
  var SMALL = -2;

  var CONTROLS = [
    { key: "l", name: "Depth l", hint: "neurons", min: 1, max: 200, step: 1, initial: 12 },
    { key: "theta", name: "Parameter θ", hint: "of each neuron", min: -20, max: 20, step: 0.01, initial: 1.5 },
    { key: "x", name: "Input x", hint: "", min: -5, max: 5, step: 0.01, initial: 1.5 },
    { key: "y", name: "Target y", hint: "", min: -5, max: 5, step: 0.01, initial: 0 },
    { key: "alpha", name: "Scale α", hint: "α·f(z/α)", min: 0.1, max: 1000000, initial: 10, log: true },
    { key: "r", name: "Penalty r", hint: "(r/2)·Σ(θᵏ)²", min: 0, max: 30, step: 0.01, initial: 2 },
  ];

  var PRESETS = [
    { name: "Many layers (theorem 2)", state: { f: "tanh", l: 12, theta: 1.5, x: 1.5, y: 0, alpha: 10, r: 2 } },
    { name: "Large parameters (theorem 1)", state: { f: "tanh", l: 3, theta: 6, x: 1, y: 3, alpha: 10, r: 5 } },
    { name: "Beyond doubles", state: { f: "tanh", l: 100, theta: 12, x: 1, y: 0, alpha: 100, r: 0 } },
  ];

  var REGIMES = { large: "large parameters", many: "many layers", weak: "weak signal" };

  var TANH_ONLY = "the paper proves it for tanh only";

  // The state and its address.

  function initial() {
    var state = { f: "tanh" };
    CONTROLS.forEach(function (control) {
      state[control.key] = control.initial;
    });
    return state;
  }

  function write(state) {
    var parts = CONTROLS.map(function (control) {
      return control.key + "=" + state[control.key];
    });
    return "#" + parts.concat("f=" + state.f).join("&");
  }

  /** What a fragment says: a complete state, whether any of it was ours, and whether all of it was. */
  /** The name here of a function that may have the name of another program. */
  function named(f) {
    return f === "sigmoid" ? "logistic" : f;
  }

  function parse(fragment) {
    var result = { state: initial(), some: false, all: true };
    var text = fragment.replace(/^#/, "");
    (text.length > 500 ? "" : text).split("&").forEach(function (part) {
      var at = part.indexOf("=");
      var key = part.slice(0, at);
      var value = part.slice(at + 1);
      var control = CONTROLS.find(function (c) {
        return c.key === key;
      });
      if (control && read(control, value) !== null) {
        result.state[key] = read(control, value);
        result.some = true;
      } else if (key === "f" && Object.keys(theory.functions).indexOf(named(value)) >= 0) {
        result.state.f = named(value);
        result.some = true;
      } else {
        result.all = false;
      }
    });
    return result;
  }

  // What is drawn.

  function gradients(state, alpha, r) {
    var theta = new Array(state.l).fill(state.theta);
    var pass = theory.chain(state.f, alpha, state.x, theta);
    var loss = theory.loss(pass, theta, state.y, r);
    return { pass: pass, d: loss.d, values: loss.total };
  }

  function constant(state, value) {
    return new Array(state.l + 1).fill(value);
  }

  /** |d| times a factor. */
  function share(d, factor) {
    return theory.wide(Math.abs(d.significand) * factor, d.exponent);
  }

  /** The four lines and the theorems' bounds. A line without values is not drawn: note says why. */
  function lines(state) {
    var plain = gradients(state, 1, 0);
    var t = theory.smallestT(state.x, state.theta);
    var isTanh = state.f === "tanh";
    var d = Math.abs(theory.toDouble(plain.d));
    function remedy(id, name, alpha, r, same) {
      return { id: id, name: name, note: same, values: same ? null : gradients(state, alpha, r).values };
    }
    var noScale = state.alpha === 1 ? "α = 1 scales nothing" : "";
    var noPenalty = state.r === 0 ? "r = 0 is no penalty" : "";
    var result = [
      { id: "plain", name: "without remedies (α = 1, r = 0)", note: "", values: plain.values },
      remedy("penalty", "with the penalty r = " + number(state.r), 1, state.r, noPenalty),
      remedy("scale", "with the scale α = " + number(state.alpha), state.alpha, 0, noScale),
      remedy("both", "with both", state.alpha, state.r, noScale || noPenalty),
    ];
    var many = Math.abs(state.x) === 1.5 && Math.abs(state.theta) === 1.5;
    var theorem2 = {
      id: "theorem2",
      name: "theorem 2, at most |d|/2^(l−k+1)",
      note: !many ? "covers only |x| = |θ| = 1.5" : isTanh ? "" : TANH_ONLY,
      values: many
        ? constant(state, 0).map(function (unused, k) {
            return theory.wide(d, theory.manyLayers(state.l, k).exponent);
          })
        : null,
    };
    var claim1 = {
      id: "claim1",
      name: "theorem 1, claim 1: at most |d|·t",
      note: "",
      values: constant(state, share(plain.d, t)),
    };
    var claim2 = {
      id: "claim2",
      name: "theorem 1, claim 2: at least |d|·log(1/t) with the penalty",
      note: "",
      values: constant(state, share(plain.d, Math.abs(state.theta) * Math.min(Math.abs(state.x), 0.5))),
    };
    if (t === 1) {
      claim1.note = claim2.note = "does not cover x = 0 or θ = 0";
      claim1.values = claim2.values = null;
    } else {
      claim1.note = isTanh && theory.isClaim1True(state.x, t) ? "" : doubt(isTanh, t);
      claim2.note = isTanh && theory.isClaim2True(state.x, t) ? "" : doubt(isTanh, t);
      if (!(state.r >= d)) {
        claim2.note = "needs r ≥ |d| = " + number(d);
        claim2.values = null;
      }
    }
    return { plain: plain, t: t, d: d, lines: result.concat(claim1, claim2, theorem2) };
  }

  function doubt(isTanh, t) {
    return isTanh ? "not true for every chain at t = " + number(t) : TANH_ONLY;
  }

  /** The logarithm of what the neurons k to l pass back together: ∂g/∂θᵏ without aᵏ⁻¹. */
  function passed(pass, k) {
    return theory.log10(pass.derivatives[k]) - theory.log10(pass.signals[k - 1]);
  }

  /**
   * Why the gradient of each θᵏ is below |d|/100, from index 1 on: "large" where it passes a
   * saturated neuron on its way back, "many" where only all neurons together hold it back, "weak"
   * where it comes back but meets a small signal aᵏ⁻¹; or "".
   */
  function regimes(pass, length) {
    var result = [""];
    var saturated = false;
    for (var k = length; k >= 1; k--) {
      saturated = saturated || theory.log10(pass.slopes[k]) < SMALL;
      var vanished = theory.log10(pass.derivatives[k]) < SMALL;
      result[k] = !vanished ? "" : saturated ? "large" : passed(pass, k) < SMALL ? "many" : "weak";
    }
    return result;
  }

  function smallest(values) {
    return values.slice(1).reduce(function (a, b) {
      return theory.log10(b) < theory.log10(a) ? b : a;
    });
  }

  /** The sentences under the chart: what one sees now, and why. */
  function explain(state, drawn, reasons) {
    var large = reasons.indexOf("large") >= 0;
    var many = reasons.indexOf("many") >= 0;
    var least = smallest(drawn.plain.values);
    var text;
    if (drawn.d === 0) {
      return "The output is the target y: d = 0, and the loss asks for no change.";
    }
    if (least.significand === 0) {
      text =
        "Some gradients are exactly 0, because " +
        (state.x === 0 || state.theta === 0 ? "x or θ is 0." : "a neuron's slope or signal is exactly 0.");
    } else if (large) {
      text =
        "Large parameters: |θ| = " + number(Math.abs(state.theta)) + " saturates neurons (slopes f′ down to " +
        magnitude(smallest(drawn.plain.pass.slopes)) + "), and each of them lets hardly any gradient through: it falls to " +
        magnitude(least) + "." + (many ? " Nearer to the output, the number of layers does the same." : "");
    } else if (many) {
      var from = reasons.lastIndexOf("many");
      text =
        "Many layers: no neuron is saturated, but each shrinks the gradient a little. Neurons " + from + " to " + state.l +
        " together multiply it by " + number(Math.pow(10, passed(drawn.plain.pass, from))) +
        ", and the gradient falls to " + magnitude(least) + ".";
    } else if (reasons.indexOf("weak") >= 0) {
      text =
        "Weak signal: the gradient reaches each layer, but that of θᵏ is proportional to the forward signal aᵏ⁻¹, which is small (a⁰ = x = " +
        number(state.x) + "). It falls to " + magnitude(least) + ".";
    } else {
      text = "The gradient does not vanish: it is at least |d|/100 in each layer. The smallest is " + magnitude(least) + ".";
    }
    return text + " " + penaltySays(state, drawn, large) + " " + scaleSays(state, drawn, least);
  }

  function line(drawn, id) {
    return drawn.lines.find(function (candidate) {
      return candidate.id === id;
    });
  }

  function penaltySays(state, drawn, large) {
    if (state.r === 0) {
      return "A penalty r would add r·θᵏ, which does not vanish.";
    }
    var promised = line(drawn, "claim2");
    var least = magnitude(smallest(line(drawn, "penalty").values));
    return (
      "The penalty adds r·θᵏ, which pulls θ towards 0" + (large ? " and so out of saturation" : "") + ": " + least + " is then the smallest" +
      (state.r < drawn.d
        ? "; theorem 1 asks for r ≥ |d| = " + number(drawn.d) + "."
        : promised.values && !promised.note
          ? ", and theorem 1 promises |d|·log(1/t) = " + magnitude(promised.values[1]) + "."
          : ".")
    );
  }

  function scaleSays(state, drawn, before) {
    if (state.alpha === 1) {
      return "A scale α above 1 would saturate f later.";
    }
    var after = smallest(line(drawn, "scale").values);
    var gain = theory.log10(after) - theory.log10(before);
    var verb = gain > 0.01 ? "raises" : gain < -0.01 ? "lowers" : "leaves";
    var vanished = theory.log10(after) - Math.log10(drawn.d) < SMALL;
    return (
      "The scale " + verb + " the smallest gradient " + (verb === "leaves" ? "at " : "to ") + magnitude(after) +
      (verb === "raises" && vanished && state.f === "tanh"
        ? ", still below |d|/100: a larger α helps longer chains, but no α helps chains of every length."
        : ".")
    );
  }

  // Numbers as text.

  function number(value) {
    return format(theory.wide(value));
  }

  function format(value) {
    var log = theory.log10(value);
    if (log === -Infinity) {
      return "0";
    }
    var sign = value.significand < 0 ? "−" : "";
    if (log > -3 && log < 5) {
      return sign + String(Number(Math.abs(theory.toDouble(value)).toPrecision(3)));
    }
    var power = Math.floor(log);
    var digits = Math.pow(10, log - power).toFixed(2);
    return sign + (digits === "10.00" ? "1.00e" + (power + 1) : digits + "e" + power).replace("-", "−");
  }

  function magnitude(value) {
    return format({ significand: Math.abs(value.significand), exponent: value.exponent });
  }

  // A marker's path around 0, 0: the lines differ in shape and dashes, not in colour alone.
  var MARKERS = {
    plain: "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0Z",
    penalty: "M-4,-4H4V4H-4Z",
    scale: "M0,-5L5,4H-5Z",
    both: "M0,-5.5L5.5,0L0,5.5L-5.5,0Z",
  };

  /** The layer's place, the value's place, and the ticks of both. */
  function scales(drawn, length, width, height) {
    var logs = [];
    drawn.lines.forEach(function (line) {
      (line.values || []).slice(1).forEach(function (value) {
        var log = theory.log10(value);
        if (log > -Infinity) {
          logs.push(log);
        }
      });
    });
    var high = Math.max.apply(null, logs.concat(-Infinity));
    var low = Math.min.apply(null, logs.concat(Infinity));
    if (high === -Infinity) {
      high = 0;
      low = -1;
    }
    var margin = Math.max(0.04 * (high - low), 1 - (high - low) / 2, 0.3);
    low -= margin;
    high += margin;
    var box = { left: 62, right: width - 16, top: 44, bottom: height - 46 };
    return {
      box: box,
      low: low,
      high: high,
      x: function (k) {
        return length === 1
          ? (box.left + box.right) / 2
          : box.left + 12 + ((k - 1) / (length - 1)) * (box.right - box.left - 24);
      },
      y: function (log) {
        return box.bottom - ((log - low) / (high - low)) * (box.bottom - box.top);
      },
      decades: steps(Math.ceil(low), Math.floor(high), (box.bottom - box.top) / 34),
      layers: steps(1, length, (box.right - box.left) / 48),
    };
  }

  /** Round numbers from low to high, at most so many. */
  function steps(low, high, most) {
    var size = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find(function (step) {
      return (high - low) / step <= most;
    }) || 2000;
    var result = [];
    for (var value = Math.ceil(low / size) * size; value <= high; value += size) {
      result.push(value);
    }
    return low === 1 && result[0] !== 1 ? [1].concat(result) : result;
  }

  function axes(parent, scale) {
    var box = scale.box;
    parent.append(draw("rect", { class: "up-box", x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top }));
    scale.decades.forEach(function (decade) {
      var y = scale.y(decade);
      var label = draw("text", { class: "up-tick", x: box.left - 8, y: y + 4, "text-anchor": "end" }, "10");
      label.append(draw("tspan", { dy: -5, "font-size": 9 }, String(decade).replace("-", "−")));
      parent.append(draw("line", { class: "up-grid", x1: box.left, x2: box.right, y1: y, y2: y }), label);
    });
    scale.layers.forEach(function (layer) {
      parent.append(draw("text", { class: "up-tick", x: scale.x(layer), y: box.bottom + 18, "text-anchor": "middle" }, layer));
    });
    parent.append(
      draw("text", { class: "up-axis", x: (box.left + box.right) / 2, y: box.bottom + 38, "text-anchor": "middle" }, "layer k (1 is next to the input)"),
      draw("text", { class: "up-axis", x: 4, y: 14 }, "|gradient| of the loss with respect to θᵏ (loss per unit of θ)")
    );
  }

  /** The ground below |d|/100, and a strip on top that tells each layer's regime. */
  function grounds(parent, scale, drawn, reasons) {
    var box = scale.box;
    var edge = drawn.d === 0 ? -Infinity : Math.log10(drawn.d) + SMALL;
    if (edge > scale.low) {
      var y = Math.max(box.top, scale.y(edge));
      parent.append(
        draw("rect", { class: "up-vanished", x: box.left, y: y, width: box.right - box.left, height: box.bottom - y })
      );
      if (box.bottom - y > 20) {
        parent.append(draw("text", { class: "up-note", x: box.right - 8, y: box.bottom - 8, "text-anchor": "end" }, "vanished: below |d|/100"));
      }
    }
    for (var from = 1; from < reasons.length; from++) {
      var to = from;
      while (reasons[to + 1] === reasons[from]) {
        to++;
      }
      if (reasons[from]) {
        var half = reasons.length === 2 ? box.right : (scale.x(2) - scale.x(1)) / 2;
        var left = Math.max(box.left, scale.x(from) - half);
        var right = Math.min(box.right, scale.x(to) + half);
        var name = REGIMES[reasons[from]];
        parent.append(draw("rect", { class: "up-regime up-" + reasons[from], x: left, y: box.top - 20, width: right - left, height: 18 }));
        if (right - left > 7 * name.length) {
          parent.append(draw("text", { class: "up-regime-name", x: (left + right) / 2, y: box.top - 7, "text-anchor": "middle" }, name));
        }
      }
      from = to;
    }
  }

  function curve(parent, scale, line) {
    var path = "";
    var pen = "M";
    var y = 0;
    var marked = line.values.length <= 41 && MARKERS[line.id];
    line.values.forEach(function (value, k) {
      if (k === 0 || value.significand === 0) {
        pen = "M";
        return;
      }
      var x = scale.x(k).toFixed(1);
      y = scale.y(theory.log10(value)).toFixed(1);
      path += pen + x + "," + y;
      pen = "L";
      if (marked) {
        parent.append(draw("path", { class: "up-marker up-" + line.id, d: MARKERS[line.id], transform: "translate(" + x + " " + y + ")" }));
      }
    });
    if (line.id.startsWith("claim") || (line.values.length === 2 && !MARKERS[line.id])) {
      // The same for all layers, and so from edge to edge.
      path = "M" + scale.box.left + "," + y + "H" + scale.box.right;
    }
    parent.append(draw("path", { class: "up-line up-" + line.id, d: path }));
  }

  function sample(id) {
    var svg = draw("svg", { width: 36, height: 14, "aria-hidden": "true", class: "up-sample" });
    svg.append(draw("path", { class: "up-line up-" + id, d: "M1,7H35" }));
    if (MARKERS[id]) {
      svg.append(draw("path", { class: "up-marker up-" + id, d: MARKERS[id], transform: "translate(18 7)" }));
    }
    return svg;
  }

  var panels = 0;

  /** Draws the panel into an element of the page, in place of what is there. */
  return function (element) {
    var id = "unvanish-playground-" + ++panels;
    var found = parse(window.location.hash);
    var state = found.state;
    var layer = 1;
    var drawn = null;
    var place = null;
    var timer = 0;
    var fields = {};

    var root = make("section", { class: "unvanish-playground", "aria-label": "Playground of the theory" });
    var layout = make("div", { class: "up-layout" });
    var frame = make("div", { class: "up-frame" });
    var form = make("form", { class: "up-controls", autocomplete: "off" });
    var presets = make("div", { class: "up-presets", role: "group", "aria-label": "Examples" });
    var chart = draw("svg", { class: "up-chart", tabindex: 0, role: "slider", "aria-valuemin": 1, "aria-label": "Layer whose gradients are shown; the chart of all is in the table below" });
    var notice = make("p", { class: "up-notice", role: "status" });
    var sentence = make("p", { class: "up-sentence", "aria-live": "polite" });
    var legend = make("table", { class: "up-legend" });
    var values = make("table", { class: "up-values" });
    var details = make("details");
    var scroller = make("div", { class: "up-scroll", tabindex: 0, role: "region", "aria-label": "All values" });
    var link = make("a", { class: "up-link" }, "Link to this view");
    scroller.append(values);
    details.append(make("summary", {}, "All values as a table"), scroller);
    frame.append(chart);
    layout.append(presets, notice, sentence, frame, form, legend, details, link);
    root.append(layout);

    function set(changes) {
      Object.assign(state, changes);
      layer = Math.min(layer, state.l);
      notice.textContent = "";
      show();
      clearTimeout(timer);
      // Browsers limit how often a page may change its address.
      timer = setTimeout(remember, 150);
    }

    function remember() {
      try {
        window.history.replaceState(null, "", write(state));
      } catch (refused) {
        // A frame may not have an address of its own; the link below has it anyway.
      }
    }

    function mountControls() {
      function mount(key, control) {
        fields[key] = control;
        form.append(control.row);
      }
      mount("f", controls.choice(id + "-f", "Activation f", Object.keys(theory.functions), function (f) {
        set({ f: f });
      }));
      CONTROLS.forEach(function (control) {
        mount(control.key, controls.slider(id + "-" + control.key, control, function (value) {
          var changes = {};
          changes[control.key] = value;
          set(changes);
        }));
      });
      form.addEventListener("submit", function (event) {
        event.preventDefault();
      });
    }

    function show() {
      Object.keys(fields).forEach(function (key) {
        fields[key].show(state[key]);
      });
      drawn = lines(state);
      var reasons = regimes(drawn.plain.pass, state.l);
      var text = explain(state, drawn, reasons);
      if (sentence.textContent !== text) {
        sentence.textContent = text;
      }
      link.setAttribute("href", write(state));
      paint(reasons);
      tabulate();
      point();
    }

    function paint(reasons) {
      var width = Math.max(280, frame.clientWidth || 720);
      var height = width < 520 ? 320 : 400;
      place = scales(drawn, state.l, width, height);
      fill(chart, { viewBox: "0 0 " + width + " " + height, width: width, height: height, "aria-valuemax": state.l });
      chart.replaceChildren();
      grounds(chart, place, drawn, reasons);
      axes(chart, place);
      // Bounds first, and the line without remedies on top of all.
      drawn.lines.slice().reverse().forEach(function (line) {
        if (line.values && (MARKERS[line.id] || line.values[1].significand !== 0)) {
          curve(chart, place, line);
        }
      });
      chart.append(draw("line", { class: "up-cursor", y1: place.box.top, y2: place.box.bottom }));
    }

    /** The values of the layer under the cursor. */
    function point() {
      var x = place.x(layer);
      fill(chart.querySelector(".up-cursor"), { x1: x, x2: x });
      var said = [];
      var head = make("tr");
      head.append(make("th", { scope: "col" }, "line"), make("th", { scope: "col", class: "up-number" }, "at k = " + layer));
      var rows = drawn.lines.map(function (line) {
        var row = make("tr", line.values ? {} : { class: "up-absent" });
        var name = make("th", { scope: "row" });
        name.append(sample(line.id), line.name);
        if (line.note) {
          name.append(make("span", { class: "up-hint" }, " – " + line.note));
        }
        var value = line.values ? magnitude(line.values[layer]) : "–";
        row.append(name, make("td", { class: "up-number" }, value));
        if (line.values) {
          said.push(line.name + ": " + value);
        }
        return row;
      });
      legend.replaceChildren.apply(legend, [make("caption", {}, "|gradient| with respect to θᵏ, and the theorems' bounds. d = h′(y − g) = " + format(drawn.plain.d) +
        " without remedies; t = e^(−|θ|·min{|x|, ½}) = " + number(drawn.t) + " is the smallest that theorem 1 allows here. The strip above the chart tells why the gradient without remedies vanishes."), head].concat(rows));
      fill(chart, { "aria-valuenow": layer, "aria-valuetext": "layer " + layer + ". " + said.join("; ") });
    }

    function tabulate() {
      var shown = drawn.lines.filter(function (line) {
        return line.values;
      });
      var head = make("tr");
      head.append(make("th", { scope: "col" }, "layer k"));
      shown.forEach(function (line) {
        head.append(make("th", { scope: "col" }, line.name));
      });
      var rows = [head];
      for (var k = 1; k <= state.l; k++) {
        var row = make("tr");
        row.append(make("th", { scope: "row" }, k));
        for (var i = 0; i < shown.length; i++) {
          row.append(make("td", {}, magnitude(shown[i].values[k])));
        }
        rows.push(row);
      }
      values.replaceChildren.apply(values, rows);
    }

    function move(k) {
      var next = Math.max(1, Math.min(state.l, k));
      if (next !== layer) {
        layer = next;
        point();
      }
    }

    chart.addEventListener("pointermove", function (event) {
      var across = event.clientX - chart.getBoundingClientRect().left;
      var first = place.x(1);
      var gap = state.l === 1 ? 1 : place.x(2) - first;
      move(1 + Math.round((across - first) / gap));
    });
    chart.addEventListener("keydown", function (event) {
      var jumps = {
        ArrowRight: layer + 1, ArrowUp: layer + 1, ArrowLeft: layer - 1, ArrowDown: layer - 1,
        PageUp: layer + 10, PageDown: layer - 10, Home: 1, End: state.l,
      };
      if (Object.prototype.hasOwnProperty.call(jumps, event.key)) {
        event.preventDefault();
        move(jumps[event.key]);
      }
    });

    function restore() {
      var said = parse(window.location.hash);
      if (said.some) {
        state = said.state;
        layer = Math.min(layer, state.l);
        show();
      }
      // An address without "=" is another part's of the page.
      notice.textContent = said.all || window.location.hash.indexOf("=") < 0
        ? ""
        : "Parts of this link are not valid and were left out.";
    }

    PRESETS.forEach(function (preset) {
      var button = make("button", { type: "button" }, preset.name);
      button.addEventListener("click", function () {
        set(preset.state);
      });
      presets.append(button);
    });
    mountControls();
    element.replaceChildren(root);
    show();
    restore();
    window.addEventListener("hashchange", restore);
    controls.onResize(frame, show);
  };
})(Unvanish.theory, Unvanish.controls);
