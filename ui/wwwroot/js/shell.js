// What every page shares in the browser: the viewer's time zone, the clipboard, shortcuts, and scrolling a row into view.

export function zone() {
  return { name: Intl.DateTimeFormat().resolvedOptions().timeZone ?? null, offsetMinutes: -new Date().getTimezoneOffset() };
}

const typing = (element) => element?.closest?.('input, textarea, select, [contenteditable]');
const help = () => document.getElementById('shortcut-help');

// Sends the page's keys to the server, except while somebody types or a dialog is open.
export function listen(server, keys) {
  const wanted = new Set(keys);
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector('dialog[open]')) return;
    if (event.key === 'Escape' && typing(event.target)) { event.target.blur(); return; }
    if (typing(event.target)) return;
    if (event.key === '/') {
      const input = document.querySelector('[data-query]');
      if (!input) return;
      event.preventDefault();
      input.focus();
      input.setSelectionRange(input.value.length, input.value.length);
      return;
    }
    if (!wanted.has(event.key)) return;
    // Enter on a button or a link is theirs.
    if (event.key === 'Enter' && event.target.closest?.('button, a, summary')) return;
    event.preventDefault();
    server.invokeMethodAsync('OnKey', event.key).catch(() => {});
  };
  document.addEventListener('keydown', onKey);
  return { dispose: () => document.removeEventListener('keydown', onKey) };
}

export function scrollToRow(list, index, rowHeight) {
  if (!list) return;
  const head = list.querySelector('[data-sticky]')?.offsetHeight ?? 0;
  const top = index * rowHeight;
  const bottom = top + rowHeight + head;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
}

export function scrollToTop(list) {
  if (list) list.scrollTop = 0;
}

export function focusFirst(root) {
  (root?.querySelector('[aria-checked=true]') ?? root?.querySelector('button, input'))?.focus();
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without HTTPS there is no clipboard interface; the old command still works.
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

// Once for the life of the document: the help dialog and the copy buttons need no server.
if (!window.observeShell) {
  window.observeShell = true;
  document.addEventListener('keydown', (event) => {
    if (event.key === '?' && !typing(event.target) && !help()?.open) { event.preventDefault(); help()?.showModal(); }
  });
  document.addEventListener('click', async (event) => {
    const target = event.target;
    if (target.closest?.('[data-help-open]')) help()?.showModal();
    else if (target.closest?.('[data-help-close]') || target === help()) help()?.close();
    const button = target.closest?.('[data-copy]');
    if (button && await copy(button.dataset.copy)) {
      button.classList.add('copied');
      setTimeout(() => button.classList.remove('copied'), 1200);
    }
  });
}
