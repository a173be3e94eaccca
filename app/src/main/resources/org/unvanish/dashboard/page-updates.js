// By how much the optimizer's steps move each parameter tensor, relative to its size: a chart for each arm.
const Updates = (() => {
  'use strict';
  const {el, name, behind, power, style, isDark} = Parts;

  /** Usual are these; beyond the outer marks a tensor hardly moves, or loses in a few steps what it had learned. */
  const USUAL = [1e-4, 1e-2];
  const OUTER = [1e-5, 1e-1];

  /** More lines than these are not named one by one. */
  const NAMED = 12;

  /** From the first tensor to the last, without the ends of the scale that the ground swallows. */
  function colour(place, count) {
    const share = count > 1 ? place / (count - 1) : 0;
    return Flow.viridis(isDark() ? 0.3 + 0.7 * share : 0.8 * share);
  }

  const isWeights = parameter => parameter.endsWith('weights');

  function lines(arm, epochs, chosen) {
    const always = value => epochs.map(() => value);
    const marks = [
      {values: always(USUAL[0]), band: USUAL.map(always), stroke: 'transparent', fill: style('--usual'), width: 0},
      ...OUTER.map(value => ({values: always(value), stroke: style('--mark'), width: 1.2, dash: [2, 4]})),
    ];
    const {parameters, ratios} = arm.updates;
    return [...marks, ...parameters.map((parameter, p) => ({values: ratios[p], stroke: colour(p, parameters.length),
      width: parameter === chosen ? 4 : isWeights(parameter) ? 2 : 1.3, dash: isWeights(parameter) ? null : [5, 3]}))];
  }

  function legend(parameters) {
    const key = (text, place) => {
      const line = el('span', {class: isWeights(text) ? 'key' : 'key dashed'});
      line.style.borderTopColor = colour(place, parameters.length);
      return el('li', {}, line, ' ', name(text));
    };
    const places = parameters.length <= NAMED ? parameters.map((p, i) => i) : [0, parameters.length - 1];
    return el('ul', {class: 'lines'}, places.map(i => key(parameters[i], i)),
        parameters.length > NAMED ? el('li', {}, `and ${parameters.length - 2} between them, layer by layer`) : null);
  }

  /**
   * The section of an experiment, or null where no update was measured.
   *
   * @param common what its charts over the epochs share
   */
  function section(experiment, state, common) {
    if (!experiment.arms.some(arm => arm.updates.parameters.length > 0)) return null;
    const charts = el('div', {class: 'spreads'});
    let plots = [];

    function destroy() {
      plots.forEach(plot => plot.destroy());
      plots = [];
    }

    function redraw() {
      destroy();
      const shown = experiment.arms.filter((arm, i) => !state.hidden.has(i));
      // All arms on one scale, so that they compare.
      const all = [...OUTER, ...shown.flatMap(arm => arm.updates.ratios.flat().filter(v => v > 0))];
      const range = Charts.logRange(null, all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b)));
      const hosts = shown.map(arm => arm.updates.parameters.length === 0
          ? el('p', {class: 'empty'}, 'Not measured.')
          : el('div', {class: 'chart', role: 'img', 'aria-label': `Chart of the update-to-weight ratio of ${
              arm.updates.parameters.length} parameter tensors by epoch; the numbers are in the table below.`}));
      const boxes = shown.map((arm, i) => el('figure', {class: 'spread'},
          el('figcaption', {}, name(arm.name)), hosts[i], legend(arm.updates.parameters)));
      charts.replaceChildren(...boxes);
      // Drawn when all are in place and have their width.
      shown.forEach((arm, i) => {
        if (arm.updates.parameters.length > 0) {
          const plot = Charts.draw(hosts[i], lines(arm, experiment.epochs, state.parameter),
              {...common, moved: () => {}, label: 'Update / weight', height: 240, log: true, last: true, range});
          plots.push(plot);
          const title = `${arm.name}: update-to-weight ratio`;
          boxes[i].append(Download.buttons(() => `${experiment.title}: ${title}`, () => Figures.ofPlot(title, plot), () => raw(experiment, arm)));
        }
      });
    }

    const part = el('section', {class: 'moves'}, el('h3', {}, 'How far the weights move'),
        el('p', {class: 'note'}, 'rms(Δθ)/rms(θ) of a step, for every parameter tensor: mean over up to 32 steps of '
            + 'an epoch, median over the seeds. The shaded band, 10⁻⁴ to 10⁻², is usual. Below the dotted line at '
            + '10⁻⁵ a tensor hardly moves. Above the one at 10⁻¹ updates explode: lower the learning rate. '
            + 'Dashed lines are biases and scales; biases start at zero, so that theirs begin high.'),
        charts, behind('Numbers of these updates', () => numbers(experiment)));
    return {part, redraw, destroy, chosen: redraw};
  }

  /** The numbers of one chart as they are. */
  const raw = (experiment, arm) => [['parameter', 'epoch', 'update_to_weight_ratio'], ...arm.updates.parameters.flatMap((parameter, p) =>
      experiment.epochs.map((epoch, i) => [parameter, epoch, arm.updates.ratios[p][i]]))];

  function numbers(experiment) {
    const rows = [['arm', 'parameter tensor', ...experiment.epochs.map(e => `epoch ${e}`)]];
    for (const arm of experiment.arms) {
      arm.updates.parameters.forEach((parameter, p) =>
          rows.push([arm.name, parameter, ...arm.updates.ratios[p].map(v => power(v))]));
    }
    return {rows, note: 'Medians over the seeds; – where a tensor was zero, or no run has it.'};
  }

  return {section};
})();
