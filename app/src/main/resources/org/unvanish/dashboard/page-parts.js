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

  /** A table as the model has it: rows of texts, the first of which is the header. */
  function table(model, caption) {
    const [header, ...rows] = model.rows;
    const grid = el('table', {},
        el('caption', {class: 'unseen'}, caption),
        el('thead', {}, el('tr', {}, header.map(cell => el('th', {scope: 'col'}, name(cell))))),
        el('tbody', {}, rows.map(row => el('tr', {}, row.map((cell, i) =>
            i === 0 ? el('th', {scope: 'row'}, name(cell)) : el('td', {class: cell.length < 28 ? 'tight' : null}, name(cell)))))));
    return el('div', {},
        el('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption}, grid),
        model.note ? el('p', {class: 'note'}, model.note) : null);
  }

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

  /** 1.2·10⁻⁵, as people write it; without digits only the power of ten. */
  function power(value, digits = 1) {
    if (value == null) return '–';
    if (value === 0) return '0';
    const [mantissa, exponent] = value.toExponential(digits).split('e');
    if (digits === 0 && mantissa === '1') return '10' + raised(Number(exponent));
    return Number(exponent) === 0 ? mantissa : `${mantissa}·10${raised(Number(exponent))}`;
  }

  const percent = value => value == null ? '–' : `${(100 * value).toFixed(1)} %`;
  const fixed = value => value == null ? '–' : value.toFixed(3);

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

  /** A colour of the style sheet. */
  const style = variable =>
      getComputedStyle(document.documentElement).getPropertyValue(variable).trim();

  return {el, name, isolated, table, behind, choice, tick, power, percent, fixed, raised, timeLeft, colour, style, isDark};
})();
