// The network as a stack, from the output down to the first layer: what each layer does to the gradient.
const Stack = (() => {
  'use strict';
  const {el, name, decimal} = Parts;
  const {change, gradient, seed} = Snapshots;

  /** Within so many decades a gradient keeps its size. */
  const KEEPS = 0.1;

  const tone = log10 => log10 == null ? 'lost' : log10 < -KEEPS ? 'shrinks' : log10 > KEEPS ? 'grows' : 'keeps';
  const minus = (a, b) => a == null || b == null ? null : a - b;

  /** 5.8 %; of what is hardly anything, or many times as large, 1.2·10⁻⁷. */
  function share(log10) {
    if (log10 < -3 || log10 > 1.5) return gradient(log10);
    const percent = 100 * 10 ** log10;
    return `${decimal(percent, percent < 1 ? 2 : percent < 10 ? 1 : 0)} %`;
  }

  /** What a diagnosis measured at the chosen snapshot, the last layer first. */
  function diagnosed(arm, state) {
    const {signal} = arm;
    const kept = signal.snapshots.find(s => s.step === state.snapshots.get(JSON.stringify([arm.name, signal.seed])));
    const snapshot = kept || signal.snapshots.find(s => s.decisive);
    const when = snapshot.when[0].toUpperCase() + snapshot.when.slice(1);
    return {
      says: `${when}: ${snapshot.verdict}. From end to end the gradient ${change(snapshot.sizes.at(-1), snapshot.overflows)}.`,
      rows: signal.layers.map((layer, i) => {
        const does = minus(snapshot.sizes[i + 1], snapshot.sizes[i]);
        const gone = snapshot.sizes[i] == null;
        return {layer, left: snapshot.sizes[i + 1], tone: gone ? 'lost' : tone(does),
          text: gone ? 'nothing arrives' : `the gradient ${change(does, snapshot.overflows)}`,
          cause: does != null && Math.abs(does) <= KEEPS || snapshot.causes[i] === 'none' ? '' : snapshot.causes[i]};
      }),
    };
  }

  /** What the runs recorded in their first epoch: the gradients of the weights, beside those of the last layer. */
  function recorded(arm) {
    const {parameters, sources} = arm.flow;
    const weights = arm.stack.map(layer => parameters.findIndex(p => p.startsWith(layer.name + '/') && p.endsWith('weights')));
    const sizes = weights.map(p => p < 0 ? null : Math.log10(sources.total.mean_abs[p][0]));
    const last = sizes.findLast(size => size != null);
    const rows = arm.stack.map((layer, i) => {
      const size = minus(sizes[i], last);
      const finite = size != null && Number.isFinite(size);
      return {layer: layer.name, left: finite ? size : null, tone: tone(finite ? size : null), cause: '',
        text: sizes[i] == null ? 'not recorded' : `mean |g| of its weights ${finite ? gradient(sizes[i]) : '0'}`};
    });
    return {says: '', rows: rows.reverse()};
  }

  function row(found, layer, view) {
    const bar = el('span', {class: `left-over ${found.tone}`, 'aria-hidden': 'true'});
    bar.style.width = found.left == null ? '0' : `${Math.max(1, 100 * (found.left - view.low) / (view.high - view.low))}%`;
    const details = layer == null ? null : [layer.does.join(' → '), `output ${layer.output}`,
      layer.parameters > 0 ? `${layer.parameters.toLocaleString('en')} parameters` : null].filter(text => text).join(' · ');
    return el('li', {}, el('span', {class: 'layer'}, el('b', {}, name(found.layer)), details ? el('span', {class: 'small'}, details) : null),
        el('span', {class: 'effect'}, el('span', {class: `does ${found.tone}`}, found.text, found.cause ? el('span', {class: 'small'}, ` (${found.cause})`) : null),
            el('span', {class: 'pipe'}, bar),
            el('span', {class: 'small'}, found.left == null ? '' : `${share(found.left)} ${view.measured ? 'is left' : 'of the last layer’s'}`)));
  }

  /**
   * The section of an experiment; null where nothing is known of any gradient.
   *
   * @param state what readers have chosen, kept from one model to the next
   */
  function section(experiment, state) {
    const known = arm => arm.signal || arm.stack.length > 0 && arm.flow.parameters.length > 0;
    if (!experiment.arms.some(known)) return null;
    const place = el('div', {class: 'stacks'});
    const measured = experiment.arms.some(arm => arm.signal);

    function redraw() {
      const shown = experiment.arms.map((arm, i) => [arm, i]).filter(([arm, i]) => known(arm) && !state.hidden.has(i))
          .map(([arm]) => [arm, arm.signal ? diagnosed(arm, state) : recorded(arm)]);
      // All arms on one scale, so that they compare.
      const left = shown.flatMap(([, found]) => found.rows.map(r => r.left)).filter(v => v != null);
      const low = left.reduce((a, b) => Math.min(a, b), -1) - 0.2;
      const high = left.reduce((a, b) => Math.max(a, b), 0);
      place.replaceChildren(...shown.map(([arm, found]) => el('figure', {class: 'stack'},
          el('figcaption', {}, name(arm.name), arm.signal ? seed(experiment, arm) : null),
          found.says ? el('p', {class: 'sentence'}, found.says)
              : measured ? el('p', {class: 'sentence'}, 'Not diagnosed. Shown instead: the gradients that the runs recorded in epoch 1.') : null,
          el('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `Network of ${arm.name}`},
              el('ol', {}, el('li', {class: 'end'}, 'Output and loss: the gradient starts here'),
                  found.rows.map(r => row(r, arm.stack.find(layer => layer.name === r.layer), {low, high, measured: arm.signal})),
                  el('li', {class: 'end'}, 'Input'))))));
    }

    const part = el('section', {class: 'network'}, el('h3', {}, 'The network, layer by layer'),
        el('p', {class: 'note'}, measured
            ? 'The gradient goes from the output down. A bar shows how much of it is left behind the layer, on a logarithmic scale.'
            : 'A bar shows the gradient of a layer’s weights in epoch 1 beside that of the last layer, on a logarithmic scale; medians over '
              + 'the seeds. To measure what each layer does to the gradient, add --probe to unvanish run.'),
        place);
    return {part, redraw, repaint: redraw, destroy: () => {}};
  }

  return {section};
})();
