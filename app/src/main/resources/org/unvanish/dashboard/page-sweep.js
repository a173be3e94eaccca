// A sweep: the best arms, two settings against each other as a map, and what each setting matters.
const Sweeps = (() => {
  'use strict';
  const {el, svg, name, table, choice, decimal, power, number} = Parts;

  /** As Java shows a score: in per cent, or with three digits. */
  const text = (sweep, value) => value == null ? '–' : sweep.share ? decimal(100 * value, 1) : number(value);

  /** Colours of scores: bright is good. */
  function scoreScale(sweep, values) {
    const known = values.filter(v => v != null);
    const least = Math.min(...known);
    const most = Math.max(...known);
    const place = v => most > least ? (sweep.higher ? v - least : most - v) / (most - least) : 1;
    const ends = known.length === 0 ? [] : most > least ? [least, most] : [most];
    return {share: place, ticks: ends.map(v => [place(v), text(sweep, v) + (sweep.share ? ' %' : '')]), zero: false};
  }

  /** A map as a table whose cells are coloured: its numbers can be read and heard. */
  function map(sweep, model, quantity) {
    const gradient = quantity === 'gradient';
    const values = model[quantity].flat();
    const colours = gradient ? Flow.scale(values.filter(v => v != null), false) : scoreScale(sweep, values);
    const label = gradient ? 'first layer’s mean |g| in epoch 1' : sweep.score;
    const cell = (value, mark) => {
      const shown = value == null ? mark || '–' : (gradient ? power(value) : text(sweep, value)) + (['', '†'].includes(mark) ? mark : '*');
      const made = el('td', {class: value == null ? 'none' : null}, shown);
      if (value != null) {
        const share = gradient && value === 0 ? 0 : colours.share(value);
        made.style.background = Flow.viridis(share);
        made.style.color = share > 0.55 ? '#111' : '#fff';
      }
      return made;
    };
    const grid = el('table', {class: 'heat'},
        el('caption', {class: 'unseen'}, `${label} by ${model.across} and ${model.down}`),
        el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, `${model.down} \\ ${model.across}`),
            model.columns.map(column => el('th', {scope: 'col'}, name(column))))),
        el('tbody', {}, model.rows.map((row, r) => el('tr', {}, el('th', {scope: 'row'}, name(row)),
            model.columns.map((column, c) => cell(model[quantity][r][c], model.marks[r][c]))))));
    const title = `${label} by ${model.down} and ${model.across}`;
    return [Flow.legend(colours, label),
      el('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `Map of ${label}`}, grid),
      Download.buttons(() => title, () => Figures.ofTable(title, grid),
          () => [[model.down, ...model.columns], ...model.rows.map((row, r) => [row, ...model[quantity][r]])])];
  }

  function maps(sweep) {
    let chosen = 0;
    let quantity = 'score';
    const shown = el('div', {});
    const draw = () => shown.replaceChildren(...map(sweep, sweep.maps[chosen], quantity));
    draw();
    return el('section', {}, el('h3', {}, 'Two settings against each other'),
        el('div', {class: 'controls'},
            choice('Settings', sweep.maps.map((m, i) => [String(i), `${m.across} and ${m.down}`]), '0',
                value => { chosen = Number(value); draw(); }),
            choice('Shown', [['score', sweep.score], ['gradient', 'gradient of the first layer']], quantity,
                value => { quantity = value; draw(); })),
        shown, el('p', {class: 'note'}, `${sweep.note.charAt(0).toUpperCase()}${sweep.note.slice(1)}. The gradient is that of the same arm.`));
  }

  /** Means, quartiles and the best of the arms with each value, all settings on one scale. */
  function marginal(sweep, model, least, most) {
    const [width, height, left, right, top, bottom] = [340, 190, 46, 10, 10, 34];
    const step = (width - left - right) / model.values.length;
    const x = i => left + step * (i + 0.5);
    const y = v => top + (most > least ? (most - v) / (most - least) : 0.5) * (height - top - bottom);
    const every = Math.ceil(model.values.length * 44 / (width - left - right));
    const drawn = svg('svg', {viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label':
        `${model.setting}: ` + model.values.map((v, i) => `${v}: mean ${text(sweep, model.mean[i])}, best ${text(sweep, model.best[i])}`).join('; ')});
    for (const share of [0, 0.5, 1]) {
      const value = least + share * (most - least);
      drawn.append(svg('line', {class: 'grid', x1: left, x2: width - right, y1: y(value), y2: y(value)}),
          svg('text', {x: left - 6, y: y(value) + 4, 'text-anchor': 'end'}, text(sweep, value)));
    }
    const points = [];
    model.values.forEach((value, i) => {
      if (i % every === 0) drawn.append(svg('text', {x: x(i), y: height - bottom + 18, 'text-anchor': 'middle'}, value));
      if (model.mean[i] == null) return;
      points.push(`${x(i)},${y(model.mean[i])}`);
      drawn.append(svg('line', {class: 'quartiles', x1: x(i), x2: x(i), y1: y(model.q25[i]), y2: y(model.q75[i])}),
          svg('line', {class: 'best', x1: x(i) - 7, x2: x(i) + 7, y1: y(model.best[i]), y2: y(model.best[i])}),
          svg('circle', {class: 'mean', cx: x(i), cy: y(model.mean[i]), r: 4}));
    });
    drawn.append(svg('polyline', {class: 'means', points: points.join(' ')}));
    const explains = model.explains == null ? '' : `: explains ${decimal(100 * model.explains, 0)} %`;
    const title = `${sweep.score} by ${model.setting}`;
    return el('figure', {class: 'marginal'}, el('figcaption', {}, model.setting + explains), drawn,
        Download.buttons(() => title, () => Figures.ofSvg(title, drawn),
            () => [['value', 'mean', 'q25', 'q75', 'best'], ...model.values.map((v, i) => [v, model.mean[i], model.q25[i], model.q75[i], model.best[i]])]));
  }

  function marginals(sweep) {
    const all = sweep.marginals.flatMap(m => [...m.q25, ...m.q75, ...m.best]).filter(v => v != null);
    const least = Math.min(...all);
    const most = Math.max(...all);
    const summary = 'Numbers of these charts';
    return el('section', {}, el('h3', {}, 'How much each setting matters'),
        el('div', {class: 'marginals'}, sweep.marginals.map(m => marginal(sweep, m, least, most))),
        el('p', {class: 'note'}, `${sweep.score.charAt(0).toUpperCase()}${sweep.score.slice(1)}${sweep.share ? ' in %' : ''} of the arms with each value: `
            + 'dot, mean; bar, middle half of the arms (25 % to 75 %); dash, best arm. Explains: share of the variance of all arms’ scores.'),
        Parts.behind(summary, () => sweep.settings));
  }

  /** What a page shows of a sweep. */
  function sections(experiment) {
    const sweep = experiment.sweep;
    if (sweep.best.rows.length < 2) return [];
    return [...(sweep.maps.length > 0 ? [maps(sweep)] : []), marginals(sweep),
      el('section', {}, el('h3', {}, 'Best arms'), table(sweep.best, 'Best arms of the sweep'))];
  }

  return {sections};
})();
