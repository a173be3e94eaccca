/*
 * The phase diagram with sliders: Unvanish.phasePlayground(element) draws a stack of equal layers as a dot,
 * and what each layer does to the gradient, with and without the scale α.
 */
var Unvanish = window.Unvanish || {};

Unvanish.phasePlayground = (() => {
  'use strict';
  const {make, read, slider, choice, onResize} = Unvanish.controls;
  const theory = Unvanish.meanField;
  const words = Unvanish.phaseWords;

  const CONTROLS = [
    {key: 'sigmaW', name: 'Weights σ_w', hint: 'std · √fan-in', min: 0.1, max: 30, log: true, initial: 1.2},
    {key: 'sigmaB', name: 'Biases σ_b', hint: 'std', min: 0, max: 4, step: 0.01, initial: 0.3},
    {key: 'alpha', name: 'Scale α', hint: 'α·f(z/α)', min: 0.1, max: 100, log: true, initial: 2},
    {key: 'naive', name: 'Naive factor', hint: 'c·f(z)', min: 0.1, max: 30, log: true, initial: 1},
    {key: 'depth', name: 'Depth L', hint: 'layers', min: 2, max: 300, step: 1, initial: 100},
  ];

  const PRESETS = [
    {name: 'With biases', values: ['tanh', 1.2, 0.3, 2, 1, 100]},
    {name: 'Without biases', values: ['tanh', 0.8, 0, 2, 1, 30]},
    {name: 'Naive factor', values: ['tanh', 0.8, 0, 1, 1.25, 30]},
    {name: 'Chaos', values: ['tanh', 1.5, 0, 2, 1, 50]},
    {name: 'Logistic', values: ['logistic', 4, 0, 2, 1, 10]},
  ];

  const ADDRESS = '#phase/';

  function stateOf(values) {
    const state = {name: values[0]};
    CONTROLS.forEach((control, i) => { state[control.key] = values[i + 1]; });
    return state;
  }

  const write = state => ADDRESS + [state.name, ...CONTROLS.map(control => state[control.key])].join('/');

  /** The state that an address says, or null where it says none that can be shown. */
  function parse(address) {
    const parts = address.slice(ADDRESS.length, 200).split('/');
    const values = [parts[0], ...CONTROLS.map((control, i) => read(control, parts[i + 1] ?? ''))];
    return theory.names.includes(parts[0]) && parts.length === values.length && !values.includes(null) ? stateOf(values) : null;
  }

  let panels = 0;

  return element => {
    const id = `unvanish-phase-${++panels}`;
    let state = stateOf(PRESETS[0].values);
    let timer = 0;

    const root = make('section', {class: 'unvanish-playground', 'aria-label': 'Phase diagram'});
    const layout = make('div', {class: 'ph-layout'});
    const presets = make('div', {class: 'up-presets', role: 'group', 'aria-label': 'Examples of networks'});
    const notice = make('p', {class: 'up-notice', role: 'status'});
    const sentence = make('p', {class: 'ph-sentence', 'aria-live': 'polite'});
    const plane = make('div', {class: 'ph-frame'});
    const form = make('form', {class: 'up-controls', autocomplete: 'off'});
    const depth = make('div', {class: 'ph-way-back'});
    const strip = make('div');
    const legend = make('p', {class: 'ph-legend'});
    const details = make('details');
    const scroller = make('div', {class: 'up-scroll', tabindex: 0, role: 'region', 'aria-label': 'All layers'});
    const values = make('table', {class: 'ph-values'});
    const link = make('a', {class: 'up-link'}, 'Link to this view');
    scroller.append(values);
    details.append(make('summary', {}, 'All layers as a table'), scroller);
    depth.append(strip, legend);
    layout.append(presets, notice, sentence, plane, form, depth, details, link);
    root.append(layout);

    const fields = {name: choice(`${id}-name`, 'Activation f', theory.names, name => set({name}))};
    for (const control of CONTROLS) {
      fields[control.key] = slider(`${id}-${control.key}`, control, value => set({[control.key]: value}));
    }
    form.append(...Object.values(fields).map(field => field.row));
    form.addEventListener('submit', event => event.preventDefault());
    for (const preset of PRESETS) {
      const button = make('button', {type: 'button'}, preset.name);
      button.addEventListener('click', () => set(stateOf(preset.values)));
      presets.append(button);
    }

    function set(changes) {
      state = {...state, ...changes};
      notice.textContent = '';
      show();
      clearTimeout(timer);
      // Browsers limit how often a page may change its address.
      timer = setTimeout(() => {
        try {
          window.history.replaceState(null, '', write(state));
        } catch (refused) {
          // A frame may not have an address of its own; the link below has it anyway.
        }
      }, 150);
    }

    function show() {
      for (const [key, field] of Object.entries(fields)) field.show(state[key]);
      link.setAttribute('href', write(state));
      const network = {...state, meanSquare: 1};
      const plain = theory.stack({...network, alpha: 1});
      const scaled = theory.stack(network);
      const said = [words.phase(state), totals(scaled, plain), words.scale(state, plain), words.naive(state)].join(' ');
      if (sentence.textContent !== said) sentence.textContent = said;
      drawPlane();
      drawDepth(scaled, plain);
      tabulate(scaled, plain);
    }

    const total = layers => layers.reduce((sum, {log10}) => sum + log10, 0);

    function totals(scaled, plain) {
      const without = `From layer ${state.depth} back to layer 1 the gradient ${words.change(total(plain))}`;
      return state.alpha === 1 ? `${without}.`
        : `${without} with α = 1, and it ${words.change(total(scaled))} with α = ${words.number(state.alpha)}.`;
    }

    function drawPlane() {
      const at = {sigmaW: state.naive * state.sigmaW, sigmaB: state.sigmaB / state.alpha};
      Unvanish.phaseDiagram(plane, {
        activation: state.name,
        points: [{name: '', ...at, from: {sigmaW: state.sigmaW, sigmaB: state.sigmaB}}],
        label: `Phase diagram of ${state.name}. The network is at σ_w = ${words.number(at.sigmaW)}, σ_b/α = ${words.number(at.sigmaB)}. ${words.phase(state)}`,
      });
    }

    function drawDepth(scaled, plain) {
      const fromLast = layers => layers.map(({log10}) => log10).reverse();
      const without = {kind: 'plain', name: 'α = 1', log10: fromLast(plain)};
      const series = state.alpha === 1 ? [without]
        : [{kind: 'scale', name: `α = ${words.number(state.alpha)}`, log10: fromLast(scaled)}, without];
      Unvanish.depthStrip(strip, {
        layers: plain.map((layer, i) => String(i + 1)).reverse(), series,
        label: 'The gradient from the last layer to the first, and the factor of each layer; all numbers are in the table below.',
      });
      legend.replaceChildren(...series.map((one, i) => {
        const item = make('span', {}, `${one.name}: log₁₀ ${signed(one.log10.reduce((a, b) => a + b, 0))} in all`);
        item.prepend(make('span', {class: `ph-sample ph-${one.kind}`, 'aria-hidden': 'true'}, i === 0 ? '■ ' : '– '));
        return item;
      }), make('span', {}, 'Mean square of the inputs: 1. Infinitely wide layers, weights drawn anew.'));
    }

    function signed(value) {
      const text = Math.abs(value).toFixed(2);
      return text === '0.00' ? text : (value < 0 ? '−' : '+') + text;
    }

    function tabulate(scaled, plain) {
      const head = make('tr');
      const columns = state.alpha === 1 ? ['layer', 'variance of z', 'factor, log₁₀']
        : ['layer', 'variance of z', 'factor, log₁₀', 'variance of z, α = 1', 'factor, α = 1, log₁₀'];
      head.append(...columns.map(name => make('th', {scope: 'col'}, name)));
      const rows = plain.map((layer, i) => {
        const row = make('tr');
        row.append(make('th', {scope: 'row'}, String(i + 1)));
        for (const one of state.alpha === 1 ? [layer] : [scaled[i], layer]) {
          row.append(make('td', {}, words.number(one.variance)), make('td', {}, words.number(one.log10)));
        }
        return row;
      });
      values.replaceChildren(head, ...rows.reverse());
    }

    /** Another part's address is left alone. */
    function restore() {
      const address = window.location.hash;
      if (!address.startsWith(ADDRESS)) return;
      const found = parse(address);
      if (found) state = found;
      show();
      notice.textContent = found ? '' : 'This link has no valid settings. Here is an example.';
      root.scrollIntoView();
    }

    element.replaceChildren(root);
    show();
    restore();
    window.addEventListener('hashchange', restore);
    onResize(plane, show);
  };
})();
