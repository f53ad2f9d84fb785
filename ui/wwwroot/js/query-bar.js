// The query bar: a text area with a coloured copy of its text behind it, and a list of completions under it.
// Typing stays in the browser; only finished queries and questions for completions go to the server.

const token = /("(?:[^"\\]|\\.)*"?)|(`[^`]*`?)|(\|)|([()])|(!=|!~|>=|<=|[=~<>:])|([^\s"`|()=~<>:!]+)|(\s+|.)/g;
const keywords = new Set(['and', 'or', 'not', 'in', 'by', 'as']);
const word = /[^\s"`|()=~<>:!,]*$/;

export function create(root, server, text) {
  const input = root.querySelector('textarea');
  const paint = root.querySelector('.query-paint');
  const list = root.querySelector('[role=listbox]');
  let error = null;
  let options = [];
  let active = -1;
  let replace = null;
  let timer = 0;
  let asked = 0;

  const setText = (value) => {
    if (input.value !== value) input.value = value;
    draw();
  };

  const setError = (start, length) => {
    error = start < 0 ? null : { start, end: start + Math.max(length, 1) };
    input.setAttribute('aria-invalid', error ? 'true' : 'false');
    draw();
  };

  function draw() {
    const value = input.value;
    const nodes = [];
    let position = 0;
    let atStart = true;
    const tokens = [...value.matchAll(token)];
    tokens.forEach((match, index) => {
      const [all, string, quoted, pipe, , operator, name] = match;
      let kind = '';
      if (string !== undefined) kind = 'q-string';
      else if (pipe !== undefined) kind = 'q-pipe';
      else if (operator !== undefined) kind = 'q-op';
      else if (name !== undefined || quoted !== undefined) {
        const next = tokens.slice(index + 1).find((t) => t[0].trim() !== '');
        const follows = next && (next[5] !== undefined || next[0] === '!' || next[0].toLowerCase() === 'in');
        if (name && keywords.has(name.toLowerCase())) kind = 'q-word';
        else if (name && atStart && (name === 'logs' || name === 'spans' || name === 'metrics')) kind = 'q-word';
        else if (follows) kind = 'q-field';
        else if (quoted !== undefined) kind = 'q-field';
      }
      if (all.trim() !== '') atStart = false;
      nodes.push(...split(all, kind, position));
      position += all.length;
    });
    if (error && error.start >= value.length) nodes.push(piece(' ', 'q-error'));
    nodes.push(document.createTextNode('\u200b'));
    paint.replaceChildren(...nodes);
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight, 140)}px`;
    paint.style.transform = `translateY(${-input.scrollTop}px)`;
  }

  // Cuts a token where the error begins and ends.
  function split(part, kind, position) {
    if (!error) return [piece(part, kind)];
    const from = Math.min(Math.max(error.start - position, 0), part.length);
    const to = Math.min(Math.max(error.end - position, 0), part.length);
    return [[0, from, kind], [from, to, `${kind} q-error`], [to, part.length, kind]]
      .filter(([a, b]) => b > a).map(([a, b, k]) => piece(part.slice(a, b), k));
  }

  function piece(content, kind) {
    const span = document.createElement('span');
    span.className = kind;
    span.textContent = content;
    return span;
  }

  const close = () => {
    options = [];
    active = -1;
    list.hidden = true;
    input.removeAttribute('aria-activedescendant');
  };

  async function complete() {
    const question = ++asked;
    const answer = await server.invokeMethodAsync('Complete', input.value, input.selectionStart).catch(() => null);
    if (question !== asked || document.activeElement !== input) return;
    if (!answer || answer.items.length === 0) { close(); return; }
    options = answer.items;
    replace = { start: answer.start, length: answer.length };
    choose(-1);
    list.replaceChildren(...options.map((option, index) => {
      const item = document.createElement('li');
      item.id = `query-option-${index}`;
      item.setAttribute('role', 'option');
      item.setAttribute('aria-selected', 'false');
      const label = document.createElement('span');
      label.textContent = option.label;
      const detail = document.createElement('small');
      detail.textContent = option.detail;
      item.append(label, detail);
      item.addEventListener('pointerdown', (event) => { event.preventDefault(); accept(index); });
      return item;
    }));
    list.hidden = false;
  }

  function choose(index) {
    active = index;
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', i === index ? 'true' : 'false'));
    if (index < 0) { input.removeAttribute('aria-activedescendant'); return; }
    input.setAttribute('aria-activedescendant', `query-option-${index}`);
    list.children[index]?.scrollIntoView({ block: 'nearest' });
  }

  function accept(index) {
    const { insert } = options[index];
    input.setRangeText(insert, replace.start, replace.start + replace.length, 'end');
    close();
    draw();
    schedule();
  }

  function schedule() {
    clearTimeout(timer);
    timer = setTimeout(complete, 120);
  }

  const run = () => {
    clearTimeout(timer);
    asked++;
    close();
    server.invokeMethodAsync('Run', input.value).catch(() => {});
  };

  function onKey(event) {
    const open = !list.hidden;
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (open && active >= 0) accept(active); else run();
    } else if (event.key === 'Tab' && open && !event.shiftKey) {
      event.preventDefault();
      accept(Math.max(active, 0));
    } else if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      choose((active + step + options.length) % options.length);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (open) close(); else input.blur();
    } else if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      complete();
    }
  }

  function onInput() {
    error = null;
    draw();
    if (word.exec(input.value.slice(0, input.selectionStart))?.[0] || /[=:]\s*$/.test(input.value.slice(0, input.selectionStart))) schedule();
    else close();
  }

  const onBlur = () => { clearTimeout(timer); asked++; close(); };
  const onRun = () => run();
  const button = root.querySelector('[data-run]');
  const resize = new ResizeObserver(draw);
  input.addEventListener('keydown', onKey);
  input.addEventListener('input', onInput);
  input.addEventListener('blur', onBlur);
  input.addEventListener('scroll', draw);
  button?.addEventListener('click', onRun);
  resize.observe(root);
  setText(text);

  return {
    setText,
    setError,
    dispose() {
      clearTimeout(timer);
      asked++;
      resize.disconnect();
      input.removeEventListener('keydown', onKey);
      input.removeEventListener('input', onInput);
      input.removeEventListener('blur', onBlur);
      input.removeEventListener('scroll', draw);
      button?.removeEventListener('click', onRun);
    },
  };
}
