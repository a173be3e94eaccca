/* Elements, and the controls of the playgrounds: a slider with a field for the number beside it. */
var Unvanish = window.Unvanish || {};

Unvanish.controls = (() => {
  'use strict';

  function fill(element, attributes = {}, text = undefined) {
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    return element;
  }

  const make = (name, attributes, text) => fill(document.createElement(name), attributes, text);

  const draw = (name, attributes, text) => fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, text);

  /** The number that a text says, or null where it is none that the control allows. */
  function read(control, text) {
    if (!/^-?\d{1,12}(\.\d{1,12})?(e[+-]?\d{1,2})?$/i.test(text)) return null;
    const value = Number(text);
    const allowed = value >= control.min && value <= control.max;
    return allowed && (control.step !== 1 || Number.isInteger(value)) ? value : null;
  }

  /** An element with a name; what follows an underline in it is a subscript. */
  function named(tag, attributes, name) {
    const [, before, index, after] = /^([^_]*)_?(\w?)(.*)$/.exec(name);
    const element = make(tag, attributes, before);
    if (index) element.append(make('sub', {}, index), after);
    return element;
  }

  /** A row for a form: its show() takes the value that now holds, change hears of a new one. */
  function slider(id, control, change) {
    const row = make('div', {class: 'up-control'});
    const range = make('input', {
      type: 'range', id,
      min: control.log ? Math.log10(control.min) : control.min,
      max: control.log ? Math.log10(control.max) : control.max,
      step: control.log ? 0.01 : control.step,
    });
    const field = make('input', {
      type: 'number', id: id + '-field', 'aria-label': control.name.replace('_', '') + ', as a number',
      min: control.min, max: control.max, step: control.step === 1 ? 1 : 'any', 'aria-describedby': id + '-hint',
    });
    const hint = make('span', {class: 'up-hint', id: id + '-hint'}, control.hint);
    let shown = null;

    range.addEventListener('input', () => {
      const value = Number(range.value);
      change(control.log ? Number((10 ** value).toPrecision(3)) : value);
    });
    field.addEventListener('input', () => {
      const value = read(control, field.value);
      field.setAttribute('aria-invalid', value === null);
      hint.textContent = value === null ? `from ${control.min} to ${control.max}` : control.hint;
      if (value !== null) change(value);
    });
    field.addEventListener('change', () => show(shown));

    function show(value) {
      shown = value;
      range.value = control.log ? Math.log10(value) : value;
      range.setAttribute('aria-valuetext', value);
      // Not while it is being typed into: "1." would lose its point.
      if (read(control, field.value) !== value) {
        field.value = value;
        field.setAttribute('aria-invalid', false);
        hint.textContent = control.hint;
      }
    }

    row.append(named('label', {for: id}, control.name), range, field, hint);
    return {row, show};
  }

  /** A choice of words for a form. */
  function choice(id, name, words, change) {
    const row = make('div', {class: 'up-control up-choice'});
    const select = make('select', {id});
    select.append(...words.map(word => make('option', {value: word}, word)));
    select.addEventListener('change', () => change(select.value));
    row.append(named('label', {for: id}, name), select);
    return {row, show: value => { select.value = value; }};
  }

  /** Calls when the element has become wider or narrower. */
  function onResize(element, call) {
    let before = element.clientWidth;
    new ResizeObserver(() => {
      if (element.clientWidth === before) return;
      before = element.clientWidth;
      call();
    }).observe(element);
  }

  return Object.freeze({make, draw, fill, named, read, slider, choice, onResize});
})();
