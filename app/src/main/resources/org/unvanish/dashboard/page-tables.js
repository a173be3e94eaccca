// What stands behind the charts, folded: results, comparisons, runs, and where the numbers come from.
const Tables = (() => {
  'use strict';
  const {el, name, isRecorded, table} = Parts;
  const GLYPHS = {finished: '✓', running: '▶', stopped: '‖', planned: '·', diverged: '∞', failed: '✕', dropped: '↓'};
  const MARKS = {reproduced: '✓', confirmed: '✓', 'not reproduced': '✕', refuted: '✕', undecided: '?'};

  /** A section that readers open, if it is not open already. */
  const folded = (title, says, open, ...parts) => el('section', {class: 'folded'}, el('details', {class: 'rest', open},
      el('summary', {}, el('h3', {}, title), says ? el('span', {class: 'small'}, says) : null), ...parts));

  function claims(experiment) {
    return el('section', {}, el('h3', {}, experiment.claims_title), el('ul', {class: 'claims'}, experiment.claims.map(claim =>
        el('li', {class: claim.verdict.replace(' ', '-')},
            el('span', {class: 'badge'}, el('span', {'aria-hidden': 'true'}, MARKS[claim.verdict] + ' '), claim.verdict),
            el('p', {class: 'statement'}, name(claim.statement)),
            el('p', {class: 'small'}, name(claim.evidence))))));
  }

  function results(experiment) {
    const {results: end, measures, clear, unclear, runtimes} = experiment.tables;
    return folded('Results in numbers', 'arm by arm, pair by pair, and times', false,
        experiment.sweep ? el('p', {class: 'note'}, `Of the ${experiment.sweep.arms} arms of the sweep, the best are shown here, as in the charts.`) : null,
        el('h4', {}, 'At the end'), table(end, 'Results'),
        el('h4', {}, 'By measure'), table(measures, 'Measures by which arms are compared'),
        clear || unclear ? el('h4', {}, 'Pair by pair') : null,
        clear ? table(clear, 'Pairs of arms with a clear difference') : null,
        unclear ? pairsWithout(unclear, !clear) : null,
        el('h4', {}, 'Time'), table(runtimes, 'Runtimes'));
  }

  function pairsWithout(unclear, all) {
    const count = unclear.rows.length - 1;
    return [all ? el('p', {class: 'note'}, 'No difference is clear: p (Holm) is above 0.05 everywhere. More seeds show smaller differences.') : null,
      el('details', {class: 'unclear'}, el('summary', {}, `${count.toLocaleString('en')} ${count === 1 ? 'comparison' : 'comparisons'} without a clear difference`),
          table(unclear, 'Pairs of arms without a clear difference'))];
  }

  function runs(experiment) {
    const faults = experiment.arms.flatMap(arm => arm.runs.filter(run => run.detail).map(run =>
        el('li', {}, '“', name(arm.name), `” with seed ${run.seed} ${run.state}: `, name(run.detail))));
    const others = experiment.others;
    if (others) faults.push(...others.faults.map(fault => el('li', {}, name(fault))));
    return folded('Runs', 'each seed’s state', faults.length > 0, others ? el('p', {}, `${others.note} The other ${others.arms.toLocaleString('en')} have `
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
    return el('section', {class: 'setup'}, el('h3', {}, 'Where the numbers come from'),
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

  return {GLYPHS, claims, results, runs, setup};
})();
