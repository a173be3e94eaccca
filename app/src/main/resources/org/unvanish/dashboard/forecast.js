/*
 * The forecast of a network: Unvanish.forecastPage(element, forecast) draws what unvanish forecast --json
 * prints of an arm. The sliders move its layers in the phase diagram and forecast again.
 */
var Unvanish = window.Unvanish || {};

/** The forecast of other scales and factors, from the one that there is. */
Unvanish.otherForecast = (() => {
  'use strict';
  const theory = Unvanish.meanField;

  const isKnown = layer => theory.names.includes(layer.function);

  /** Why nothing else can be forecast of this network here, or null where it can. */
  function obstacle({phase, layers}) {
    const hidden = layers.slice(0, -1);
    if (layers.some(layer => layer.inside.length > 0)) return 'The sliders do not cover residual blocks.';
    if (hidden.length === 0 || !hidden.every(isKnown)) return `The sliders cover only layers with ${theory.names.join(', ')}.`;
    if (phase === null) return 'The sliders cover only weights, pooling and activation functions.';
    if (layers.some(layer => layer.variance === null || layer.sigma_w === null)) return 'A layer has no forecast, so the sliders have none to start from.';
    return null;
  }

  /**
   * By how much each layer's factor changes, as log₁₀, where each α is so many times as large and c stands
   * in front of each activation, beside what it has. What lies between two layers beside the weights, such as padding and
   * pooling, keeps its share of the variance.
   */
  function changes({layers}, times, naive) {
    let moved = layers[0].variance * (layers[0].inner / times) ** 2;
    return layers.map((layer, i) => {
      const front = i === 0 ? 0 : Math.log10(naive);
      if (!isKnown(layer)) return front;
      const now = theory.moments(layer.function, layer.variance * layer.inner ** 2);
      const then = theory.moments(layer.function, moved);
      const next = layers[i + 1];
      if (next) {
        // Without an activation the last one's variance is not needed.
        const share = (next.variance * (next.inner ?? 1) ** 2 - next.sigma_b ** 2) / now.square;
        moved = share * naive ** 2 * then.square + (next.sigma_b / times) ** 2;
      }
      return front + Math.log10(then.slope / now.slope) / 2;
    });
  }

  return Object.freeze({isKnown, obstacle, changes});
})();

