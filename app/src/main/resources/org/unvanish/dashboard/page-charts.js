// Charts over the epochs, drawn by uPlot: they share the zoom and the cursor of their experiment.
const Charts = (() => {
  'use strict';
  const {colour, dash, dashBehind, style, raised} = Parts;
  const FONT = '12px system-ui, sans-serif';

  /** What the epoch axis shows, a little wider than the epochs. */
  function span(epochs, zoom) {
    const [from, to] = zoom || [epochs[0], epochs[epochs.length - 1]];
    const margin = to > from ? 0.02 * (to - from) : 0.5;
    return [from - margin, to + margin];
  }

  /**
   * Where a logarithmic axis has its marks: at powers of ten, of a short one also at their twofold
   * and fivefold. uPlot's own never end below 1e-16, which vanishing gradients do reach.
   */
  function marks(u, axis, least, most) {
    const [low, high] = [Math.log10(least), Math.log10(most)];
    const step = Math.max(1, Math.ceil((high - low) / 7));
    const digits = high - low < 2 ? [1, 2, 5] : [1];
    const found = [];
    for (let e = Math.ceil(Math.floor(low) / step) * step; e <= high; e += step) {
      found.push(...digits.map(d => Number(`${d}e${e}`)).filter(v => v >= least && v <= most));
    }
    return found;
  }

  const powers = (u, splits) => splits.map(value => {
    const [digit, exponent] = value.toExponential(0).split('e');
    return (digit === '1' ? '' : digit + '·') + '10' + raised(Number(exponent));
  });

  const whole = (u, splits) => splits.map(value => Number.isInteger(value) && value > 0 ? String(value) : '');

  /** As uPlot would write them, in the digits of every country alike. */
  const rounded = (u, splits) => splits.map(value => String(Number(value.toPrecision(10))));

  /** A logarithmic axis holds what is above 0, at least one decade of it. */
  function logRange(u, least, most) {
    if (!(least > 0)) return [1e-8, 1];
    const margin = Math.max(1.25, Math.sqrt(10 / (most / least)));
    return [least / margin, most * margin];
  }

  function linearRange(u, least, most) {
    if (least == null) return [0, 1];
    const margin = Math.max(0.05 * (most - least), u.smallest || 0.01);
    return [least - margin, most + margin];
  }

  /**
   * A chart.
   *
   * @param lines arrays over the epochs: {values, stroke, width, dash, hollow, band: [low, high], fill}, and those
   *     that are named at their end: {name, strong, quiet}
   * @param view {epochs, log, label, height, zoom, group, moved(index), zoomed(from, to), reset(), and, if charts
   *     share them, the y axis' range and the room for names}
   * @return uPlot's chart, with a sketch of it: {lines, marks, view}
   */
  function draw(host, lines, view) {
    const data = [view.epochs];
    const series = [{}];
    const bands = [];
    const lonely = view.epochs.length === 1;
    // On a logarithmic axis, 0 is cut off at the axis' end, as in the printed figures.
    const positive = lines.flatMap(line => [line.values, ...(line.band || [])]).flat()
        .filter(value => value > 0);
    const floor = view.range ? view.range[0] : positive.reduce((a, b) => Math.min(a, b), Infinity) / 1.2;
    const shown = view.log
        ? (values, cut) => values.map(v => v == null || v > 0 ? v : cut && floor < Infinity ? floor : null)
        : values => values;
    const drawn = lines.map(line => ({...line, values: shown(line.values, false),
      band: line.band && line.band.map(edge => shown(edge, true))}));
    for (const line of drawn) {
      if (line.band) {
        for (const edge of [line.band[1], line.band[0]]) {
          data.push(edge);
          series.push({points: {show: false}, stroke: 'transparent', width: 0});
        }
        bands.push({series: [data.length - 2, data.length - 1], fill: line.fill});
      }
      data.push(line.values);
      series.push({
        stroke: line.stroke, width: line.width, dash: line.dash,
        points: {show: lonely, size: 8, fill: line.hollow ? style('--card') : line.stroke},
      });
    }
    const axis = {stroke: style('--ink-2'), font: FONT, grid: {stroke: style('--grid'), width: 1},
      ticks: {stroke: style('--grid'), width: 1, size: 5}};
    const width = Math.max(240, host.clientWidth);
    const seen = {};
    const noted = (side, texts) => (u, splits) => {
      const all = texts ? texts(u, splits) : splits.map(String);
      seen[side] = splits.map((value, i) => [value, all[i]]);
      return all;
    };
    const plot = new uPlot({
      width, height: view.height, padding: [10, view.room || Labels.room(lines, width), 0, 0],
      legend: {show: false},
      focus: {alpha: 1},
      cursor: {
        y: false, points: {show: false},
        drag: {x: true, y: false, setScale: false},
        bind: {dblclick: () => () => view.reset()},
        sync: {key: view.group, scales: ['x', null],
          filters: {pub: type => type === 'mousemove' || type === 'mouseleave'}},
      },
      scales: {
        x: {time: false, range: () => span(view.epochs, view.zoom())},
        y: view.log ? {distr: 3, range: view.range ? () => view.range : logRange} : {range: linearRange},
      },
      axes: [
        {...axis, values: noted('x', whole), incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000],
          size: 30, space: 40, label: view.last ? 'Epoch' : null, labelSize: 18, labelFont: FONT},
        {...axis, values: noted('y', view.log ? powers : rounded), size: 56, label: view.label, labelSize: 20,
          labelFont: FONT, ...(view.log ? {splits: marks, filter: (u, splits) => splits} : {})},
      ],
      series, bands,
      hooks: {
        draw: [u => Labels.draw(u, drawn, view.epochs)],
        setCursor: [u => view.moved(u.cursor.idx)],
        setSelect: [u => {
          if (u.select.width > 4) {
            view.zoomed(u.posToVal(u.select.left, 'x'), u.posToVal(u.select.left + u.select.width, 'x'));
          }
          u.setSelect({left: 0, top: 0, width: 0, height: 0}, false);
        }],
      },
    }, data, host);
    // What Figures draws again, outside of the page.
    plot.sketch = {lines: drawn, marks: seen, view};
    return plot;
  }

  /** Means over so many neighbours in all, fewer at both ends; a gap stays one. */
  function smoothed(values, count) {
    if (count <= 1) return values;
    const reach = (count - 1) / 2;
    return values.map((value, i) => {
      if (value == null) return value;
      // As far on both sides, so that no end is pulled to one of them.
      const near = Math.min(reach, i, values.length - 1 - i);
      const known = values.slice(i - near, i + near + 1).filter(v => v != null);
      return known.reduce((a, b) => a + b, 0) / known.length;
    });
  }

  /** Which line of an arm's curve is drawn: its mean, or what the reader has chosen. */
  const centre = state => state.centre || 'mean';

  /** Lines with quartile bands of every arm that is shown, and its single runs if asked for. */
  function means(experiment, state, measured, behind, scale) {
    const times = values => smoothed(scale === 1 ? values : values.map(v => v == null ? null : scale * v), state.smooth);
    const raw = values => scale === 1 ? values : values.map(v => v == null ? null : scale * v);
    const {best} = experiment.finding || {};
    const runs = [];
    const lines = [];
    experiment.arms.forEach((arm, i) => {
      if (state.hidden.has(i)) return;
      if (state.seeds) {
        for (const run of arm.lines[measured]) {
          runs.push({values: raw(run), stroke: colour(i, 0.45), width: 1, dash: dash(i)});
        }
      }
      if (behind && state.training) {
        lines.push({values: times(arm.curves[behind][centre(state)]), stroke: colour(i), width: 1.3, dash: dashBehind(i), hollow: true});
      }
      const curve = arm.curves[measured];
      if (state.smooth > 1) runs.push({values: raw(curve[centre(state)]), stroke: colour(i, 0.3), width: 1.1, dash: dash(i)});
      const isBest = i === best;
      lines.push({values: times(curve[centre(state)]), band: [times(curve.q25), times(curve.q75)],
        stroke: colour(i), fill: colour(i, 0.22), width: isBest ? 3 : 2.4, dash: dash(i),
        name: (isBest ? '★ ' : '') + arm.name, strong: isBest});
    });
    // Later ones are drawn over earlier ones.
    return [...runs, ...lines];
  }

  /** A value to compare with, as a dotted line over all epochs. */
  const level = (epochs, value, text) => ({values: epochs.map(() => value), stroke: style('--ink-2'), width: 1.4, dash: [2, 4],
    name: text, quiet: true});

  /** How the coordinates of one parameter tensor are distributed: median, and two bands. */
  function quantiles(arm, index, source, parameter) {
    const [q05, q25, q50, q75, q95] = source.quantiles.map(all => all[parameter]);
    return [
      {values: q50, band: [q05, q95], stroke: 'transparent', fill: colour(index, 0.16), width: 0},
      {values: q50, band: [q25, q75], stroke: colour(index), fill: colour(index, 0.3), width: 2.2},
    ];
  }

  return {draw, means, level, quantiles, logRange, smoothed};
})();
