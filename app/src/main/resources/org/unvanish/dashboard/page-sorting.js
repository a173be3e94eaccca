// Tables that readers sort by a column and filter.
const Sorting = (() => {
  'use strict';
  const {el} = Parts;
  const LEAST = 3; // rows that are worth sorting
  const MANY = 8; // rows that are worth filtering

  const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹⁻';

  /** The number that a cell begins with, as the page writes numbers; null without one. */
  function number(text) {
    const plain = text.replace(/[−–]/g, '-').replace(/^[\u2068×+]+/, '').replace(/(?:·10|^10)([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/,
        (all, power) => (all.startsWith('·') ? '' : '1') + 'e' + [...power].map(c => '0123456789-'[RAISED.indexOf(c)]).join(''));
    const found = /^-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?/.exec(plain);
    return found ? Number(found[0].replaceAll(',', '')) : null;
  }

  /** Cells without a number, such as –, come last, whichever way the rest is sorted. */
  function compare(column, sign) {
    const isNumeric = column.filter(text => number(text) != null).length > column.length / 2;
    return (a, b) => {
      if (!isNumeric) return sign * column[a].localeCompare(column[b], 'en', {numeric: true});
      const [x, y] = [number(column[a]), number(column[b])];
      return x == null || y == null ? Number(x == null) - Number(y == null) : sign * (x - y);
    };
  }

  /**
   * Adds it to a table that is made already.
   *
   * @param rows its cells, without the header
   */
  function add(made, rows) {
    if (rows.length < LEAST) return made;
    const region = made.querySelector('.scroll');
    const heads = [...made.querySelectorAll('thead th')];
    const body = made.querySelector('tbody');
    const lines = [...body.children];
    let by = null; // {column, sign}
    const says = el('span', {class: 'small', role: 'status'});
    const wanted = el('input', {type: 'search', class: 'filter', 'aria-label': 'Rows that contain', placeholder: 'filter rows', input: filter});

    function sort(next) {
      by = next;
      const order = lines.map((_, i) => i);
      if (by) order.sort(compare(rows.map(row => row[by.column]), by.sign));
      body.append(...order.map(i => lines[i]));
      heads.forEach((head, i) => {
        if (by && by.column === i) head.setAttribute('aria-sort', by.sign > 0 ? 'ascending' : 'descending');
        else head.removeAttribute('aria-sort');
      });
    }

    function filter() {
      const words = wanted.value.toLowerCase().split(/\s+/).filter(word => word);
      let count = 0;
      lines.forEach((line, i) => {
        const all = rows[i].join(' ').toLowerCase();
        line.hidden = !words.every(word => all.includes(word));
        count += line.hidden ? 0 : 1;
      });
      says.textContent = words.length === 0 ? '' : `${count} of ${lines.length} rows`;
    }

    heads.forEach((head, column) => {
      const press = () => sort(!by || by.column !== column ? {column, sign: 1} : by.sign > 0 ? {column, sign: -1} : null);
      head.replaceChildren(el('button', {type: 'button', class: 'sort', click: press}, ...head.childNodes));
    });
    if (rows.length >= MANY) region.before(el('div', {class: 'controls'}, wanted, says));
    // Live makes the page anew when the numbers change, and hands this on.
    region.kept = () => ({by, text: wanted.value});
    region.keep = ({by: before, text}) => {
      if (before && before.column < heads.length) sort(before);
      wanted.value = text;
      filter();
    };
    return made;
  }

  return {add, number};
})();
