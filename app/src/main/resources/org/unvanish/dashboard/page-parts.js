// Small parts that the page is made of. Text comes in as text, never as HTML.
const Parts = (() => {
  'use strict';

  /** An element with attributes (functions become listeners) and children (strings become text). */
  function el(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (typeof value === 'function') element.addEventListener(name, value);
      else if (value === true) element.setAttribute(name, '');
      else if (value !== false && value != null) element.setAttribute(name, value);
    }
    for (const child of children.flat()) {
      if (child != null) element.append(child);
    }
    return element;
  }

  /** A name that somebody chose: isolated, so that right-to-left text turns nothing else around. */
  const name = text => el('bdi', {class: 'name', title: text.length > 40 ? text : null}, text);

  /** The same inside of other text. */
  const isolated = text => `\u2068${text}\u2069`;

  /** Whether another program has recorded it: its data, runs and epochs are not known. */
  const isRecorded = experiment => experiment.data.train_samples === 0;

  function svg(tag, attributes, ...children) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children.flat());
    return element;
  }

  /** A table as the model has it: rows of texts, the first of which is the header. */
  function grid(model, caption) {
    const [header, ...rows] = model.rows;
    const cells = el('table', {},
        el('caption', {class: 'unseen'}, caption),
        el('thead', {}, el('tr', {}, header.map(cell => el('th', {scope: 'col'}, name(cell))))),
        el('tbody', {}, rows.map(row => el('tr', {}, row.map((cell, i) =>
            i === 0 ? el('th', {scope: 'row'}, name(cell)) : el('td', {class: cell.length < 32 ? 'tight' : null}, name(cell)))))));
    return el('div', {},
        el('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption}, cells),
        model.note ? el('p', {class: 'note'}, model.note) : null);
  }

  /** The same, to be sorted by its columns and, if it is long, filtered. */
  const table = (model, caption) => Sorting.add(grid(model, caption), model.rows.slice(1));

  /** A table that is made when somebody opens it. */
  function behind(summary, make) {
    const details = el('details', {class: 'behind'}, el('summary', {}, summary));
    details.addEventListener('toggle', () => {
      details.querySelectorAll(':scope > div').forEach(old => old.remove());
      if (details.open) details.append(table(make(), summary));
    });
    return details;
  }

  /** A labelled choice; options are pairs of value and text. */
  function choice(label, options, value, change) {
    const select = el('select', {change: () => change(select.value)},
        options.map(([key, text]) => el('option', {value: key, selected: key === String(value)}, text)));
    return el('label', {class: 'choice'}, el('span', {}, label), select);
  }

  /** A labelled tick box. */
  function tick(label, checked, change) {
    const box = el('input', {type: 'checkbox', checked, change: () => change(box.checked)});
    return el('label', {class: 'tick'}, box, el('span', {}, label));
  }

  const raised = n => String(n).replace(/./g, c => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(c)]);

  // As the terminal rounds: half up, by the decimal digits that people see. A browser's own functions go by
  // the binary number behind them, for which 30.95 is a bit less than it says.

  /** Sign, digits, and how many of them stand before the point. */
  function digitsOf(value) {
    const [mantissa, exponent] = Math.abs(value).toExponential().split('e');
    return {sign: value < 0 ? '-' : '', digits: mantissa.replace('.', ''), point: Number(exponent) + 1};
  }

  /** The first so many digits, rounded; a carry makes one more of them. */
  function firstOf(digits, count) {
    if (count < 0) return '';
    const up = (digits[count] || '0') >= '5' ? 1n : 0n;
    return String(BigInt(digits.slice(0, count).padEnd(count, '0') || '0') + up).padStart(count, '0');
  }

  /** 30.9: so many digits after the point. */
  function decimal(value, places) {
    const {sign, digits, point} = digitsOf(value);
    const all = firstOf(digits, point + places).padStart(places + 1, '0');
    return sign + all.slice(0, all.length - places) + (places > 0 ? '.' + all.slice(-places) : '');
  }

  /** 1.2e-5: so many digits after the point. */
  function scientific(value, places) {
    if (value === 0) return value.toExponential(places);
    const {sign, digits, point} = digitsOf(value);
    const all = firstOf(digits, places + 1);
    return `${sign}${all[0]}${places > 0 ? '.' + all.slice(1, places + 1) : ''}e${point - 1 + all.length - (places + 1)}`;
  }

  /** 1.2·10⁻⁵, as people write it; without digits only the power of ten. */
  function power(value, digits = 1) {
    if (value == null) return '–';
    if (value === 0) return '0';
    const [mantissa, exponent] = scientific(value, digits).split('e');
    if (digits === 0 && mantissa === '1') return '10' + raised(Number(exponent));
    return Number(exponent) === 0 ? mantissa : `${mantissa}·10${raised(Number(exponent))}`;
  }

  const percent = value => value == null ? '–' : `${decimal(100 * value, 1)} %`;

  /** Three digits, as Java's %.3g has them; what is very small or large as a power of ten. */
  function number(value) {
    if (value == null) return '–';
    const exponent = Number(scientific(value, 2).split('e')[1]);
    return exponent < -4 || exponent > 2 ? power(value, 2) : decimal(value, 2 - exponent);
  }

  /** An estimate as people say it: no more exact than it is. */
  function timeLeft(seconds) {
    if (seconds <= 0) return 'taking longer than estimated';
    if (seconds < 55) return `about ${Math.max(10, 10 * Math.round(seconds / 10))} s left`;
    const minutes = Math.round(seconds / 60);
    if (minutes < 60) return `about ${minutes} min left`;
    const hours = Math.floor(minutes / 60);
    return hours < 48 ? `about ${hours} h ${String(minutes % 60).padStart(2, '0')} min left` : `about ${Math.round(hours / 24)} days left`;
  }

  /** Okabe & Ito's colours, in the order of the printed figures; lighter ones on dark ground. */
  const LIGHT = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#000000'];
  const DARK = ['#4AA8E8', '#F58A42', '#2CC79B', '#E3A1C6', '#F2BE3F', '#8ED0F5', '#FFFFFF'];
  const isDark = () => document.documentElement.dataset.theme === 'dark';
  const colour = (arm, opacity = 1) =>
      (isDark() ? DARK : LIGHT)[arm % LIGHT.length]
      + Math.round(255 * opacity).toString(16).padStart(2, '0');

  /** Where the colours come again lines have dots: after each long dash one, then two, and so on; null for none. */
  const dots = (arm, dash, gap, dot) => {
    const count = Math.floor(arm / LIGHT.length);
    return count === 0 ? null : [dash, gap, ...Array(count).fill([dot, gap]).flat()];
  };
  const dash = arm => dots(arm, 10, 3, 2);

  /** The same for the thin, dashed lines beside the others. */
  const dashBehind = arm => dots(arm, 5, 3, 1.3) || [5, 3];

  /** An arm's colour and dashes as a background, from top to bottom. */
  function swatch(arm) {
    const pattern = dash(arm);
    if (!pattern) return colour(arm);
    let end = 0;
    const stops = pattern.map((length, i) => {
      const start = end;
      end += length;
      return `${i % 2 === 0 ? colour(arm) : 'transparent'} ${start}px ${end}px`;
    });
    return `repeating-linear-gradient(${stops.join(', ')})`;
  }

  /** A colour of the style sheet. */
  const style = variable =>
      getComputedStyle(document.documentElement).getPropertyValue(variable).trim();

  return {el, svg, name, isolated, isRecorded, grid, table, behind, choice, tick, decimal, scientific, power, percent, number, raised, timeLeft, colour,
    COLOURS: LIGHT.length, dash, dashBehind, swatch, style, isDark};
})();
