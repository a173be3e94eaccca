// What the page's parts read of a model: an experiment's scores, arms and gradients.
const Model = (() => {
  'use strict';
  const {percent, number} = Parts;

  const capital = text => text.charAt(0).toUpperCase() + text.slice(1);

  /** How a score of the experiment is shown above the gradients. */
  function scoreOf(experiment, key) {
    const score = experiment.scores.find(s => s.key === key);
    const share = score.form === 'share';
    return {title: score.title, label: capital(score.quantity) + (share ? ' (%)' : ''), test: `test_${key}`,
      training: `train_${key}`, scale: share ? 100 : 1, text: share ? percent : number};
  }

  /** The score by which arms are compared. */
  const headline = experiment => scoreOf(experiment, experiment.scores[0].key);

  const SOURCES = [['total', 'total gradient'], ['data', 'data gradient'], ['penalty', 'penalty gradient']];
  const QUANTITIES = [['mean_abs', 'mean |g|'], ['vanished', 'vanished share']];

  /** Without a penalty the data gradient is the total one, and there is no other. */
  function sourceOf(arm, key) {
    return arm.flow.sources[key] || (key === 'data' ? arm.flow.sources.total : null);
  }

  /** The place of the last value that there is; −1 without any. */
  const last = values => values.reduce((found, v, i) => v == null ? found : i, -1);

  /** The arms that are drawn, each with its place, which its colour goes by. */
  const drawn = (experiment, state) => experiment.arms.map((arm, i) => [arm, i]).filter(([, i]) => !state.hidden.has(i));

  return {capital, scoreOf, headline, SOURCES, QUANTITIES, sourceOf, last, drawn};
})();
