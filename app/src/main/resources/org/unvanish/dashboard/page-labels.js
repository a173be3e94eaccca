// Names at the ends of lines, beside a chart: no two on one another, and none longer than its place.
const Labels = (() => {
  'use strict';
  const {style, isolated} = Parts;
  const FONT = 'system-ui, sans-serif';
  const SIZE = 12;
  const GAP = 14; // pixels from one name to the next
  const STUB = 12; // pixels of the line's own colour before its name
  const LONGEST = 60; // characters that are looked at

  const pen = document.createElement('canvas').getContext('2d');
  const font = (line, size) => `${line.strong ? '700 ' : ''}${size}px ${FONT}`;

  function wide(line, text) {
    pen.font = font(line, SIZE);
    return pen.measureText(text).width;
  }

  /**
   * What lines are called where not all of their names fit: of arms that are points of one sweep, "α = 2, r = 0.01",
   * the values alone, "2, 0.01", since the settings' names would leave no room for what differs.
   */
  function shortened(lines) {
    const settings = lines.filter(line => !line.quiet).map(line => line.name.replace(/^★ /, '').split(', ').map(part => part.split(' = ')));
    const keys = settings.map(parts => parts.map(part => part[0]).join());
    const isSweep = settings.length > 1 && settings.flat().every(part => part.length === 2) && keys.every(key => key === keys[0]);
    return line => isSweep && !line.quiet ? line.name.replaceAll(/(^★ |^|, )[^,]*? = /g, '$1') : line.name;
  }

  /** The name, or as much of it as so many pixels hold. */
  function fit(line, name, width) {
    const all = [...name];
    let text = all.slice(0, LONGEST);
    let cut = text.length < all.length;
    while (text.length > 1 && wide(line, text.join('') + (cut ? '…' : '')) > width) {
      text = text.slice(0, -1);
      cut = true;
    }
    return text.join('') + (cut ? '…' : '');
  }

  /** How many pixels names need beside a chart of this width: at most a third of it. */
  function room(lines, width) {
    const named = lines.filter(line => line.name);
    if (named.length === 0) return 12;
    const longest = Math.max(...named.map(line => wide(line, [...line.name].slice(0, LONGEST).join(''))));
    return Math.ceil(Math.min(width / 3, STUB + longest + 10));
  }

  /**
   * Where names stand: at their line's end, pushed apart. Where there is no room for all, the strong
   * ones come first.
   *
   * @param ends {line, x, y} in pixels
   * @return the same with `at`, the height of the name's middle
   */
  function place(ends, top, bottom) {
    const most = Math.max(1, Math.floor((bottom - top) / GAP) + 1);
    const kept = ends.slice().sort((a, b) => Number(!!b.line.strong) - Number(!!a.line.strong)).slice(0, most)
        .sort((a, b) => a.y - b.y).map(end => ({...end, at: Math.min(bottom, Math.max(top, end.y))}));
    for (let i = 1; i < kept.length; i++) kept[i].at = Math.max(kept[i].at, kept[i - 1].at + GAP);
    let below = bottom;
    for (let i = kept.length - 1; i >= 0; i--) {
      kept[i].at = Math.min(kept[i].at, below);
      below = kept[i].at - GAP;
    }
    return kept;
  }

  /** The end of each line that has a name, within the epochs that are shown, in pixels of the page. */
  function ends(plot, lines, epochs) {
    const {left, top} = inner(plot);
    const {min, max} = plot.scales.x;
    return lines.filter(line => line.name).flatMap(line => {
      const i = line.values.reduce((found, v, e) => v == null || epochs[e] < min || epochs[e] > max ? found : e, -1);
      return i < 0 ? [] : [{line, x: left + plot.valToPos(epochs[i], 'x'), y: top + plot.valToPos(line.values[i], 'y')}];
    });
  }

  /** The plot's inside, in pixels of the page. */
  function inner(plot) {
    const ratio = plot.ctx.canvas.width / plot.width;
    const {left, top, width, height} = plot.bbox;
    return {left: left / ratio, top: top / ratio, width: width / ratio, height: height / ratio};
  }

  /** All that is to be drawn of the names of a plot. */
  function placed(plot, lines, epochs) {
    const box = inner(plot);
    const start = box.left + box.width;
    const width = plot.width - start - STUB - 8;
    const named = lines.filter(line => line.name);
    const short = named.some(line => wide(line, line.name) > width) ? shortened(named) : line => line.name;
    return place(ends(plot, lines, epochs), box.top + SIZE / 2, box.top + box.height - SIZE / 2).map(end => ({...end,
      start: start + 3, text: fit(end.line, short(end.line), width), left: start + STUB + 6}));
  }

  function draw(plot, lines, epochs) {
    const context = plot.ctx;
    const ratio = context.canvas.width / plot.width;
    context.save();
    context.scale(ratio, ratio);
    context.textBaseline = 'middle';
    context.textAlign = 'left';
    for (const {line, x, y, at, start, text, left} of placed(plot, lines, epochs)) {
      context.strokeStyle = line.stroke;
      context.setLineDash([]);
      context.lineWidth = 0.8;
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(start, at);
      context.stroke();
      context.lineWidth = line.strong ? 4 : 2.4;
      context.setLineDash(line.dash || []);
      context.beginPath();
      context.moveTo(start, at);
      context.lineTo(start + STUB, at);
      context.stroke();
      context.font = font(line, SIZE);
      context.fillStyle = style(line.quiet ? '--ink-2' : '--ink');
      context.fillText(isolated(text), left, at + 0.5);
    }
    context.restore();
  }

  return {room, place, placed, shortened, inner, draw, STUB};
})();
