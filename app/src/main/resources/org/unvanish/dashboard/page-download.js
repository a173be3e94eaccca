// Buttons that save a chart: as a drawing, as a picture, and its numbers.
const Download = (() => {
  'use strict';
  const {el} = Parts;
  const SHARP = 2; // a picture has so many pixels for each of the page's

  /** A cell as other programs read it; one that a spreadsheet would run as a formula gets an apostrophe. */
  function cell(value) {
    if (value == null) return '';
    if (typeof value === 'number') return String(value);
    const harmless = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
  }

  /** Rows of texts and numbers as CSV; what is missing is empty. */
  const csv = rows => rows.map(row => row.map(cell).join(',') + '\n').join('');

  const text = drawing => new XMLSerializer().serializeToString(drawing);

  /** A drawing as a picture, once the browser has painted it. */
  async function png(drawing) {
    const image = new Image();
    image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text(drawing));
    await image.decode();
    const canvas = el('canvas', {width: SHARP * Number(drawing.getAttribute('width')), height: SHARP * Number(drawing.getAttribute('height'))});
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise(done => canvas.toBlob(done, 'image/png'));
  }

  function save(blob, file) {
    const address = URL.createObjectURL(blob);
    el('a', {href: address, download: file}).click();
    // The browser has begun to read it by then.
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  /** A file's name, without what some systems refuse. */
  const file = (title, kind) => (title.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '').toLowerCase().slice(0, 80) || 'chart')
    + '.' + kind;

  /**
   * The buttons of one chart.
   *
   * @param title of the chart; called when a button is pressed, as the others are
   * @param drawing gives an SVG that stands alone
   * @param rows gives the numbers, the header first
   */
  function buttons(title, drawing, rows) {
    const kinds = {
      SVG: () => new Blob([text(drawing())], {type: 'image/svg+xml'}),
      PNG: () => png(drawing()),
      CSV: () => new Blob([csv(rows())], {type: 'text/csv'}),
    };
    return el('div', {class: 'download', role: 'group', 'aria-label': 'Save this chart'}, el('span', {'aria-hidden': 'true'}, 'Save'),
        Object.entries(kinds).map(([kind, make]) => el('button', {type: 'button', 'aria-label': `Save as ${kind}`,
          click: async () => save(await make(), file(title(), kind.toLowerCase()))}, kind)));
  }

  return {buttons, csv};
})();
