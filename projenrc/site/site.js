// Draws the diagrams of a page, in the colours of the theme that is chosen; loads what draws only where there is one.
(() => {
  const root = document.documentElement;
  const sources = [...document.querySelectorAll('pre > code.mermaid')];
  if (sources.length === 0) return;

  // Each stands as text until its drawing is there, and stays so if it cannot be drawn.
  const diagrams = sources.map((code) => ({ place: code.parentElement, text: code.textContent }));

  const isDark = () => {
    const { theme } = root.dataset;
    return theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  };

  async function drawing(index, text) {
    const sheet = document.createElement('div');
    document.body.append(sheet);
    try {
      const { svg } = await window.mermaid.render(`diagram-${index}`, text, sheet);
      const figure = document.createElement('div');
      figure.className = 'diagram';
      figure.innerHTML = svg;
      return figure;
    } finally {
      sheet.remove();
    }
  }

  async function drawAll() {
    window.mermaid.initialize({
      startOnLoad: false,
      securityLevel: 'strict',
      suppressErrorRendering: true,
      theme: isDark() ? 'dark' : 'default',
    });
    for (const [index, diagram] of diagrams.entries()) {
      const figure = await drawing(index, diagram.text);
      diagram.place.replaceWith(figure);
      diagram.place = figure;
    }
  }

  // The page is hidden until its navigation is there, and what is hidden has no size: boxes would be drawn too small
  // for their text, or not at all.
  const shown = new Promise((resolve) => {
    const observer = new ResizeObserver(() => {
      if (!document.body.checkVisibility()) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(document.body);
  });

  // One after the other: two at once would draw in each other's colours.
  let last = shown;
  const draw = () => {
    last = last.catch(() => {}).then(drawAll);
  };

  const script = document.createElement('script');
  script.src = `${root.dataset.base}assets/mermaid.js`;
  script.addEventListener('load', () => {
    draw();
    new MutationObserver(draw).observe(root, { attributeFilter: ['data-theme'] });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  });
  document.head.append(script);
})();
