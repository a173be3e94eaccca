// How far the steps move the weights, and how large weights and activations are: a chart for each arm.
const Sizes = (() => {
  'use strict';
  const {el, name, behind, choice, power, style, isDark} = Parts;

  /** Usual are these; beyond the outer marks a tensor hardly moves, or loses in a few steps what it had learned. */
  const USUAL = [1e-4, 1e-2];
  const OUTER = [1e-5, 1e-1];

  /** More lines than these are not named one by one. */
  const NAMED = 12;

  /** What can be shown, by the arm's numbers that it needs. */
  const KINDS = [
    {key: 'updates', title: 'update-to-weight ratio', axis: 'Update / weight', of: 'parameter tensor',
      outer: OUTER, usual: USUAL, note: 'rms(Δθ)/rms(θ) of a step, for every parameter tensor: mean over up to 32 steps of an epoch, median over the '
        + 'seeds. The shaded band, 10⁻⁴ to 10⁻², is usual. Below the dotted line at 10⁻⁵ a tensor hardly moves. Above the one at 10⁻¹ updates '
        + 'explode: lower the learning rate. Dashed lines are biases and scales. Biases start at zero, so their ratios start high.'},
    {key: 'weights', title: 'size of the weights', axis: 'rms of the weights', of: 'parameter tensor', outer: [],
      note: 'Root mean square of every parameter tensor at the end of each epoch, median over the seeds. If a line keeps rising, lower the learning '
        + 'rate or add a penalty. Dashed lines are biases and scales.'},
    {key: 'activations', title: 'size of the activations', axis: 'rms of the activations', of: 'layer', outer: [],
      note: 'Root mean square of each layer’s output, after its activation function: first 64 test samples at the end of each epoch, median over the '
        + 'seeds. The last layer’s are the network’s outputs. If lines fall from layer to layer, the forward signal vanishes as well.'},
  ];

  /** From the first to the last, without the ends of the scale that the ground swallows. */
  function colour(place, count) {
    const share = count > 1 ? place / (count - 1) : 0;
    return Flow.viridis(isDark() ? 0.3 + 0.7 * share : 0.8 * share);
  }

  const isSolid = line => !line.includes('/') || line.endsWith('weights');

  function lines(kind, arm, epochs, chosen) {
    const always = value => epochs.map(() => value);
    const marks = kind.usual ? [
      {values: always(kind.usual[0]), band: kind.usual.map(always), stroke: 'transparent', fill: style('--usual'), width: 0},
      ...kind.outer.map(value => ({values: always(value), stroke: style('--mark'), width: 1.2, dash: [2, 4]})),
    ] : [];
    const {names, values} = arm[kind.key];
    return [...marks, ...names.map((line, i) => ({values: values[i], stroke: colour(i, names.length),
      width: line === chosen ? 4 : isSolid(line) ? 2 : 1.3, dash: isSolid(line) ? null : [5, 3]}))];
  }

  function legend(names) {
    const key = (text, place) => {
      const line = el('span', {class: isSolid(text) ? 'key' : 'key dashed'});
      line.style.borderTopColor = colour(place, names.length);
      return el('li', {}, line, ' ', name(text));
    };
    const places = names.length <= NAMED ? names.map((p, i) => i) : [0, names.length - 1];
    return el('ul', {class: 'lines'}, places.map(i => key(names[i], i)),
        names.length > NAMED ? el('li', {}, `and ${names.length - 2} between them, layer by layer`) : null);
  }

  /**
   * The section of an experiment, or null where nothing of it was measured.
   *
   * @param state what readers have chosen, kept from one model to the next
   * @param common what its charts over the epochs share
   */
  function section(experiment, state, common) {
    const kinds = KINDS.filter(kind => experiment.arms.some(arm => arm[kind.key].names.length > 0));
    if (kinds.length === 0) return null;
    const kind = () => kinds.find(k => k.key === state.sizes) || kinds[0];
    const charts = el('div', {class: 'spreads'});
    const note = el('p', {class: 'note'});
    let plots = [];

    function destroy() {
      plots.forEach(plot => plot.destroy());
      plots = [];
    }

    function redraw() {
      destroy();
      const {key, title, axis, of, outer} = kind();
      note.textContent = kind().note;
      const shown = experiment.arms.filter((arm, i) => !state.hidden.has(i));
      // All arms on one scale, so that they compare.
      const all = [...outer, ...shown.flatMap(arm => arm[key].values.flat().filter(v => v > 0))];
      const range = all.length === 0 ? null
          : Charts.logRange(null, all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b)));
      const hosts = shown.map(arm => arm[key].names.length === 0
          ? el('p', {class: 'empty'}, 'Not measured.')
          : el('div', {class: 'chart', role: 'img', 'aria-label': `Chart of the ${title} by ${of} and epoch, ${
              arm[key].names.length} lines; the numbers are in the table below.`}));
      const boxes = shown.map((arm, i) => el('figure', {class: 'spread'},
          el('figcaption', {}, name(arm.name)), hosts[i], legend(arm[key].names)));
      charts.replaceChildren(...boxes);
      // Drawn when all are in place and have their width.
      shown.forEach((arm, i) => {
        if (arm[key].names.length > 0) {
          const plot = Charts.draw(hosts[i], lines(kind(), arm, experiment.epochs, state.parameter),
              {...common, moved: () => {}, label: axis, height: 240, log: true, last: true, range});
          plots.push(plot);
          const named = `${arm.name}: ${title}`;
          boxes[i].append(Download.buttons(() => `${experiment.title}: ${named}`, () => Figures.ofPlot(named, plot), () => raw(experiment, arm, key)));
        }
      });
    }

    const part = el('section', {class: 'moves'}, el('h3', {}, 'Updates, weights and activations'),
        kinds.length < 2 ? null : el('div', {class: 'controls'}, choice('Shown', kinds.map(k => [k.key, k.title]), kind().key,
            value => { state.sizes = value; redraw(); })),
        note, charts, behind('Numbers of these charts', () => numbers(experiment, kind())));
    return {part, redraw, destroy, chosen: redraw};
  }

  /** The numbers of one chart as they are. */
  const raw = (experiment, arm, key) => [[key === 'activations' ? 'layer' : 'parameter', 'epoch', key === 'updates' ? 'update_to_weight_ratio' : 'rms'],
    ...arm[key].names.flatMap((line, i) => experiment.epochs.map((epoch, e) => [line, epoch, arm[key].values[i][e]]))];

  function numbers(experiment, {key, of}) {
    const rows = [['arm', of, ...experiment.epochs.map(e => `epoch ${e}`)]];
    for (const arm of experiment.arms) {
      arm[key].names.forEach((line, i) => rows.push([arm.name, line, ...arm[key].values[i].map(v => power(v))]));
    }
    return {rows, note: 'Medians over the seeds; – where a tensor was zero, or no run has it.'};
  }

  return {section};
})();
