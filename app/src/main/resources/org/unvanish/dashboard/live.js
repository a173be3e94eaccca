// Where there is a server: fetches the model of every folder, and again when it tells of a change.
const Live = (() => {
  'use strict';
  const {el, name, timeLeft} = Parts;
  const PAUSE = 1000; // milliseconds between two updates, at least
  const SILENCE = 45000; // the server beats more often than that
  const PATIENCE = 60000; // for the numbers of a folder
  const wanted = new URLSearchParams(location.search).getAll('folder');
  const status = el('p', {id: 'live', role: 'status'});
  const faults = el('ul', {class: 'faults', 'aria-label': 'Folders that cannot be shown'});
  const folders = el('nav', {'aria-label': 'Folders', class: 'folders'});
  const answers = new Map(); // by folder: {revision, model} or {revision, error}
  let current = []; // {folder, revision}, as the server last told
  let show = () => {};
  let events = null;
  let heard = 0;
  let timer = 0;
  let pressed = false;
  let pause = PAUSE;

  const isWanted = folder => wanted.length === 0 || wanted.includes(folder);

  function say(state, text) {
    if (status.textContent === text) return;
    status.className = state;
    status.textContent = text;
  }

  const unreachable = () =>
      say('off', 'The server does not answer; trying again. The page shows the last results received.');

  // ---- the server's side --------------------------------------------------------------------

  function connect() {
    if (events) events.close();
    heard = Date.now();
    events = new EventSource('/api/events');
    events.addEventListener('open', () => say('on', 'Live'));
    events.addEventListener('beat', () => { heard = Date.now(); });
    events.addEventListener('change', event => {
      heard = Date.now();
      current = JSON.parse(event.data);
      later(pause);
    });
    events.addEventListener('error', () => {
      unreachable();
      // After an answer that is no stream, browsers do not try again by themselves.
      if (events.readyState === EventSource.CLOSED) setTimeout(connect, 5000);
    });
  }

  /** A machine that slept may hold a connection whose other end has gone. */
  function listenAgain() {
    if (!document.hidden && Date.now() - heard > SILENCE) connect();
  }

  function later(milliseconds) {
    if (!timer) timer = setTimeout(update, answers.size === 0 ? 0 : milliseconds);
  }

  const isOld = ({folder, revision}) => isWanted(folder)
      && (!answers.has(folder) || answers.get(folder).revision !== revision);

  async function update() {
    const start = performance.now();
    let rest = 4;
    try {
      for (const {folder} of current.filter(isOld)) {
        const answer = await fetch('/api/model?' + new URLSearchParams({folder}),
            {signal: AbortSignal.timeout(PATIENCE)});
        const body = await answer.json();
        const revision = Number((answer.headers.get('ETag') || '').replaceAll('"', ''));
        const asOf = Date.now() - 1000 * Number(answer.headers.get('Age'));
        answers.set(folder, body.error ? {revision, error: body.error} : {revision, asOf, model: body});
      }
      if (events.readyState === EventSource.OPEN) say('on', 'Live');
    } catch (e) {
      unreachable();
      rest = 0;
    }
    await undisturbed();
    timer = 0;
    try {
      render();
    } finally {
      pause = Math.max(PAUSE, rest * (performance.now() - start));
      if (current.some(isOld)) later(pause);
    }
  }

  // ---- the reader's side --------------------------------------------------------------------

  /** Waits while somebody drags over a chart or has a list of choices open. */
  async function undisturbed() {
    const open = CSS.supports('selector(select:open)') ? 'select:open' : null;
    while (pressed || (open && document.querySelector(open))) {
      await new Promise(done => setTimeout(done, 200));
    }
  }

  function render() {
    const told = current.map(entry => entry.folder);
    folders.replaceChildren(...(told.length < 2 ? [] : [link('/', 'all', wanted.length === 0),
      ...told.map(f => link('/?' + new URLSearchParams({folder: f}), f, wanted.length === 1 && wanted[0] === f))]));
    folders.hidden = told.length < 2;
    const shown = told.filter(folder => answers.has(folder) && isWanted(folder));
    faults.replaceChildren(...shown.filter(folder => answers.get(folder).error).map(folder =>
        el('li', {}, name(folder), ': ', name(answers.get(folder).error))),
        ...wanted.filter(folder => !told.includes(folder)).map(folder =>
            el('li', {}, name(folder), ': no folder of this name is served.')));
    faults.hidden = faults.children.length === 0;
    const models = shown.filter(folder => answers.get(folder).model);
    if (models.length === 0) {
      document.getElementById('main').replaceChildren();
      return;
    }
    const all = models.map(folder => answers.get(folder).model);
    const experiments = models.flatMap(folder => {
      const {model, asOf} = answers.get(folder);
      return model.experiments.map(experiment => ({...experiment, asOf, training: model.training,
        folder: told.length < 2 ? undefined : folder}));
    });
    document.getElementById('main').classList.toggle('beside', experiments.length > 1);
    keeping(() => show({...all[0], experiments,
      generated: all.map(model => model.generated).sort().at(-1),
      training: all.some(model => model.training)}));
  }

  /** Between two epochs the time left goes on. */
  function count() {
    document.querySelectorAll('.left[data-ends]').forEach(left => {
      left.textContent = timeLeft((Number(left.dataset.ends) - Date.now()) / 1000);
    });
  }

  function link(address, text, here) {
    return el('a', {href: address, 'aria-current': here ? 'page' : null}, name(text));
  }

  /** What readers have opened, scrolled and focused, by its place in its experiment. */
  function places() {
    const count = new Map();
    const found = new Map();
    for (const e of document.querySelectorAll('#main :is(details, summary, a, button, input, select, [tabindex])')) {
      const article = e.closest('article');
      const kind = `${article ? article.id : ''} ${e.tagName} ${e.className} ${e.getAttribute('aria-label') || ''}`;
      count.set(kind, (count.get(kind) || 0) + 1);
      found.set(`${kind} ${count.get(kind)}`, e);
    }
    return found;
  }

  function keeping(work) {
    const before = [...places()].map(([key, e]) => ({key, open: e.tagName === 'DETAILS' && e.open,
      left: e.scrollLeft, top: e.scrollTop, focused: e === document.activeElement, kept: e.kept ? e.kept() : null}));
    const y = scrollY;
    work();
    const after = places();
    for (const {key, open, left, top, focused, kept} of before) {
      const e = after.get(key);
      if (!e) continue;
      if (open) e.open = true;
      if (kept && e.keep) e.keep(kept);
      if (focused) e.focus({preventScroll: true});
      if (left || top) e.scrollTo({left, top, behavior: 'instant'});
    }
    scrollTo({top: y, behavior: 'instant'});
  }

  /** Shows what there is, from now on. */
  function follow(showModel) {
    show = showModel;
    document.getElementById('main').before(el('div', {class: 'live'}, status, folders,
        el('a', {href: '/playground'}, 'Theory playground')), faults);
    faults.hidden = true;
    folders.hidden = true;
    say('off', 'Connecting');
    document.getElementById('main').append(el('p', {class: 'empty'}, 'Loading the results.'));
    addEventListener('pointerdown', () => { pressed = true; });
    for (const end of ['pointerup', 'pointercancel', 'blur']) addEventListener(end, () => { pressed = false; });
    // Browsers allow few connections to one server: a page that nobody sees gives its own back.
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) events.close(); else connect();
    });
    setInterval(() => { count(); listenAgain(); }, 5000);
    connect();
  }

  return {follow};
})();
