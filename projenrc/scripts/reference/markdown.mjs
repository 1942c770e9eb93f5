/** Text as a cell of a table: on one line, its bars escaped. */
export function cell(text) {
  return text.replace(/\s+/g, ' ').trim().replaceAll('|', '\\|');
}

/** The page with its generated parts written anew: those between `<!-- generated: name -->` and `<!-- end -->`. */
export function withGenerated(page, parts) {
  return page.replace(/<!-- generated: ([\w-]+) -->\n[\s\S]*?<!-- end -->/g, (_, name) => {
    if (parts[name] === undefined) throw new TypeError(`nothing is generated under the name ${name}: correct it in the page`);
    return `<!-- generated: ${name} -->\n\n${parts[name]}\n\n<!-- end -->`;
  });
}

/** The part of a page below a heading of the second level, up to the next one; undefined where there is none. */
export function sectionOf(page, heading) {
  const [, ...sections] = `\n${page}`.split(/\n## /);
  return sections.find((section) => section.split('\n')[0] === heading);
}

/** What stands as code in the first column of every table of a text. */
export function firstColumn(text) {
  return new Set(firstColumnCells(text));
}

/** What stands so more than once. */
export function repeatedRows(text) {
  const all = firstColumnCells(text);
  return new Set(all.filter((one, index) => all.indexOf(one) < index));
}

function firstColumnCells(text) {
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  return rows.flatMap((line) => [...(line.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, code]) => code));
}
