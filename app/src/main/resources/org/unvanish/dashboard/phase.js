/*
 * The phase diagram of random networks with one activation function: σ_w to the right, σ_b/α upwards,
 * the critical line, where a gradient keeps its size, and the lines of equal depth scale on both sides.
 *
 * Unvanish.phaseDiagram(element, model) draws it in place of what is there. The model has the name of the
 * activation function and points {name, sigmaW, sigmaB, from}: from is where a point was before it
 * was moved, or null.
 */
var Unvanish = window.Unvanish || {};

Unvanish.phaseDiagram = (() => {
  'use strict';
  const {draw} = Unvanish.controls;
  const theory = Unvanish.meanField;

  /** The depth scales that have a line, in layers: the first that find room get a label. */
  const SCALES = [3, 10, 30, 100];
  const MARGIN = {left: 44, right: 34, top: 40, bottom: 44};

  /** What is shown at least, in units of the function: [σ_w, σ_b/α]. */
  function extent(name, points) {
    const wide = theory.grows(name) ? 2.5 : name === 'logistic' ? 16 : 3;
    const reached = points.flatMap(point => point.from ? [point, point.from] : [point]);
    return {
      x: roomy(wide, Math.max(0, ...reached.map(point => point.sigmaW))),
      y: roomy(2, Math.max(0, ...reached.map(point => point.sigmaB))),
    };
  }

  /** A round number that leaves room for a dot. */
  function roomy(least, reached) {
    if (reached * 1.08 <= least) return least;
    const power = 10 ** Math.floor(Math.log10(reached * 1.08));
    return power * [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find(digit => digit * power >= reached * 1.08);
  }

  function ticks(high, most) {
    const power = 10 ** Math.floor(Math.log10(high / most));
    const step = power * [1, 2, 5, 10].find(digit => high / (digit * power) <= most);
    return Array.from({length: Math.floor(high / step + 1e-9) + 1}, (_, i) => Number((i * step).toPrecision(6)));
  }

  /** A letter with a subscript, as parts of an SVG text. */
  const symbol = (letter, index) => [draw('tspan', {}, letter), draw('tspan', {dy: 4, 'font-size': 10}, index)];

  const after = text => draw('tspan', {dy: -4}, text);

  /** Where a curve leaves the picture: on top, or on the right. */
  function exit(curve, high) {
    for (let i = 1; i < curve.length; i++) {
      const [x0, y0] = curve[i - 1];
      const [x1, y1] = curve[i];
      if (x0 > high.x) return null;
      if (x1 <= high.x && y1 <= high.y) continue;
      const share = Math.min((high.x - x0) / Math.max(x1 - x0, 1e-12), (high.y - y0) / Math.max(y1 - y0, 1e-12));
      const onTop = x0 + share * (x1 - x0) < high.x - 1e-9;
      return {x: x0 + share * (x1 - x0), y: Math.min(high.y, y0 + share * (y1 - y0)), onTop};
    }
    return null;
  }

  /** Points that lie on one another, as one with all their names. */
  function grouped(points, place) {
    const groups = [];
    for (const point of points) {
      const [x, y] = place(point);
      const near = groups.find(group => Math.hypot(group.x - x, group.y - y) < 14);
      if (near) near.names.push(point.name);
      else groups.push({x, y, point, names: [point.name]});
    }
    return groups;
  }

  /** 1, 2, 3, 5 as 1–3, 5; names that are no numbers as they are. */
  function compact(names) {
    const runs = [];
    for (const name of names) {
      const last = runs[runs.length - 1];
      if (last && /^\d+$/.test(name) && Number(name) === Number(last[1]) + 1) last[1] = name;
      else runs.push([name, name]);
    }
    return runs.map(([from, to]) => from === to ? from : `${from}–${to}`).join(', ');
  }

  return (element, model) => {
    const {activation, points} = model;
    const width = Math.max(270, element.clientWidth || 640);
    const height = width < 520 ? 300 : 440;
    const high = extent(activation, points);
    const box = {left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top, bottom: height - MARGIN.bottom};
    const x = sigmaW => box.left + sigmaW / high.x * (box.right - box.left);
    const y = sigmaB => box.bottom - sigmaB / high.y * (box.bottom - box.top);
    const root = draw('svg', {
      class: 'ph-plane', width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': model.label,
    });
    const shape = {x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top};
    // An inner picture cuts off what leaves it.
    const inside = draw('svg', {...shape, viewBox: `${shape.x} ${shape.y} ${shape.width} ${shape.height}`});
    root.append(draw('rect', {...shape, class: 'ph-ground'}), inside);
    const text = (content, attributes) => {
      const label = draw('text', attributes);
      label.append(...[content].flat());
      root.append(label);
    };

    const labels = [];
    contours();
    root.append(draw('rect', {...shape, class: 'up-box'}));
    axes();
    regions();
    dots();
    element.replaceChildren(root);

    function contours() {
      const lines = [{factor: 1, kind: 'critical', label: '∞'}];
      for (const scale of SCALES) {
        lines.push({factor: Math.exp(-1 / scale), kind: 'ordered', label: `${scale}`});
        lines.push({factor: Math.exp(1 / scale), kind: 'chaotic', label: `${scale}`});
      }
      const curves = lines.map(line => ({...line, curve: theory.contour(activation, line.factor)}));
      // The more lines a point lies behind, the stronger its colour.
      for (const {kind, curve} of curves) {
        if (kind !== 'critical') inside.append(draw('path', {class: `ph-ground-${kind}`, d: outline(curve, kind)}));
      }
      for (const {kind, curve} of curves.slice().reverse()) {
        inside.append(draw('path', {class: `ph-line ph-${kind}`, d: path(curve)}));
      }
      for (const line of curves) label(line);
    }

    function path(curve) {
      const shown = curve.filter(([sigmaW, sigmaB]) => sigmaW <= 3 * high.x && sigmaB <= 3 * high.y);
      // One more, so that the line leaves the picture.
      if (shown.length < curve.length) shown.push(curve[shown.length]);
      return 'M' + shown.map(([sigmaW, sigmaB]) => `${x(sigmaW).toFixed(1)},${y(sigmaB).toFixed(1)}`).join('L');
    }

    /** The line and the ground behind it: to the left of an ordered one, to the right of a chaotic one. */
    function outline(curve, kind) {
      const above = y(100 * high.y);
      const side = kind === 'ordered' ? x(0) : x(100 * high.x);
      return `${path(curve)}L${side},${above}L${side},${y(0)}Z`;
    }

    function label({kind, curve, label: content}) {
      const end = exit(curve, high);
      if (!end) return;
      const at = {x: x(end.x), y: y(end.y), onTop: end.onTop};
      const room = at.onTop ? 8 + 7 * content.length : 16;
      if (labels.some(other => other.onTop === at.onTop && Math.abs(at.onTop ? other.x - at.x : other.y - at.y) < room)) return;
      labels.push(at);
      text(content, at.onTop ? {x: at.x, y: box.top - 6, 'text-anchor': 'middle', class: `ph-label ph-${kind}`}
        : {x: box.right + 4, y: at.y + 4, class: `ph-label ph-${kind}`});
    }

    function axes() {
      for (const tick of ticks(high.x, (box.right - box.left) / 48)) {
        text(String(tick), {x: x(tick), y: box.bottom + 17, 'text-anchor': 'middle', class: 'ph-tick'});
      }
      for (const tick of ticks(high.y, (box.bottom - box.top) / 40)) {
        text(String(tick), {x: box.left - 7, y: y(tick) + 4, 'text-anchor': 'end', class: 'ph-tick'});
      }
      text([...symbol('σ', 'w'), after(width < 520 ? ': gain of the weights' : ': standard deviation of the weights · √fan-in')],
        {x: (box.left + box.right) / 2, y: box.bottom + 36, 'text-anchor': 'middle', class: 'ph-axis'});
      text([...symbol('σ', 'b'), after('/α: biases')], {x: 2, y: 14, class: 'ph-axis'});
      text('depth scale in layers', {x: box.right, y: 14, 'text-anchor': 'end', class: 'ph-tick'});
    }

    function regions() {
      const narrow = width < 520;
      text(narrow ? 'vanishing' : 'ordered: gradients vanish', {x: box.left + 8, y: box.top + 20, class: 'ph-region ph-ordered'});
      const explode = theory.grows(activation) ? 'all grows without end' : 'chaotic: gradients explode';
      text(narrow ? 'exploding' : explode, {x: box.right - 8, y: box.bottom - 14, 'text-anchor': 'end', class: 'ph-region ph-chaotic'});
    }

    function dots() {
      const place = point => [x(point.sigmaW), y(point.sigmaB)];
      for (const {x: left, y: top, point, names} of grouped(points, place)) {
        if (point.from) {
          const [fromX, fromY] = place(point.from);
          if (Math.hypot(fromX - left, fromY - top) > 3) {
            root.append(
              draw('line', {class: 'ph-way', x1: fromX, y1: fromY, x2: left, y2: top}),
              draw('circle', {class: 'ph-before', cx: fromX, cy: fromY, r: 5}));
          }
        }
        root.append(draw('circle', {class: 'ph-dot', cx: left, cy: top, r: 6.5}));
        const name = compact(names);
        const room = box.right - left > 8 * name.length + 14;
        if (name) text(name, {x: room ? left + 11 : left - 11, y: top - 9, 'text-anchor': room ? 'start' : 'end', class: 'ph-name'});
      }
    }
  };
})();
