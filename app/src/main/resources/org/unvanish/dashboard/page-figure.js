// Charts as drawings that stand alone: SVG with all its colours in it, and a title.
const Figures = (() => {
  'use strict';
  const {svg, style, isolated} = Parts;
  const HEAD = 30; // pixels for the title
  const MARGIN = 10;
  const FONT = 'system-ui, "DejaVu Sans", sans-serif';
  const COPIED = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'opacity', 'font-size',
    'font-weight', 'text-anchor'];

  /** A drawing of this size under its title, on the page's ground. */
  function framed(title, width, height, ...content) {
    return svg('svg', {xmlns: 'http://www.w3.org/2000/svg', width, height: height + HEAD, viewBox: `0 0 ${width} ${height + HEAD}`,
      'font-family': FONT, 'font-size': 12},
    svg('title', {}, title),
    svg('rect', {width, height: height + HEAD, fill: style('--card')}),
    svg('text', {x: 10, y: 20, fill: style('--ink'), 'font-size': 14, 'font-weight': 600}, isolated(title)),
    svg('g', {transform: `translate(0 ${HEAD})`}, ...content));
  }

  /** An SVG of the page, with what its style sheet says of each part. */
  function ofSvg(title, drawn) {
    const copy = drawn.cloneNode(true);
    const from = [drawn, ...drawn.querySelectorAll('*')];
    [copy, ...copy.querySelectorAll('*')].forEach((part, i) => {
      const styles = getComputedStyle(from[i]);
      for (const key of COPIED) part.setAttribute(key, styles.getPropertyValue(key));
      part.removeAttribute('class');
    });
    const [, , width, height] = drawn.getAttribute('viewBox').split(' ').map(Number);
    copy.setAttribute('width', width);
    copy.setAttribute('height', height);
    return framed(title, width, height, copy);
  }

  /** The stretches of a line without a gap, as arrays of its places. */
  function stretches(...columns) {
    const found = [];
    let open = null;
    columns[0].forEach((_, i) => {
      if (columns.every(column => column[i] != null)) {
        if (!open) found.push(open = []);
        open.push(i);
      } else {
        open = null;
      }
    });
    return found;
  }

  const round = value => Math.round(100 * value) / 100;
  const points = all => all.map(([x, y]) => `${round(x)},${round(y)}`).join(' ');

  /** A chart that uPlot has drawn. */
  function ofPlot(title, plot) {
    const {lines, marks, view} = plot.sketch;
    const box = Labels.inner(plot);
    const x = epoch => box.left + plot.valToPos(epoch, 'x');
    const y = value => box.top + plot.valToPos(value, 'y');
    const ink = style('--ink-2');
    const parts = [];
    for (const [value, text] of marks.x) {
      if (text === '' || x(value) < box.left - 1 || x(value) > box.left + box.width + 1) continue;
      parts.push(svg('line', {x1: x(value), x2: x(value), y1: box.top, y2: box.top + box.height, stroke: style('--grid')}),
          svg('text', {x: x(value), y: box.top + box.height + 18, fill: ink, 'text-anchor': 'middle'}, text));
    }
    for (const [value, text] of marks.y) {
      parts.push(svg('line', {x1: box.left, x2: box.left + box.width, y1: y(value), y2: y(value), stroke: style('--grid')}),
          svg('text', {x: box.left - 8, y: y(value) + 4, fill: ink, 'text-anchor': 'end'}, text));
    }
    const inside = svg('svg', {x: box.left, y: box.top, width: box.width, height: box.height,
      viewBox: `${box.left} ${box.top} ${box.width} ${box.height}`});
    for (const line of lines) {
      if (line.band) {
        const [low, high] = line.band;
        for (const places of stretches(low, high)) {
          inside.append(svg('polygon', {fill: line.fill, points: points([...places.map(i => [x(view.epochs[i]), y(high[i])]),
            ...places.reverse().map(i => [x(view.epochs[i]), y(low[i])])])}));
        }
      }
      for (const places of line.stroke === 'transparent' ? [] : stretches(line.values)) {
        const dashes = line.dash ? {'stroke-dasharray': line.dash.join(' ')} : {};
        inside.append(places.length === 1
          ? svg('circle', {cx: x(view.epochs[places[0]]), cy: y(line.values[places[0]]), r: 3, fill: line.stroke})
          : svg('polyline', {fill: 'none', stroke: line.stroke, 'stroke-width': line.width, ...dashes,
            points: points(places.map(i => [x(view.epochs[i]), y(line.values[i])]))}));
      }
    }
    parts.push(inside);
    for (const {line, x: end, y: height, at, start, text, left} of Labels.placed(plot, lines, view.epochs)) {
      const dashes = line.dash ? {'stroke-dasharray': line.dash.join(' ')} : {};
      parts.push(svg('line', {x1: end, y1: height, x2: start, y2: at, stroke: line.stroke, 'stroke-width': 0.8}),
          svg('line', {x1: start, y1: at, x2: start + Labels.STUB, y2: at, stroke: line.stroke, 'stroke-width': line.strong ? 4 : 2.4, ...dashes}),
          svg('text', {x: left, y: at + 4, fill: style(line.quiet ? '--ink-2' : '--ink'), 'font-weight': line.strong ? 700 : 400}, isolated(text)));
    }
    parts.push(svg('text', {x: 14, y: box.top + box.height / 2, fill: ink, 'text-anchor': 'middle',
      transform: `rotate(-90 14 ${box.top + box.height / 2})`}, view.label),
    svg('text', {x: box.left + box.width / 2, y: box.top + box.height + 36, fill: ink, 'text-anchor': 'middle'}, 'Epoch'));
    return framed(title, plot.width, box.top + box.height + 44, ...parts);
  }

  /** A table whose cells have colours, as it stands on the page. */
  function ofTable(title, grid) {
    const box = grid.getBoundingClientRect();
    const cells = [...grid.querySelectorAll('th, td')].flatMap(cell => {
      const {left, top, width, height} = cell.getBoundingClientRect();
      const [x, y] = [left - box.left + MARGIN, top - box.top];
      const styles = getComputedStyle(cell);
      return [svg('rect', {x, y, width, height, rx: 3, fill: cell.tagName === 'TD' ? styles.backgroundColor : 'none'}),
        svg('text', {x: x + width / 2, y: y + height / 2 + 4, 'text-anchor': 'middle', fill: styles.color, 'font-weight': styles.fontWeight},
            isolated(cell.textContent))];
    });
    return framed(title, box.width + 2 * MARGIN, box.height + MARGIN, ...cells);
  }

  return {framed, ofSvg, ofPlot, ofTable};
})();
