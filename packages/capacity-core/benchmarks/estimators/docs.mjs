import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { falseFitsPicture } from './picture.mjs';
import { clustersTable, traceTable } from './tables.mjs';

/** Writes the tables into the page between their marks, and the picture beside it. What was not measured stays as it is. */
export function writeDocs(folder, { clusters, trace, asked }) {
  const path = join(folder, 'capacity-estimators.md');
  let page = readFileSync(path, 'utf8');
  const [first, last] = [asked[0], asked.at(-1)];
  page = replaceBetween(page, 'clusters', clustersTable(clusters, first.name));
  page = replaceBetween(page, 'clusters port', clustersTable(clusters, last.name));
  if (trace !== undefined) page = replaceBetween(page, 'trace', traceTable(trace));
  writeFileSync(path, page);
  writeFileSync(join(folder, 'capacity-estimators.svg'), falseFitsPicture(clusters.filter((row) => row.asked === first.name)));
}

function replaceBetween(page, mark, text) {
  const [start, end] = [`<!-- ${mark} -->`, `<!-- end of ${mark} -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 || to < from) throw new RangeError(`the page has no place for ${mark}: put ${start} and ${end} into it`);
  return `${page.slice(0, from + start.length)}\n\n${text}\n\n${page.slice(to)}`;
}
