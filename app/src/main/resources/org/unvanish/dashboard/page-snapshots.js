// What the charts of probed snapshots share: numbers as logarithms, and which snapshot is chosen.
const Snapshots = (() => {
  'use strict';
  const {el, svg, decimal, isDark, raised} = Parts;

  /** +1.2, as people write it; no number is the logarithm of zero, or unknown where values overflow. */
  function signed(value, overflows) {
    if (value == null) return overflows ? '?' : '−∞';
    const rounded = decimal(Math.abs(value), 1);
    return (rounded === '0.0' ? '' : value < 0 ? '−' : '+') + rounded;
  }

  /** What becomes of a gradient, as MagnitudeText has it in Java. */
  function change(log10, overflows) {
    if (log10 == null) return overflows ? 'has no finite size' : 'is lost';
    const size = Math.abs(log10);
    if (size < 0.1) return 'keeps its size';
    const factor = 10 ** size;
    const fold = size >= 2.9 ? `10${raised(Math.round(size))}`
      : factor < 10 ? factor.toFixed(1).replace('.0', '') : factor < 100 ? Math.round(factor) : 10 * Math.round(factor / 10);
    return `${log10 < 0 ? 'shrinks' : 'grows'} ${fold}-fold`;
  }

  /** Ten to that power, also where that is too small for a number. */
  function gradient(log10) {
    if (log10 == null) return '0';
    const exponent = Math.floor(log10);
    const mantissa = (10 ** (log10 - exponent)).toFixed(1);
    return mantissa === '10.0' ? `1.0·10${raised(exponent + 1)}` : `${mantissa}·10${raised(exponent)}`;
  }

  /** The later, the stronger: darker on light ground, lighter on dark. All stand out from the card. */
  function shade(i, count) {
    const share = count < 2 ? 0.5 : i / (count - 1);
    return Flow.viridis(isDark() ? 0.42 + 0.58 * share : 0.55 - 0.55 * share);
  }

  /** Round numbers between two others. */
  function marks(low, high, most) {
    const step = [0.5, 1, 2, 5, 10, 20, 50, 100, 200].find(s => (high - low) / s <= most) || 500;
    const found = [];
    for (let i = Math.ceil(low / step); i * step <= high; i++) found.push(i * step);
    return found;
  }

  const label = value => (value < 0 ? '−' : value > 0 ? '+' : '') + Math.abs(value);

  /** The seed beside an arm's name; what another program has recorded has none. */
  const seed = (experiment, arm) => Parts.isRecorded(experiment) ? '' : `, seed ${arm.signal.seed}`;

  /** A table without columns of which nothing is known, and without arms where there are none. */
  function known(experiment, rows) {
    const kept = rows[0].map((_, column) => column === 0 ? !Parts.isRecorded(experiment) : rows.slice(1).some(row => row[column] !== '–'));
    return {note: '', rows: rows.map(row => row.filter((_, column) => kept[column]))};
  }

  /**
   * Which snapshot of an arm is chosen, with a button for each: at first the decisive one. Whoever draws the arm's
   * snapshots paints anew at the event 'snapshot'.
   */
  function chooser(arm, index, state) {
    const {signal} = arm;
    const key = JSON.stringify([arm.name, signal.seed]);
    const buttons = signal.snapshots.map((snapshot, i) => el('button', {type: 'button', class: `snapshot arm-${index}`,
      click: () => choose(i)}, el('span', {class: 'shade', 'aria-hidden': 'true'}), snapshot.when));
    const box = el('div', {class: 'snapshots', role: 'group', 'aria-label': 'Snapshots'}, buttons);

    function chosen() {
      const kept = signal.snapshots.findIndex(snapshot => snapshot.step === state.snapshots.get(key));
      return kept < 0 ? signal.snapshots.findIndex(snapshot => snapshot.decisive) : kept;
    }

    function choose(i) {
      state.snapshots.set(key, signal.snapshots[i].step);
      box.dispatchEvent(new CustomEvent('snapshot', {bubbles: true}));
    }

    function mark() {
      buttons.forEach((button, i) => {
        button.setAttribute('aria-pressed', String(i === chosen()));
        button.firstChild.style.background = shade(i, signal.snapshots.length);
      });
    }
    return {box, chosen, choose, mark};
  }

  return {svg, signed, change, gradient, shade, marks, label, seed, known, chooser};
})();
