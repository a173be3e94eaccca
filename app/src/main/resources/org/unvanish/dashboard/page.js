// The page: shows one model, which is inside the page, or else what Live fetches.
(() => {
  'use strict';
  const {el, name, isRecorded} = Parts;
  const states = new Map();
  let views = [];

  function stateOf(experiment) {
    const key = JSON.stringify([experiment.folder, experiment.name]);
    if (!states.has(key)) {
      states.set(key, {hidden: new Set(), zoom: null, at: null, source: 'total', quantity: 'mean_abs', range: 'usual', parameter: 'all',
        snapshots: new Map(), layers: new Map(), ...Curves.choices(experiment)});
    }
    return states.get(key);
  }

  // ---- one experiment -----------------------------------------------------------------------

  function show(experiment, index) {
    const state = stateOf(experiment);
    const data = experiment.data;
    const article = el('article', {id: `experiment-${index}`, 'aria-labelledby': `title-${index}`},
        el('h2', {id: `title-${index}`}, name(experiment.title)),
        el('p', {class: 'lead'}, experiment.folder ? [name(experiment.folder), ': '] : [], name(isRecorded(experiment) ? experiment.arms[0].name : experiment.name), ' on ', name(data.title),
            data.train_samples === 0 ? null
                : `: ${data.train_samples.toLocaleString('en')} training and ${data.test_samples.toLocaleString('en')} test samples`),
        Conclusion.progress(experiment), Conclusion.section(experiment));
    const probed = [Stack, Signal, ThroughTime].map(part => part.section(experiment, state)).filter(part => part);
    article.addEventListener('snapshot', () => probed.forEach(view => view.repaint()));
    const charts = experiment.epochs.length > 0 ? overEpochs(experiment, state, `experiment-${index}`) : [];
    const drawn = [...charts, ...probed];
    const groups = Groups.section(experiment, state);
    views.push(...drawn, ...(groups ? [groups] : []));
    if (charts.length > 0) {
      const [curves, ...others] = charts;
      if (experiment.sweep) article.append(...Sweeps.sections(experiment));
      if (groups) article.append(groups.part);
      article.append(curves.part, Conclusion.arms(experiment, state, () => { drawn.forEach(view => view.redraw()); }),
          ...probed.map(view => view.part), ...others.map(view => view.part));
    } else {
      if (!isRecorded(experiment)) article.append(el('p', {class: 'empty'}, 'No run has completed an epoch yet.'));
      article.append(...probed.map(view => view.part));
    }
    if (experiment.claims.length > 0) article.append(Tables.claims(experiment));
    if (charts.length > 0) article.append(Tables.results(experiment));
    if (!isRecorded(experiment)) article.append(Tables.runs(experiment));
    article.append(Tables.setup(experiment));
    return article;
  }

  /** The sections whose charts are over the epochs. They share zoom, cursor, and the chosen tensor and gradient. */
  function overEpochs(experiment, state, group) {
    const common = {
      epochs: experiment.epochs, group,
      zoom: () => state.zoom,
      zoomed: (a, b) => zoom([a, b]),
      reset: () => zoom(null),
      choose: parameter => {
        state.parameter = parameter;
        sections.forEach(section => { if (section.chosen) section.chosen(); });
      },
      chooseSource: source => {
        state.source = source;
        sections.forEach(section => { if (section.sourceChosen) section.sourceChosen(); });
      },
    };
    const sections = [Curves.section, Gradients.maps, Gradients.spreads, Sizes.section]
        .map(section => section(experiment, state, common)).filter(section => section);

    function zoom(range) {
      if (range) {
        const ends = range.map(e => Math.round(Math.min(experiment.last_epoch, Math.max(1, e)))).sort((a, b) => a - b);
        if (ends[0] === ends[1]) ends[ends[1] < experiment.last_epoch ? 1 : 0] += ends[1] < experiment.last_epoch ? 1 : -1;
        range = ends[0] <= 1 && ends[1] >= experiment.last_epoch ? null : ends;
      }
      state.zoom = range;
      sections.forEach(section => section.redraw());
    }
    return sections;
  }

  // ---- the whole page -----------------------------------------------------------------------

  function redraw() {
    document.querySelectorAll('.swatch[data-arm]').forEach(swatch => {
      swatch.style.background = Parts.swatch(Number(swatch.dataset.arm));
    });
    views.forEach(view => view.redraw());
  }

  function showAll(model) {
    views.forEach(view => view.destroy());
    views = [];
    const titles = model.experiments.map(e => e.title);
    document.title = (titles.length === 1 ? titles[0] : 'Unvanish').slice(0, 200);
    const contents = document.getElementById('contents');
    contents.replaceChildren(...(titles.length < 2 ? [] : model.experiments.map((e, i) =>
        el('a', {href: `#experiment-${i}`}, e.folder ? [name(e.folder), ': '] : [], name(e.name)))));
    contents.hidden = titles.length < 2;
    const main = document.getElementById('main');
    main.replaceChildren(el('h1', {class: 'unseen'}, 'Experiments'),
        ...model.experiments.map((e, i) => show({training: model.training, vanishedBelow: model.vanished_below, ...e}, i)));
    if (titles.length === 0) main.append(el('p', {class: 'empty'}, 'The folder holds no experiment.'));
    document.getElementById('foot').replaceChildren(
        `Unvanish ${model.version}, ${model.generated.replace('T', ' ').replace('Z', ' UTC')}`
        + (model.training ? '; training was under way' : '')
        + '. After Ven & Lederer (2021), arXiv:2106.02260. Charts by uPlot (MIT licence, in this page’s source).');
    redraw();
  }

  // ---- light, dark, width, print ------------------------------------------------------------

  const dark = matchMedia('(prefers-color-scheme: dark)');
  const print = matchMedia('print');
  const wish = document.getElementById('theme');

  /** On paper nobody can open what is folded: what belongs to the results is open there. */
  function unfold(printing) {
    for (const part of document.querySelectorAll('.rest, .conclusion details')) {
      if (printing && !part.open) {
        part.open = true;
        part.dataset.printed = '';
      } else if (!printing && 'printed' in part.dataset) {
        part.open = false;
        delete part.dataset.printed;
      }
    }
  }

  function theme(printing) {
    unfold(printing);
    document.documentElement.dataset.theme =
        printing ? 'light' : wish.value || (dark.matches ? 'dark' : 'light');
    document.documentElement.dataset.medium = printing ? 'print' : 'screen';
    redraw();
  }

  wish.addEventListener('change', () => theme(false));
  dark.addEventListener('change', () => theme(print.matches));
  print.addEventListener('change', () => theme(print.matches));
  addEventListener('beforeprint', () => theme(true));
  addEventListener('afterprint', () => theme(false));
  let width = innerWidth;
  let waiting = 0;
  addEventListener('resize', () => {
    if (innerWidth === width) return;
    width = innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(redraw, 100);
  });

  // ---- the theory's playground --------------------------------------------------------------

  const panel = document.getElementById('theory-panel');

  /** Mounted when it is first opened: it writes its settings into the address. */
  function openTheory() {
    const place = document.getElementById('playground');
    if (panel.open && !place.hasChildNodes()) Unvanish.playground(place);
  }
  panel.addEventListener('toggle', openTheory);
  // An address with settings asks to see them.
  panel.open = location.hash.includes('=');

  async function start() {
    theme(print.matches);
    const model = document.getElementById('model').textContent.trim();
    if (model) showAll(JSON.parse(model)); else Live.follow(showAll);
  }
  start().catch(fault => {
    document.getElementById('main').replaceChildren(
        el('p', {class: 'empty', role: 'alert'}, `The numbers of this page cannot be read: ${fault.message}`));
    throw fault;
  });
})();
