// Gradient flow: a heat map of parameter tensors, first layer to last, by epochs.
const Flow = (() => {
  'use strict';
  const {el, svg, name, percent, power, style, raised} = Parts;
  const MARGIN = 150; // pixels for the tensors' names in a drawing

  /** Viridis, which the colour-blind can read too: dark where little is left. */
  const STOPS = ['#440154', '#482878', '#3e4989', '#31688e', '#26828e', '#1f9e89', '#35b779', '#6ece58',
    '#b5de2b', '#fde725'].map(hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16)));

  function viridis(share) {
    const place = Math.min(1, Math.max(0, share)) * (STOPS.length - 1);
    const low = Math.min(STOPS.length - 2, Math.floor(place));
    const rgb = STOPS[low].map((c, i) => Math.round(c + (place - low) * (STOPS[low + 1][i] - c)));
    return `rgb(${rgb.join(',')})`;
  }

  /** How far, in powers of ten, an arm may lie beside the others and still have a say in the colours. */
  const BESIDE = 3;

  /** From this mean |g| on, as log₁₀, an arm has none that could set a scale. */
  const EXPLODED = 3;

  const quantile = (sorted, share) => sorted[Math.round(share * (sorted.length - 1))];

  /**
   * The range of magnitudes that most arms have, so that one whose gradients have vanished does not hide the others;
   * null where it is all of them.
   *
   * @param arms the values of each arm
   * @return [lowest, highest] as log₁₀
   */
  function usual(arms) {
    const logs = arms.map(values => values.filter(v => v > 0).map(Math.log10).sort((a, b) => a - b)).filter(values => values.length > 0);
    if (logs.length === 0) return null;
    // The arm with most gradient sets the scale, unless its gradient explodes.
    const middles = logs.map(values => quantile(values, 0.5));
    const middle = Math.max(Math.min(...middles), ...middles.filter(value => value < EXPLODED));
    const kept = logs.filter(values => quantile(values, 0.98) > middle - BESIDE && quantile(values, 0.02) < middle + BESIDE);
    const found = [Math.min(...kept.map(values => quantile(values, 0.02))), Math.max(...kept.map(values => quantile(values, 0.98)))];
    const whole = [Math.min(...logs.map(values => values[0])), Math.max(...logs.map(values => values.at(-1)))];
    return kept.length > 0 && (whole[0] < found[0] - 1 || whole[1] > found[1] + 1) ? found : null;
  }

  /**
   * From numbers to colours. Of magnitudes, the powers of ten; of shares, few vanished is bright.
   *
   * @param range of the colours as log₁₀, if they do not have to tell all numbers apart
   */
  function scale(all, share, range) {
    if (share) {
      return {share: v => 1 - v, text: percent, zero: false,
        ticks: [0, 0.25, 0.5, 0.75, 1].map(v => [1 - v, `${100 * v} %`])};
    }
    const positive = all.filter(v => v > 0);
    const zero = all.some(v => v === 0);
    if (positive.length === 0) return {share: () => 0, text: power, zero, ticks: []};
    const ends = [positive.reduce((a, b) => Math.min(a, b)), positive.reduce((a, b) => Math.max(a, b))].map(Math.log10);
    const least = range ? range[0] : ends[0];
    const most = Math.max(least + 1, range ? range[1] : ends[1]);
    const beyond = range ? [ends[0] < least, ends[1] > most] : [false, false];
    const ticks = [];
    const step = Math.max(1, Math.ceil((most - least) / 6));
    for (let e = Math.ceil(least); e <= most; e += step) ticks.push([(e - least) / (most - least), '10' + raised(e)]);
    return {share: v => (Math.log10(v) - least) / (most - least), text: power, zero, ticks, beyond};
  }

  function legend(colours, label) {
    const bar = el('canvas', {width: 256, height: 1, 'aria-hidden': 'true'});
    const pen = bar.getContext('2d');
    for (let i = 0; i < 256; i++) {
      pen.fillStyle = viridis(i / 255);
      pen.fillRect(i, 0, 1, 1);
    }
    const ticks = el('div', {class: 'ticks'}, colours.ticks.map(([place, text]) => {
      const tick = el('span', {}, text);
      tick.style.left = `${100 * place}%`;
      return tick;
    }));
    return el('div', {class: 'legend'}, el('span', {}, label), el('div', {class: 'ramp'}, bar, ticks),
        colours.zero ? el('span', {class: 'zero'}, 'zero') : null,
        colours.beyond && colours.beyond.includes(true) ? el('span', {}, 'Values beyond the scale take the colour of its end.') : null);
  }

  /** The epochs on the axis: first, last and round ones between, as many as there is room for. */
  function marks(shown, width) {
    const most = Math.max(2, Math.floor(width / 44));
    const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].find(s => shown.length / s <= most) || 5000;
    return shown.filter(e => e % step === 0 || (shown.length <= most));
  }

  /**
   * The map of one arm.
   *
   * @param values [parameter][epoch]
   * @param view {epochs, zoom, colours, label, chosen, choose(parameter), say(text)}
   */
  function map(title, parameters, values, view) {
    const columns = view.epochs.map((e, i) => i).filter(i =>
        !view.zoom || (view.epochs[i] >= view.zoom[0] && view.epochs[i] <= view.zoom[1]));
    const row = parameters.length > 24 ? 17 : 20;
    const canvas = el('canvas', {tabindex: 0, role: 'img',
      'aria-label': `Heat map of ${title}: ${view.label}, ${parameters.length} parameter tensors by `
          + `${columns.length} epochs. Arrow keys read single values; the numbers are in the table below.`});
    const names = el('div', {class: 'rows'}, parameters.map((parameter, i) => {
      const button = el('button', {type: 'button', title: parameter,
        'aria-pressed': String(view.chosen === parameter), click: () => view.choose(parameter)}, name(parameter));
      button.style.height = row + 'px';
      return button;
    }));
    const box = el('figure', {class: 'heat'}, el('figcaption', {}, name(title)),
        el('div', {class: 'map'}, names, canvas));
    let cell = null;

    const paintOf = value => value === 0 && view.colours.zero ? style('--zero') : viridis(view.colours.share(value));

    function paint() {
      const width = Math.max(80, Math.floor(canvas.parentElement.clientWidth - names.getBoundingClientRect().width - 9));
      const height = row * parameters.length;
      const ratio = Math.max(1, window.devicePixelRatio || 1);
      canvas.width = width * ratio;
      canvas.height = (height + 20) * ratio;
      canvas.style.width = width + 'px';
      canvas.style.height = height + 20 + 'px';
      const pen = canvas.getContext('2d');
      pen.scale(ratio, ratio);
      const left = c => Math.round(width * c / columns.length);
      parameters.forEach((parameter, r) => columns.forEach((column, c) => {
        const value = values[r][column];
        if (value == null) return;
        pen.fillStyle = paintOf(value);
        pen.fillRect(left(c), r * row, left(c + 1) - left(c), row - 1);
      }));
      pen.fillStyle = style('--card');
      pen.fillRect(0, height, width, 20);
      pen.fillStyle = style('--ink-2');
      pen.font = '12px system-ui, sans-serif';
      pen.textAlign = 'center';
      const shown = columns.map(c => view.epochs[c]);
      for (const epoch of marks(shown, width)) {
        const c = shown.indexOf(epoch);
        const x = (left(c) + left(c + 1)) / 2;
        const half = pen.measureText(String(epoch)).width / 2;
        pen.fillText(String(epoch), Math.min(width - half, Math.max(half, x)), height + 15);
      }
      if (cell) {
        pen.strokeStyle = style('--mark');
        pen.lineWidth = 2;
        pen.strokeRect(left(cell[1]) + 1, cell[0] * row + 1, left(cell[1] + 1) - left(cell[1]) - 2, row - 3);
      }
    }

    function read(r, c) {
      cell = [Math.min(parameters.length - 1, Math.max(0, r)), Math.min(columns.length - 1, Math.max(0, c))];
      const value = values[cell[0]][columns[cell[1]]];
      view.say(`${parameters[cell[0]]}, epoch ${view.epochs[columns[cell[1]]]}: `
          + (value == null ? 'no run has it' : view.colours.text(value)), title);
      paint();
    }

    canvas.addEventListener('mousemove', event => read(
        Math.floor(event.offsetY / row), Math.floor(event.offsetX / canvas.clientWidth * columns.length)));
    canvas.addEventListener('mouseleave', () => { cell = null; paint(); });
    canvas.addEventListener('blur', () => { cell = null; paint(); });
    canvas.addEventListener('keydown', event => {
      const by = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0]}[event.key];
      if (!by || columns.length === 0) return;
      event.preventDefault();
      const [r, c] = cell || [0, -1];
      read(r + by[0], c + by[1]);
    });
    /** The map as a drawing that stands alone. */
    function drawing(heading) {
      const cells = [];
      const wide = Math.min(640, 16 * columns.length);
      const left = c => MARGIN + wide * c / columns.length;
      parameters.forEach((parameter, r) => {
        cells.push(svg('text', {x: MARGIN - 8, y: r * row + row / 2 + 4, 'text-anchor': 'end', fill: style('--ink-2')}, parameter));
        columns.forEach((column, c) => {
          const value = values[r][column];
          if (value != null) cells.push(svg('rect', {x: left(c), y: r * row, width: left(c + 1) - left(c), height: row - 1, fill: paintOf(value)}));
        });
      });
      const shown = columns.map(c => view.epochs[c]);
      const foot = row * parameters.length;
      for (const epoch of marks(shown, wide)) {
        cells.push(svg('text', {x: (left(shown.indexOf(epoch)) + left(shown.indexOf(epoch) + 1)) / 2, y: foot + 15, 'text-anchor': 'middle',
          fill: style('--ink-2')}, String(epoch)));
      }
      for (let i = 0; i < 64; i++) cells.push(svg('rect', {x: MARGIN + 4 * i, y: foot + 30, width: 4.5, height: 10, fill: viridis(i / 63)}));
      for (const [place, text] of view.colours.ticks) {
        cells.push(svg('text', {x: MARGIN + 256 * place, y: foot + 54, 'text-anchor': 'middle', fill: style('--ink-2')}, text));
      }
      return Figures.framed(heading, Math.max(wide, 280) + MARGIN + 20, foot + 64, ...cells);
    }

    return {box, paint, drawing};
  }

  return {map, legend, scale, usual, viridis};
})();
