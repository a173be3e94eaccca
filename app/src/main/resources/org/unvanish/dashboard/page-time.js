// The backpropagated gradient through time: a curve over the steps back of one layer, and under it all layers by steps.
const ThroughTime = (() => {
  'use strict';
  const {el, name, isolated, behind, decimal} = Parts;
  const {svg, signed, change, gradient, shade, marks, label, seed} = Snapshots;
  const MARGIN = {left: 46, right: 12, top: 22};
  const HEIGHT = {curve: 200, axis: 44, label: 17, row: 18};
  const HEAT = MARGIN.top + HEIGHT.curve + HEIGHT.axis;

  /** The numbers of a point that are drawn apart at the chosen snapshot, with what they are called. */
  const PARTS = [['activation', 'f′'], ['recurrent', 'recurrent weights'], ['cell', 'gates alone (the path that bypasses the weights)'],
    ['typical', 'typical (median) sample']];

  const title = layer => layer.layer + (layer.reverse ? ', reverse' : '');

  /** Whether a layer has such a part. */
  const drawn = (layer, key) => key !== 'cell' || layer.gated;

  /** Whether the axis has room for it: of a layer with gates, f′ and the weights are but one way of two, and may run out of the picture. */
  const scaled = (layer, key) => !layer.gated || key === 'cell' || key === 'typical';

  const counted = steps => steps === 1 ? '1 step' : `${steps} steps`;

  /** Numbers, of which there may be many. */
  const least = (values, start) => values.reduce((a, b) => Math.min(a, b), start);
  const most = (values, start) => values.reduce((a, b) => Math.max(a, b), start);

  /** The place at which nothing is carried; −1 if something always is. */
  const end = layer => layer.carried.findIndex(value => value == null);

  /** Whether single precision cannot hold what comes behind the last place. */
  const outgrows = layer => end(layer) < 0 && layer.back.at(-1) < layer.steps;

  /** The largest gradient of a snapshot, over all layers and steps: what the map's colours compare with. */
  const largest = snapshot => most(snapshot.through_time.flatMap(layer => layer.sizes).filter(v => v != null), -Infinity);

  /** How much of the largest one a gradient is; null where that is not known. */
  function shareOf(snapshot, size) {
    if (size == null) return snapshot.overflows ? null : 0;
    return 10 ** (size - largest(snapshot));
  }

  /** What all charts of a section have in common, so that they compare. */
  function scales(signals) {
    const snapshots = signals.flatMap(signal => signal.snapshots);
    const layers = snapshots.flatMap(snapshot => snapshot.through_time);
    const lines = layers.flatMap(layer => [layer.carried, ...PARTS.filter(([key]) => scaled(layer, key)).map(([key]) => layer[key])]).flat().filter(v => v != null);
    const tolerance = signals[0].tolerance;
    const low = least(lines, -tolerance);
    const high = most(lines, tolerance);
    const margin = 0.06 * (high - low);
    const parts = snapshots.flatMap(snapshot =>
        snapshot.through_time.flatMap(layer => layer.sizes.map(size => shareOf(snapshot, size))));
    return {low: low - margin, high: high + margin, tolerance, steps: most(layers.map(layer => layer.steps), 0),
      colours: Flow.scale(parts.filter(v => v != null), false)};
  }

  /** The curves of a layer at all snapshots, with the parts of the chosen one, and under them the map of all layers. */
  function draw(signal, view, width) {
    const {snapshots} = signal;
    const snapshot = snapshots[view.chosen];
    const layers = snapshot.through_time;
    const inner = width - MARGIN.left - MARGIN.right;
    const height = HEAT + layers.length * (HEIGHT.label + HEIGHT.row) + 8;
    const x = back => MARGIN.left + (back + 0.5) / (view.steps + 1) * inner;
    const y = value => MARGIN.top + (view.high - value) / (view.high - view.low) * HEIGHT.curve;
    const floor = MARGIN.top + HEIGHT.curve;
    const root = svg('svg', {width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true'});
    const text = (content, attributes) => root.append(svg('text', attributes, content));
    const line = (x1, y1, x2, y2, kind) => root.append(svg('line', {x1, y1, x2, y2, class: kind}));
    const right = MARGIN.left + inner;

    root.append(svg('rect', {x: MARGIN.left, width: inner, y: y(view.tolerance),
      height: y(-view.tolerance) - y(view.tolerance), class: 'stable'}));
    text('carried so far, log₁₀', {x: 2, y: 12, class: 'title'});
    text('→ to the far end', {x: right, y: 12, class: 'title', 'text-anchor': 'end'});
    for (const mark of marks(view.low, view.high, 6)) {
      line(MARGIN.left, y(mark), right, y(mark), mark === 0 ? 'zero' : 'grid');
      text(label(mark), {x: MARGIN.left - 6, y: y(mark) + 4, 'text-anchor': 'end'});
    }
    const wide = 8 * String(view.steps).length + 14;
    for (const mark of marks(0, view.steps, Math.max(2, inner / wide)).filter(Number.isInteger)) {
      line(x(mark), MARGIN.top, x(mark), floor, 'grid');
      text(String(mark), {x: x(mark), y: floor + 15, 'text-anchor': 'middle'});
    }
    text('steps back from the last state', {x: MARGIN.left + inner / 2, y: floor + 32, class: 'title', 'text-anchor': 'middle'});

    // What runs out of the axis is cut off.
    const frame = svg('svg', {x: MARGIN.left, y: MARGIN.top, width: inner, height: HEIGHT.curve + 1,
      viewBox: `${MARGIN.left} ${MARGIN.top} ${inner} ${HEIGHT.curve + 1}`});
    root.append(frame);
    const same = at => snapshots[at].through_time.find(layer => title(layer) === view.layer);
    snapshots.forEach((other, i) => { if (i !== view.chosen && same(i)) curve(same(i), other, i); });
    const chosen = same(view.chosen);
    if (chosen) {
      PARTS.filter(([key]) => drawn(chosen, key)).forEach(([key]) => path(frame, chosen, key, `part ${key}`));
      curve(chosen, snapshot, view.chosen);
    }
    layers.forEach(map);
    if (view.cell != null && chosen) mark(chosen.back[view.cell]);
    return root;

    function points(layer, key, count) {
      return layer[key].slice(0, count).map((value, i) => value == null ? null : `${x(layer.back[i]).toFixed(1)},${y(value).toFixed(1)}`)
          .filter(point => point != null).join(' ');
    }

    function path(group, layer, key, kind) {
      const lost = layer[key].findIndex(value => value == null);
      group.append(svg('polyline', {points: points(layer, key, lost < 0 ? layer[key].length : lost), fill: 'none', class: kind}));
    }

    function curve(layer, of, i) {
      const colour = shade(i, snapshots.length);
      const group = svg('g', {class: i === view.chosen ? 'snapshot chosen' : 'snapshot', stroke: colour, fill: colour});
      path(group, layer, 'carried', 'carried');
      const lost = end(layer);
      if (layer.back.length === 1) group.append(svg('circle', {cx: x(0), cy: y(layer.carried[0]), r: 3}));
      if (lost > 0) {
        const [px, py] = [x(layer.back[lost - 1]), y(layer.carried[lost - 1])];
        const to = x(layer.back[lost]);
        if (of.overflows) {
          group.append(svg('path', {d: `M${px - 4} ${py - 4}l8 8m0 -8l-8 8`}));
        } else {
          group.append(svg('line', {x1: px, y1: py, x2: to, y2: floor, class: 'lost'}),
              svg('path', {d: `M${to - 5} ${floor - 8}h10l-5 8z`, stroke: 'none'}));
        }
      } else if (outgrows(layer)) {
        const [px, py] = [x(layer.back.at(-1)), y(layer.carried.at(-1))];
        group.append(svg('line', {x1: px, y1: py, x2: px, y2: MARGIN.top, class: 'lost'}),
            svg('path', {d: `M${px - 5} ${MARGIN.top + 8}h10l-5 -8z`, stroke: 'none'}));
      }
      frame.append(group);
    }

    /** A row of the map: each measured step has the place up to halfway to the next one; where nothing is left, to the end. */
    function map(layer, row) {
      const top = HEAT + row * (HEIGHT.label + HEIGHT.row) + HEIGHT.label;
      const is = title(layer) === view.layer;
      text(title(layer), {x: MARGIN.left, y: top - 4, class: is ? 'row chosen' : 'row'});
      const far = layer.sizes.at(-1) == null ? layer.steps : layer.back.at(-1);
      const edge = i => i === 0 ? x(-0.5) : i === layer.back.length ? x(far + 0.5) : (x(layer.back[i - 1]) + x(layer.back[i])) / 2;
      layer.sizes.forEach((size, i) => {
        const share = shareOf(snapshot, size);
        if (share == null) return;
        root.append(svg('rect', {x: edge(i), y: top, width: Math.max(0.5, edge(i + 1) - edge(i)), height: HEIGHT.row - 2, 'shape-rendering': 'crispEdges',
          ...(share === 0 ? {class: 'nothing'} : {fill: Flow.viridis(view.colours.share(share))})}));
      });
      root.append(svg('rect', {x: x(-0.5), y: top, width: x(view.steps + 0.5) - x(-0.5), height: HEIGHT.row - 2, class: is ? 'frame chosen' : 'frame'}));
    }

    /** A line through all that is to be read at one step. */
    function mark(back) {
      line(x(back), MARGIN.top, x(back), floor, 'at');
      line(x(back), HEAT, x(back), height - 8, 'at');
    }
  }

  /** The row of the map at a height of the picture; −1 above and below. */
  function rowAt(height, count) {
    const row = Math.floor((height - HEAT) / (HEIGHT.label + HEIGHT.row));
    return row >= 0 && row < count ? row : -1;
  }

  /** −0.05: what one step does is little. */
  const fine = value => (value <= -0.005 ? '−' : value >= 0.005 ? '+' : '') + decimal(Math.abs(value), 2);

  /** What is to be said of a layer at a snapshot, or of one step there. */
  function says(snapshot, layer, i) {
    const when = snapshot.when[0].toUpperCase() + snapshot.when.slice(1);
    if (!layer) return `${when}: not measured through time.`;
    if (layer.steps === 0) return `${when}, ${title(layer)}: there is only one state, so no step to go back.`;
    const value = (key, at) => signed(layer[key][at], snapshot.overflows);
    const parts = at => `f′ ${value('activation', at)}, recurrent weights ${value('recurrent', at)}`
        + `${layer.gated ? `, the gates alone ${value('cell', at)}` : ''}, the typical sample ${value('typical', at)}`;
    if (i != null) {
      return `${when}, ${title(layer)}, ${counted(layer.back[i])} back, log₁₀: carried ${value('carried', i)}; ${parts(i)}. `
          + `Gradient with respect to the states: ${layer.sizes[i] == null && snapshot.overflows ? '?' : gradient(layer.sizes[i])}.`;
    }
    const far = layer.back.length - 1;
    const lost = end(layer);
    const rate = snapshot.overflows || layer.whole_log10 == null || layer.back[far] === layer.steps ? ''
      : `; at this rate it ${change(layer.whole_log10)} over all ${counted(layer.steps)}`;
    const what = lost >= 0 && !snapshot.overflows ? `nothing is left of the gradient ${counted(layer.back[lost])} back`
      : `${counted(layer.back[far])} back the gradient ${change(layer.carried[far], snapshot.overflows)}`
        + (lost >= 0 ? ', as the loss is not finite' : outgrows(layer) ? ', and soon overflows single precision' : '');
    // Where nothing is left, the parts are those in front of it.
    return `${when}, ${title(layer)}: ${what}${rate}. Log₁₀ of its parts ${counted(layer.back[lost > 0 ? lost - 1 : far])} back: ${parts(lost > 0 ? lost - 1 : far)}`
        + (layer.step_log10 == null ? '.' : `; on average in one step: ${fine(layer.step_log10)}.`);
  }

  /** The figure of one arm. */
  function figure(experiment, arm, index, state) {
    const {signal} = arm;
    const choice = Snapshots.chooser(arm, index, state);
    const key = JSON.stringify([arm.name, signal.seed]);
    const titles = [...new Set(signal.snapshots.flatMap(snapshot => snapshot.through_time.map(title)))];
    const host = el('div', {class: 'way', tabindex: 0, role: 'img', 'aria-label': 'Chart of the gradient through time in the '
        + `network of arm ${arm.name}, ${signal.snapshots.length} snapshots, and map of ${titles.length} layers by steps. Left and right `
        + 'arrow keys read single steps, up and down choose a layer; the numbers are in the table below.'});
    const line = el('p', {class: 'says', 'aria-live': 'polite'});
    const buttons = titles.map(text => el('button', {type: 'button', click: () => choose(text)}, name(text)));
    let common = null;
    let cell = null;

    const snapshot = () => signal.snapshots[choice.chosen()];
    const chosen = () => titles.includes(state.layers.get(key)) ? state.layers.get(key) : titles[0];
    const layer = () => snapshot().through_time.find(one => title(one) === chosen());

    function choose(text) {
      state.layers.set(key, text);
      cell = null;
      paint();
    }

    function paint() {
      if (cell != null && !(layer() && cell < layer().back.length)) cell = null;
      host.replaceChildren(draw(signal, {...common, chosen: choice.chosen(), layer: chosen(), cell}, Math.max(250, host.clientWidth)));
      line.textContent = says(snapshot(), layer(), cell);
      buttons.forEach((button, i) => button.setAttribute('aria-pressed', String(titles[i] === chosen())));
      choice.mark();
    }

    /** The measured step that is nearest to the pointer. */
    function stepAt(event) {
      const inner = host.clientWidth - MARGIN.left - MARGIN.right;
      const back = (event.clientX - host.getBoundingClientRect().left - MARGIN.left) / inner * (common.steps + 1) - 0.5;
      if (!layer() || back < -0.5 || back > common.steps + 0.5) return null;
      const far = layer().back.map(b => Math.abs(b - back));
      return far.indexOf(least(far, Infinity));
    }

    host.addEventListener('mousemove', event => {
      const next = stepAt(event);
      if (next === cell) return;
      cell = next;
      paint();
    });
    host.addEventListener('click', event => {
      const layers = snapshot().through_time;
      const row = rowAt(event.clientY - host.getBoundingClientRect().top, layers.length);
      if (row >= 0) choose(title(layers[row]));
    });
    for (const away of ['mouseleave', 'blur']) host.addEventListener(away, () => { cell = null; paint(); });
    host.addEventListener('keydown', event => {
      const [step, row] = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key] || [];
      if (step === undefined || !layer()) return;
      event.preventDefault();
      const within = (value, count) => Math.min(count - 1, Math.max(0, value));
      if (row) {
        choose(titles[within(titles.indexOf(chosen()) + row, titles.length)]);
      } else {
        const count = layer().back.length;
        cell = cell == null ? (step > 0 ? 0 : count - 1) : within(cell + step, count);
        paint();
      }
    });
    const box = el('figure', {class: 'through'}, el('figcaption', {}, name(arm.name), seed(experiment, arm)), host,
        el('div', {class: 'snapshots layers', role: 'group', 'aria-label': 'Layers'}, titles.length > 1 ? buttons : []), choice.box, line,
        Download.buttons(() => `${arm.name}: gradient through time`, () => Figures.ofSvg(`${arm.name}: gradient through time`, host.querySelector('svg')),
            () => raw(arm)));
    return {box, paint: scale => { common = scale || common; paint(); }};
  }

  /** The numbers of one figure as they are, in powers of ten; empty for what is no finite number. */
  const raw = arm => [['snapshot', 'step', 'layer', 'steps_back', 'log10_carried', 'log10_f', 'log10_recurrent', 'log10_gates', 'log10_typical',
    'log10_gradient'],
  ...arm.signal.snapshots.flatMap(snapshot => snapshot.through_time.flatMap(layer => layer.back.map((back, i) =>
      [snapshot.when, snapshot.step, title(layer), back, ...['carried', 'activation', 'recurrent', 'cell', 'typical', 'sizes'].map(key => layer[key][i])])))];

  function numbers(experiment, arms) {
    return Snapshots.known(experiment, [['arm', 'snapshot', 'layer', 'steps back', 'carried', 'f′', 'recurrent weights', 'gates alone', 'typical sample',
      'gradient of the states'],
      ...arms.flatMap(arm => arm.signal.snapshots.flatMap(snapshot => snapshot.through_time.flatMap(layer => layer.back.map((back, i) => {
        const text = key => signed(layer[key][i], snapshot.overflows);
        return [isolated(arm.name) + seed(experiment, arm), snapshot.when, title(layer), String(back), text('carried'), text('activation'),
          text('recurrent'), layer.gated ? text('cell') : '–', text('typical'), layer.sizes[i] == null && snapshot.overflows ? '?' : gradient(layer.sizes[i])];
      }))))]);
  }

  /** A line of the charts, for the legend. */
  const sample = (kind, text) => el('span', {}, svg('svg', {width: 30, height: 8, class: 'way sample', 'aria-hidden': 'true'},
      svg('line', {x1: 1, y1: 4, x2: 29, y2: 4, class: kind})), ` ${text}`);

  /**
   * The section of an experiment; null if no recurrent layer of it was probed.
   *
   * @param state what readers have chosen, kept from one model to the next
   */
  function section(experiment, state) {
    const probed = experiment.arms.map((arm, i) => [arm, i])
        .filter(([arm]) => arm.signal && arm.signal.snapshots.some(snapshot => snapshot.through_time.length > 0));
    if (probed.length === 0) return null;
    const place = el('div', {class: 'throughs'});
    const ramp = el('div', {});
    const figures = new Map(probed.map(([arm, i]) => [i, figure(experiment, arm, i, state)]));
    const all = probed.flatMap(([arm]) => arm.signal.snapshots.flatMap(snapshot => snapshot.through_time.map(layer => [snapshot, layer])));
    const any = test => all.some(([snapshot, layer]) => test(layer, snapshot));
    const shown = () => probed.filter(([, i]) => !state.hidden.has(i));

    function redraw() {
      const now = shown();
      place.replaceChildren(...now.map(([, i]) => figures.get(i).box));
      ramp.replaceChildren();
      if (now.length === 0) return;
      const common = scales(now.map(([arm]) => arm.signal));
      ramp.append(Flow.legend(common.colours, 'gradient with respect to the states, as a part of the largest one in the map'));
      now.forEach(([, i]) => figures.get(i).paint(common));
    }

    const part = el('section', {class: 'in-time'}, el('h3', {}, 'The backpropagated gradient through time'),
        el('p', {class: 'note'}, 'In a recurrent layer the gradient goes back from the last state of each sequence, step by step. Above: how much of '
            + 'it the layer has carried that many steps back, as log₁₀ (−1: a tenth), one line for each snapshot of the training. In the shaded band '
            + 'it counts as stable. Its factors are drawn for the chosen snapshot. Below: the size of the gradient at the same steps of all recurrent '
            + 'layers, the last one on top, at the chosen snapshot. It includes what arrives from other layers.'
            + (any(layer => layer.reverse) ? ' In the reverse direction the last state is that of the first step.' : '')
            + (any(layer => layer.gated) ? ' With gates, f′ and the recurrent weights describe only the path through the weighted sums.' : '')
            + (any((layer, snapshot) => end(layer) > 0 && !snapshot.overflows) ? ' A line that ends in an arrow down: nothing is left (−∞).' : '')
            + (any(outgrows) ? ' A line that ends in an arrow up: the gradient overflows single precision.' : '')
            + (any((layer, snapshot) => end(layer) > 0 && snapshot.overflows) ? ' A line that ends in a cross: the loss is not finite (?).' : '')),
        el('p', {class: 'legend'}, sample('whole', 'carried in all'), PARTS.filter(([key]) => any(layer => drawn(layer, key) && layer[key].some(v => v != null)))
            .map(([key, text]) => sample(`part ${key}`, text))),
        ramp, place, behind('Numbers of these charts', () => numbers(experiment, probed.map(([arm]) => arm))));
    const repaint = () => shown().forEach(([, i]) => figures.get(i).paint());
    return {part, redraw, repaint, destroy: () => {}};
  }

  return {section};
})();
