// Draws the diagrams of a page, in the colours of the theme that is chosen; loads what draws only where there is one.
(() => {
  const root = document.documentElement;
  const sources = [...document.querySelectorAll('pre > code.mermaid')];
  if (sources.length === 0) return;

  const isDark = () => {
    const { theme } = root.dataset;
    return theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  };

  const diagrams = sources.map((code) => {
    const figure = document.createElement('div');
    figure.className = 'diagram';
    const text = code.textContent;
    code.parentElement.replaceWith(figure);
    return { figure, text };
  });

  async function draw() {
    const { mermaid } = window;
    mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', theme: isDark() ? 'dark' : 'default' });
    for (const [index, { figure, text }] of diagrams.entries()) {
      const { svg } = await mermaid.render(`diagram-${index}`, text);
      figure.innerHTML = svg;
    }
  }

  const script = document.createElement('script');
  script.src = `${root.dataset.base}assets/mermaid.js`;
  script.addEventListener('load', async () => {
    await draw();
    new MutationObserver(draw).observe(root, { attributeFilter: ['data-theme'] });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  });
  document.head.append(script);
})();
