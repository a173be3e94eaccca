/*
 * The phase diagram of random networks with one activation function: σ_w to the right, σ_b/α upwards,
 * the critical line, where a gradient keeps its size, and the lines of equal depth scale on both sides.
 *
 * Unvanish.phaseDiagram(element, model) draws it in place of what is there. The model has the name of the
 * activation function, a label that tells it to people who do not see it, and points
 * {name, sigmaW, sigmaB, from}: from is where a point was before it was moved, or null. With isLogarithmic,
 * σ_w has a logarithmic axis, for layers that are far apart.
 */
var Unvanish = window.Unvanish || {};

Unvanish.phaseDiagram = (() => {
  'use strict';
  const {draw} = Unvanish.controls;
  const theory = Unvanish.meanField;

  /** The depth scales that have a line, in layers: the first that find room get a label. */
  const SCALES = [3, 10, 30, 100];
  const MARGIN = {left: 44, right: 34, top: 40, bottom: 44};

  /** What is shown: at least the surroundings of the critical line, and all points. */
  function extent(name, points, isLogarithmic) {
    const wide = theory.grows(name) ? 2.5 : name === 'logistic' ? 16 : 3;
    const reached = points.flatMap(point => point.from ? [point, point.from] : [point]);
    const least = Math.min(...reached.map(point => point.sigmaW).filter(sigmaW => sigmaW > 0));
    return {
      low: isLogarithmic ? Math.min(wide / 15, least / 1.5) : 0,
      x: roomy(wide, Math.max(0, ...reached.map(point => point.sigmaW)) * (isLogarithmic ? 1.4 : 1)),
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

  /** 1, 2 and 5 times powers of ten, or powers of ten alone. */
  function logTicks(low, high, most) {
    const digits = 3 * Math.log10(high / low) <= most ? [1, 2, 5] : [1];
    const powers = Array.from({length: Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low)) + 1}, (_, i) => i + Math.floor(Math.log10(low)));
    return powers.flatMap(power => digits.map(digit => Number((digit * 10 ** power).toPrecision(3)))).filter(tick => tick >= low && tick <= high);
  }

  /** A letter with a subscript, as parts of an SVG text. */
  const symbol = (letter, index) => [draw('tspan', {}, letter), draw('tspan', {dy: 4, 'font-size': 10}, index)];

  const after = text => draw('tspan', {dy: -4}, text);

  /** Where a curve of pixels leaves the box: on top, or on the right. */
  function exit(curve, box) {
    for (let i = 1; i < curve.length; i++) {
      const [x0, y0] = curve[i - 1];
      const [x1, y1] = curve[i];
      if (x0 > box.right) return null;
      if (x1 <= box.right && y1 >= box.top) continue;
      const share = Math.min((box.right - x0) / Math.max(x1 - x0, 1e-9), (y0 - box.top) / Math.max(y0 - y1, 1e-9));
      const at = {x: x0 + share * (x1 - x0), y: y0 + share * (y1 - y0)};
      return {...at, onTop: at.x < box.right - 0.5};
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
    const {activation, points, isLogarithmic = false} = model;
    const width = Math.max(270, element.clientWidth || 640);
    const height = width < 520 ? 300 : 440;
    const high = extent(activation, points, isLogarithmic);
    const box = {left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top, bottom: height - MARGIN.bottom};
    // Far to the left of a logarithmic axis is as good as 0.
    const across = isLogarithmic
      ? sigmaW => Math.log(Math.max(sigmaW, high.low / 1e3) / high.low) / Math.log(high.x / high.low)
      : sigmaW => sigmaW / high.x;
    const x = sigmaW => box.left + across(sigmaW) * (box.right - box.left);
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

    /** The pixels of a curve, up to one that is well outside of the picture. */
    function pixels(curve) {
      const last = curve.findIndex(([sigmaW, sigmaB]) => sigmaW > 3 * high.x || sigmaB > 3 * high.y);
      return curve.slice(0, last < 0 ? curve.length : last + 1).map(([sigmaW, sigmaB]) => [x(sigmaW), y(sigmaB)]);
    }

    function path(curve) {
      return 'M' + pixels(curve).map(([left, top]) => `${left.toFixed(1)},${top.toFixed(1)}`).join('L');
    }

    /** The line and the ground behind it: to the left of an ordered one, to the right of a chaotic one. */
    function outline(curve, kind) {
      const above = y(100 * high.y);
      const side = kind === 'ordered' ? x(0) : x(100 * high.x);
      return `${path(curve)}L${side},${above}L${side},${y(0)}Z`;
    }

    function label({kind, curve, label: content}) {
      const at = exit(pixels(curve), box);
      if (!at) return;
      const room = at.onTop ? 8 + 7 * content.length : 16;
      if (labels.some(other => other.onTop === at.onTop && Math.abs(at.onTop ? other.x - at.x : other.y - at.y) < room)) return;
      labels.push(at);
      text(content, at.onTop ? {x: at.x, y: box.top - 6, 'text-anchor': 'middle', class: `ph-label ph-${kind}`}
        : {x: box.right + 4, y: at.y + 4, class: `ph-label ph-${kind}`});
    }

    function axes() {
      const most = (box.right - box.left) / 48;
      for (const tick of isLogarithmic ? logTicks(high.low, high.x, most) : ticks(high.x, most)) {
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
      text(narrow ? 'exploding' : explode, {x: box.right - 8, y: box.bottom - 36, 'text-anchor': 'end', class: 'ph-region ph-chaotic'});
    }

    function dots() {
      const place = point => [x(point.sigmaW), y(point.sigmaB)];
      const groups = grouped(points, place);
      for (const {x: left, y: top, point} of groups) {
        if (!point.from) continue;
        const [fromX, fromY] = place(point.from);
        if (Math.hypot(fromX - left, fromY - top) > 3) {
          root.append(
            draw('line', {class: 'ph-way', x1: fromX, y1: fromY, x2: left, y2: top}),
            draw('circle', {class: 'ph-before', cx: fromX, cy: fromY, r: 5}));
        }
      }
      for (const {x: left, y: top, names} of groups) {
        root.append(draw('circle', {class: 'ph-dot', cx: left, cy: top, r: 6.5}));
        const name = compact(names);
        const room = box.right - left > 8 * name.length + 14;
        if (name) text(name, {x: room ? left + 11 : left - 11, y: top - 9, 'text-anchor': room ? 'start' : 'end', class: 'ph-name'});
      }
    }
  };
})();