Unvanish.forecastPage = (() => {
  'use strict';
  const {make, named, slider, choice, onResize} = Unvanish.controls;
  const words = Unvanish.phaseWords;
  const other = Unvanish.otherForecast;

  const TYPICAL = 'typical sample';
  const RMS = 'root mean square';

  const CONTROLS = [
    {key: 'alpha', name: 'Scale α', hint: 'α·f(z/α)', min: 0.01, max: 1000, log: true},
    {key: 'naive', name: 'Naive factor', hint: 'c·f(z)', min: 0.01, max: 100, log: true},
  ];

  const shown = value => value === null || value === undefined ? '–' : words.number(value);

  function signed(value) {
    if (value === null || value === undefined) return '–';
    const text = Math.abs(value).toFixed(2);
    return text === '0.00' ? text : (value < 0 ? '−' : '+') + text;
  }

  const withSpread = (value, spread) => spread === null || spread === undefined ? signed(value) : `${signed(value)} ± ${spread.toFixed(2)}`;

  const percent = share => share === null || share === undefined ? '–' : `${(100 * share).toFixed(1)} %`;

  /** Of the typical sample or the root mean square, what is measured: mean and deviation over seeds. */
  function measuredFactor(layer, quantity) {
    return quantity === TYPICAL ? layer.factors.typical_log10 : {mean: layer.factors.rms_of_seeds_log10, standard_deviation: null};
  }

  const forecastFactor = (layer, quantity) => quantity === TYPICAL ? layer.typical_log10 : layer.rms_log10;

  return (element, forecast) => {
    const {layers, measured} = forecast;
    const obstacle = other.obstacle(forecast);
    const isTypicalKnown = forecast.typical_log10 !== null && measured?.factors.typical_log10.mean !== null;
    // Activations that share no α, or have factors of their own, are scaled beside what they have.
    const start = forecast.alpha ?? 1;
    const sign = forecast.alpha === null ? '×' : '=';
    const state = {alpha: start, naive: 1, quantity: isTypicalKnown ? TYPICAL : RMS};
    const functions = [...new Set(layers.filter(other.isKnown).map(layer => layer.function))];
    document.title = `Forecast of ${forecast.arm} – Unvanish`;

    const root = make('div', {class: 'unvanish-playground ph-page'});
    const title = make('h1', {}, 'Forecast: ');
    title.append(make('bdi', {}, forecast.arm));
    const about = make('p', {class: 'ph-about'});
    about.append(make('bdi', {}, forecast.experiment), ' on ', make('bdi', {}, forecast.data), ', before training');
    const verdict = make('p', {class: 'ph-verdict'}, forecast.sentence);
    const advice = make('p', {class: 'ph-verdict'}, forecast.advice);
    root.append(title, about, verdict, advice);
    if (measured) root.append(make('p', {class: 'ph-verdict'}, measured.sentence));

    const layout = make('section', {class: 'ph-layout', 'aria-label': 'Phase diagram'});
    const planes = make('div', {class: 'ph-frame'});
    const form = make('form', {class: 'up-controls', autocomplete: 'off'});
    const said = make('p', {class: 'ph-moved', 'aria-live': 'polite'});
    const depth = make('div', {class: 'ph-way-back'});
    const strip = make('div');
    const legend = make('p', {class: 'ph-legend'});
    depth.append(strip, legend);
    layout.append(said, planes, form, depth);
    root.append(make('h2', {}, 'Phase diagram'), explanation(), layout, make('h2', {}, 'Layers'), table());
    const panels = functions.map(name => ({name, at: make('div')}));
    for (const {name, at} of panels) {
      if (panels.length > 1) planes.append(make('h3', {}, name));
      planes.append(at);
    }

    const fields = {};
    if (!obstacle) {
      for (const control of CONTROLS) fields[control.key] = slider(`forecast-${control.key}`, control, value => set({[control.key]: value}));
    }
    fields.quantity = choice('forecast-quantity', 'Gradient', [TYPICAL, RMS], quantity => set({quantity}));
    form.append(...Object.values(fields).map(field => field.row));
    form.addEventListener('submit', event => event.preventDefault());
    if (obstacle) form.append(make('p', {class: 'up-hint'}, obstacle));
    else {
      if (forecast.alpha === null) form.append(make('p', {class: 'up-hint'}, 'The sliders multiply the present α and factors.'));
      const reset = make('button', {type: 'button', class: 'ph-button'}, 'Back to the spec');
      reset.addEventListener('click', () => set({alpha: start, naive: 1}));
      form.append(reset);
    }

    function explanation() {
      const text = make('p', {class: 'ph-about'}, 'Each dot is a layer, numbered from the first. The solid line is critical: there gradients keep their size. '
        + 'A line’s number is the depth scale: after that many layers the gradient’s energy, its sum of squares, has changed e‑fold. ');
      if (layers.every(layer => !layer.sigma_b)) text.append('Without biases all dots stay on the axis, whatever α is: α does what inputs and biases '
        + '÷ α, and logits × α, do. A naive factor moves dots to the right.');
      else text.append('A larger α moves dots down where layers have biases. A naive factor moves dots to the right.');
      return text;
    }

    function set(changes) {
      Object.assign(state, changes);
      show();
    }

    const isMoved = () => !obstacle && (state.alpha !== start || state.naive !== 1);

    function show() {
      for (const [key, field] of Object.entries(fields)) field.show(state[key]);
      const changes = isMoved() ? other.changes(forecast, state.alpha / start, state.naive) : null;
      drawPlanes();
      drawDepth(changes);
    }

    /** Where a layer is now. The factor in front of an activation belongs to the layer that reads it. */
    function place(layer, i) {
      const from = {sigmaW: layer.sigma_w, sigmaB: layer.sigma_b ?? 0};
      if (!isMoved()) return {...from, from: null};
      const times = state.alpha / start;
      return {sigmaW: from.sigmaW * (i === 0 ? 1 : state.naive), sigmaB: from.sigmaB / times, from};
    }

    function drawPlanes() {
      for (const {name, at} of panels) {
        const points = layers.flatMap((layer, i) =>
          layer.function === name && layer.sigma_w !== null ? [{name: String(i + 1), ...place(layer, i)}] : []);
        Unvanish.phaseDiagram(at, {
          activation: name, points, isLogarithmic: true,
          label: `Phase diagram of ${name} with the layers ${points.map(point => point.name).join(', ')}; their places are in the table of layers.`,
        });
      }
    }

    function drawDepth(changes) {
      const {quantity} = state;
      const series = [{
        kind: 'forecast', name: 'forecast', log10: layers.map(layer => forecastFactor(layer, quantity)),
        spread: quantity === TYPICAL ? layers.map(layer => layer.spread_log10) : null,
      }];
      if (measured) {
        series.push({kind: 'measured', name: `measured over ${measured.seeds} seed${measured.seeds === 1 ? '' : 's'}`,
          log10: measured.layers.map(layer => measuredFactor(layer, quantity).mean), all: measuredFactor(measured, quantity).mean});
      }
      if (changes) {
        series.push({kind: 'scale', name: `forecast with α ${sign} ${words.number(state.alpha)}, c ${sign} ${words.number(state.naive)}`,
          log10: series[0].log10.map((value, i) => value === null ? null : value + changes[i])});
      }
      Unvanish.depthStrip(strip, {
        layers: layers.map(layer => layer.name).reverse(),
        series: series.map(one => ({...one, log10: one.log10.slice().reverse(), spread: one.spread?.slice().reverse()})),
        label: 'The gradient from the last layer to the first, and the factor of each layer; the numbers are in the table of layers.',
      });
      // The layers' medians do not add up to the median of all of them, which is measured as well.
      const total = one => one.all !== undefined ? one.all
        : one.log10.includes(null) ? null : one.log10.reduce((sum, value) => sum + value, 0);
      legend.replaceChildren(...series.map((one, i) => {
        const item = make('span', {}, `${one.name}: log₁₀ ${signed(total(one))} in all`);
        item.prepend(make('span', {class: `ph-sample ph-${one.kind}`, 'aria-hidden': 'true'}, i === 0 ? '■ ' : '– '));
        return item;
      }));
      if (series[0].spread) legend.append(make('span', {}, 'Lines on the bars: standard deviation from seed to seed.'));
      const before = total(series[0]);
      const now = changes ? total(series[series.length - 1]) : null;
      said.textContent = now === null ? ''
        : `With α ${sign} ${words.number(state.alpha)} and naive factor ${sign} ${words.number(state.naive)} the gradient ${words.change(now)}; `
          + `with the spec’s own values it ${words.change(before)}.`;
    }

    function table() {
      const columns = [
        ['layer', (layer, i) => `${i + 1} ${layer.name}`],
        ['activation', layer => layer.activation ?? '–'],
        ['σ_w', layer => shown(layer.sigma_w)],
        ['σ_b/α', layer => shown(layer.sigma_b)],
        ['variance', layer => shown(layer.variance)],
        ['saturated', layer => percent(layer.saturated_share)],
        ['f′', layer => signed(layer.activation_log10)],
        ['weights', layer => signed(layer.weights_log10)],
        ['rms', layer => signed(layer.rms_log10)],
        ['typical', layer => withSpread(layer.typical_log10, layer.spread_log10)],
        ...(!measured ? [] : [
          ['measured rms', (layer, i) => signed(measuredFactor(measured.layers[i], RMS).mean)],
          ['measured typical', (layer, i) => {
            const found = measuredFactor(measured.layers[i], TYPICAL);
            return withSpread(found.mean, found.standard_deviation);
          }],
        ]),
        ['critical factor', layer => shown(layer.critical_factor)],
      ];
      const head = make('tr');
      head.append(...columns.map(([name]) => named('th', {scope: 'col'}, name)));
      const rows = layers.map((layer, i) => {
        const row = make('tr');
        row.append(...columns.map(([, cell], column) => make(column === 0 ? 'th' : 'td', column === 0 ? {scope: 'row'} : {}, cell(layer, i))));
        return row;
      });
      const found = make('table', {class: 'ph-values ph-layers'});
      found.append(head, ...rows);
      const scroller = make('div', {class: 'ph-scroll', tabindex: 0, role: 'region', 'aria-label': 'Layers'});
      scroller.append(found);
      const notes = [...new Set(layers.flatMap(layer => [...layer.not_forecast, ...layer.approximated].map(note => `${layer.name}: ${note}`)))];
      const list = make('ul', {class: 'ph-notes'});
      list.append(...notes.map(note => make('li', {}, note)));
      const section = make('div');
      section.append(make('p', {class: 'ph-about'}, 'Factors of the gradient’s size as log₁₀: −1 leaves a tenth. '
        + 'Multiply a layer’s weights by its critical factor, and small gradients keep their size.'), scroller, ...(notes.length > 0 ? [list] : []));
      return section;
    }

    element.replaceChildren(root);
    show();
    onResize(planes, show);
  };
})();
