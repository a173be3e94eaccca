// The page: shows one model, which is inside the page, or else what Live fetches.
(() => {
  'use strict';
  const {el, name, isolated, isRecorded, table, behind, choice, tick, power, percent, fixed, timeLeft} = Parts;
  const states = new Map();
  let views = [];

  const capital = text => text.charAt(0).toUpperCase() + text.slice(1);

  /** How a score of the experiment is shown above the gradients. */
  function scoreOf(experiment, key) {
    const score = experiment.scores.find(s => s.key === key);
    const share = score.form === 'share';
    return {title: score.title, label: capital(score.quantity) + (share ? ' (%)' : ''), test: `test_${key}`,
      training: `train_${key}`, scale: share ? 100 : 1, text: share ? percent : fixed};
  }

  /** The score by which arms are compared. */
  const headline = experiment => scoreOf(experiment, experiment.scores[0].key);

  const SOURCES = [['total', 'total gradient'], ['data', 'data gradient'], ['penalty', 'penalty gradient']];
  const QUANTITIES = [['mean_abs', 'mean |g|'], ['vanished', 'vanished share']];
  let vanishedBelow = 0;
  const GLYPHS = {done: '✓', running: '▶', stopped: '‖', planned: '·', diverged: '∞', failed: '✕', dropped: '↓'};

  const last = values => values.reduce((found, v, i) => v == null ? found : i, -1);
  const section = (title, ...parts) => el('section', {}, el('h3', {}, title), ...parts);

  /** Without a penalty the data gradient is the total one, and there is no other. */
  function sourceOf(arm, key) {
    return arm.flow.sources[key] || (key === 'data' ? arm.flow.sources.total : null);
  }

  function stateOf(experiment) {
    const key = JSON.stringify([experiment.folder, experiment.name]);
    if (!states.has(key)) {
      states.set(key, {hidden: new Set(), seeds: false, training: true, top: experiment.scores[0].key,
        bottom: 'gradient_mean_abs', zoom: null, at: null, source: 'total', quantity: 'mean_abs', parameter: 'all',
        snapshots: new Map(), layers: new Map()});
    }
    return states.get(key);
  }

  // ---- one experiment -----------------------------------------------------------------------

  function show(experiment, index) {
    const state = stateOf(experiment);
    const has = experiment.epochs.length > 0;
    const data = experiment.data;
    const article = el('article', {id: `experiment-${index}`, 'aria-labelledby': `title-${index}`},
        el('h2', {id: `title-${index}`}, name(experiment.title)),
        el('p', {class: 'lead'}, experiment.folder ? [name(experiment.folder), ': '] : [], name(isRecorded(experiment) ? experiment.arms[0].name : experiment.name), ' on ', name(data.title),
            data.train_samples === 0 ? null
                : `: ${data.train_samples.toLocaleString('en')} training and ${data.test_samples.toLocaleString('en')} test samples`),
        isRecorded(experiment) ? recorded(experiment) : progress(experiment));
    const probed = [Stack.section(experiment, state), Signal.section(experiment, state), ThroughTime.section(experiment, state)].filter(part => part);
    views.push(...probed);
    article.addEventListener('snapshot', () => probed.forEach(view => view.repaint()));
    if (has) {
      const view = charts(experiment, state, `experiment-${index}`);
      article.append(arms(experiment, state, () => [view, ...probed].forEach(v => v.redraw())));
      if (experiment.verdict.length > 0) {
        article.append(section('What it shows', el('ul', {class: 'verdict'},
            experiment.verdict.map(sentence => el('li', {}, name(sentence))))));
      }
      if (experiment.sweep) article.append(...Sweeps.sections(experiment));
      const groups = Groups.section(experiment, state);
      if (groups) views.push(groups) && article.append(groups.part);
      const [means, ...others] = view.parts;
      article.append(means, ...probed.map(v => v.part), ...others);
    } else {
      if (!isRecorded(experiment)) article.append(el('p', {class: 'empty'}, 'No run has completed an epoch yet.'));
      article.append(...probed.map(v => v.part));
    }
    if (experiment.claims.length > 0) article.append(claims(experiment));
    if (has) article.append(results(experiment));
    if (!isRecorded(experiment)) article.append(runs(experiment));
    article.append(setup(experiment));
    return article;
  }

  /** Of what another program has recorded there are snapshots; it has no runs and no epochs. */
  function recorded(experiment) {
    const text = ({signal}) => !signal ? 'No snapshot yet. The hook writes the first one after a few steps.'
        : `${signal.probed.toLocaleString('en')} ${signal.probed === 1 ? 'snapshot' : 'snapshots'}, the last one ${signal.snapshots.at(-1).when}`;
    return el('div', {class: 'progress'}, el('span', {}, experiment.arms.map(text)));
  }

  function progress(experiment) {
    const shown = experiment.arms.flatMap(arm => arm.runs);
    const others = experiment.others || {runs: {}, done: 0, asked: 0};
    const done = shown.reduce((sum, run) => sum + run.done, others.done);
    // Nobody goes on with a run whose arm was dropped from a race.
    const asked = shown.reduce((sum, run) => sum + (run.state === 'dropped' ? run.done : run.asked), others.asked);
    const count = state => shown.filter(run => run.state === state).length + (others.runs[state] || 0);
    const states = Object.keys(GLYPHS).filter(s => count(s) > 0);
    const text = states.map(s => `${count(s).toLocaleString('en')} ${s}`).join(', ');
    const runs = states.reduce((sum, s) => sum + count(s), 0);
    const open = states.some(s => ['running', 'stopped', 'planned'].includes(s));
    const bar = el('progress', {max: asked, value: done, 'aria-label': 'epochs done'});
    return el('div', {class: 'progress'}, done < asked ? bar : null,
        el('span', {}, `${runs.toLocaleString('en')} runs: ${text}; ${done.toLocaleString('en')} of ${asked.toLocaleString('en')} epochs`), left(experiment, open));
  }

  /** The time left; where there is a server it goes on counting, to the time in `ends`. */
  function left(experiment, open) {
    if (experiment.seconds_left != null) {
      const ends = experiment.asOf == null ? null : experiment.asOf + 1000 * experiment.seconds_left;
      return el('span', {class: 'left', 'data-ends': ends},
          timeLeft(ends == null ? experiment.seconds_left : (ends - Date.now()) / 1000));
    }
    return open && !experiment.training ? el('span', {class: 'left'}, 'nothing is training here now') : null;
  }

  /** The arms with their latest score: the legend, and what is drawn. */
  function arms(experiment, state, redraw) {
    const score = headline(experiment);
    return el('fieldset', {class: 'arms'}, el('legend', {class: 'unseen'}, 'Arms to show'),
        experiment.arms.map((arm, i) => {
          const curve = arm.curves[score.test];
          const end = last(curve.mean);
          const box = el('input', {type: 'checkbox', checked: !state.hidden.has(i), change: () => {
            if (box.checked) state.hidden.delete(i); else state.hidden.add(i);
            redraw();
          }});
          const swatch = el('span', {class: 'swatch', 'data-arm': i});
          return el('label', {class: 'arm'}, box, swatch, el('span', {class: 'what'}, name(arm.name)),
              end < 0 ? el('span', {class: 'value'}, '–') : el('span', {class: 'value'}, score.text(curve.mean[end])),
              end < 0 ? null : el('span', {class: 'small'}, `test ${score.title} in epoch ${experiment.epochs[end]}; `
                  + `quartiles ${score.text(curve.q25[end]).replace(' %', '')} to ${score.text(curve.q75[end]).replace(' ', '\u00a0')}`));
        }), experiment.others ? el('p', {class: 'small'}, experiment.others.note) : null);
  }

  function charts(experiment, state, group) {
    const epochs = experiment.epochs;
    const top = el('div', {class: 'chart'});
    const bottom = el('div', {class: 'chart'});
    const readout = el('div', {class: 'readout'});
    const spoken = el('div', {class: 'unseen', 'aria-live': 'polite'});
    const heat = el('div', {class: 'heats'});
    const heatLegend = el('div', {});
    const heatSays = el('p', {class: 'says', 'aria-live': 'polite'});
    const spread = el('div', {class: 'spreads'});
    let plots = [];
    let maps = [];

    const from = el('input', {type: 'number', min: 1, max: experiment.last_epoch, class: 'from', change: typed});
    const to = el('input', {type: 'number', min: 1, max: experiment.last_epoch, class: 'to', change: typed});
    const reset = el('button', {type: 'button', class: 'reset', click: () => zoom(null)}, 'All epochs');

    function typed() {
      zoom([Number(from.value) || 1, Number(to.value) || experiment.last_epoch]);
    }

    function zoom(range) {
      if (range) {
        const ends = range.map(e => Math.round(Math.min(experiment.last_epoch, Math.max(1, e)))).sort((a, b) => a - b);
        if (ends[0] === ends[1]) ends[ends[1] < experiment.last_epoch ? 1 : 0] += ends[1] < experiment.last_epoch ? 1 : -1;
        range = ends[0] <= 1 && ends[1] >= experiment.last_epoch ? null : ends;
      }
      state.zoom = range;
      redraw();
    }

    const parameters = () => {
      const all = [];
      experiment.arms.forEach((arm, i) => arm.flow.parameters.forEach(p => { if (!all.includes(p)) all.push(p); }));
      return all;
    };

    const common = {
      epochs, group,
      zoom: () => state.zoom,
      zoomed: (a, b) => zoom([a, b]),
      reset: () => zoom(null),
    };

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
      const text = (curve, format) => curve.mean[i] == null ? '–'
          : `${format(curve.mean[i])} [${format(curve.q25[i])}, ${format(curve.q75[i])}]`.replace(/ %(?=[,\]])/g, '');
      const rows = [['Epoch ' + epochs[i], `test ${kind.title}`, `training ${kind.title}`, gradients, 'runs']];
      experiment.arms.forEach((arm, a) => {
        if (state.hidden.has(a)) return;
        rows.push([arm.name, text(arm.curves[kind.test], kind.text), text(arm.curves[kind.training], kind.text),
          text(arm.curves[state.bottom], v => power(v)), String(arm.completed[i])]);
      });
      const old = readout.querySelector('.scroll');
      const scrolled = old ? old.scrollLeft : 0;
      readout.replaceChildren(table({rows, note: ''}, 'Values in one epoch: mean and quartiles over the seeds'));
      readout.querySelector('.scroll').scrollLeft = scrolled;
    }

    function keys(event) {
      const by = {ArrowLeft: -1, ArrowRight: 1}[event.key];
      if (!by) return;
      event.preventDefault();
      const first = state.zoom ? epochs.findIndex(e => e >= state.zoom[0]) : 0;
      const final = state.zoom ? epochs.filter(e => e <= state.zoom[1]).length - 1 : epochs.length - 1;
      const next = state.at == null ? (by > 0 ? first : final) : Math.min(final, Math.max(first, state.at + by));
      for (const plot of plots.slice(0, 2)) plot.setCursor({left: plot.valToPos(epochs[next], 'x'), top: 10}, false);
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

    function redraw() {
      plots.forEach(plot => plot.destroy());
      plots = [];
      const kind = scoreOf(experiment, state.top);
      from.value = state.zoom ? state.zoom[0] : 1;
      to.value = state.zoom ? state.zoom[1] : experiment.last_epoch;
      reset.disabled = !state.zoom;
      const height = innerWidth < 600 ? 220 : 270;
      plots.push(Charts.draw(top, Charts.means(experiment, state, kind.test, kind.training, kind.scale),
          {...common, moved, label: kind.label, height}));
      plots.push(Charts.draw(bottom, Charts.means(experiment, state, state.bottom, null, 1),
          {...common, moved, label: 'Mean absolute gradient', height: height + 18, log: true, last: true}));
      drawHeat();
      drawSpread();
      tell();
      recolour();
    }

    function drawHeat() {
      const shown = experiment.arms.map((arm, i) => [arm, i]).filter(([, i]) => !state.hidden.has(i));
      const share = state.quantity === 'vanished';
      const all = shown.flatMap(([arm]) => {
        const source = sourceOf(arm, state.source);
        return source ? source[state.quantity].slice(1).flat().filter(v => v != null) : [];
      });
      const colours = Flow.scale(all, share);
      const label = QUANTITIES.find(q => q[0] === state.quantity)[1] + ', '
          + SOURCES.find(s => s[0] === state.source)[1];
      maps = shown.map(([arm, i]) => {
        const source = sourceOf(arm, state.source);
        if (!source) {
          return {box: el('figure', {class: 'heat'}, el('figcaption', {}, name(arm.name)),
              el('p', {class: 'empty'}, 'No penalty.')), paint: () => {}};
        }
        return Flow.map(arm.name, arm.flow.parameters.slice(1), source[state.quantity].slice(1), {
          epochs, zoom: state.zoom, colours, label, chosen: state.parameter,
          choose: parameter => {
            state.parameter = state.parameter === parameter ? 'all' : parameter;
            select.querySelector('select').value = state.parameter;
            heat.querySelectorAll('button').forEach(b => b.setAttribute('aria-pressed', String(b.title === state.parameter)));
            drawSpread();
          },
          say: (text, title) => heatSays.replaceChildren(name(title), ': ' + text),
        });
      });
      heat.replaceChildren(...maps.map(map => map.box));
      heatLegend.replaceChildren(Flow.legend(colours, label));
      heatSays.textContent = 'Point at a cell, or use the arrow keys, to read its value.';
      maps.forEach(map => map.paint());
    }

    function drawSpread() {
      plots.slice(2).forEach(plot => plot.destroy());
      plots.length = 2;
      spread.replaceChildren();
      const shown = experiment.arms.map((arm, i) => [arm, i]).filter(([, i]) => !state.hidden.has(i))
          .map(([arm, i]) => {
            const source = sourceOf(arm, state.source);
            const parameter = arm.flow.parameters.indexOf(state.parameter);
            return {arm, i, lines: source && parameter >= 0 ? Charts.quantiles(arm, i, source, parameter) : null};
          });
      // All arms on one scale, so that they compare.
      const numbers = shown.filter(s => s.lines).flatMap(s => s.lines.flatMap(l => [l.values, ...l.band])).flat()
          .filter(v => v > 0);
      const range = Charts.logRange(null, numbers.reduce((a, b) => Math.min(a, b), Infinity),
          numbers.reduce((a, b) => Math.max(a, b), -Infinity));
      const hosts = shown.map(({arm, lines}) => {
        const drawn = lines && numbers.length > 0;
        const host = drawn
            ? el('div', {class: 'chart', role: 'img', 'aria-label': 'Chart of how the absolute gradient coordinates of '
                + `${state.parameter} are distributed by epoch; the numbers are in the table below.`})
            : el('p', {class: 'empty'}, lines ? 'All gradients are 0.'
                : arm.flow.parameters.includes(state.parameter) ? 'No penalty.' : 'This arm has no such parameter tensor.');
        spread.append(el('figure', {class: 'spread'}, el('figcaption', {}, name(arm.name)), host));
        return drawn ? host : null;
      });
      // Drawn when all are in place and have their width.
      hosts.forEach((host, i) => {
        if (host) {
          plots.push(Charts.draw(host, shown[i].lines,
              {...common, moved: () => {}, label: '|g|', height: 210, log: true, last: true, range}));
        }
      });
      if (updates) updates.redraw();
    }

    const updates = Sizes.section(experiment, state, common);

    const select = choice('Parameter tensor', parameters().map(p => [p, p === 'all' ? 'all parameters' : p]),
        state.parameter, value => {
          state.parameter = value;
          heat.querySelectorAll('button').forEach(b => b.setAttribute('aria-pressed', String(b.title === value)));
          drawSpread();
        });
    const sourceChoices = [];
    const sourceChoice = () => {
      const made = choice('Gradient', SOURCES, state.source, value => {
        state.source = value;
        sourceChoices.forEach(c => { c.querySelector('select').value = value; });
        drawHeat();
        drawSpread();
      });
      sourceChoices.push(made);
      return made;
    };

    const control = el('div', {class: 'controls'},
        choice('Above', experiment.scores.map(score => [score.key, score.quantity]), state.top, v => { state.top = v; redraw(); }),
        choice('Below', [['gradient_mean_abs', 'total gradient'], ['gradient_mean_abs_data', 'data gradient']],
            state.bottom, v => { state.bottom = v; redraw(); }),
        tick('training data', state.training, v => { state.training = v; redraw(); }),
        tick('single runs', state.seeds, v => { state.seeds = v; redraw(); }),
        el('span', {class: 'range'}, el('label', {}, 'Epochs ', from), el('label', {}, ' to ', to), reset));

    const keyed = el('p', {class: 'note'},
        el('span', {class: 'key solid'}), ' test data, mean and quartiles over the seeds  ',
        el('span', {class: 'key dashed'}), ' training data. ',
        experiment.arms.length > Parts.COLOURS ? 'Thick lines are of test, thin ones of training data; where colours come again, lines have dots. ' : null,
        el('span', {class: 'hint'}, 'Drag over epochs to look closer; double-click for all. '),
        'Values of 0 have no place on the logarithmic axis and are cut off.'
        + (epochs.length < experiment.last_epoch ? ` ${epochs.length} of ${experiment.last_epoch} epochs are drawn.` : '')
        + (experiment.arms.some(arm => arm.runs.length > arm.lines[headline(experiment).test].length)
            ? ' Single runs are drawn of the first 100 seeds.' : ''));

    const parts = [
      section(`${capital(experiment.scores[0].title)} and gradient`, control, top, bottom, keyed, readout, spoken,
          behind('Numbers of these charts', () => numbersOfMeans(experiment, state))),
      section('Where the gradient goes', el('p', {class: 'note'}, 'Every parameter tensor, first layer to last, in '
          + `every epoch; medians over the seeds. Vanished share: of the coordinates, those with |g| below ${power(vanishedBelow, 0)}. `
          + 'Choose a tensor to see its distribution below.'),
          el('div', {class: 'controls'}, sourceChoice(),
              choice('Shown', QUANTITIES, state.quantity, v => { state.quantity = v; drawHeat(); })),
          heatLegend, heat, heatSays,
          behind('Numbers of these maps', () => numbersOfFlow(experiment, state))),
      section('How the gradient is distributed', el('p', {class: 'note'}, 'Absolute values of the coordinates in one '
          + 'epoch: line, the median; bands, 25 % to 75 % and 5 % to 95 % of the coordinates; each a median over the seeds.'),
          el('div', {class: 'controls'}, select, sourceChoice()), spread,
          behind('Numbers of these charts', () => numbersOfSpread(experiment, state))),
      ...(updates ? [updates.part] : []),
    ];
    views.push({redraw, destroy: () => {
      plots.forEach(plot => plot.destroy());
      if (updates) updates.destroy();
    }});
    return {parts, redraw};
  }

  // ---- the numbers behind the charts --------------------------------------------------------

  function numbersOfMeans(experiment, state) {
    const kind = scoreOf(experiment, state.top);
    const text = (curve, i, format) => curve.mean[i] == null ? '–'
        : `${format(curve.mean[i])} [${format(curve.q25[i])}, ${format(curve.q75[i])}]`.replace(/ %(?=[,\]])/g, '');
    const header = ['epoch'];
    for (const arm of experiment.arms) {
      header.push(...[`test ${kind.title}`, `training ${kind.title}`, 'gradient'].map(what => `${isolated(arm.name)}: ${what}`));
    }
    return {note: 'Mean [25 % and 75 % quantile] over the seeds.', rows: [header, ...experiment.epochs.map((epoch, i) =>
        [String(epoch), ...experiment.arms.flatMap(arm => [text(arm.curves[kind.test], i, kind.text),
          text(arm.curves[kind.training], i, kind.text), text(arm.curves[state.bottom], i, v => power(v))])])]};
  }

  function numbersOfFlow(experiment, state) {
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

  function numbersOfSpread(experiment, state) {
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

  // ---- tables -------------------------------------------------------------------------------

  function claims(experiment) {
    const marks = {reproduced: '✓', confirmed: '✓', 'not reproduced': '✕', refuted: '✕', undecided: '?'};
    return section(experiment.claims_title, el('ul', {class: 'claims'}, experiment.claims.map(claim =>
        el('li', {class: claim.verdict.replace(' ', '-')},
            el('span', {class: 'badge'}, el('span', {'aria-hidden': 'true'}, marks[claim.verdict] + ' '), claim.verdict),
            el('p', {class: 'statement'}, name(claim.statement)),
            el('p', {class: 'small'}, name(claim.evidence))))));
  }

  function results(experiment) {
    const tables = experiment.tables;
    return section('Results',
        experiment.sweep ? el('p', {class: 'note'}, `Of the ${experiment.sweep.arms} arms of the sweep, the best are shown here, as in the charts.`) : null,
        el('h4', {}, 'At the end'), table(tables.results, 'Results'),
        el('h4', {}, 'By measure'), table(tables.measures, 'Measures by which arms are compared'),
        tables.comparisons ? el('h4', {}, 'Pair by pair') : null,
        tables.comparisons ? table(tables.comparisons, 'Comparisons of every pair of arms') : null,
        el('h4', {}, 'Time'), table(tables.runtimes, 'Runtimes'));
  }

  function runs(experiment) {
    const faults = experiment.arms.flatMap(arm => arm.runs.filter(run => run.detail).map(run =>
        el('li', {}, '“', name(arm.name), `” with seed ${run.seed} ${run.state}: `, name(run.detail))));
    const others = experiment.others;
    if (others) faults.push(...others.faults.map(fault => el('li', {}, name(fault))));
    return section('Runs', others ? el('p', {}, `${others.note} The other ${others.arms.toLocaleString('en')} have `
        + Object.entries(others.runs).map(([state, n]) => `${n.toLocaleString('en')} ${state}`).join(', ') + ' runs.') : null,
        experiment.arms.map(arm => el('div', {class: 'runs'},
        el('span', {class: 'what'}, name(arm.name)),
        el('ul', {'aria-label': 'runs by seed'}, arm.runs.map(run => {
          const text = `seed ${run.seed}: ${run.state}, ${run.done} of ${run.asked} epochs`;
          return el('li', {class: `run ${run.state}`, title: text},
              el('span', {'aria-hidden': 'true'}, GLYPHS[run.state] || '?'), el('span', {class: 'unseen'}, text));
        })))),
        faults.length > 0 ? el('ul', {class: 'faults'}, faults) : null,
        el('ul', {class: 'key-of-runs', 'aria-hidden': 'true'}, Object.entries(GLYPHS).map(([state, glyph]) =>
            el('li', {}, el('span', {class: `run ${state}`}, glyph), state))));
  }

  function setup(experiment) {
    const assumptions = {note: '', rows: [['point', 'paper', 'here'],
      ...experiment.assumptions.map(a => [a.topic, a.paper, a.here])]};
    return section('Where the numbers come from',
        experiment.assumptions.length === 0 ? null : el('details', {}, el('summary', {}, 'What the paper leaves open, and what is done here'),
            table(assumptions, 'Assumptions')),
        el('details', {}, el('summary', {}, 'Network and settings'),
            experiment.setup.differing.rows[0].length > 1 ? el('h4', {}, 'What differs') : null,
            experiment.setup.differing.rows[0].length > 1 ? table(experiment.setup.differing, 'Settings that differ') : null,
            el('h4', {}, isRecorded(experiment) ? 'Program' : 'What all arms share'), table(experiment.setup.shared, 'Shared settings'),
            el('h4', {}, 'Network'), table(experiment.setup.network, 'Network')),
        isRecorded(experiment) ? null : el('details', {}, el('summary', {}, 'Data and programs'),
            table({note: '', rows: [['data set', 'samples', 'SHA-256 of the samples'], [experiment.data.title,
              `${experiment.data.train_samples} + ${experiment.data.test_samples}`, experiment.data.sha256]]}, 'Data'),
            table(experiment.origin, 'Programs and machines')),
        experiment.spec === '' ? null : el('details', {}, el('summary', {}, 'Specification, to run it again'),
            el('pre', {tabindex: 0, role: 'region', 'aria-label': 'Specification'}, experiment.spec)));
  }

  // ---- the whole page -----------------------------------------------------------------------

  function recolour() {
    document.querySelectorAll('.swatch[data-arm]').forEach(swatch => {
      swatch.style.background = Parts.swatch(Number(swatch.dataset.arm));
    });
  }

  const redraw = () => views.forEach(view => view.redraw());

  function showAll(model) {
    views.forEach(view => view.destroy());
    views = [];
    vanishedBelow = model.vanished_below;
    const titles = model.experiments.map(e => e.title);
    document.title = (titles.length === 1 ? titles[0] : 'Unvanish').slice(0, 200);
    const contents = document.getElementById('contents');
    contents.replaceChildren(...(titles.length < 2 ? [] : model.experiments.map((e, i) =>
        el('a', {href: `#experiment-${i}`}, e.folder ? [name(e.folder), ': '] : [], name(e.name)))));
    contents.hidden = titles.length < 2;
    const main = document.getElementById('main');
    main.replaceChildren(el('h1', {class: 'unseen'}, 'Experiments'),
        ...model.experiments.map((e, i) => show({training: model.training, ...e}, i)));
    if (titles.length === 0) main.append(el('p', {class: 'empty'}, 'The folder holds no experiment.'));
    document.getElementById('foot').replaceChildren(
        `Unvanish ${model.version}, ${model.generated.replace('T', ' ').replace('Z', ' UTC')}`
        + (model.training ? '; training was under way' : '')
        + '. After Ven & Lederer (2021), arXiv:2106.02260. Charts by uPlot (MIT licence, in this page’s source).');
    redraw();
  }

  // ---- light, dark, width, print ------------------------------------------------------------

  const dark = matchMedia('(prefers-color-scheme: dark)');
  const print = matchMedia('print');
  const wish = document.getElementById('theme');

  function theme(printing) {
    document.documentElement.dataset.theme =
        printing ? 'light' : wish.value || (dark.matches ? 'dark' : 'light');
    document.documentElement.dataset.medium = printing ? 'print' : 'screen';
    redraw();
  }

  wish.addEventListener('change', () => theme(false));
  dark.addEventListener('change', () => theme(print.matches));
  print.addEventListener('change', () => theme(print.matches));
  addEventListener('beforeprint', () => theme(true));
  addEventListener('afterprint', () => theme(false));
  let width = innerWidth;
  let waiting = 0;
  addEventListener('resize', () => {
    if (innerWidth === width) return;
    width = innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(redraw, 100);
  });

  // ---- the theory's playground --------------------------------------------------------------

  const panel = document.getElementById('theory-panel');

  /** Mounted when it is first opened: it writes its settings into the address. */
  function openTheory() {
    const place = document.getElementById('playground');
    if (panel.open && !place.hasChildNodes()) Unvanish.playground(place);
  }
  panel.addEventListener('toggle', openTheory);
  // An address with settings asks to see them.
  panel.open = location.hash.includes('=');

  async function start() {
    theme(print.matches);
    const model = document.getElementById('model').textContent.trim();
    if (model) showAll(JSON.parse(model)); else Live.follow(showAll);
  }
  start().catch(fault => {
    document.getElementById('main').replaceChildren(
        el('p', {class: 'empty', role: 'alert'}, `The numbers of this page cannot be read: ${fault.message}`));
    throw fault;
  });
})();
