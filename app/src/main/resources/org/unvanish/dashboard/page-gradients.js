// The gradient of each parameter tensor: as a map over the epochs, and how its coordinates are distributed.
const Gradients = (() => {
  'use strict';
  const {el, name, isolated, behind, choice, power, percent} = Parts;
  const {SOURCES, QUANTITIES, sourceOf, drawn} = Model;

  /** A choice of the gradient's source, which both sections have. */
  const sourceChoice = (state, common) => choice('Gradient', SOURCES, state.source, common.chooseSource);

  /** Of which steps the gradients are, where not of all: text and names. */
  function recorded(experiment) {
    const steps = [...new Set(experiment.arms.map(arm => arm.record_every))].filter(every => every > 1);
    return steps.flatMap((every, i) => {
      const arms = experiment.arms.filter(arm => arm.record_every === every);
      const names = arms.length < experiment.arms.length
          ? [' (', ...arms.flatMap((arm, a) => a > 0 ? [', ', name(arm.name)] : [name(arm.name)]), ')'] : [];
      return [`${i > 0 ? ' or' : ' Estimated from'} one step in ${every}`, ...names];
    }).concat(steps.length > 0 ? ['.'] : []);
  }

  /** The maps of all arms. */
  function maps(experiment, state, common) {
    const heat = el('div', {class: 'heats'});
    const legend = el('div', {});
    const says = el('p', {class: 'says', 'aria-live': 'polite'});
    const source = sourceChoice(state, common);
    const range = choice('Colours', [['usual', 'for most arms'], ['full', 'for all values']], state.range, value => {
      state.range = value;
      redraw();
    });

    function redraw() {
      const arms = drawn(experiment, state);
      const values = arms.map(([arm]) => {
        const of = sourceOf(arm, state.source);
        return of ? of[state.quantity].slice(1).flat().filter(v => v != null) : [];
      });
      const label = QUANTITIES.find(q => q[0] === state.quantity)[1] + ', ' + SOURCES.find(s => s[0] === state.source)[1];
      const usual = state.quantity === 'vanished' ? null : Flow.usual(values);
      range.hidden = !usual;
      const colours = Flow.scale(values.flat(), state.quantity === 'vanished', state.range === 'usual' ? usual : null);
      const figures = arms.map(([arm]) => {
        const of = sourceOf(arm, state.source);
        if (!of) {
          return {box: el('figure', {class: 'heat'}, el('figcaption', {}, name(arm.name)), el('p', {class: 'empty'}, 'No penalty.')), paint: () => {}};
        }
        const map = Flow.map(arm.name, arm.flow.parameters.slice(1), of[state.quantity].slice(1), {
          epochs: experiment.epochs, zoom: state.zoom, colours, label, chosen: state.parameter,
          choose: parameter => common.choose(state.parameter === parameter ? 'all' : parameter),
          say: (text, title) => says.replaceChildren(name(title), ': ' + text),
        });
        map.box.append(Download.buttons(() => `${experiment.title}: ${label} of ${arm.name}`, () => map.drawing(`${arm.name}: ${label}`),
            () => raw(experiment, arm, of)));
        return map;
      });
      heat.replaceChildren(...figures.map(figure => figure.box));
      legend.replaceChildren(Flow.legend(colours, label));
      says.textContent = 'Point at a cell, or use the arrow keys, to read its value.';
      figures.forEach(figure => figure.paint());
    }

    function chosen() {
      heat.querySelectorAll('.rows button').forEach(b => b.setAttribute('aria-pressed', String(b.title === state.parameter)));
    }

    const part = el('section', {}, el('h3', {}, 'The gradient of each parameter tensor'), el('p', {class: 'note'}, 'Every parameter tensor, first layer to last, in '
        + `every epoch; medians over the seeds. Vanished share: share of coordinates with |g| below ${power(experiment.vanishedBelow, 0)}. `
        + 'Choose a tensor to see its distribution below.', ...recorded(experiment)),
    el('div', {class: 'controls'}, source,
        choice('Shown', QUANTITIES, state.quantity, value => { state.quantity = value; redraw(); }), range),
    legend, heat, says,
    behind('Numbers of these maps', () => numbersOfMaps(experiment, state)));
    return {part, redraw, chosen, destroy: () => {}, sourceChosen: () => { source.querySelector('select').value = state.source; redraw(); }};
  }

  /** The numbers of one map as they are. */
  const raw = (experiment, arm, source) => [['parameter', 'epoch', 'mean_abs', 'vanished'], ...arm.flow.parameters.flatMap((parameter, p) =>
      experiment.epochs.map((epoch, i) => [parameter, epoch, source.mean_abs[p][i], source.vanished[p][i]]))];

  function numbersOfMaps(experiment, state) {
    const format = state.quantity === 'vanished' ? percent : v => power(v);
    const rows = [['arm', 'parameter tensor', ...experiment.epochs.map(e => `epoch ${e}`)]];
    for (const arm of experiment.arms) {
      const source = sourceOf(arm, state.source);
      arm.flow.parameters.forEach((parameter, p) => {
        if (source) rows.push([arm.name, parameter, ...source[state.quantity][p].map(format)]);
      });
    }
    return {rows, note: 'Medians over the seeds.'};
  }

  /** The distributions of all arms. */
  function spreads(experiment, state, common) {
    const spread = el('div', {class: 'spreads'});
    const source = sourceChoice(state, common);
    const parameters = [...new Set(experiment.arms.flatMap(arm => arm.flow.parameters))];
    const select = choice('Parameter tensor', parameters.map(p => [p, p === 'all' ? 'all parameters' : p]), state.parameter, common.choose);
    let plots = [];

    function destroy() {
      plots.forEach(plot => plot.destroy());
      plots = [];
    }

    function redraw() {
      destroy();
      const shown = drawn(experiment, state).map(([arm, i]) => {
        const of = sourceOf(arm, state.source);
        const place = arm.flow.parameters.indexOf(state.parameter);
        return {arm, of, place, lines: of && place >= 0 ? Charts.quantiles(arm, i, of, place) : null};
      });
      // All arms on one scale, so that they compare.
      const numbers = shown.filter(s => s.lines).flatMap(s => s.lines.flatMap(l => [l.values, ...l.band])).flat()
          .filter(v => v > 0);
      const range = Charts.logRange(null, numbers.reduce((a, b) => Math.min(a, b), Infinity),
          numbers.reduce((a, b) => Math.max(a, b), -Infinity));
      const hosts = shown.map(({arm, lines}) => {
        const made = lines && numbers.length > 0;
        return made
            ? el('div', {class: 'chart', role: 'img', 'aria-label': 'Chart of how the absolute gradient coordinates of '
                + `${state.parameter} are distributed by epoch; the numbers are in the table below.`})
            : el('p', {class: 'empty'}, lines ? 'All gradients are 0.'
                : arm.flow.parameters.includes(state.parameter) ? 'No penalty.' : 'This arm has no such parameter tensor.');
      });
      const boxes = shown.map(({arm}, i) => el('figure', {class: 'spread'}, el('figcaption', {}, name(arm.name)), hosts[i]));
      spread.replaceChildren(...boxes);
      // Drawn when all are in place and have their width.
      shown.forEach(({arm, of, place, lines}, i) => {
        if (!hosts[i].classList.contains('chart')) return;
        const plot = Charts.draw(hosts[i], lines, {...common, moved: () => {}, label: '|g|', height: 210, log: true, last: true, range});
        plots.push(plot);
        const title = `${arm.name}: |g| of ${state.parameter}`;
        boxes[i].append(Download.buttons(() => `${experiment.title}: ${title}`, () => Figures.ofPlot(title, plot),
            () => [['epoch', 'q05', 'q25', 'q50', 'q75', 'q95'], ...experiment.epochs.map((epoch, e) => [epoch, ...of.quantiles.map(q => q[place][e])])]));
      });
    }

    const part = el('section', {}, el('h3', {}, 'How the gradient is distributed'), el('p', {class: 'note'}, 'Absolute values of the coordinates in '
        + 'each epoch. Line: median. Bands: 25 % to 75 % and 5 % to 95 % of the coordinates. Each is a median over the seeds.', ...recorded(experiment)),
    el('div', {class: 'controls'}, select, source), spread,
    behind('Numbers of these charts', () => numbersOfSpreads(experiment, state)));
    return {part, redraw, destroy,
      chosen: () => { select.querySelector('select').value = state.parameter; redraw(); },
      sourceChosen: () => { source.querySelector('select').value = state.source; redraw(); }};
  }

  function numbersOfSpreads(experiment, state) {
    const header = ['epoch'];
    const columns = [];
    for (const arm of experiment.arms) {
      const source = sourceOf(arm, state.source);
      const p = arm.flow.parameters.indexOf(state.parameter);
      if (!source || p < 0) continue;
      ['5 %', '25 %', '50 %', '75 %', '95 %'].forEach((q, i) => {
        header.push(`${isolated(arm.name)}: ${q}`);
        columns.push(source.quantiles[i][p]);
      });
    }
    return {note: `|g| of ${state.parameter}.`, rows: [header, ...experiment.epochs.map((epoch, i) =>
        [String(epoch), ...columns.map(column => power(column[i]))])]};
  }

  return {maps, spreads};
})();
