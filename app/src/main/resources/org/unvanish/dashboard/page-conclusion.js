// The top of an experiment: how far it is, what it shows, and its arms.
const Conclusion = (() => {
  'use strict';
  const {el, name, isRecorded, timeLeft} = Parts;
  const {headline, last} = Model;
  const {GLYPHS} = Tables;

  /** What was found, who wins, by how much and how sure: one paragraph; the rest of it folded. */
  function section(experiment) {
    const [first, ...others] = experiment.finding.conclusion;
    if (!first) return null;
    return el('section', {class: 'conclusion'}, el('h3', {class: 'unseen'}, 'Conclusion'),
        el('p', {}, el('strong', {}, name(first)), others.flatMap(sentence => [' ', name(sentence)])),
        experiment.finding.details.length === 0 ? null : el('details', {class: 'more'}, el('summary', {}, 'In detail'),
            el('ul', {class: 'verdict'}, experiment.finding.details.map(sentence => el('li', {}, name(sentence))))));
  }

  /** Of what another program has recorded there are snapshots; it has no runs and no epochs. */
  function recorded(experiment) {
    const text = ({signal}) => !signal ? 'No snapshot yet. The hook writes the first one after a few steps.'
        : `${signal.probed.toLocaleString('en')} ${signal.probed === 1 ? 'snapshot' : 'snapshots'}, the last one ${signal.snapshots.at(-1).when}`;
    return el('div', {class: 'progress'}, el('span', {}, experiment.arms.map(text)));
  }

  function progress(experiment) {
    if (isRecorded(experiment)) return recorded(experiment);
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
      const now = ends == null ? experiment.seconds_left : (ends - Date.now()) / 1000;
      return el('span', {class: 'left', 'data-ends': ends}, timeLeft(now));
    }
    return open && !experiment.training ? el('span', {class: 'left'}, 'no training is running here now') : null;
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
              i === experiment.finding.best ? el('span', {class: 'best'}, '★ best') : null,
              end < 0 ? null : el('span', {class: 'small'}, `test ${score.title} in epoch ${experiment.epochs[end]}; `
                  + `quartiles ${score.text(curve.q25[end]).replace(' %', '')} to ${score.text(curve.q75[end]).replace(' ', '\u00a0')}`));
        }), experiment.others ? el('p', {class: 'small'}, experiment.others.note) : null);
  }

  return {section, progress, arms};
})();
