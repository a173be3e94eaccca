// The first charts of an experiment: a score above, the gradient below, over the epochs.
const Curves = (() => {
  'use strict';
  const {el, isolated, grid, behind, choice, tick, power, decimal} = Parts;
  const {capital, scoreOf, headline, last, drawn} = Model;
  const GRADIENTS = [['gradient_mean_abs', 'total gradient'], ['gradient_mean_abs_data', 'data gradient']];
  const SMOOTH = [3, 5, 11, 25, 51];
  const NARROW = 600; // pixels

  /** What a reader may choose, to begin with. */
  const choices = experiment => ({seeds: false, training: true, top: experiment.scores[0].key, bottom: 'gradient_mean_abs',
    centre: 'mean', smooth: 1, logTop: false, logBottom: true, options: innerWidth >= NARROW});

  const words = state => (state.centre === 'median' ? 'Median' : 'Mean');

  /** A value with its quartiles. */
  const spread = (state, curve, i, format) => curve[state.centre][i] == null ? '–'
      : `${format(curve[state.centre][i])} [${format(curve.q25[i])}, ${format(curve.q75[i])}]`.replace(/ %(?=[,\]])/g, '');

  /** The arms whose mean leaves the band of its quartiles, and where it first does. */
  function outside(experiment, state, measured) {
    return drawn(experiment, state).flatMap(([arm]) => {
      const {mean, q25, q75} = arm.curves[measured];
      const i = mean.findIndex((m, e) => m != null && (m < q25[e] || m > q75[e]));
      return i < 0 ? [] : [[arm.name, experiment.epochs[i]]];
    });
  }

  /**
   * The section of an experiment.
   *
   * @param state what readers have chosen, kept from one model to the next
   * @param common what all charts over the epochs share
   */
  function section(experiment, state, common) {
    const {epochs} = experiment;
    const top = el('div', {class: 'chart'});
    const bottom = el('div', {class: 'chart'});
    const readout = el('div', {class: 'readout'});
    const spoken = el('div', {class: 'unseen', 'aria-live': 'polite'});
    const notes = el('p', {class: 'note'});
    const strays = el('p', {class: 'note strays'});
    let plots = [];

    const from = el('input', {type: 'number', min: 1, max: experiment.last_epoch, class: 'from', change: typed});
    const to = el('input', {type: 'number', min: 1, max: experiment.last_epoch, class: 'to', change: typed});
    const reset = el('button', {type: 'button', class: 'reset', click: common.reset}, 'All epochs');

    function typed() {
      common.zoomed(Number(from.value) || 1, Number(to.value) || experiment.last_epoch);
    }

    function moved(index) {
      state.at = index == null ? null : index;
      tell();
    }

    /** The values under the cursor, or else the latest. */
    function tell() {
      const latest = Math.max(...experiment.arms.map(arm => last(arm.curves[headline(experiment).test].mean)));
      const i = state.at == null ? Math.max(0, latest) : state.at;
      const kind = scoreOf(experiment, state.top);
      const gradients = state.bottom === 'gradient_mean_abs' ? 'gradient' : 'data gradient';
      const rows = [['Epoch ' + epochs[i], `test ${kind.title}`, `training ${kind.title}`, gradients, 'runs']];
      for (const [arm] of drawn(experiment, state)) {
        rows.push([arm.name, spread(state, arm.curves[kind.test], i, kind.text), spread(state, arm.curves[kind.training], i, kind.text),
          spread(state, arm.curves[state.bottom], i, v => power(v)), String(arm.completed[i])]);
      }
      const old = readout.querySelector('.scroll');
      const scrolled = old ? old.scrollLeft : 0;
      readout.replaceChildren(grid({rows, note: ''}, `Values in one epoch: ${state.centre} and quartiles over the seeds`));
      readout.querySelector('.scroll').scrollLeft = scrolled;
    }

    function keys(event) {
      const by = {ArrowLeft: -1, ArrowRight: 1}[event.key];
      if (!by) return;
      event.preventDefault();
      const first = state.zoom ? epochs.findIndex(e => e >= state.zoom[0]) : 0;
      const final = state.zoom ? epochs.filter(e => e <= state.zoom[1]).length - 1 : epochs.length - 1;
      const next = state.at == null ? (by > 0 ? first : final) : Math.min(final, Math.max(first, state.at + by));
      for (const plot of plots) plot.setCursor({left: plot.valToPos(epochs[next], 'x'), top: 10}, false);
      moved(next);
      spoken.textContent = [...readout.querySelectorAll('tr')].map(row => row.innerText.replace(/\s+/g, ' ')).join('; ');
    }

    function describe(host, what) {
      host.setAttribute('role', 'img');
      host.setAttribute('tabindex', '0');
      host.setAttribute('aria-label', `Chart of ${what} by epoch, for each arm. Left and right arrow keys read single `
          + 'epochs; the numbers are in the table below.');
      host.addEventListener('keydown', keys);
    }
    describe(top, experiment.scores.map(score => score.title).join(' or '));
    describe(bottom, 'the mean absolute gradient');

    /** What is smoothed says so, where its values are read. */
    const axis = text => text + (state.smooth > 1 ? `, smoothed over ${state.smooth}` : '');

    function chance() {
      const found = experiment.finding.chance.find(one => one.score === state.top);
      if (!found) return [];
      const kind = scoreOf(experiment, state.top);
      return [Charts.level(epochs, kind.scale * found.value, `chance ${kind.scale === 100
        ? decimal(100 * found.value, 1).replace('.0', '') + ' %' : String(Number(found.value.toPrecision(3)))}`)];
    }

    function redraw() {
      destroy();
      const kind = scoreOf(experiment, state.top);
      from.value = state.zoom ? state.zoom[0] : 1;
      to.value = state.zoom ? state.zoom[1] : experiment.last_epoch;
      reset.disabled = !state.zoom;
      const height = document.documentElement.dataset.medium === 'print' ? 190 : innerWidth < NARROW ? 220 : 270;
      const lines = Charts.means(experiment, state, kind.test, kind.training, kind.scale);
      const gradients = Charts.means(experiment, state, state.bottom, null, 1);
      const scores = [...chance(), ...lines];
      // As much for both, so that an epoch is at one place.
      const room = Labels.room([...scores, ...gradients], top.clientWidth);
      plots = [
        Charts.draw(top, scores, {...common, moved, room, label: axis(kind.label), height, log: state.logTop}),
        Charts.draw(bottom, gradients, {...common, moved, room, label: axis('Mean absolute gradient'), height: height + 18,
          log: state.logBottom, last: true}),
      ];
      explain(kind);
      tell();
    }

    function explain(kind) {
      notes.replaceChildren(
          el('span', {class: 'key solid'}), ` test data, ${state.centre} and quartiles over the seeds  `,
          state.training ? el('span', {class: 'key dashed'}) : '', state.training ? ' training data. ' : '',
          experiment.finding.best == null ? '' : '★ best at the end. ',
          experiment.finding.chance.some(one => one.score === state.top) ? 'Dotted: chance level. ' : '',
          state.smooth > 1 ? `Smoothed: each point is the mean of ${state.smooth} ${epochs.length < experiment.last_epoch ? 'drawn ' : ''}epochs `
            + 'around it, fewer at both ends; the thin lines are not smoothed. ' : '',
          experiment.arms.length > Parts.COLOURS ? 'Thick lines: test data; thin lines: training data. Lines with dots repeat a colour. ' : '',
          el('span', {class: 'hint'}, 'Drag over epochs to zoom in; double-click to see all. '),
          (state.logTop || state.logBottom ? 'Values of 0 have no place on a logarithmic axis and are cut off.' : '')
          + (epochs.length < experiment.last_epoch ? ` ${epochs.length} of ${experiment.last_epoch} epochs are drawn.` : '')
          + (experiment.arms.some(arm => arm.runs.length > arm.lines[headline(experiment).test].length)
              ? ' Single runs are drawn for the first 100 seeds.' : ''));
      const found = state.centre === 'median' ? [] : [kind.test, state.bottom].flatMap(measured => outside(experiment, state, measured));
      strays.hidden = found.length === 0;
      if (found.length > 0) {
        const names = [...new Set(found.map(([arm]) => arm))];
        strays.replaceChildren('The mean of ', ...names.slice(0, 3).flatMap((arm, i) => [i > 0 ? ', ' : '', Parts.name(`“${arm}”`)]),
            names.length > 3 ? ` and ${names.length - 3} more` : '',
            ' lies outside its own band in some epochs: a few seeds differ a lot from the others. ',
            el('button', {type: 'button', class: 'median', click: () => {
              centres.querySelector('select').value = 'median';
              state.centre = 'median';
              redraw();
              centres.querySelector('select').focus();
            }}, 'Show the median'));
      }
    }

    function destroy() {
      plots.forEach(plot => plot.destroy());
      plots = [];
    }

    const set = key => value => { state[key] = value; redraw(); };
    const centres = choice('Line', [['mean', 'mean'], ['median', 'median']], state.centre, set('centre'));
    const steps = SMOOTH.filter(count => count <= epochs.length);
    const options = el('details', {class: 'options', open: state.options, toggle: () => { state.options = options.open; }},
        el('summary', {}, 'What is drawn'),
        el('div', {class: 'controls'},
            choice('Above', experiment.scores.map(score => [score.key, score.quantity]), state.top, set('top')),
            choice('Below', GRADIENTS, state.bottom, set('bottom')),
            centres,
            steps.length === 0 ? null : choice('Smoothing', [['1', 'none'], ...steps.map(count => [String(count), `${count} epochs`])], state.smooth,
                value => set('smooth')(Number(value))),
            tick('training data', state.training, set('training')),
            tick('single runs', state.seeds, set('seeds')),
            tick('logarithmic above', state.logTop, set('logTop')),
            tick('logarithmic below', state.logBottom, set('logBottom')),
            el('span', {class: 'range'}, el('label', {}, 'Epochs ', from), el('label', {}, ' to ', to), reset)));

    const title = what => () => `${experiment.title}: ${what()}`;
    const saveTop = Download.buttons(title(() => `test ${scoreOf(experiment, state.top).title}`), () => Figures.ofPlot(experiment.title, plots[0]),
        () => raw(experiment, state, [scoreOf(experiment, state.top).test, scoreOf(experiment, state.top).training]));
    const saveBottom = Download.buttons(title(() => state.bottom.replaceAll('_', ' ')), () => Figures.ofPlot(experiment.title, plots[1]),
        () => raw(experiment, state, [state.bottom]));

    const part = el('section', {class: 'curves'}, el('h3', {}, `${capital(experiment.scores[0].title)} and gradient`),
        top, saveTop, bottom, saveBottom, options, notes, strays, readout, spoken,
        behind('Numbers of these charts', () => numbers(experiment, state)));
    return {part, redraw, destroy, chosen: () => {}};
  }

  /** The numbers of a chart as they are, a row for each arm and epoch. */
  function raw(experiment, state, measured) {
    const columns = ['mean', 'median', 'q25', 'q75'];
    return [['arm', 'epoch', 'runs', ...measured.flatMap(key => columns.map(column => `${key}_${column}`))],
      ...drawn(experiment, state).flatMap(([arm]) => experiment.epochs.map((epoch, i) =>
          [arm.name, epoch, arm.completed[i], ...measured.flatMap(key => columns.map(column => arm.curves[key][column][i]))]))];
  }

  function numbers(experiment, state) {
    const kind = scoreOf(experiment, state.top);
    const header = ['epoch'];
    for (const arm of experiment.arms) {
      header.push(...[`test ${kind.title}`, `training ${kind.title}`, 'gradient'].map(what => `${isolated(arm.name)}: ${what}`));
    }
    return {note: `${words(state)} [25 % and 75 % quantile] over the seeds.`, rows: [header, ...experiment.epochs.map((epoch, i) =>
        [String(epoch), ...experiment.arms.flatMap(arm => [spread(state, arm.curves[kind.test], i, kind.text),
          spread(state, arm.curves[kind.training], i, kind.text), spread(state, arm.curves[state.bottom], i, v => power(v))])])]};
  }

  return {section, choices};
})();
