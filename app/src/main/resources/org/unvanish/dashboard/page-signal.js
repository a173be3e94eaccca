// The backpropagated gradient, from the last layer to the first: a line for each snapshot.
const Signal = (() => {
  'use strict';
  const {el, name, isolated, behind, percent} = Parts;
  const {svg, signed, change, gradient, shade, marks, label, seed} = Snapshots;
  const MARGIN = {left: 46, right: 12, top: 22, between: 34};
  const HEIGHT = {way: 190, bars: 84};

  /** The place of the first size that is no finite number; −1 if all are. */
  const end = snapshot => snapshot.sizes.findIndex(size => size == null);

  /** What all charts of a section have in common, so that they compare. */
  function scales(signals) {
    const snapshots = signals.flatMap(signal => signal.snapshots);
    const sizes = snapshots.flatMap(m => m.sizes).filter(v => v != null);
    const factors = snapshots.flatMap(m => [...m.activation, ...m.weights, ...m.typical, ...m.forecast]).filter(v => v != null).map(Math.abs);
    const tolerance = signals[0].tolerance;
    const low = sizes.reduce((a, b) => Math.min(a, b), -tolerance);
    const high = sizes.reduce((a, b) => Math.max(a, b), tolerance);
    const margin = 0.06 * (high - low);
    return {low: low - margin, high: high + margin, tolerance,
      factor: 1.08 * factors.reduce((a, b) => Math.max(a, b), 1)};
  }

  /** The lines of all snapshots, and under them what each layer does at the chosen one. */
  function draw(signal, view, width) {
    const {layers, snapshots} = signal;
    const inner = width - MARGIN.left - MARGIN.right;
    const column = inner / layers.length;
    const upright = column < 9 * Math.max(...layers.map(l => l.length));
    const below = upright ? 14 + 6.6 * Math.max(...layers.map(l => l.length)) : 20;
    const foot = MARGIN.top + HEIGHT.way + MARGIN.between + HEIGHT.bars;
    const x = i => MARGIN.left + i * column;
    const y = value => MARGIN.top + (view.high - value) / (view.high - view.low) * HEIGHT.way;
    const middle = MARGIN.top + HEIGHT.way + MARGIN.between + HEIGHT.bars / 2;
    const length = value => value / view.factor * HEIGHT.bars / 2;
    const root = svg('svg', {width, height: foot + below, viewBox: `0 0 ${width} ${foot + below}`, 'aria-hidden': 'true'});
    const text = (content, attributes) => root.append(svg('text', attributes, content));
    const line = (x1, y1, x2, y2, kind) => root.append(svg('line', {x1, y1, x2, y2, class: kind}));

    root.append(svg('rect', {x: x(0), width: inner, y: y(view.tolerance),
      height: y(-view.tolerance) - y(view.tolerance), class: 'stable'}));
    text('size of the gradient, log₁₀', {x: 2, y: 12, class: 'title'});
    text('→ to the first layer', {x: x(layers.length), y: 12, class: 'title', 'text-anchor': 'end'});
    for (const mark of marks(view.low, view.high, 6)) {
      line(x(0), y(mark), x(layers.length), y(mark), mark === 0 ? 'zero' : 'grid');
      text(label(mark), {x: x(0) - 6, y: y(mark) + 4, 'text-anchor': 'end'});
    }
    text('factors of each layer, log₁₀', {x: 2, y: middle - HEIGHT.bars / 2 - 8, class: 'title'});
    for (const mark of marks(-view.factor, view.factor, 4)) {
      line(x(0), middle - length(mark), x(layers.length), middle - length(mark), mark === 0 ? 'zero' : 'grid');
      text(label(mark), {x: x(0) - 6, y: middle - length(mark) + 4, 'text-anchor': 'end'});
    }
    const every = Math.max(1, Math.ceil(12 / column));
    layers.forEach((layer, i) => {
      if (i > 0) line(x(i), MARGIN.top, x(i), foot, 'grid');
      if (i % every > 0) return;
      const at = x(i + 0.5);
      text(layer, upright ? {x: at + 4, y: foot + 8, 'text-anchor': 'end', transform: `rotate(-90 ${at + 4} ${foot + 8})`}
          : {x: at, y: foot + 15, 'text-anchor': 'middle'});
    });
    drawBars();
    // The chosen one is drawn over the others.
    snapshots.forEach((snapshot, i) => { if (i !== view.chosen) drawLine(snapshot, i); });
    drawLine(snapshots[view.chosen], view.chosen);
    if (view.cell != null) {
      root.append(svg('rect', {x: x(view.cell), y: MARGIN.top, width: column, height: foot - MARGIN.top, class: 'cell'}));
    }
    return root;

    function drawLine(snapshot, i) {
      const chosen = i === view.chosen;
      const colour = shade(i, snapshots.length);
      const last = end(snapshot) < 0 ? snapshot.sizes.length - 1 : end(snapshot) - 1;
      const points = snapshot.sizes.slice(0, last + 1).map((size, k) => [x(k), y(size)]);
      const group = svg('g', {class: chosen ? 'snapshot chosen' : 'snapshot', stroke: colour, fill: colour});
      group.append(svg('polyline', {points: points.map(p => p.map(v => v.toFixed(1)).join()).join(' '), fill: 'none'}));
      if (chosen) points.forEach(([px, py]) => group.append(svg('circle', {cx: px, cy: py, r: 3})));
      if (end(snapshot) >= 0) {
        const [px, py] = points[last];
        const to = x(last + 0.5);
        const edge = MARGIN.top + HEIGHT.way;
        if (snapshot.overflows) {
          // A cross: what comes from an overflow tells of no direction.
          group.append(svg('line', {x1: px, y1: py, x2: to, y2: py, class: 'lost'}),
              svg('path', {d: `M${to - 4} ${py - 4}l8 8m0 -8l-8 8`}));
        } else {
          // An arrow out of the picture, within the layer that leaves nothing.
          group.append(svg('line', {x1: px, y1: py, x2: to, y2: edge, class: 'lost'}),
              svg('path', {d: `M${to - 5} ${edge - 8}h10l-5 8z`, stroke: 'none'}));
        }
      }
      root.append(group);
    }

    function drawBars() {
      const snapshot = snapshots[view.chosen];
      const half = Math.min(22, column * 0.36);
      layers.forEach((layer, i) => [snapshot.activation[i], snapshot.weights[i]].forEach((value, k) => {
        const infinite = value == null;
        const size = !infinite ? length(value) : snapshot.overflows ? 0 : -HEIGHT.bars / 2;
        const left = x(i + 0.5) + (k === 0 ? -half : 0);
        root.append(svg('rect', {x: left, y: middle - Math.max(0, size), width: Math.max(1, half - 1),
          height: Math.max(0.5, Math.abs(size)),
          class: `bar ${k === 0 ? 'activation' : 'weights'}${snapshot.tested[i] ? ' tested' : ''}`}));
        if (infinite && column > 24) text(snapshot.overflows ? '?' : '−∞', {x: left + half / 2, y: middle - 3, 'text-anchor': 'middle'});
      }));
      // Across both bars, for it is their product; nothing where it is not known.
      snapshot.typical.forEach((value, i) => {
        if (value != null) line(x(i + 0.5) - half, middle - length(value), x(i + 0.5) + half, middle - length(value), 'typical');
      });
      snapshot.forecast.forEach((value, i) => {
        if (value != null) root.append(svg('circle', {cx: x(i + 0.5), cy: middle - length(value), r: 3.5, class: 'forecast'}));
      });
    }
  }

  /** What is to be said of one snapshot, or of one layer at it. */
  function says(signal, i, layer) {
    const snapshot = signal.snapshots[i];
    const text = value => signed(value, snapshot.overflows);
    const when = snapshot.when[0].toUpperCase() + snapshot.when.slice(1);
    if (layer == null) {
      const lost = end(snapshot);
      return `${when}: ${snapshot.verdict}. From end to end the gradient ${change(snapshot.sizes.at(-1), snapshot.overflows)}`
          + (lost < 0 ? '' : snapshot.overflows ? ': the loss is not finite'
              : `, nothing left from ${signal.layers[lost - 1]} on`)
          + `; gradient of the first layer ${snapshot.overflows && snapshot.first_gradient == null ? '?' : gradient(snapshot.first_gradient)}`
          + `; ${snapshot.score}.`;
    }
    return `${when}, ${signal.layers[layer]}, log₁₀: f′ ${text(snapshot.activation[layer])}, weights ${text(snapshot.weights[layer])}`
        + `${snapshot.typical[layer] == null ? '' : `, both for the typical sample ${text(snapshot.typical[layer])}`}`
        + `${snapshot.forecast[layer] == null ? '' : `, forecast ${text(snapshot.forecast[layer])}`}`
        + `${snapshot.tested[layer] ? ' (measured with a random gradient)' : ''}, `
        + `from the output until behind it ${text(snapshot.sizes[layer + 1])}; `
        + `saturated or dead: ${percent(snapshot.saturated[layer])}; cause: ${snapshot.causes[layer]}.`;
  }

  /** The figure of one arm. */
  function figure(experiment, arm, index, state) {
    const {signal} = arm;
    const host = el('div', {class: 'way', tabindex: 0, role: 'img', 'aria-label': 'Chart of the backpropagated gradient in the '
        + `network of arm ${arm.name}, ${signal.snapshots.length} snapshots by ${signal.layers.length} layers. Up and down `
        + 'arrow keys choose a snapshot, left and right ones a layer; the numbers are in the table below.'});
    const line = el('p', {class: 'says', 'aria-live': 'polite'});
    const choice = Snapshots.chooser(arm, index, state);
    let common = null;
    let cell = null;

    function paint() {
      const now = choice.chosen();
      host.replaceChildren(draw(signal, {...common, chosen: now, cell}, Math.max(250, host.clientWidth)));
      line.textContent = says(signal, now, cell);
      choice.mark();
    }

    /** The layer under the pointer. */
    function columnAt(event) {
      const inner = host.clientWidth - MARGIN.left - MARGIN.right;
      const i = Math.floor((event.clientX - host.getBoundingClientRect().left - MARGIN.left) / inner * signal.layers.length);
      return i < 0 || i >= signal.layers.length ? null : i;
    }

    host.addEventListener('mousemove', event => {
      const next = columnAt(event);
      if (next === cell) return;
      cell = next;
      paint();
    });
    for (const away of ['mouseleave', 'blur']) host.addEventListener(away, () => { cell = null; paint(); });
    host.addEventListener('keydown', event => {
      const [layer, snapshot] = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key] || [];
      if (layer === undefined) return;
      event.preventDefault();
      const within = (value, count) => Math.min(count - 1, Math.max(0, value));
      if (layer) cell = cell == null ? (layer > 0 ? 0 : signal.layers.length - 1) : within(cell + layer, signal.layers.length);
      choice.choose(within(choice.chosen() + snapshot, signal.snapshots.length));
    });
    const box = el('figure', {class: 'signal'}, el('figcaption', {}, name(arm.name), seed(experiment, arm)),
        el('p', {class: 'sentence'}, signal.sentence), host,
        choice.box, line, Download.buttons(() => `${arm.name}: backpropagated gradient`,
            () => Figures.ofSvg(`${arm.name}: backpropagated gradient`, host.querySelector('svg')), () => raw(arm)),
        signal.prescription ? el('p', {class: 'note'}, el('b', {}, 'Prescribed'), ' by unvanish diagnose, from these snapshots: ', signal.prescription) : null);
    return {box, paint: scale => { common = scale || common; paint(); }};
  }

  /** The numbers of one figure as they are, in powers of ten; empty for what is no finite number. */
  const raw = arm => [['snapshot', 'step', 'layer', 'log10_f', 'log10_weights', 'log10_typical', 'log10_from_output', 'saturated_or_dead', 'cause'],
    ...arm.signal.snapshots.flatMap(snapshot => arm.signal.layers.map((layer, i) => [snapshot.when, snapshot.step, layer, snapshot.activation[i],
      snapshot.weights[i], snapshot.typical[i], snapshot.sizes[i + 1], snapshot.saturated[i], snapshot.causes[i]]))];

  function numbers(experiment, arms) {
    return Snapshots.known(experiment, [['arm', 'snapshot', 'layer', 'f′', 'weights', 'typical sample', 'forecast', 'from the output', 'saturated or dead', 'cause'],
      ...arms.flatMap(arm => arm.signal.snapshots.flatMap(snapshot => arm.signal.layers.map((layer, i) => {
        const text = value => signed(value, snapshot.overflows);
        return [isolated(arm.name) + seed(experiment, arm), snapshot.when, layer + (snapshot.tested[i] ? '*' : ''),
          text(snapshot.activation[i]), text(snapshot.weights[i]), snapshot.typical[i] == null ? '–' : text(snapshot.typical[i]),
          snapshot.forecast[i] == null ? '–' : text(snapshot.forecast[i]), text(snapshot.sizes[i + 1]), percent(snapshot.saturated[i]), snapshot.causes[i]];
      })))]);
  }

  /**
   * The section of an experiment; null if nothing in it was probed.
   *
   * @param state what readers have chosen, kept from one model to the next
   */
  function section(experiment, state) {
    const probed = experiment.arms.map((arm, i) => [arm, i]).filter(([arm]) => arm.signal);
    if (probed.length === 0) return null;
    const place = el('div', {class: 'signals'});
    const figures = new Map(probed.map(([arm, i]) => [i, figure(experiment, arm, i, state)]));
    const some = probed.some(([arm]) => arm.signal.probed > arm.signal.snapshots.length);
    const any = test => probed.some(([arm]) => arm.signal.snapshots.some(test));

    const drawn = () => probed.filter(([, i]) => !state.hidden.has(i));

    function redraw() {
      const shown = drawn();
      place.replaceChildren(...shown.map(([, i]) => figures.get(i).box));
      if (shown.length === 0) return;
      const common = scales(shown.map(([arm]) => arm.signal));
      shown.forEach(([, i]) => figures.get(i).paint(common));
    }

    const part = el('section', {class: 'probed'}, el('h3', {}, 'The backpropagated gradient, layer by layer'),
        el('p', {class: 'note'}, 'The backpropagated gradient starts at the output and goes from the last layer to the first. Above: its size behind '
            + 'each layer, as log₁₀ of its size at the output (−1: a tenth), one line for each snapshot of the training'
            + (some ? '; some of them are drawn' : '') + '. In the shaded band it counts as stable. Below: what each layer does at the '
            + 'chosen snapshot. Changes by geometry alone (pooling, a layer’s shape) are left out.'
            + (any(m => end(m) >= 0 && !m.overflows) ? ' A line that ends in an arrow: nothing is left (−∞).' : '')
            + (any(m => end(m) >= 0 && m.overflows) ? ' One that ends in a cross: neither the loss nor the gradient is finite (?).' : '')
            + (any(m => m.tested.includes(true)) ? ' Outlined bars, and * in the table: the gradient does not arrive there, so a random one was sent.' : '')),
        el('p', {class: 'legend'}, el('span', {}, el('span', {class: 'swatch activation'}), ' f′, the derivative of the activation function'),
            el('span', {}, el('span', {class: 'swatch weights'}), ' the weights'),
            any(m => m.typical.some(value => value != null))
              ? el('span', {}, el('span', {class: 'swatch typical'}), ' both together for the typical (median) sample; bars show the root mean square') : null,
            any(m => m.forecast.length > 0)
              ? el('span', {}, el('span', {class: 'swatch forecast'}), ' forecast of both bars together') : null),
        place, behind('Numbers of these charts', () => numbers(experiment, probed.map(([arm]) => arm))));
    const repaint = () => drawn().forEach(([, i]) => figures.get(i).paint());
    return {part, redraw, repaint, destroy: () => {}};
  }

  return {section};
})();
