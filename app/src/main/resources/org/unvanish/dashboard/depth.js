/*
 * The way of a gradient through a network: what each layer does to it, from the last layer to the
 * first, and what is left behind each. All is log₁₀ of the gradient's size.
 *
 * Unvanish.depthStrip(element, model) draws it in place of what is there. The model has layers, their
 * names, and up to three series {kind, name, log10, spread}, all from the last layer to the first. The
 * first series is drawn as bars, with a standard deviation if it has one, the others as marks.
 */
var Unvanish = window.Unvanish || {};

Unvanish.depthStrip = (() => {
  'use strict';
  const {draw} = Unvanish.controls;
  const MARGIN = {left: 46, right: 10, top: 24, between: 34};
  const HEIGHT = {way: 150, bars: 90};

  function marks(low, high, most) {
    const step = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200]
      .find(size => (high - low) / size <= most) || 500;
    const found = [];
    for (let i = Math.ceil(low / step - 1e-9); i * step <= high * (1 + 1e-9); i++) found.push(Number((i * step).toPrecision(6)));
    return found;
  }

  const signed = value => (value < 0 ? '−' : value > 0 ? '+' : '') + Math.abs(value);

  /** What is left behind each layer: 0 in front of the last one. A layer that is not known ends it. */
  function sums(log10) {
    const left = [0];
    for (const value of log10) left.push(left[left.length - 1] + (value === null ? NaN : value));
    return left;
  }

  const shortened = name => name.length > 16 ? `${name.slice(0, 15)}…` : name;

  const finite = values => values.filter(Number.isFinite);

  return (element, model) => {
    const layers = model.layers.map(shortened);
    const {series} = model;
    const width = Math.max(270, element.clientWidth || 640);
    const inner = width - MARGIN.left - MARGIN.right;
    const column = inner / layers.length;
    const longest = Math.max(...layers.map(name => name.length));
    const upright = longest > 4 && column < 8 * longest;
    const foot = MARGIN.top + HEIGHT.way + MARGIN.between + HEIGHT.bars;
    const height = foot + (upright ? 14 + 7.2 * longest : 22);
    const lines = series.map(one => ({...one, left: sums(one.log10)}));
    const reached = finite(lines.flatMap(one => one.left));
    const least = Math.min(-0.5, ...reached);
    const most = Math.max(0.5, ...reached);
    const room = 0.06 * (most - least);
    const largest = 1.1 * Math.max(0.05, ...finite(lines.flatMap(one => one.log10.map((v, i) => Math.abs(v) + (one.spread?.[i] ?? 0)))));
    const x = i => MARGIN.left + i * column;
    const y = value => MARGIN.top + (most + room - value) / (most - least + 2 * room) * HEIGHT.way;
    const middle = MARGIN.top + HEIGHT.way + MARGIN.between + HEIGHT.bars / 2;
    const length = value => value / largest * HEIGHT.bars / 2;
    const root = draw('svg', {
      class: 'ph-depth', width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': model.label,
    });
    const text = (content, attributes) => root.append(draw('text', attributes, content));
    const rule = (at, kind) => root.append(draw('line', {x1: x(0), x2: x(layers.length), y1: at, y2: at, class: kind}));

    text('size of the gradient, log₁₀', {x: 2, y: 13, class: 'ph-axis'});
    if (width >= 420) text('→ to the first layer', {x: width - MARGIN.right, y: 13, 'text-anchor': 'end', class: 'ph-tick'});
    for (const mark of marks(least - room, most + room, 6)) {
      rule(y(mark), mark === 0 ? 'ph-zero' : 'up-grid');
      text(signed(mark), {x: x(0) - 6, y: y(mark) + 4, 'text-anchor': 'end', class: 'ph-tick'});
    }
    text('factor of each layer, log₁₀', {x: 2, y: middle - HEIGHT.bars / 2 - 9, class: 'ph-axis'});
    for (const mark of marks(-largest, largest, 4)) {
      rule(middle - length(mark), mark === 0 ? 'ph-zero' : 'up-grid');
      text(signed(mark), {x: x(0) - 6, y: middle - length(mark) + 4, 'text-anchor': 'end', class: 'ph-tick'});
    }
    names();
    bars(lines[0]);
    for (const one of lines.slice(1)) points(one);
    for (const one of lines.slice().reverse()) way(one);
    element.replaceChildren(root);

    function names() {
      const step = [1, 2, 5, 10, 20, 50].find(size => size * column >= (upright ? 13 : 26)) ?? 100;
      layers.forEach((name, i) => {
        // Counted from the first layer, which is always named.
        const place = layers.length - i;
        if (place !== 1 && place % step !== (step === 2 ? 1 : 0)) return;
        const at = x(i + 0.5);
        text(name, upright ? {x: at + 4, y: foot + 8, 'text-anchor': 'end', transform: `rotate(-90 ${at + 4} ${foot + 8})`, class: 'ph-tick'}
          : {x: at, y: foot + 16, 'text-anchor': 'middle', class: 'ph-tick'});
      });
    }

    function bars({kind, log10, spread}) {
      log10.forEach((value, i) => {
        if (!Number.isFinite(value)) return;
        const size = Math.abs(length(value));
        const gap = Math.min(3, 0.15 * column);
        root.append(draw('rect', {
          class: `ph-bar ph-${kind}`, x: x(i) + gap, width: Math.max(0.5, column - 2 * gap),
          y: value > 0 ? middle - size : middle, height: size,
        }));
        if (spread && spread[i] > 0) {
          root.append(draw('line', {class: 'ph-spread', x1: x(i + 0.5), x2: x(i + 0.5),
            y1: middle - length(value - spread[i]), y2: middle - length(value + spread[i])}));
        }
      });
    }

    function points({kind, log10}) {
      const half = Math.min(9, 0.42 * column);
      log10.forEach((value, i) => {
        if (!Number.isFinite(value)) return;
        const at = middle - length(value);
        root.append(draw('line', {class: `ph-mark ph-${kind}`, x1: x(i + 0.5) - half, x2: x(i + 0.5) + half, y1: at, y2: at}));
      });
    }

    function way({kind, left}) {
      const known = left.map((value, i) => [x(i), y(value)]).filter(([, top]) => Number.isFinite(top));
      root.append(draw('path', {class: `ph-curve ph-${kind}`, d: 'M' + known.map(([a, b]) => `${a.toFixed(1)},${b.toFixed(1)}`).join('L')}));
      const [endX, endY] = known[known.length - 1];
      root.append(draw('circle', {class: `ph-end ph-${kind}`, cx: endX, cy: endY, r: 4}));
    }
  };
})();
