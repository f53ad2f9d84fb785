// Runs before the first paint, so that a remembered theme does not flash. Without a choice the system's theme holds.
(() => {
  const key = 'observe.theme';
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const read = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const isDark = () => (root.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark';
  const announce = () => window.dispatchEvent(new Event('observe:theme'));

  const chosen = read();
  if (chosen === 'light' || chosen === 'dark') root.dataset.theme = chosen;
  system.addEventListener('change', announce);

  document.addEventListener('click', (event) => {
    if (!event.target.closest?.('[data-theme-toggle]')) return;
    const next = isDark() ? 'light' : 'dark';
    const systemTheme = system.matches ? 'dark' : 'light';
    root.dataset.theme = next;
    try {
      // The system's own theme is no choice to remember: going back to it follows the system again.
      if (next === systemTheme) localStorage.removeItem(key); else localStorage.setItem(key, next);
    } catch { /* private mode: the choice lasts as long as the page */ }
    announce();
  });
})();
