// All arms of a sweep, grouped and filtered by any of its settings: their courses, and a table of the groups.
const Groups = (() => {
  'use strict';
  const {el, name, choice, table, decimal, power, isDark, number} = Parts;

  const score = (sweep, value) => value == null ? '–' : sweep.share ? `${decimal(100 * value, 1)} %` : number(value);

  /** Numbers between two others go by their share of the way, as Java's quantiles do. */
  function quantile(values, share) {
    const known = values.filter(v => v != null).sort((a, b) => a - b);
    if (known.length === 0) return null;
    const place = share * (known.length - 1);
    const low = Math.floor(place);
    return known[low] + (place - low) * ((known[low + 1] ?? known[low]) - known[low]);
  }

  function colour(group, count, opacity) {
    const share = count > 1 ? group / (count - 1) : 0;
    const rgb = Flow.viridis(isDark() ? 0.3 + 0.7 * share : 0.85 * share);
    return rgb.replace('rgb(', 'rgba(').replace(')', `,${opacity})`);
  }

  /**
   * The section of an experiment; null without a sweep of several arms.
   *
   * @param state what readers have chosen, kept from one model to the next
   */
  function section(experiment, state) {
    const {sweep} = experiment;
    if (!sweep || sweep.groups.arms.length < 2 || sweep.groups.epochs.length === 0) return null;
    const {epochs, settings, arms} = sweep.groups;
    const chosen = state.groups = state.groups || {by: 0, only: settings.map(() => '')};
    const chart = el('div', {class: 'chart', role: 'img'});
    const groups = el('div', {});
    const best = el('div', {});
    const count = el('p', {class: 'says', role: 'status'});
    let plot = null;

    const destroy = () => { if (plot) plot.destroy(); plot = null; };

    const kept = () => arms.filter(arm => arm.levels.every((level, s) => chosen.only[s] === '' || String(level) === chosen.only[s]));

    function bestOf(shown) {
      const ranked = shown.filter(arm => arm.score != null)
          .sort((a, b) => sweep.higher ? b.score - a.score : a.score - b.score).slice(0, 10);
      const title = 'Best arms of the selection';
      return [el('h4', {}, title), ranked.length === 0 ? el('p', {class: 'empty'}, 'None of these arms has a score yet.')
        : table({note: '', rows: [['arm', `final test ${experiment.scores[0].title}`, 'first layer’s gradient in epoch 1'],
          ...ranked.map(arm => [arm.name, score(sweep, arm.score) + (arm.mark ? ` ${arm.mark}` : ''), power(arm.gradient)])]}, title)];
    }

    function redraw() {
      destroy();
      const {setting, values} = settings[chosen.by];
      const shown = kept();
      const times = sweep.share ? 100 : 1;
      const scaled = course => course.map(v => v == null ? null : times * v);
      const members = values.map((value, level) => shown.filter(arm => arm.levels[chosen.by] === level));
      count.textContent = `${shown.length.toLocaleString('en')} of ${arms.length.toLocaleString('en')} arms`;
      chart.setAttribute('aria-label', `Chart of the test score by epoch of ${shown.length} arms, grouped by ${setting}; `
          + 'the numbers of the groups are in the table below.');
      const lines = [
        ...members.flatMap((group, level) => group.map(arm =>
            ({values: scaled(arm.course), stroke: colour(level, values.length, 0.5), width: 1}))),
        ...members.map((group, level) => ({values: scaled(epochs.map((e, i) => quantile(group.map(arm => arm.course[i]), 0.5))),
          stroke: colour(level, values.length, 1), width: 3})).filter((line, level) => members[level].length > 0),
      ];
      if (shown.length > 0) {
        plot = Charts.draw(chart, lines, {epochs, group: `groups-${experiment.name}`, zoom: () => null, moved: () => {}, zoomed: () => {},
          reset: () => {}, label: `Test ${experiment.scores[0].title}${sweep.share ? ' (%)' : ''}`, height: 260, last: true});
      }
      groups.replaceChildren(table({note: 'Final test score over the arms of a group; the median is the thick line. '
          + 'Gradient: median of the first layer’s mean |g| in epoch 1.', rows: [
          [setting, 'arms', 'best', 'median', '25 % and 75 % quantile', 'diverged', 'gradient'],
          ...values.map((value, level) => {
            const scores = members[level].map(arm => arm.score).filter(v => v != null);
            const top = scores.length === 0 ? null : sweep.higher ? Math.max(...scores) : Math.min(...scores);
            return [value, String(members[level].length), score(sweep, top), score(sweep, quantile(scores, 0.5)),
              scores.length === 0 ? '–' : `${score(sweep, quantile(scores, 0.25))} to ${score(sweep, quantile(scores, 0.75))}`,
              String(members[level].filter(arm => arm.mark === '†').length),
              power(quantile(members[level].map(arm => arm.gradient), 0.5))];
          }).filter((row, level) => members[level].length > 0)]}, `Groups by ${setting}`));
      groups.querySelectorAll('tbody th').forEach(cell => {
        const key = el('span', {class: 'key', 'aria-hidden': 'true'});
        key.style.borderTopColor = colour(values.indexOf(cell.textContent), values.length, 1);
        cell.prepend(key);
      });
      // All arms are ranked in the sweep's own table.
      best.replaceChildren(...(shown.length === arms.length ? [] : bestOf(shown)));
    }

    const part = el('section', {class: 'groups'}, el('h3', {}, 'Arms by setting'),
        el('p', {class: 'note'}, 'Every arm is a thin line, coloured by the setting that groups it; thick lines are medians of the groups.'),
        el('div', {class: 'controls'},
            choice('Group by', settings.map((s, i) => [String(i), s.setting]), chosen.by, v => { chosen.by = Number(v); redraw(); }),
            settings.map((s, i) => choice(`Only ${s.setting}`, [['', 'all'], ...s.values.map((value, level) => [String(level), value])],
                chosen.only[i], v => { chosen.only[i] = v; redraw(); }))),
        count, chart, groups, best);
    return {part, redraw, destroy};
  }

  return {section};
})();
